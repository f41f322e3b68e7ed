"""Search results as a page: what it is, its id, and why it was found."""

from __future__ import annotations

from advisor.documents.search import Matched, Search

from .page import Line, cut, wrap

SHORT = 160


def search_page(document: Search, width: int) -> list[Line]:
    """Return the lines of the page, the best result first."""
    if not document.results:
        of = f" of kind {', '.join(document.kinds)}" if document.kinds else ""
        return list(wrap(f"Nothing{of} fits “{document.query}”.", width))
    lines: list[Line] = []
    for result in document.results:
        note = f", {result.note}" if result.note else ""
        name = result.title if len(result.title) <= SHORT else cut(result.title, SHORT)[0] + "…"
        first, *rest = wrap(name, width)
        lines += [(("strong", first),), *((("strong", line),) for line in rest)]
        lines += wrap(f"{result.kind}{note} · {result.id}", width, first="  ", rest="  ")
        why = "; ".join(map(words_of, result.matched))
        if why:
            lines += [(("faint", line),) for line in wrap(why, width, first="  ", rest="  ")]
    foot = f"{len(document.results)} found; fw-advisor show ID prints one in full"
    return [*lines, "", (("faint", foot[:width]),)]


def words_of(match: Matched) -> str:
    """Return a match as the field and the word, and what was typed for it."""
    said = f'{match.field} "{match.word}"'
    return said if match.typed == match.word else f'{said} ~ "{match.typed}"'
