"""An encoder on sentences of different lengths, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_lines, with_weights


def _where(framework: str) -> str:
    return "torch.where" if framework == "pytorch" else "tf.where"


def wrong_epsilon(workload: Any, framework: str) -> Any:
    return replaced(workload, "EPSILON", 1e-3)


def padding_attended_to(workload: Any, framework: str) -> Any:
    masked = f'{_where(framework)}(real[:, None, None], scores, float("-inf"))'
    return with_lines(workload, framework, {masked: "scores"})


def padding_in_the_output(workload: Any, framework: str) -> Any:
    return with_lines(workload, framework, {f"{_where(framework)}(real[:, :, None], x, 0.0)": "x"})


def last_token_taken_for_padding(workload: Any, framework: str) -> Any:
    return with_lines(workload, framework, {"lengths[:, None]": "lengths[:, None] - 1"})


def missing_positions(workload: Any, framework: str) -> Any:
    return with_weights(workload, framework, lambda w: w | {"positions": w["positions"] * 0.0})


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "wrong epsilon": wrong_epsilon,
    "padding attended to": padding_attended_to,
    "padding in the output": padding_in_the_output,
    "last token taken for padding": last_token_taken_for_padding,
    "missing positions": missing_positions,
}
