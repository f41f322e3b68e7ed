"""What a reader got right and wrong in the corpus; the rules stand in corpus/README.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

from advisor.facts.fact import Fact

CORPUS = Path(__file__).parent / "corpus"
MANY = {"targets", "existing-infrastructure", "restrictions", "priorities"}


class Judged(msgspec.Struct):
    """Demanded facts that were read, that were missed, and what should not have been read."""

    read: list[str]
    missed: list[str]
    wrong: list[str]


def corpus() -> list[dict[str, Any]]:
    """Return every text with the file it stands in."""
    return [
        {**item, "file": path.stem}
        for path in sorted(CORPUS.glob("*.yaml"))
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def judge(item: dict[str, Any], facts: list[Fact]) -> Judged:
    """Compare what was read from a text with what a careful human reads."""
    judged = Judged([], [], [])
    demanded, allowed = item.get("facts") or {}, item.get("perhaps") or {}
    found: dict[str, Any] = {fact.id: fact.value for fact in facts}
    for name, value in demanded.items():
        good = name in found and _as_demanded(name, value, found[name])
        (judged.read if good else judged.missed).append(f"{name}={value}")
    for name, value in found.items():
        extra = _too_much(name, value, demanded.get(name), allowed.get(name))
        judged.wrong += [f"{name}={part}" for part in extra]
    return judged


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _as_demanded(name: str, wanted: Any, found: Any) -> bool:
    if name == "priorities":
        order = [v for v in found if v in wanted]
        return order == _list(wanted)
    if name in MANY:
        return set(_list(wanted)) <= set(found)
    if isinstance(found, float):
        return abs(found - float(wanted)) <= 0.02 * float(wanted)
    return bool(found == wanted)


def _too_much(name: str, found: Any, demanded: Any, allowed: Any) -> list[Any]:
    valid = (_list(demanded) if demanded is not None else []) + (
        _list(allowed) if allowed is not None else []
    )
    if name in MANY:
        return [
            part
            for part in found
            if part not in valid and not (part.startswith("-") and demanded is not None)
        ]
    if isinstance(found, float):
        return [] if any(abs(found - float(v)) <= 0.02 * float(v) for v in valid) else [found]
    return [] if found in valid else [found]
