"""The text a person told, kept between starts beside the answers; never trusted."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NAME = "own-words.txt"
LARGEST = 100_000
"""Bytes that are read again."""


def save_text(directory: Path, text: str) -> bool:
    """Keep the text; the file is replaced as a whole. False if nothing can be written there."""
    path = directory / NAME
    beside = path.with_name(f".{NAME}.{os.getpid()}")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True


def saved_text(directory: Path) -> str:
    """Return the text that was kept; none if there is none, or none that can be read."""
    try:
        with (directory / NAME).open("rb") as file:
            return file.read(LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""
