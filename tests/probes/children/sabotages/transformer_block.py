"""A transformer block, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_weights


def wrong_epsilon(workload: Any, framework: str) -> Any:
    # Keras's default; the reference in the file was made with the right one.
    return replaced(workload, "EPSILON", 1e-3)


def transposed_weight(workload: Any, framework: str) -> Any:
    def change(weights: dict[str, Any]) -> dict[str, Any]:
        query = weights["query"]
        if framework == "pytorch":
            return weights | {"query": query.T.contiguous()}
        import tensorflow as tf

        return weights | {"query": tf.Variable(tf.transpose(query))}

    return with_weights(workload, framework, change)


def missing_bias(workload: Any, framework: str) -> Any:
    return with_weights(workload, framework, lambda w: w | {"up_bias": w["up_bias"] * 0.0})


def missing_mask(workload: Any, framework: str) -> Any:
    if framework == "pytorch":
        import torch

        return replaced(torch, "where", lambda condition, scores, other: scores)
    import tensorflow as tf

    return replaced(tf, "where", lambda condition, scores, other: scores)


def tanh_gelu(workload: Any, framework: str) -> Any:
    if framework == "pytorch":
        from torch.nn import functional

        gelu = functional.gelu
        return replaced(functional, "gelu", lambda x, approximate: gelu(x, approximate="tanh"))
    import tensorflow as tf

    gelu_tf = tf.nn.gelu
    return replaced(tf.nn, "gelu", lambda x, approximate: gelu_tf(x, approximate=True))


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "wrong epsilon": wrong_epsilon,
    "transposed weight": transposed_weight,
    "missing causal mask": missing_mask,
    "missing bias": missing_bias,
    "tanh approximation of GELU": tanh_gelu,
}
