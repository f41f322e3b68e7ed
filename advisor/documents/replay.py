"""Saved advice and the same question asked today: part of `fw-advisor/advice` as `replayed`."""

from __future__ import annotations

import msgspec

from .standing import Standing


class Moved(msgspec.Struct, frozen=True):
    """A term of the margin that is not what it was: `then` or `now` is 0 where it is missing."""

    rule: str
    then: float
    now: float
    text: str


class Replay(msgspec.Struct, frozen=True):
    """What was answered then, and why it differs today.

    `identical`: the whole document is the same, its time and the tool's version aside.
    `same_knowledge`: it was made from the same knowledge base, byte for byte. `moved`: the terms
    of the margin of `option` over `against` that changed, the strongest first.
    """

    name: str
    created: str
    tool_version: str
    data_version: str
    then: Standing
    identical: bool
    same_knowledge: bool
    choice_changed: bool
    option: str
    against: str
    moved: tuple[Moved, ...]
    summary: str
