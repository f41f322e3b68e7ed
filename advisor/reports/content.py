"""Sections of a page that can become text for a terminal or Markdown: one content, two forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from .page import Line, bullet, table, wrap

INDENT = "  "


class Block(msgspec.Struct, frozen=True):
    """A paragraph; with `label` a row of a table; with `item` a list item; `code` as it stands."""

    text: str
    label: str = ""
    item: bool = False
    code: bool = False


class Section(msgspec.Struct, frozen=True):
    """A heading (or none) and what stands below it."""

    heading: str
    blocks: list[Block]


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return Block(text)


def code(text: str) -> Block:
    """Return program text: neither wrapped nor escaped."""
    return Block(text, code=True)


def row(label: str, text: str) -> Block:
    """Return a row of a table."""
    return Block(text, label)


def item(text: str, label: str = "") -> Block:
    """Return a list item; a label stands before the text."""
    return Block(text, label, True)


def rows(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """Return rows of a table for the pairs that say something."""
    return [row(label, text) for label, text in pairs if text]


def said(*sections: tuple[str, list[Block]]) -> list[Section]:
    """Return the sections that say something."""
    kept = (Section(heading, [b for b in blocks if b.text]) for heading, blocks in sections)
    return [section for section in kept if section.blocks]


def text_lines(sections: Iterable[Section], width: int) -> Iterator[Line]:
    """Yield the lines of sections on a page, each after an empty line."""
    for section in sections:
        yield ""
        if section.heading:
            yield from ((("title", line),) for line in wrap(section.heading, width))
        for is_row, blocks in groupby(section.blocks, lambda b: bool(b.label) and not b.item):
            if is_row:
                yield from table([(block.label, block.text) for block in blocks], width)
                continue
            for block in blocks:
                text = f"{block.label}: {block.text}" if block.label else block.text
                if block.code:
                    yield from (INDENT + line for line in block.text.splitlines())
                elif block.item:
                    yield from bullet(text, width)
                else:
                    yield from wrap(text, width, first=INDENT, rest=INDENT)


def fenced(text: str) -> str:
    """Return program text as a block of Markdown, whatever back ticks are in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text.rstrip()}\n{fence}\n"


def markdown_text(sections: Iterable[Section]) -> str:
    """Return sections as Markdown, one level below the title."""
    from .escaping import escape

    parts = []
    for section in sections:
        if section.heading:
            parts.append(f"## {escape(section.heading)}\n")
        for in_list, blocks in groupby(section.blocks, lambda b: bool(b.label) or b.item):
            for block in blocks:
                if block.code:
                    parts.append(fenced(block.text))
                    continue
                label = f"**{escape(block.label)}:** " if block.label else ""
                parts.append(f"- {label}{escape(block.text)}" if in_list else escape(block.text))
                if not in_list:
                    parts.append("")
            if in_list:
                parts.append("")
    return "\n".join(parts).rstrip() + "\n"
