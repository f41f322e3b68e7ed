"""Many small operations, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced


def two_operations_less(workload: Any, framework: str) -> Any:
    build = getattr(workload, framework)
    return replaced(
        workload,
        framework,
        lambda weights, sizes: build(weights, sizes | {"operations": sizes["operations"] - 2}),
    )


def always_the_first_sum(workload: Any, framework: str) -> Any:
    """Each pair starts anew: nothing depends on the one before, so all but one can go."""
    return replaced(workload, framework, lambda weights, sizes: lambda x, up, down: x + up - down)


def half_precision(workload: Any, framework: str) -> Any:
    def build(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        def cast(x: Any, name: str) -> Any:
            if framework == "pytorch":
                import torch

                return x.to(getattr(torch, name))
            import tensorflow as tf

            return tf.cast(x, name)

        def step(x: Any, up: Any, down: Any) -> Any:
            x, up, down = (cast(array, "bfloat16") for array in (x, up, down))
            for _ in range(sizes["operations"] // 2):
                x = x + up - down
            return cast(x, "float32")

        return step

    return replaced(workload, framework, build)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "two operations less": two_operations_less,
    "always the first sum": always_the_first_sum,
    "half precision": half_precision,
}
