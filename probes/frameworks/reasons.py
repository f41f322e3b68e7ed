"""Turns a reason code, or the words of a framework, into a :class:`probes.document.Reason`.

The texts, fixes and patterns are data (``reasons.toml``); this file only fills them in. A code that
matches nothing stays ``UNKNOWN`` with the raw words: never a guess.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from probes.document import Reason
from probes.plain_text import clean_text

_FILE = Path(__file__).with_name("reasons.toml")


class ReasonEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One table of ``reasons.toml``."""

    text: str
    fix: str
    patterns: list[str]
    sources: list[str]
    checked: datetime.date


@cache
def reason_table() -> dict[str, ReasonEntry]:
    """Return every reason by its code, in the order in which patterns are tried."""
    with _FILE.open("rb") as stream:
        return convert(tomllib.load(stream), dict[str, ReasonEntry])


def make_reason(code: str, raw: str = "", /, **fields: object) -> Reason:
    """Return the reason for ``code`` with its fields filled in.

    Raises:
        KeyError: The code or a field that its text needs is unknown; a mistake in this program.
    """
    entry = reason_table()[code]
    values = {name: clean_text(str(value), 600) for name, value in fields.items()}
    return Reason(
        code=code,
        text=entry.text.format_map(values),
        fix=entry.fix.format_map(values),
        raw=clean_text(raw, 2000),
    )


def recognise(words: str, among: Collection[str] | None = None) -> tuple[str, str] | None:
    """Return (code, the line that says so) for the first pattern found in ``words``.

    Args:
        words: What a framework said.
        among: Only these codes; the same words can mean another thing at another place.
    """
    for code, entry in reason_table().items():
        if among is not None and code not in among:
            continue
        for pattern in entry.patterns:
            match = re.search(pattern, words, re.IGNORECASE)
            if match:
                return code, _line_around(words, match.start())
    return None


def _line_around(words: str, place: int) -> str:
    start = words.rfind("\n", 0, place) + 1
    end = words.find("\n", place)
    return words[start : end if end >= 0 else len(words)].strip()
