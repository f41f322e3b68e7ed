"""What moving existing code to an option would cost, in three classes; never in days."""

from __future__ import annotations

from typing import Literal

from .common import Area, Entry, Id, OptionId, Part
from .condition import Atom

Effort = Literal["mechanical", "semantic", "redesign"]
"""Another name or argument; the same look and other results; nothing to put in its place."""

EFFORTS: tuple[Effort, ...] = ("mechanical", "semantic", "redesign")


class MoveItem(Part, frozen=True):
    """One thing that has to be done, under conditions on the answers.

    `because` names the entries it rests on. An API row named here belongs to the item's class,
    whatever its own status would say; a row stands in one class of a move only.
    """

    text: str
    because: tuple[Id, ...]
    when: tuple[Atom, ...] = ()
    priority: int = 10


class Move(Entry, frozen=True, rename={"from_": "from"}):
    """One move: from answers to `existing-code` to an option.

    `open` says what nobody can know from here. `light`: nearly nothing has to be moved.
    """

    from_: tuple[str, ...]
    option: OptionId
    title: str
    text: str
    because: tuple[Id, ...] = ()
    mechanical: tuple[MoveItem, ...] = ()
    semantic: tuple[MoveItem, ...] = ()
    redesign: tuple[MoveItem, ...] = ()
    open: tuple[str, ...] = ()
    light: bool = False
    area: Area = "ecosystem"
