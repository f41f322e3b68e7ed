"""Finds the Python files and notebooks below a path; follows no links, and stops at a limit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from advisor.errors import InputError
from advisor.facts.fact import Ignored
from knowledge.errors import shortened
from knowledge.text import printable

MOST_FILES = 3_000
MOST_ENTRIES = 200_000
ENDINGS = (".py", ".ipynb")
NOT_OURS = frozenset(
    ("__pycache__", "node_modules", "site-packages", "build", "dist", "venv", "env")
)
"""Directories that hold other people's code, or copies."""


class Found(NamedTuple):
    """Files in a fixed order, and what was passed over."""

    files: list[Path]
    ignored: list[Ignored]


def code_files(paths: Iterable[str]) -> Found:
    """Return the files below the paths; a path that is a file is taken whatever its name.

    Raises:
        InputError: A path is not there, or is neither file nor directory.
    """
    files: dict[Path, None] = {}
    ignored: list[Ignored] = []
    for name in paths:
        path = Path(name)
        if not _is_directory(path, name):
            files[path] = None
            continue
        found = list(_below(path, ignored))
        if not found:
            ignored.append(Ignored(shown(name), "holds no Python file"))
        files.update(dict.fromkeys(found))
    if len(files) > MOST_FILES:
        left = len(files) - MOST_FILES
        ignored.append(Ignored(f"{left} files", f"only the first {MOST_FILES:,} were read"))
    return Found(list(files)[:MOST_FILES], ignored)


def shown(path: object) -> str:
    """Return a path as it may be printed."""
    return printable(shortened(str(path)))


def _is_directory(path: Path, name: str) -> bool:
    try:
        if name.strip() and os.path.isdir(path):  # noqa: PTH112 — Path.is_dir raises for impossible names
            return True
        there = os.path.lexists(path)
    except ValueError:  # a NUL in the name
        there = False
    if not there or not name.strip():
        raise InputError(f"--code {shown(name)!r}: no such file or directory")
    if not os.path.isfile(path):  # noqa: PTH113
        raise InputError(f"--code {shown(name)!r}: is neither a file nor a directory")
    return False


def _below(root: Path, ignored: list[Ignored]) -> Iterator[Path]:
    """Yield files directory by directory, in the order of names; hidden ones are left out."""
    left = [root]
    seen = 0
    while left:
        folder = left.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            ignored.append(Ignored(shown(folder), (error.strerror or "cannot be read").lower()))
            continue
        if folder != root and any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        folders = []
        for entry in entries:
            seen += 1
            if seen > MOST_ENTRIES:
                said = f"only the first {MOST_ENTRIES:,} entries were looked at"
                ignored.append(Ignored(shown(root), said))
                return
            if entry.name.startswith("."):
                continue
            # Links may form a ring, or lead out of the tree that was named.
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in NOT_OURS:
                    folders.append(Path(entry.path))
            elif entry.name.endswith(ENDINGS) and entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
        left += reversed(folders)
