"""Reads small files of /proc and /sys below a root, so that tests can present another machine.

Every function answers ``None`` (or nothing) where the file cannot be read; the caller turns that
into a reading with its reason.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from probes.plain_text import clean_text

_LIMIT_CHARACTERS = 1_000_000
_LIMIT_ENTRIES = 16_384
# Linux is built for at most 8192 processors; a longer list is not one of processors.
_LARGEST_INDEX = 65_535


def below(root: Path, absolute: str) -> Path:
    """Return ``/proc/x`` as ``root/proc/x``."""
    return root / absolute.lstrip("/")


def read_text(root: Path, absolute: str) -> str | None:
    """Return the text of a file, stripped, or ``None`` if it cannot be read."""
    try:
        with below(root, absolute).open(encoding="utf-8", errors="replace") as stream:
            return stream.read(_LIMIT_CHARACTERS).strip("\n\x00 ")
    except (OSError, ValueError):
        return None


def read_line(root: Path, absolute: str) -> str | None:
    """Return the first line of a file, free of control characters, or ``None``."""
    text = read_text(root, absolute)
    if text is None:
        return None
    return clean_text(text.partition("\n")[0], 300)


def read_integer(root: Path, absolute: str) -> int | None:
    """Return a whole number (decimal or 0x…), or ``None``."""
    line = read_line(root, absolute)
    try:
        return int(line, 0) if line else None
    except ValueError:
        return None


def read_table(root: Path, absolute: str) -> dict[str, str]:
    """Return a file of lines ``key value`` as a table; empty if it cannot be read."""
    rows = (line.split(None, 1) for line in (read_text(root, absolute) or "").splitlines())
    return {row[0]: row[1].strip() for row in rows if len(row) == 2}


def folder_names(root: Path, absolute: str) -> list[str] | None:
    """Return the names in a folder, sorted and at most some thousands, or ``None``."""
    try:
        entries = itertools.islice(below(root, absolute).iterdir(), _LIMIT_ENTRIES)
        return sorted(entry.name for entry in entries)
    except (OSError, ValueError):
        return None


def link_name(root: Path, absolute: str) -> str | None:
    """Return the last part of what a symbolic link points to, or ``None``."""
    try:
        return below(root, absolute).readlink().name
    except (OSError, ValueError):
        return None


def parse_index_list(text: str) -> list[int]:
    """Parse the kernel's list form, ``0-3,8`` → ``[0, 1, 2, 3, 8]``; what is no number is left out.

    The result is ascending, holds each index once, and none above 65 535.
    """
    indices: set[int] = set()
    for part in text.replace("\n", "").split(","):
        first, _, last = part.strip().partition("-")
        lowest, highest = _index(first), _index(last or first)
        if lowest is not None and highest is not None:
            indices.update(range(lowest, highest + 1))
    return sorted(indices)


def _index(text: str) -> int | None:
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        return None
    return min(int(text), _LARGEST_INDEX)
