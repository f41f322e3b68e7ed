"""A first operation that is another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sabotages import Sabotage, nothing, replaced


def _product(change: Callable[[Any], Any]) -> Sabotage:
    def sabotage(workload: Any, framework: str) -> Any:
        first = workload.FIRST[framework]

        def changed(width: int, device: str) -> Any:
            version, product, imported = first(width, device)
            return version, change(product), imported

        return replaced(workload, "FIRST", {framework: changed})

    return sabotage


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "rows in another order": _product(lambda product: product[::-1]),
    "half precision": _product(lambda product: product.astype("float16")),
    "not a number": _product(lambda product: product * float("nan")),
}
