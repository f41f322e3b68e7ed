"""What the adviser can choose."""

from __future__ import annotations

from .common import Basis, Entry, Grade, Id, Part


class BaseValue(Part, frozen=True):
    """Where an option stands on a criterion before anything is known about the user."""

    value: float
    text: str
    basis: Basis
    grade: Grade
    because: tuple[Id, ...] = ()


class Option(Entry, frozen=True):
    """A framework, with its value on every criterion (key: criterion id)."""

    name: str
    what: str
    order: int
    base: dict[Id, BaseValue]
