"""What every probe step returns: a value, or an honest "not available" with its reason.

A failed step never becomes zero, an empty string or a missing key: it is a :class:`Reading` whose
status says what happened, and which still prints and computes (as NaN) wherever a value would.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from probes.plain_text import clean_text

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
Status = Literal["ok", "absent", "unknown", "error"]
ASSUMED = "assumed"
"""The source of a fact that somebody assumed for planning and nothing observed."""


class Reading(Struct, frozen=True, kw_only=True):
    """One observed fact.

    ``ok``: looked, found. ``absent``: looked, and there is none (no limit set, no such device).
    ``unknown``: could not be determined here (not this system, timed out). ``error``: the source
    exists and answered with an error.
    """

    value: Annotated[Value, Meta(description="The fact; null unless status is ok.")] = None
    status: Annotated[Status, Meta(description="Whether the value can be relied on.")] = "ok"
    source: Annotated[str, Meta(description="File, library or call it was read from.")] = ""
    detail: Annotated[str, Meta(description="Why it is not available, or a remark.")] = ""
    code: Annotated[str | None, Meta(description="Reason code, if one is known.")] = None

    @property
    def available(self) -> bool:
        """Whether there is a value to work with."""
        return self.status == "ok"

    def number(self) -> float:
        """Return the value as a float, NaN when not available or not a number."""
        if self.available and isinstance(self.value, int | float):
            return float(self.value)
        return math.nan

    def integer(self) -> int | None:
        """Return the value as a whole number, ``None`` when not available or not a number."""
        number = self.number()
        return None if math.isnan(number) else int(number)

    def __float__(self) -> float:
        """Return the value, NaN when not available."""
        return self.number()

    def __str__(self) -> str:
        """Return the value, or "not available" with the reason."""
        if self.available:
            return str(self.value)
        return f"not available ({self.detail})" if self.detail else "not available"

    def __format__(self, specification: str) -> str:
        """Format the value; a number format never breaks on a fact that is not available."""
        if self.available and specification:
            return format(self.value, specification)
        return str(self)


def found(value: Value, source: str, detail: str = "") -> Reading:
    """Return a reading for a value that was found."""
    return Reading(value=value, source=source, detail=detail)


def absent(source: str, detail: str) -> Reading:
    """Return a reading for something that was looked for and does not exist here."""
    return Reading(status="absent", source=source, detail=clean_text(detail))


def unknown(source: str, detail: str, code: str | None = None) -> Reading:
    """Return a reading for something that could not be determined."""
    return Reading(status="unknown", source=source, detail=clean_text(detail), code=code)


def failed(source: str, detail: str, code: str | None = None) -> Reading:
    """Return a reading for a source that exists but answered with an error."""
    return Reading(status="error", source=source, detail=clean_text(detail), code=code)
