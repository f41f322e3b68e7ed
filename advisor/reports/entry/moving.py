"""Pages of what helps to move between the frameworks: code for both sides, and what running it
found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.executable import files_of_entry

from ..content import Block, Section, code, item, paragraph, rows, said
from .words import Words

if TYPE_CHECKING:
    from pathlib import Path as File

    from knowledge.model.api import Api
    from knowledge.model.check import Check, Code
    from knowledge.model.gotcha import Gotcha
    from knowledge.model.path import Path, Step
    from knowledge.model.pattern import Pattern
    from knowledge.model.verification import Verification

SIDES = {"tensorflow": "TensorFlow", "torch": "PyTorch"}


def api(entry: Api, words: Words) -> list[Section]:
    """Return the page of an equivalence."""
    alive = [f"{SIDES[side]}: {state}" for side, state in entry.alive.items() if state != "alive"]
    facts = [
        ("TensorFlow", ", ".join(entry.tensorflow)),
        ("PyTorch", ", ".join(entry.torch)),
        ("uses", ", ".join(entry.uses)),
        ("standing", entry.status),
        ("arguments", ", ".join(f"{a} → {b}" for a, b in entry.arguments.items())),
        ("provided", " ".join(entry.preconditions)),
        ("dtype, shape", entry.dtype_and_shape),
        ("when called", "; ".join(alive)),
        ("no longer there", ", ".join(entry.gone)),
        ("since", entry.since),
        ("ended with", entry.ended),
        ("successors", words.evidence(entry.successors)),
        ("mind", words.evidence(entry.gotchas)),
    ]
    return said(
        ("", [paragraph(entry.text)]),
        *_code(entry.code),
        ("Facts", rows(facts)),
        _verified(words, entry.id, entry.check, entry.reason),
    )


def gotcha(entry: Gotcha, words: Words) -> list[Section]:
    """Return the page of a difference that bites."""
    facts = [("consequence", entry.consequence), ("remedy", entry.remedy)]
    return said(
        ("", [paragraph(entry.text), *rows(facts)]),
        *_code(entry.code),
        _verified(words, entry.id, entry.check, entry.reason),
    )


def pattern(entry: Pattern, words: Words) -> list[Section]:
    """Return the page of a pair of programs."""
    files = files_of_entry("pattern", entry.id, _root())
    programs = [(SIDES[side], [code(_text(path))]) for side, path in files.items()]
    return said(
        ("", [paragraph(entry.text)]),
        ("Lessons", [item(lesson) for lesson in entry.lessons]),
        *(programs if entry.id not in words.knowledge.house else []),
        _verified(words, entry.id, None, entry.reason),
    )


def path(entry: Path, words: Words) -> list[Section]:
    """Return the page of a learning path."""
    facts = [
        ("goal", entry.goal),
        ("for", entry.for_whom),
        ("before", ", ".join(entry.prerequisites)),
        ("hardware", entry.hardware),
    ]
    command = f"fw-advisor learn {entry.id}"
    return said(("", [paragraph(entry.text), *rows(facts)]), ("Follow it", [item(command)]))


def step(entry: Step, words: Words) -> list[Section]:
    """Return the page of a step."""
    return said(
        ("", [paragraph(entry.purpose), paragraph(entry.text)]),
        ("Read", [item(words.evidence([name])) for name in entry.reading]),
        ("Exercise", [paragraph(entry.exercise), item(f"fw-advisor learn {entry.id}")]),
    )


def _code(both: Code) -> list[tuple[str, list[Block]]]:
    pieces = {side: getattr(both, side) for side in SIDES}
    return [(SIDES[side], [code(text.rstrip())]) for side, text in pieces.items() if text]


def _verified(words: Words, name: str, check: Check | None, reason: str) -> tuple[str, list[Block]]:
    stored: Verification | None = words.knowledge.kind("verification").get(f"verified-{name}")
    if stored is None:
        return "Verified", [paragraph(f"Not executed: {reason}" if reason else "Not executed.")]
    versions = ", ".join(f"{package} {version}" for package, version in stored.versions.items())
    naive = check.naive.strip() if check else ""
    missed = "" if stored.naive_error is None else f"misses by {stored.naive_error:.2g}"
    facts = [
        ("outcome", f"{stored.outcome} on {stored.as_of}"),
        ("with", versions),
        ("largest error", "" if stored.max_error is None else f"{stored.max_error:.2g}"),
        (
            "of gradients",
            "" if stored.max_gradient_error is None else f"{stored.max_gradient_error:.2g}",
        ),
        ("tolerance", f"{check.tolerance:g}" if check else ""),
        ("problems", "; ".join(stored.problems)),
        ("not so", "; ".join(part for part in (missed, stored.naive_note) if part)),
    ]
    return "Verified", [*rows(facts), *([code(naive)] if naive else [])]


def _root() -> File:
    from knowledge.base import BASE

    return BASE


def _text(file: File) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip()
    except (OSError, UnicodeDecodeError):
        return ""
