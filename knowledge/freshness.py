"""How old an entry is, and whether it is due for review. The caller says what day it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

REVIEW_AFTER = {"hardware": 90, "ecosystem": 180, "concept": 365}
"""Days after which entries of an area are looked at again."""

AREAS = {"criterion": "concept", "question": "concept", "term": "concept", "seed": "concept"}
"""Area of the kinds whose entries do not name their own; all others belong to the ecosystem."""


class Age(msgspec.Struct, frozen=True):
    """Days since an entry was checked; its area; days left until review, negative when overdue."""

    days: int
    area: str
    left: int

    @property
    def due(self) -> bool:
        """Say whether the entry is past its review."""
        return self.left < 0

    def __str__(self) -> str:
        """Return the age in words."""
        if self.due:
            return f"checked {ago(self.days)}, due for review"
        return f"checked {ago(self.days)}, review in {ago(self.left, past=False)}"


def age_of(kind: str, entry: Any, today: str) -> Age:
    """Return the age of an entry on a day given as ISO 8601."""
    area = getattr(entry, "area", "") or AREAS.get(kind, "ecosystem")
    days = max(0, (day(today) - day(entry.as_of)).days)
    return Age(days, area, REVIEW_AFTER[area] - days)


def day(text: str) -> date:
    """Return a date; where day or month are missing, the first one."""
    parts = [int(part) for part in text[:10].split("-")]
    year, month, number = (*parts, 1, 1)[:3]
    try:
        return date(year, month, number)
    except ValueError:  # such as the 30th of February: written, yet not in any calendar
        return date(year, month, 1)


def ago(days: int, *, past: bool = True) -> str:
    """Return a number of days as a person says it."""
    if days == 0:
        return "today" if past else "less than a day"
    amount, unit = (days, "day") if days < 60 else (round(days / 30.4), "month")
    return f"{amount} {unit}{'' if amount == 1 else 's'}{' ago' if past else ''}"
