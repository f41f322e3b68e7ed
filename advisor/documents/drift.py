"""`fw-advisor/kb-diff`: two versions of the knowledge base, by the golden verdicts they flip."""

from __future__ import annotations

from typing import Literal

import msgspec

from .head import Document


class Version(msgspec.Struct, frozen=True):
    """One version: where it was read from, and how many first choices it gets right."""

    name: str
    data_version: str
    hash: str
    right: int


class Answered(msgspec.Struct, frozen=True):
    """What one version answers to a scenario."""

    choice: str
    strength: str
    right: bool


class Flipped(msgspec.Struct, frozen=True):
    """A scenario whose choice or strength differs. `rules`: those whose push differs most."""

    scenario: str
    title: str
    expected: tuple[str, ...]
    old: Answered
    new: Answered
    rules: tuple[str, ...]


class Changed(msgspec.Struct, frozen=True):
    """Entries of a kind that came, went or changed."""

    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


class Drift(Document, frozen=True, kw_only=True):
    """The whole document; `judged` scenarios name a first choice."""

    schema: Literal["fw-advisor/kb-diff"] = "fw-advisor/kb-diff"
    old: Version
    new: Version
    scenarios: int
    judged: int
    flipped: tuple[Flipped, ...]
    reworded: tuple[Flipped, ...]
    entries: tuple[Changed, ...]
