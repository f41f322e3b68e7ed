"""What options are judged by."""

from __future__ import annotations

from .common import Entry, Part


class Scale(Part, frozen=True):
    """Anchors of a criterion: what the values 0, one half and 1 mean, whatever the options are."""

    zero: str
    half: str
    one: str


class Criterion(Entry, frozen=True):
    """One thing that matters, on a fixed scale; `points` is its weight before any rule speaks."""

    name: str
    asks: str
    scale: Scale
    points: float
    order: int
