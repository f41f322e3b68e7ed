"""A matrix product, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced


def swapped_operands(workload: Any, framework: str) -> Any:
    def build(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        return lambda left, right: right @ left

    return replaced(workload, framework, build)


def half_precision(workload: Any, framework: str) -> Any:
    def build(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        if framework == "pytorch":
            import torch

            return lambda left, right: (left.to(torch.bfloat16) @ right.to(torch.bfloat16)).float()
        import tensorflow as tf

        return lambda left, right: tf.cast(
            tf.matmul(tf.cast(left, tf.bfloat16), tf.cast(right, tf.bfloat16)), tf.float32
        )

    return replaced(workload, framework, build)


def not_a_number(workload: Any, framework: str) -> Any:
    def build(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        return lambda left, right: (left @ right) * float("nan")

    return replaced(workload, framework, build)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "swapped operands": swapped_operands,
    "half precision": half_precision,
    "not a number": not_a_number,
}
