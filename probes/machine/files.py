"""Reads small files of /proc and /sys below a root, so that tests can present another machine.

Every function answers ``None`` where the file cannot be read; the caller turns that into a reading
with its reason.
"""

from __future__ import annotations

from pathlib import Path

from probes.plain_text import clean_text

_LIMIT_CHARACTERS = 1_000_000


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


def parse_index_list(text: str) -> list[int]:
    """Parse the kernel's list form, ``0-3,8`` → ``[0, 1, 2, 3, 8]``."""
    indices: list[int] = []
    for part in text.replace("\n", "").split(","):
        first, _, last = part.strip().partition("-")
        if first:
            indices.extend(range(int(first), int(last or first) + 1))
    return indices
