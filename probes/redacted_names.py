"""The names that a redacted document must not hold, and those that it may.

Pure: host and user names are handed in or stand in the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from probes.frameworks.reasons import reason_table

HOME = re.compile(
    r"(/home/|/Users/|/root(?=/|\b)|[A-Za-z]:\\\\?Users\\\\?)"
    r"((?<=Users\\)[^/\\\n'\":,]+(?=\\)|[^/\\\s'\":,]*)"
)
# Accounts that every image or service of a kind has; taking the words out would only mar texts.
_GENERIC = frozenset(
    ("root", "user", "admin", "ubuntu", "debian", "runner", "jovyan", "vscode", "localhost")
)
_SHORTEST_NAME = 3
_MOST_NAMES = 64


def pattern(names: Iterable[str], end: str = "") -> re.Pattern[str] | None:
    """Return a pattern of whole words; None without any."""
    words = sorted(set(names), key=lambda name: (-len(name), name))[:_MOST_NAMES]
    if not words:
        return None
    after = re.escape(end) if end else r"(?![\w-])"
    pattern = "|".join(rf"(?<![\w-]){re.escape(word)}{after}" for word in words)
    return re.compile(pattern, re.IGNORECASE)


def names_in(document: Any) -> Iterator[str]:
    """Yield names that the document tells: its host, and whose home folders it names."""
    for key, text in _strings(document):
        if key == "host-name":
            yield text
        for match in HOME.finditer(text):
            yield match[2]


def process_names(document: Any) -> Iterator[str]:
    """Yield the names of processes, wherever in a document they stand."""
    if isinstance(document, dict):
        name = document.get("name")
        if "pid" in document and isinstance(name, str) and name and "<" not in name:
            yield name
        document = list(document.values())
    for item in document if isinstance(document, list) else ():
        yield from process_names(item)


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with the fact or field it stands in."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield "", str(name)
            inside = key == "host-name" and name == "value"
            yield from _strings(item, key if inside else str(name))


def removable(names: Iterable[str]) -> tuple[str, ...]:
    """Return host names, also without their domain, and user names that can be taken out.

    Words by which failures are recognised stay: such a name tells nothing, and without the word
    the document would be judged in another way.
    """
    found: list[str] = []
    for name in names:
        found += [name, name.partition(".")[0]]
    kept = _GENERIC | _telling()
    return tuple(
        name
        for name in dict.fromkeys(found)
        if len(name) >= _SHORTEST_NAME and "<" not in name and name.lower() not in kept
    )


def _telling() -> frozenset[str]:
    patterns = [pattern for one in reason_table().values() for pattern in one.patterns]
    return frozenset(word.lower() for text in patterns for word in re.findall(r"\w{3,}", text))
