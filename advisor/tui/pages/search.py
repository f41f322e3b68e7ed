"""What a search found, and without a query what there is to find."""

from __future__ import annotations

from collections import Counter

from advisor.documents.search import MOST_RESULTS, Result, Search, search_document
from knowledge.base import Knowledge

from ..trail import Place
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import clean, count, kind_words, kinds_in_order
from .pieces import VERDICTS, Rows, heading

SHOWN = 40
"""Results that are drawn; a query that needs more should say more."""

KIND_WIDTH = 11


def search_rows(knowledge: Knowledge, place: Place) -> tuple[str, Rows]:
    """Return a remark and the rows for what was typed."""
    if place.query.strip():
        document = search_document(knowledge, place.query, place.kinds, MOST_RESULTS)
        return _found(document, place)
    if place.kinds:
        return _listed(knowledge, place.kinds)
    return _contents(knowledge)


def _found(document: Search, place: Place) -> tuple[str, Rows]:
    results = document.results
    if not results:
        inside = " of this kind; f looks in all" if place.kinds else ""
        hint = "Type on" if len(document.query.strip()) < 3 else "Try fewer or other words"
        said = f"Nothing{inside} fits «{document.query}». {hint}."
        return "nothing found", [(None, row("", said))]
    rows: Rows = [(result.id, _result(result)) for result in results[:SHOWN]]
    remark = count(len(results), "result", "results")
    if len(results) > SHOWN:
        remark += f", best {SHOWN} shown"
    return remark, rows


def _result(result: Result) -> Row:
    kind = kind_words(result.kind).one
    body: list[Part] = [(clean(result.title), "bold")]
    if result.note and result.note != "active":
        body.append((f" ({clean(result.note)})", VERDICTS.get(result.note, MUTED)))
    if result.matched:
        body.append((f"  {why(result)}", MUTED))
    return row((f"{kind:<{KIND_WIDTH}}", MUTED), *body)


def why(result: Result) -> str:
    """Return where the words that were typed stand in an entry."""
    fields: dict[str, list[str]] = {}
    for match in result.matched:
        word = f"«{match.word}»" + (f" for «{match.typed}»" if match.typed != match.word else "")
        fields.setdefault(match.field, []).append(word)
    return clean("; ".join(f"in {field}: {', '.join(words)}" for field, words in fields.items()))


def kind_counts(knowledge: Knowledge, query: str) -> dict[str, int]:
    """Return how many entries of each kind one would see with that filter."""
    counts = Counter(entry.kind for entry in knowledge.catalogue.rows)
    if not query.strip():
        return counts
    found = {kind: _number(knowledge, query, (kind,)) for kind in counts}
    return {kind: number for kind, number in found.items() if number}


def total(knowledge: Knowledge, query: str) -> int:
    """Return how many entries one would see without a filter."""
    if not query.strip():
        return len(knowledge.catalogue.rows)
    return _number(knowledge, query, ())


def _number(knowledge: Knowledge, query: str, kinds: tuple[str, ...]) -> int:
    return len(search_document(knowledge, query, kinds, MOST_RESULTS).results)


def _contents(knowledge: Knowledge) -> tuple[str, Rows]:
    counts = kind_counts(knowledge, "")
    rows: Rows = [
        ("=compare", row("→ ", "Compare", (": options side by side, topic by topic", MUTED))),
        (
            "=claims",
            row(
                "→ ",
                "Claims",
                (": what is said, what became of it, and what is contradicted", MUTED),
            ),
        ),
        (
            "=api",
            row("→ ", "API", (": a symbol's equivalent on the other side", MUTED)),
        ),
        ("=learn", row("→ ", "Learning paths", (": exercises with self-checks", MUTED))),
        *heading("Everything, by kind"),
    ]
    for kind in kinds_in_order(counts):
        words = kind_words(kind)
        lead: list[Part] = ["→ ", (f"{words.many:<12}", "bold"), f"{counts[kind]:>5}  "]
        rows.append((f"=kind:{kind}", row(lead, (words.about, MUTED))))
    return count(sum(counts.values()), "entry", "entries"), rows


def _listed(knowledge: Knowledge, kinds: tuple[str, ...]) -> tuple[str, Rows]:
    found = [entry for entry in knowledge.catalogue.rows if entry.kind in kinds]
    found.sort(key=lambda entry: entry.title.casefold())
    rows: Rows = []
    for entry in found:
        body: list[Part] = [clean(entry.title)]
        if entry.note and entry.note != "active":
            body.append((f" ({clean(entry.note)})", VERDICTS.get(entry.note, MUTED)))
        rows.append((entry.id, row("→ ", *body)))
    return count(len(found), "entry", "entries"), rows
