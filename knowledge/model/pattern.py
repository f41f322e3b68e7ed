"""Longer translations: two whole programs that do the same, and are run."""

from __future__ import annotations

from .check import Needs
from .common import Area, Entry, Id


class Pattern(Entry, frozen=True):
    """A pair of programs in `patterns/<id>/in_tensorflow.py` and `in_torch.py`.

    Each prints one JSON object as its last line; `results` of it must agree within `tolerance`,
    relative to max(1, |value|). A program may print more than the other has.
    """

    title: str
    topic: str
    text: str
    results: tuple[str, ...]
    tolerance: float = 1e-5
    seconds: float = 60.0
    lessons: tuple[str, ...] = ()
    related: tuple[Id, ...] = ()
    needs: Needs | None = None
    reason: str = ""
    area: Area = "ecosystem"
