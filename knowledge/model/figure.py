"""Published numbers, never without who measured what, when, on what and how."""

from __future__ import annotations

from .common import Basis, Date, Entry, Id, Part


class Result(Part, frozen=True):
    """One number: for which option or system, in which mode."""

    option: Id
    mode: str
    value: float
    unit: str


class Figure(Entry, frozen=True, kw_only=True):
    """One published comparison. What is unknown is said to be unknown, in words."""

    title: str
    quantity: str
    results: tuple[Result, ...]
    measured_by: str
    measured_on: Date | None
    hardware: str
    method: str
    basis: Basis
    caveat: str
    related: tuple[Id, ...] = ()
