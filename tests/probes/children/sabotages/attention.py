"""Causal attention, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, together


def missing_mask(workload: Any, framework: str) -> Any:
    """Nothing is hidden: written out, or by the flag of the framework's own call."""
    if framework == "pytorch":
        import torch
        from torch.nn import functional

        attend = functional.scaled_dot_product_attention
        return together(
            replaced(torch, "where", lambda condition, scores, other: scores),
            replaced(
                functional,
                "scaled_dot_product_attention",
                lambda q, k, v, is_causal: attend(q, k, v),
            ),
        )
    import tensorflow as tf

    attend_tf = tf.keras.ops.dot_product_attention
    return together(
        replaced(tf, "where", lambda condition, scores, other: scores),
        replaced(
            tf.keras.ops, "dot_product_attention", lambda q, k, v, is_causal: attend_tf(q, k, v)
        ),
    )


def missing_scale(workload: Any, framework: str) -> Any:
    """Scores that nobody divides by the root of the depth."""
    return with_inputs(workload, framework, lambda q, k, v: (q * q.shape[-1] ** 0.5, k, v))


def swapped_keys_and_values(workload: Any, framework: str) -> Any:
    return with_inputs(workload, framework, lambda q, k, v: (q, v, k))


def heads_taken_for_positions(workload: Any, framework: str) -> Any:
    """[batch, heads, length, depth] handed to what wants [batch, length, heads, depth]."""

    def swap(x: Any) -> Any:
        shape = (x.shape[0], x.shape[2], x.shape[1], x.shape[3])
        if framework == "pytorch":
            return x.reshape(shape).permute(0, 2, 1, 3)
        import tensorflow as tf

        return tf.transpose(tf.reshape(x, shape), (0, 2, 1, 3))

    return with_inputs(workload, framework, lambda q, k, v: (swap(q), swap(k), swap(v)))


def with_inputs(workload: Any, framework: str, change: Any) -> Any:
    build = getattr(workload, framework)

    def build_changed(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        step = build(weights, sizes)
        return lambda q, k, v: step(*change(q, k, v))

    return replaced(workload, framework, build_changed)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "missing causal mask": missing_mask,
    "missing scale": missing_scale,
    "keys and values swapped": swapped_keys_and_values,
    "heads taken for positions": heads_taken_for_positions,
}
