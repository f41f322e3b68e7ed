"""Answers kept between starts: one small JSON file, replaced as a whole, never trusted."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from advisor.errors import InputError
from advisor.facts.answers import answer_from
from advisor.facts.fact import Fact, Origin
from knowledge.model.question import Question
from knowledge.text import printable

NAME = "answers.json"
LONGEST_SAID = 400
SOURCES: tuple[Origin, ...] = ("asked", "text", "flag", "file", "probe", "repository")


def save(directory: Path, facts: list[Fact]) -> bool:
    """Store facts; False if nothing can be written there."""
    path = directory / NAME
    beside = path.with_name(f".{NAME}.{os.getpid()}")
    content = {
        fact.id: {
            "value": fact.value,
            "source": fact.source,
            "said": fact.said,
            "confidence": fact.confidence,
        }
        for fact in facts
    }
    try:
        directory.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(content, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True


def restore(directory: Path, questions: Mapping[str, Question]) -> list[Fact]:
    """Return the stored facts that still fit the questions; what does not is left out."""
    try:
        content = json.loads((directory / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    facts: list[Fact] = []
    for name, item in content.items() if isinstance(content, dict) else ():
        if name not in questions or not isinstance(item, dict):
            continue
        source = item.get("source")
        try:
            value = answer_from(questions[name], item.get("value"))
        except InputError:
            continue
        origin: Origin = source if source in SOURCES else "asked"
        facts.append(Fact(name, value, origin, *_behind(item)))
    return facts


def _behind(item: dict[str, Any]) -> tuple[str | None, float]:
    """Return the words an answer was read from and how sure they are, as far as they make sense."""
    said, confidence = item.get("said"), item.get("confidence")
    sure = isinstance(confidence, (int, float)) and 0 < confidence <= 1
    words = printable(said[:LONGEST_SAID]) if isinstance(said, str) else None
    return words, float(confidence) if sure else 1.0  # type: ignore[arg-type]


def clear(directory: Path) -> None:
    """Forget the stored answers, as far as the file system lets go of them."""
    with suppress(OSError):
        (directory / NAME).unlink()
