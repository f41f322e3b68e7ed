"""An LSTM, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_weights


def gates(weights: dict[str, Any], name: str, framework: str) -> list[Any]:
    if framework == "pytorch":
        return list(weights[name].chunk(4, -1))
    import tensorflow as tf

    return list(tf.split(weights[name], 4, axis=-1))


def joined(pieces: list[Any], framework: str) -> Any:
    if framework == "pytorch":
        import torch

        return torch.cat(pieces, -1)
    import tensorflow as tf

    return tf.concat(pieces, -1)


def wrong_gate_order(workload: Any, framework: str) -> Any:
    """Cell and output exchanged, as in the order of other libraries."""

    def change(weights: dict[str, Any]) -> dict[str, Any]:
        answer = {}
        for name in weights:
            i, f, g, o = gates(weights, name, framework)
            answer[name] = joined([i, f, o, g], framework)
        return answer

    return with_weights(workload, framework, change)


def one_bias_only(workload: Any, framework: str) -> Any:
    return with_weights(
        workload, framework, lambda w: w | {"recurrent_bias": w["recurrent_bias"] * 0.0}
    )


def forget_bias_of_one_added(workload: Any, framework: str) -> Any:
    def change(weights: dict[str, Any]) -> dict[str, Any]:
        i, f, g, o = gates(weights, "bias", framework)
        return weights | {"bias": joined([i, f + 1.0, g, o], framework)}

    return with_weights(workload, framework, change)


def transposed_recurrent_kernel(workload: Any, framework: str) -> Any:
    """Each gate's square, which nobody notices by its shape."""

    def change(weights: dict[str, Any]) -> dict[str, Any]:
        pieces = gates(weights, "recurrent", framework)
        if framework == "pytorch":
            turned = [piece.T for piece in pieces]
        else:
            import tensorflow as tf

            turned = [tf.transpose(piece) for piece in pieces]
        return weights | {"recurrent": joined(turned, framework)}

    return with_weights(workload, framework, change)


def lengths_ignored(workload: Any, framework: str) -> Any:
    """Every sequence runs to its padded end."""
    build = getattr(workload, framework)

    def build_changed(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        step = build(weights, sizes)
        return lambda x, lengths: step(x, lengths * 0 + sizes["length"])

    return replaced(workload, framework, build_changed)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "wrong gate order": wrong_gate_order,
    "one bias only": one_bias_only,
    "forget bias of one added": forget_bias_of_one_added,
    "transposed recurrent kernel": transposed_recurrent_kernel,
    "lengths ignored": lengths_ignored,
}
