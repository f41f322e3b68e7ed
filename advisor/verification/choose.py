"""Which entries to run: all, named ones, those of a file, a seeded sample, or what changed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from advisor.errors import InputError
from knowledge.base import BASE, Knowledge
from knowledge.errors import KnowledgeError, nearest, shortened
from knowledge.executable import EXECUTABLE, code_hash, is_executable
from knowledge.loading.tree import read_one_file
from knowledge.model.verification import Verification


class Chosen(NamedTuple):
    """An executable entry, the knowledge directory it lies in, and its group of results."""

    kind: str
    entry: Any
    root: Path
    group: str


def executable_entries(
    knowledge: Knowledge, overlays: Sequence[Path], *, with_overlays: bool
) -> tuple[list[Chosen], list[str]]:
    """Return what can be run, and the ids left out because they are not our own code."""
    chosen, left_out = [], []
    for kind in EXECUTABLE:
        for entry in knowledge.kind(kind).values():
            if not is_executable(entry):
                continue
            house = knowledge.house.get(entry.id)
            if house and not with_overlays:
                left_out.append(entry.id)
                continue
            root = next((o for o in overlays if house and o.resolve().name == house), BASE)
            topic = getattr(entry, "topic", "") or getattr(entry, "path", "")
            chosen.append(Chosen(kind, entry, root, f"{kind}-{topic}"))
    return chosen, left_out


def named(entries: Sequence[Chosen], names: Iterable[str]) -> list[Chosen]:
    """Return the entries of these ids, in their own order; InputError names the nearest."""
    known = {one.entry.id for one in entries}
    wanted = list(names)
    for name in wanted:
        if name not in known:
            near = nearest(name, known)
            hint = f"; did you mean {near!r}?" if near else ""
            raise InputError(f"kb verify: nothing to run is called {shortened(name)!r}{hint}")
    return [one for one in entries if one.entry.id in wanted]


def of_file(path: Path, *, foreign: bool) -> list[Chosen]:
    """Return what can be run in one knowledge file, read without the rest of the base.

    Raises InputError for a file outside the base, unless `foreign` code may be run, and
    KnowledgeError if the file is not what it should be.
    """
    resolved = path.resolve()
    if len(resolved.parts) < 4:
        raise InputError(f"kb verify: {path} lies in no folder of a knowledge base")
    root = resolved.parent.parent
    if root != BASE.resolve() and not foreign:
        words = "is not our own code; --run-overlay-code allows to run it"
        raise InputError(f"kb verify: {shortened(str(path))} {words}")
    tree = read_one_file(resolved, root)
    if tree.problems:
        raise KnowledgeError(tree.problems)
    return [
        Chosen(located.kind, located.entry, root, group_of(located.kind, resolved))
        for located in tree.all()
        if located.kind in EXECUTABLE and is_executable(located.entry)
    ]


def group_of(kind: str, path: Path) -> str:
    """Return the name of the file that holds the results of the entries of a file."""
    return path.stem if path.stem.startswith(f"{kind}-") else f"{kind}-{path.stem}"


def sample(entries: Sequence[Chosen], size: int, seed: int) -> list[Chosen]:
    """Return so many entries, the same for the same seed and the same base."""
    if size >= len(entries):
        return list(entries)
    ordered = sorted(entries, key=lambda one: str(one.entry.id))
    picked = {one.entry.id for one in random.Random(seed).sample(ordered, size)}
    return [one for one in entries if one.entry.id in picked]


def seed_of(entries: Sequence[Chosen]) -> int:
    """Return a seed that is the same as long as no code is edited, so that samples move on."""
    total = hashlib.blake2b(digest_size=4)
    for one in sorted(entries, key=lambda one: str(one.entry.id)):
        total.update(code_hash(one.kind, one.entry, one.root).encode())
    return int.from_bytes(total.digest(), "big")


def changed(entries: Sequence[Chosen], known: Mapping[str, Verification]) -> list[Chosen]:
    """Return the entries whose code is not the one that was last verified."""
    return [
        one
        for one in entries
        if one.entry.id not in known
        or known[one.entry.id].code_hash != code_hash(one.kind, one.entry, one.root)
    ]
