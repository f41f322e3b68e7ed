"""Any entry as a page: what it is and how fresh, what its kind has to say, sources, links."""

from __future__ import annotations

from importlib import import_module
from itertools import groupby
from typing import Any

from advisor.documents.entry import EntryDocument, Linked, entry_document
from advisor.documents.head import SourceItem, source_items
from advisor.reports.entry.page import FIELDS
from advisor.reports.entry.words import Words
from knowledge.base import Knowledge
from knowledge.freshness import Age

from ..widgets.rows import MUTED, Part, row
from ..wording import clean, count, kind_words, kinds_in_order
from .pieces import VERDICTS, Rows, heading, link, paragraph, section

MODULES = {
    "option": "deciding",
    "criterion": "deciding",
    "question": "deciding",
    "rule": "deciding",
    "pick": "deciding",
    "feature": "judged",
    "claim": "judged",
    "figure": "judged",
    "use-case": "things",
    "adopter": "things",
    "system": "things",
    "term": "things",
    "api": "moving",
    "gotcha": "moving",
    "pattern": "moving",
    "path": "paths",
    "step": "paths",
    "seed": "things",
    "source": "things",
}
"""Where the page of a kind is made, by a function of its name."""

MOST_LINKS = 8
"""More entries of one kind than these are opened by a row of their own."""


def entry_rows(knowledge: Knowledge, target: str, opened: tuple[str, ...] = ()) -> tuple[str, Rows]:
    """Return kind and page of an entry; `base/x` is where all options stand on x.

    `opened`: kinds whose links are listed in full.
    """
    if target.startswith("base/"):
        from .deciding import base_values

        return "base values", base_values(knowledge, target.removeprefix("base/"))
    if knowledge.catalogue.get(target) is None:
        return "not found", paragraph(f"«{clean(target)}» is not in this knowledge base.")
    document = entry_document(knowledge, target)
    words = Words(knowledge, (source.id for source in document.sources))
    rows = _head(document)
    rows += _of_kind(document.kind, document.entry, words)
    for other in document.also:
        rows += heading(f"The same as a {other.kind}")
        rows += _of_kind(other.kind, other.entry, words)
    rows += _sources(knowledge, document)
    shown = {name for name, _ in rows} | {source.id for source in document.sources}
    others = tuple(item for item in document.links if item.id not in shown)
    rows += _links("See also", others, opened)
    rows += _links("Named by", document.linked_from, opened)
    return document.kind, rows


def _head(document: EntryDocument) -> Rows:
    fresh = document.freshness
    age = Age(fresh.days, fresh.area, fresh.review_after - fresh.days)
    kind = kind_words(document.kind).one
    house = f" of the overlay {clean(document.house)}" if document.house else ""
    body: list[Part] = [(f"{kind} {document.id}{house}, as of {document.as_of}: ", MUTED)]
    body.append((str(age), "bold" if fresh.due else MUTED))
    return [(None, row("", (clean(document.title), "bold"))), (None, row("", *body))]


def _of_kind(kind: str, entry: Any, words: Words) -> Rows:
    module = MODULES.get(kind)
    if module is None:
        from .plain import plain

        # A kind that has no page of its own yet.
        return plain(entry)
    made: Rows = getattr(import_module(f".{module}", __package__), kind.replace("-", "_"))(
        entry, words
    )
    return made


def _sources(knowledge: Knowledge, document: EntryDocument) -> Rows:
    """Return the numbered sources of the entry, then those of what it rests on."""
    own = [source.id for source in document.sources]
    beyond: dict[str, None] = {}
    for target in getattr(document.entry, "because", ()):
        found = knowledge.find(target)
        if found is not None:
            beyond.update(dict.fromkeys(found[1].sources))
    further = source_items(knowledge, (name for name in beyond if name not in own))
    first = len(document.sources) + 1
    return [
        *section("Sources", source_rows(document.sources)),
        *section("Sources of what it rests on", source_rows(further, first)),
    ]


def source_rows(sources: tuple[SourceItem, ...], first: int = 1) -> Rows:
    """Return sources with kind, dates and address, numbered."""
    rows: Rows = []
    for number, source in enumerate(sources, first):
        published = f", published {source.published}" if source.published else ""
        reading = "read" if source.reading == "read" else "relayed by notes, not read by us,"
        told = f" ({source.kind}{published}; {reading} {source.accessed}) {clean(source.url)}"
        title = (clean(source.title), "underline")
        rows.append((source.id, row(["→ ", (f"{number} ", MUTED)], title, (told, MUTED))))
    return rows


def _links(title: str, links: tuple[Linked, ...], opened: tuple[str, ...]) -> Rows:
    rows: Rows = []
    order = kinds_in_order([item.kind for item in links])
    links = tuple(sorted(links, key=lambda item: order.index(item.kind)))
    for kind, found in groupby(links, lambda item: item.kind):
        by_id: dict[str, list[Linked]] = {}
        for item in found:
            by_id.setdefault(item.id, []).append(item)
        shown = list(by_id.values())
        if kind not in opened and len(shown) > MOST_LINKS + 1:
            shown = shown[:MOST_LINKS]
        rows += [_link(same) for same in shown]
        rest = len(by_id) - len(shown)
        if rest:
            more = f"{rest} more {kind_words(kind).many.lower()}"
            rows.append((f"=more:{kind}", row("+ ", (more, MUTED))))
    return section(f"{title}: {count(len({i.id for i in links}), 'entry', 'entries')}", rows)


def _link(same: list[Linked]) -> tuple[str | None, Any]:
    item = same[0]
    fields = dict.fromkeys(FIELDS.get(one.field, one.field.replace("_", " ")) for one in same)
    body: list[Part] = [(f"{kind_words(item.kind).one} ", MUTED), clean(item.title)]
    if item.note and item.note != "active":
        body.append((f" ({clean(item.note)})", VERDICTS.get(item.note, MUTED)))
    return link(item.id, *body, (f"  {', '.join(fields)}", MUTED))


def as_text(rows: Rows) -> str:
    """Return a page as plain text."""
    return "\n".join(shown.plain for _, shown in rows) + "\n"
