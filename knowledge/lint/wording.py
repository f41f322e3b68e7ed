"""KB50x: neutral words, the same template for everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ..errors import FileProblem
from ..loading.tree import Tree
from .report import problem

PRAISE = re.compile(
    r"\b(best(?! arm)|better|superior|excellent|amazing|powerful|blazing\w*|unmatched"
    r"|state-of-the-art|seamless\w*|cutting-edge|world-class|awesome|elegant|perfect\w*|inferior|terrible|awful"
    r"|de facto|gold standard|leading)\b",
    re.IGNORECASE,
)
PROSE = frozenset({"text", "what", "why", "says", "note", "mechanism", "history", "although"})
QUOTING = frozenset({"claim"})
"""Kinds that repeat what others say: their words are not ours."""


def check(tree: Tree) -> list[FileProblem]:
    """Return words that praise or blame."""
    found = []
    for located in tree.all():
        if located.kind in QUOTING or located.kind == "question":
            continue
        for key, text in _prose(located.entry, ""):
            match = PRAISE.search(text)
            if match:
                found.append(
                    problem(
                        located, key, "KB501", f"{match.group(0)!r} praises or blames", "a fact"
                    )
                )
    return found


def _prose(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _prose(getattr(value, name), f"{key}.{name}" if key else name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _prose(item, f"{key}[{index}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _prose(item, f"{key}.{name}")
    elif isinstance(value, str) and key.rsplit(".", 1)[-1].split("[")[0] in PROSE:
        yield key, value
