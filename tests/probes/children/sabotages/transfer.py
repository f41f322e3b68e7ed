"""A copy that arrives wrongly. What a device is needed for, no test here can break."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced


def rounded(workload: Any, framework: str) -> Any:
    def change(x: Any) -> Any:
        if framework == "pytorch":
            return x.bfloat16().float()
        import tensorflow as tf

        return tf.cast(tf.cast(x, "bfloat16"), "float32")

    return with_result(workload, framework, change)


def half_of_it(workload: Any, framework: str) -> Any:
    return with_result(workload, framework, lambda x: x[: x.shape[0] // 2])


def overwritten(workload: Any, framework: str) -> Any:
    """The buffer was used again before the copy was done."""
    return with_result(workload, framework, lambda x: x * 0.0)


def with_result(workload: Any, framework: str, change: Any) -> Any:
    build = getattr(workload, framework)

    def build_changed(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        step = build(weights, sizes)
        return lambda x: change(step(x))

    return replaced(workload, framework, build_changed)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "rounded": rounded,
    "half of it": half_of_it,
    "overwritten": overwritten,
}
