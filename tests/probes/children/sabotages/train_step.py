"""A training step, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_lines, with_weights


def wrong_norm_epsilon(workload: Any, framework: str) -> Any:
    return replaced(workload, "NORM_EPSILON", 1e-3)  # Keras's default


def wrong_adam_epsilon(workload: Any, framework: str) -> Any:
    return replaced(workload, "ADAM_EPSILON", 1e-7)  # Keras's default


def wrong_decay(workload: Any, framework: str) -> Any:
    return replaced(workload, "DECAY", 0.004)  # Keras's default


def coupled_decay(workload: Any, framework: str) -> Any:
    """Adam with the decay in the gradient, which is another algorithm."""
    decayed = "(g + DECAY * w[name])"
    return with_lines(
        workload,
        framework,
        {
            " + DECAY * w[name]": "",
            "(1.0 - BETA_1) * g)": f"(1.0 - BETA_1) * {decayed})",
            "(1.0 - BETA_2) * g * g": f"(1.0 - BETA_2) * {decayed} ** 2",
        },
    )


def no_bias_correction(workload: Any, framework: str) -> Any:
    changes = {" / (1.0 - BETA_1**count)": "", " / (1.0 - BETA_2**count)": ""}
    return with_lines(workload, framework, changes)


def missing_positions(workload: Any, framework: str) -> Any:
    return with_weights(workload, framework, lambda w: w | {"positions": w["positions"] * 0.0})


def missing_mask(workload: Any, framework: str) -> Any:
    where = "torch.where" if framework == "pytorch" else "tf.where"
    return with_lines(workload, framework, {f'{where}(allowed, scores, float("-inf"))': "scores"})


def targets_not_shifted(workload: Any, framework: str) -> Any:
    return with_lines(workload, framework, {"tokens[:, 1:]": "tokens[:, :-1]"})


def head_without_gradient(workload: Any, framework: str) -> Any:
    """Tied in its values only."""
    if framework == "pytorch":
        return with_lines(workload, framework, {'w["embedding"].T': 'w["embedding"].T.detach()'})
    tied, cut = 'w["embedding"], transpose_b', 'tf.stop_gradient(w["embedding"]), transpose_b'
    return with_lines(workload, framework, {tied: cut})


def transposed_weight(workload: Any, framework: str) -> Any:
    def change(weights: dict[str, Any]) -> dict[str, Any]:
        query = weights["1_query"]
        if framework == "pytorch":
            return weights | {"1_query": query.T.contiguous()}
        import tensorflow as tf

        return weights | {"1_query": tf.transpose(query)}

    return with_weights(workload, framework, change)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "wrong epsilon of the norms": wrong_norm_epsilon,
    "wrong epsilon of Adam": wrong_adam_epsilon,
    "wrong decay": wrong_decay,
    "coupled decay": coupled_decay,
    "no bias correction": no_bias_correction,
    "missing positions": missing_positions,
    "missing causal mask": missing_mask,
    "targets not shifted": targets_not_shifted,
    "head without gradient": head_without_gradient,
    "transposed weight": transposed_weight,
}
