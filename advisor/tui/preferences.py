"""What the person chose for the interface itself: one small file that is never trusted."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

NAME = "interface.json"
LONGEST = 4096


def saved_theme(directory: Path, known: Collection[str]) -> str | None:
    """Return the theme that was chosen last, if it is one that exists."""
    try:
        with (directory / NAME).open("rb") as file:
            content = json.loads(file.read(LONGEST))
    except (OSError, ValueError, RecursionError):
        return None
    name = content.get("theme") if isinstance(content, dict) else None
    return name if isinstance(name, str) and name in known else None


def save_theme(directory: Path, name: str) -> bool:
    """Keep the theme; the file is replaced as a whole. False if nothing can be written there."""
    path = directory / NAME
    beside = path.with_name(f".{NAME}.{os.getpid()}")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"theme": name}), encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True
