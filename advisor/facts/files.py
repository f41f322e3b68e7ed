"""Answer files: YAML or JSON, checked line by line; nothing in them is ever executed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from advisor.errors import InputError
from knowledge.errors import KnowledgeError
from knowledge.model.question import Question
from knowledge.text import printable

from .answers import answer_from, question_named
from .fact import Fact

LARGEST = 1_000_000


def facts_from_file(name: str, questions: Mapping[str, Question]) -> list[Fact]:
    """Return the facts a file states ("-": standard input); InputError names line and key."""
    label = "standard input" if name == "-" else name
    text = _text(name, label)
    facts = []
    for key, (line, value) in _pairs(text, label, json=_is_json(name, text)).items():
        place = f"{label}:{line}: "
        question = question_named(questions, key, place)
        said = printable(f"{label}:{line}")
        facts.append(Fact(key, answer_from(question, value, place), "file", said))
    return facts


STREAMS = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""What a shell puts in the place of <(command): read once, like standard input."""


def _text(name: str, label: str) -> str:
    from knowledge.loading.strict_yaml import decode, read_text

    try:
        if name != "-" and not name.startswith(STREAMS):
            return read_text(Path(name), name=label, largest=LARGEST)
        return decode(_stream(name, label), label)
    except KnowledgeError as error:
        raise InputError(str(error)) from None


def _stream(name: str, label: str) -> bytes:
    """Return what a stream holds, as far as it may."""
    if name == "-" and sys.stdin is None:
        raise InputError(f"{label}: is closed")
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as stream:
                raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{label}: {(error.strerror or 'cannot be read').lower()}") from None
    if len(raw) > LARGEST:
        raise InputError(f"{label}: is longer than {LARGEST:,} bytes")
    return raw


def _is_json(name: str, text: str) -> bool:
    unnamed = name == "-" or name.startswith(STREAMS)
    return name.endswith(".json") or (unnamed and text.lstrip().startswith("{"))


def _pairs(text: str, label: str, *, json: bool) -> dict[str, tuple[int, Any]]:
    """Return key → (line, value) of the mapping that a file must be."""
    if not text.strip():
        raise InputError(f"{label}: is empty (expected answers such as `goal: research`)")
    return _from_json(text, label) if json else _from_yaml(text, label)


def _from_json(text: str, label: str) -> dict[str, tuple[int, Any]]:
    import json

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise InputError(f"{label}:{_line_of(text, key, last=True)}: {key}: stands twice")
            found[key] = value
        return found

    try:
        document = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise InputError(f"{label}:{error.lineno}: broken JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise InputError(f"{label}: is nested too deeply") from None
    except ValueError:
        raise InputError(f"{label}: holds a number of too many digits") from None
    if not isinstance(document, dict):
        raise InputError(f"{label}:1: is no mapping (expected question ids and answers)")
    return {key: (_line_of(text, key), value) for key, value in document.items()}


def _line_of(text: str, key: str, *, last: bool = False) -> int:
    """Return the line of a key; keys are unique, so the first place is the right one."""
    quoted = f'"{key}"'
    position = text.rfind(quoted) if last else text.find(quoted)
    return text.count("\n", 0, max(position, 0)) + 1


def _from_yaml(text: str, label: str) -> dict[str, tuple[int, Any]]:
    from knowledge.loading.strict_yaml import Node, parse

    try:
        document = parse(text, label)
    except KnowledgeError as error:
        raise InputError(str(error)) from None
    if not isinstance(document.value, dict):
        raise InputError(f"{label}:{document.line}: is no mapping (expected `question: answer`)")

    def plain(node: Node) -> Any:
        if isinstance(node.value, str):
            if not node.quoted and node.value in ("true", "false"):
                return node.value == "true"
            return None if not node.quoted and node.value in ("null", "~", "") else node.value
        if isinstance(node.value, list):
            return [plain(child) for child in node.value]
        return {key: plain(child) for key, (_, child) in node.value.items()}

    return {key: (line, plain(child)) for key, (line, child) in document.value.items()}
