"""A data pipeline, written wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_lines


def lower_casing_forgotten(workload: Any, framework: str) -> Any:
    if framework == "pytorch":
        return replaced(workload, "tokens", str.split)
    return with_lines(workload, framework, {"tf.strings.lower(line)": "line"})


def split_at_every_space(workload: Any, framework: str) -> Any:
    """Where two spaces stand there is a word without letters then."""
    if framework == "pytorch":
        return replaced(workload, "tokens", lambda line: line.lower().split(" "))
    lower = "tf.strings.split(tf.strings.lower(line)"
    return with_lines(workload, framework, {lower: f'{lower}, " "'})


def wrong_padding(workload: Any, framework: str) -> Any:
    return replaced(workload, "PADDING", 1)


def unknown_words_padded(workload: Any, framework: str) -> Any:
    return replaced(workload, "UNKNOWN", 0)


def ids_off_by_one(workload: Any, framework: str) -> Any:
    return replaced(workload, "FIRST", 1)


def last_batch_dropped(workload: Any, framework: str) -> Any:
    size = 'batch_size=sizes["batch"],' if framework == "pytorch" else 'sizes["batch"],'
    drop = "drop_last" if framework == "pytorch" else "drop_remainder"
    return with_lines(workload, framework, {size: f"{size} {drop}=True,"})


def shuffled(workload: Any, framework: str) -> Any:
    if framework == "pytorch":
        size = 'batch_size=sizes["batch"],'
        return with_lines(workload, framework, {size: f"{size} shuffle=True,"})
    slices = "from_tensor_slices(lines)"
    return with_lines(workload, framework, {slices: f"{slices}.shuffle(100)"})


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "lower-casing forgotten": lower_casing_forgotten,
    "split at every space": split_at_every_space,
    "wrong padding": wrong_padding,
    "unknown words padded": unknown_words_padded,
    "ids off by one": ids_off_by_one,
    "last batch dropped": last_batch_dropped,
    "shuffled": shuffled,
}
