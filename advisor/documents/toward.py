"""What would put one option first: part of `fw-advisor/advice` as `toward`."""

from __future__ import annotations

import msgspec

Value = bool | float | str | tuple[str, ...]


class Step(msgspec.Struct, frozen=True):
    """Answers that would do it together; `cost` as in flips."""

    change: dict[str, Value]
    cost: float
    text: str


class TowardPart(msgspec.Struct, frozen=True):
    """The smallest changes after which `option` comes first.

    `changes` are of answers that were given, `answers` of questions that are open. Where nothing
    of up to three answers does it, `vetoes` (rule ids) and `terms` (texts) say what stands in
    the way.
    """

    option: str
    first: bool
    changes: tuple[Step, ...]
    answers: tuple[Step, ...]
    vetoes: tuple[str, ...]
    terms: tuple[str, ...]
    text: tuple[str, ...]
