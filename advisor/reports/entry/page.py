"""The page of any entry: its head, what its kind has to say, sources, links both ways."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from itertools import groupby
from typing import Any

from advisor.documents.entry import EntryDocument, Linked
from advisor.documents.head import SourceItem
from knowledge.base import Knowledge
from knowledge.freshness import Age
from knowledge.text import printable

from ..content import Block, Section, code, item, markdown_text, paragraph, said, text_lines
from ..page import Line, title, wrap
from .words import Words, title_case

MODULES = {
    "deciding": ("option", "criterion", "question", "rule", "pick"),
    "judged": ("feature", "claim", "figure", "use-case", "adopter"),
    "things": ("system", "term", "source", "seed"),
    "moving": ("api", "gotcha", "pattern", "path", "step"),
}
MOST_LINKS = 8
"""Of one kind, links to more entries than these are counted, not listed."""

SAID = frozenset(
    (
        *("statements", "serves", "base", "effects", "options", "points", "stacks"),
        *("workaround", "places", "contradicts", "successors"),
    )
)
"""Fields whose links stand on the page already, in words."""

FIELDS = {
    "when": "asks for it",
    "applies": "asks for it",
    "because": "evidence",
    "sources": "source",
    "statements": "statements",
    "criterion": "moves it",
    "points": "weighs it",
    "effects": "moves it",
    "base": "base value",
    "places": "said there",
    "contradicts": "says the opposite",
    "successors": "successor",
    "moved_from": "moved from it",
    "instead": "instead",
    "matters": "matters",
    "related": "related",
    "about": "about it",
}
"""What a link means, by the field that holds it; others are shown as they are."""


def entry_page(document: EntryDocument, knowledge: Knowledge, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = [title(line) for line in wrap(document.title, width)]
    lines += [(("faint", line),) for head in _head(document) for line in wrap(head, width)]
    return [*lines, *text_lines(_sections(document, knowledge), width)]


def entry_markdown(document: EntryDocument, knowledge: Knowledge) -> str:
    """Return the page as Markdown."""
    from ..escaping import escape

    head = " · ".join(escape(line) for line in _head(document))
    return f"# {escape(document.title)}\n\n{head}\n\n" + markdown_text(
        _sections(document, knowledge)
    )


def _head(document: EntryDocument) -> list[str]:
    house = f", from {document.house}" if document.house else ""
    fresh = document.freshness
    age = Age(fresh.days, fresh.area, fresh.review_after - fresh.days)
    return [
        f"{document.kind} {document.id}{house}",
        f"as of {document.as_of}: {age} ({fresh.area}, every {fresh.review_after} days)",
    ]


def _sections(document: EntryDocument, knowledge: Knowledge) -> list[Section]:
    words = Words(knowledge, (source.id for source in document.sources))
    found = _of_kind(document.kind, document.entry, words)
    for other in document.also:
        found.append(Section(title_case(f"as a {other.kind}"), []))
        found += _of_kind(other.kind, other.entry, words)
    return found + said(
        ("Sources", [_source(n, source) for n, source in enumerate(document.sources, 1)]),
        ("Leads to", _links(link for link in document.links if link.field not in SAID)),
        ("Named by", _links(document.linked_from)),
    )


def _of_kind(kind: str, entry: Any, words: Words) -> list[Section]:
    module = next((name for name, kinds in MODULES.items() if kind in kinds), None)
    if module is None:
        return _any(entry)
    build = getattr(import_module(f".{module}", __package__), kind.replace("-", "_"))
    sections: list[Section] = build(entry, words)
    return sections


def _any(entry: Any) -> list[Section]:
    """Return the texts of an entry whose kind has no page of its own yet."""
    from knowledge.search.fields import NAMES, SILENT, texts_in

    sections = []
    for field in entry.__struct_fields__:
        if field not in SILENT and field not in NAMES:
            texts = [text for text in texts_in(getattr(entry, field)) if text]
            blocks = [code(text) if "\n" in text else paragraph(text) for text in texts]
            sections.append((title_case(field.replace("_", " ")), blocks))
    return said(*sections)


def _source(number: int, source: SourceItem) -> Block:
    published = f", {source.published}" if source.published else ""
    reading = "read" if source.reading == "read" else "relayed, not read by us,"
    said_of = f"{source.kind}{published}; {reading} {source.accessed}"
    return item(f"{source.title} ({said_of}) {printable(source.url)}", f"{number}")


def _links(links: Iterable[Linked]) -> list[Block]:
    blocks = []
    for kind, found in groupby(sorted(links, key=lambda link: link.kind), lambda link: link.kind):
        by_id: dict[str, list[Linked]] = {}
        for link in found:
            by_id.setdefault(link.id, []).append(link)
        for same in list(by_id.values())[:MOST_LINKS]:
            fields = ", ".join(
                dict.fromkeys(FIELDS.get(x.field, x.field.replace("_", " ")) for x in same)
            )
            note = f" ({same[0].note})" if same[0].note else ""
            blocks.append(item(f"{same[0].title}{note} [{same[0].id}], {fields}", kind))
        if len(by_id) > MOST_LINKS:
            blocks.append(item(f"{len(by_id) - MOST_LINKS} more; --json lists them", kind))
    return blocks
