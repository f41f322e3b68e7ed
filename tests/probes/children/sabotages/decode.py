"""Decoding, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_lines, with_weights


def wrong_epsilon(workload: Any, framework: str) -> Any:
    return replaced(workload, "EPSILON", 1e-3)


def position_off_by_one(workload: Any, framework: str) -> Any:
    """The first token after the prompt is written one place too far, and so are all others."""
    one_later = 'range(sizes["prompt"] + 1, slots)'
    return with_lines(workload, framework, {'range(sizes["prompt"], slots - 1)': one_later})


def last_token_unseen(workload: Any, framework: str) -> Any:
    """The mask ends before the token that is being read; only the first one sees itself."""
    unseen = "(every < positions[:, None]) | (every == 0)"
    return with_lines(workload, framework, {"every <= positions[:, None]": unseen})


def unwritten_cache_seen(workload: Any, framework: str) -> Any:
    where = "torch.where" if framework == "pytorch" else "tf.where"
    return with_lines(workload, framework, {f'{where}(seen, scores, float("-inf"))': "scores"})


def missing_positions(workload: Any, framework: str) -> Any:
    return with_weights(workload, framework, lambda w: w | {"positions": w["positions"] * 0.0})


def transposed_weight(workload: Any, framework: str) -> Any:
    def change(weights: dict[str, Any]) -> dict[str, Any]:
        key = weights["0_key"]
        if framework == "pytorch":
            return weights | {"0_key": key.T.contiguous()}
        import tensorflow as tf

        return weights | {"0_key": tf.transpose(key)}

    return with_weights(workload, framework, change)


def first_token_lost(workload: Any, framework: str) -> Any:
    """What the prompt led to is read but not written; the last token stands there twice."""
    changes = {"written = [token]": "written = []"}
    for concatenate in ("torch.cat(written)", "tf.concat(written, 0)"):
        if framework == ("pytorch" if concatenate.startswith("torch") else "tensorflow"):
            changes[concatenate] = concatenate.replace("written", "written + written[-1:]")
    return with_lines(workload, framework, changes)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "wrong epsilon": wrong_epsilon,
    "position off by one": position_off_by_one,
    "last token unseen": last_token_unseen,
    "unwritten cache seen": unwritten_cache_seen,
    "missing positions": missing_positions,
    "transposed weight": transposed_weight,
    "first token lost": first_token_lost,
}
