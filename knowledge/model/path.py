"""Learning paths and their steps."""

from __future__ import annotations

from .check import Side
from .common import Area, Entry, Id


class Path(Entry, frozen=True, kw_only=True):
    """A way through the material: for whom, what for, what it takes."""

    title: str
    goal: str
    for_whom: str
    prerequisites: tuple[str, ...] = ()
    hardware: str
    text: str = ""
    area: Area = "ecosystem"


class Step(Entry, frozen=True, kw_only=True):
    """One step of a path, with an exercise that a self-check can judge.

    `side` says whose interpreter runs it. Files in `steps/<id>/`: `exercise.py` (to be filled
    in), `check.py` (defines `check(solution)`, which yields pairs of True or False and a
    sentence), `solution.py`.
    """

    path: Id
    order: int
    part: str
    title: str
    purpose: str
    text: str
    reading: tuple[Id, ...] = ()
    exercise: str
    minutes: int
    side: Side = "torch"
    seconds: float = 60.0
    area: Area = "ecosystem"
