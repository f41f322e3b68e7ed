"""Differences that bite when porting, each shown by running both sides."""

from __future__ import annotations

from .check import Check, Code, Needs
from .common import Area, Entry, Id


class Gotcha(Entry, frozen=True):
    """What differs, what happens if nobody notices, and what to write instead.

    `code` is right on both sides; the check's `naive` is the port that looks right and is not.
    """

    title: str
    topic: str
    text: str
    consequence: str
    remedy: str
    code: Code = Code()
    related: tuple[Id, ...] = ()
    check: Check | None = None
    needs: Needs | None = None
    reason: str = ""
    area: Area = "ecosystem"
