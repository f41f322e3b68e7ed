"""Which entries can be run, where their files lie, and a hash of what of them is run.

The hash changes with anything that could change the result: a stored verification is for one
state of code and check, and lint compares the two.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from .model.api import Api
from .model.gotcha import Gotcha
from .model.kinds import FOLDERS
from .model.path import Step
from .model.pattern import Pattern

EXECUTABLE = ("api", "gotcha", "pattern", "step")
FILES = {
    "pattern": {"tensorflow": "in_tensorflow.py", "torch": "in_torch.py"},
    "step": {"exercise": "exercise.py", "check": "check.py", "solution": "solution.py"},
}
"""Kind → what a file is → its name. A program called torch.py would import itself."""


def is_executable(entry: Any) -> bool:
    """Say whether there is something to run."""
    if isinstance(entry, (Api, Gotcha)):
        return entry.check is not None
    return isinstance(entry, Step) or (isinstance(entry, Pattern) and entry.needs is None)


def files_of_entry(kind: str, name: str, root: Path) -> dict[str, Path]:
    """Return the Python files of a pattern or a step by what they are, in a knowledge directory."""
    folder = root / FOLDERS[kind] / name
    return {word: folder / file for word, file in FILES.get(kind, {}).items()}


def code_hash(kind: str, entry: Any, root: Path) -> str:
    """Return the hash of everything of an entry that is run; files that are missing count, too."""
    total = hashlib.blake2b(digest_size=8)
    if isinstance(entry, (Api, Gotcha)):
        parts: list[Any] = [entry.code, entry.check]
        if isinstance(entry, Api):
            parts += [entry.tensorflow, entry.torch, entry.gone, entry.old]
            parts += [sorted(entry.alive.items())]
        total.update(msgspec.json.encode([_told(part) for part in parts], order="sorted"))
    elif isinstance(entry, Pattern):
        total.update(msgspec.json.encode([entry.results, entry.tolerance]))
    elif isinstance(entry, Step) and entry.side != "torch":
        total.update(entry.side.encode())
    for word, path in files_of_entry(kind, entry.id, root).items():
        raw = path.read_bytes() if path.is_file() else b"missing"
        total.update(word.encode() + hashlib.blake2b(raw, digest_size=8).digest())
    return total.hexdigest()


def _told(value: Any) -> Any:
    """Return a value without what is left at its default: a new field changes no hash."""
    if not isinstance(value, msgspec.Struct):
        return {k: _told(v) for k, v in value.items()} if isinstance(value, dict) else value
    told = {}
    for field in msgspec.structs.fields(value):
        one = getattr(value, field.name)
        usual = field.default_factory() if callable(field.default_factory) else field.default
        if one != usual:
            told[field.name] = _told(one)
    return told
