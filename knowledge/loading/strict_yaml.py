"""YAML without its surprises, and with the line of everything.

A subset: one document, mappings, sequences and scalars. Anchors, aliases, tags, duplicate keys
and oversize or very deep files are errors, so a YAML bomb cannot be written. Plain scalars are
not interpreted here: whoever knows the expected type decides (see `validate`), so `no`, `2.10`
and 2026-11-20 never turn into something else unseen.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import msgspec

from ..errors import FileProblem, KnowledgeError

LARGEST_FILE = 2_000_000
DEEPEST = 24
MOST_NODES = 400_000
# Control characters, line ends that editors do not show as such, and what changes the direction
# of text: none of it has a place in a file that people review, not even in a comment.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)


class Node(msgspec.Struct, frozen=True):
    """A place in a file: `value` is text, a list of nodes, or a mapping from key to entry."""

    value: str | list[Node] | dict[str, tuple[int, Node]]
    line: int
    quoted: bool = False

    @property
    def kind(self) -> str:
        """What it is, in the words of an error message."""
        if isinstance(self.value, dict):
            return "a mapping"
        if isinstance(self.value, list):
            return "a list"
        return "text" if self.quoted else "a plain value"


def read_text(path: Path, *, name: str | None = None, largest: int = LARGEST_FILE) -> str:
    """Return the text of a regular UTF-8 file; raise KnowledgeError with one clear line."""
    label = name or str(path)

    def problem(message: str, expected: str = "", code: str = "KB101") -> KnowledgeError:
        return KnowledgeError(
            [FileProblem(file=label, message=message, expected=expected, code=code)]
        )

    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise problem("is a directory", "a file")
        if not stat.S_ISREG(status.st_mode):
            raise problem("is not a regular file", "a file")
        if status.st_size > largest:
            raise problem(f"has {status.st_size:,} bytes", f"at most {largest:,}")
        raw = path.read_bytes()
    except OSError as error:
        raise problem((error.strerror or "cannot be read").lower()) from None
    except ValueError:
        raise problem("is no name of a file") from None
    return decode(raw, label)


def decode(raw: bytes, name: str) -> str:
    """Return bytes as text; raise KnowledgeError for anything but clean UTF-8."""
    line = None
    try:
        text = raw.decode("utf-8-sig")
        if "\x00" not in text:
            return text
        line = text[: text.index("\x00")].count("\n") + 1
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    raise KnowledgeError(
        [FileProblem(file=name, line=line, message="is not text", expected="UTF-8", code="KB101")]
    )


def parse(text: str, name: str) -> Node:
    """Return the one document in `text`; raise KnowledgeError naming file and line."""
    import yaml

    unseen = UNSEEN.search(text)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        raise _failed(name, line, f"holds the unseen character U+{ord(unseen.group()):04X}")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(name).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = text.rstrip().count("\n")
        if mark and error.context_mark and mark.line > last:
            mark = error.context_mark  # what was never closed, not the end of the file
        words = error.problem or error.context or "is not valid YAML"
        place = min(mark.line, last) + 1 if mark else None
        raise _failed(name, place, f"broken YAML: {words}") from None
    except yaml.YAMLError as error:
        raise _failed(name, None, f"broken YAML: {str(error).splitlines()[0]}") from None


def _failed(
    name: str, line: int | None, message: str, code: str = "KB102", key: str = ""
) -> KnowledgeError:
    return KnowledgeError([FileProblem(file=name, line=line, key=key, message=message, code=code)])


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Builder:
    """Turns the parser's events into nodes, refusing what the subset leaves out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0

    def build(self, events) -> Node:  # type: ignore[no-untyped-def]
        import yaml

        document: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if document is not None:
                    raise _failed(self.name, _line(event), "has a second document")
            elif isinstance(event, yaml.NodeEvent):
                document = self.node(event, events, 0)
        if document is None or (document.value == "" and not document.quoted):
            raise _failed(self.name, 1, "is empty")
        return document

    def node(self, event, events, depth: int) -> Node:  # type: ignore[no-untyped-def]
        import yaml

        line = _line(event)
        self.count += 1
        if depth > DEEPEST or self.count > MOST_NODES:
            raise _failed(self.name, line, "is nested too deeply or holds too many values")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _failed(self.name, line, "anchors and aliases are not allowed", "KB103")
        if event.tag is not None:
            raise _failed(self.name, line, f"the tag {event.tag!r} is not allowed", "KB103")
        if isinstance(event, yaml.ScalarEvent):
            return Node(event.value, line, event.style not in (None, ""))
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.sequence(events, depth), line)
        return Node(self.mapping(events, depth), line)

    def sequence(self, events, depth: int) -> list[Node]:  # type: ignore[no-untyped-def]
        import yaml

        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, depth + 1))
        return items

    def mapping(self, events, depth: int) -> dict[str, tuple[int, Node]]:  # type: ignore[no-untyped-def]
        import yaml

        found: dict[str, tuple[int, Node]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth + 1)
            if not isinstance(key.value, str):
                raise _failed(self.name, key.line, "a key must be a single word", "KB104")
            if key.value in found:
                first = found[key.value][0]
                raise _failed(
                    self.name, key.line, f"stands twice (first in line {first})", "KB105", key.value
                )
            found[key.value] = (key.line, self.node(next(events), events, depth + 1))
        return found
