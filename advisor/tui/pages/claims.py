"""The claims ledger: what is said, what became of it, and which claims contradict each other."""

from __future__ import annotations

from collections import Counter

from textual.content import Content

from advisor.documents.claims import ClaimItem, Claims, Wanted
from knowledge.base import Knowledge

from ..trail import Filter, Place
from ..widgets.columns import Columns
from ..widgets.rows import MUTED, Part, row
from ..wording import clean, count
from .pieces import Rows, heading, verdict

WORD = 14
"""Columns for the word of a verdict."""


def wanted_of(place: Place) -> Wanted:
    """Return the filters of a place."""
    return Wanted(place.seeds, place.verdicts, place.topics, place.testable, place.contradicted)


def claim_rows(document: Claims, place: Place) -> Rows:
    """Return the list, or the pairs side by side."""
    if not document.claims:
        return [(None, row("", "No claim fits these filters; x clears them."))]
    if place.contradicted:
        return _pairs(document)
    rows: Rows = []
    topic = ""
    against = {name for pair in document.contradictions for name in pair}
    for item in document.claims:
        if item.topic != topic:
            topic = item.topic
            rows += heading(topic.replace("-", " ").capitalize())[0 if rows else 1 :]
        word, style = verdict_part(item)
        marks = _marks(item, item.id in against)
        rows.append((item.id, row((f"{word:<{WORD}}", style), clean(item.claim), (marks, MUTED))))
    return rows


def verdict_part(item: ClaimItem) -> tuple[str, str]:
    """Return the word of a claim's verdict, and its colour."""
    word = verdict(item.verdict)
    assert isinstance(word, tuple)
    return word


def _marks(item: ClaimItem, contradicted: bool) -> str:
    marks = []
    if item.testable and item.tested is None:
        marks.append("can be tested here")
    if item.tested is not None:
        ratio = f"PyTorch took {item.tested.ratio:.2f} times as long as TensorFlow"
        marks.append(f"measured here: {item.tested.verdict}, {ratio}")
    if contradicted or item.contradicts:
        marks.append("contradicted")
    if item.due:
        marks.append("due for review")
    return f" ({', '.join(marks)})" if marks else ""


def _pairs(document: Claims) -> Rows:
    by_id = {item.id: item for item in document.claims}
    rows: Rows = []
    for left, right in document.contradictions:
        cells = [_side(by_id[left]), _side(by_id[right])]
        rows.append((f"{left}|{right}", Columns(Content(""), ["", ">"], cells)))
        rows.append((None, row("", "")))
    return rows or [
        (None, row("", "No claims that fit contradict each other; x clears the filters."))
    ]


def _side(item: ClaimItem) -> Content:
    seeds = ", ".join(dict.fromkeys(place.seed.removeprefix("seed-") for place in item.seeds))
    said: list[Part] = [verdict_part(item), f"  {clean(item.claim)}"]
    return Content.assemble(*said, (f" [{clean(seeds)}]" if seeds else "", MUTED))


def summary(document: Claims, place: Place, knowledge: Knowledge) -> Content:
    """Return how many claims are shown, by verdict, and which filters are set."""
    counts = " · ".join(f"{word} {number}" for word, number in document.verdicts.items() if number)
    shown = count(len(document.claims), "claim", "claims")
    if place.contradicted:
        pairs = count(len(document.contradictions), "contradiction", "contradictions")
        head = f"{pairs}: Enter opens the left claim, > the right one"
    else:
        head = f"{shown}: {counts}" if counts else shown
    filters = [f"verdict {word}" for word in place.verdicts]
    filters += [f"in {clean(title_of(knowledge, name))}" for name in place.seeds]
    filters += [f"topic {clean(topic.replace('-', ' '))}" for topic in place.topics]
    filters += ["can be tested here"] if place.testable else []
    said = f"Only: {'; '.join(filters)} (x clears)" if filters else "All; v s o m filter them"
    return Content.assemble((head, "bold"), "\n", (said, MUTED))


def title_of(knowledge: Knowledge, name: str) -> str:
    """Return the title of an entry."""
    found = knowledge.catalogue.get(name)
    return found.title if found else name


def choices(document: Claims, what: Filter) -> dict[str, int]:
    """Return the values of a filter with the number of claims that each would leave."""
    if what == "verdicts":
        return {word: number for word, number in document.verdicts.items() if number}
    if what == "topics":
        return dict(sorted(Counter(item.topic for item in document.claims).items()))
    seeds = Counter(name for item in document.claims for name in {p.seed for p in item.seeds})
    return dict(sorted(seeds.items()))
