"""Which equivalents fit what was typed: what answers for it, what begins so, what resembles it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from advisor.documents.api import OTHER, Equivalent, counterparts, equivalents_of
from knowledge.base import Knowledge
from knowledge.search.symbols import Place, Symbols, canonical, side_of

from ..widgets.rows import MUTED, Row, row
from ..wording import clean, count
from .equivalent import title
from .pieces import Rows

MOST = 40
"""Matches that are listed; who sees more should type on."""

How = Literal["answers", "begins", "uses", "nearest", "words"]

WORDS = {
    "same": "same",
    "renamed": "renamed",
    "arguments": "arguments",
    "composite": "several",
    "missing": "missing",
    "unknown": "unknown",
}
"""How far apart the sides are, in a word; the page says it in full."""

WORD = 11

LIKE = {"nearest": "spelt similarly", "words": "found by its words"}
"""Why something is listed that does not answer."""


@dataclass(frozen=True)
class Match:
    """A place in the rows, and why it is listed."""

    place: Place
    how: How


@dataclass(frozen=True)
class Matches:
    """What fits, the best first; `said` is a sentence about it, `named` the symbols that fit."""

    said: str
    found: tuple[Match, ...]
    named: frozenset[str] = frozenset()


def matches(knowledge: Knowledge, text: str) -> Matches:
    """Return what fits a text that a person is still typing."""
    if not text.strip(" ."):
        return Matches("", ())
    how, places = knowledge.symbols.find(text)
    exact = how not in ("nearest", "none")
    listed: dict[int, Match] = {}
    if exact:
        _add(listed, [place for place in places if place.owned], "answers")
    begun = _beginning(knowledge.symbols, text)
    _add(listed, begun, "begins")
    if exact:
        _add(listed, places, "uses")
    shown = clean(text.strip())
    if listed:
        named = {canonical(text)} if how == "exact" else {one.symbol for one in (*places, *begun)}
        return Matches(_said(listed), _first(listed), frozenset(named))
    _add(listed, places, "nearest")
    _add(listed, _by_words(knowledge, text), "words")
    if not listed:
        return Matches(f"No row answers for «{shown}», and nothing resembles it.", ())
    hows = {match.how: LIKE[match.how] for match in listed.values()}
    return Matches(f"No row answers for «{shown}»; {', '.join(hows.values())}:", _first(listed))


def _said(listed: dict[int, Match]) -> str:
    answering = sum(1 for match in listed.values() if match.how == "answers")
    if answering:
        verb = "answers" if answering == 1 else "answer"
        said = f"{count(answering, 'row', 'rows')} {verb} for it"
        rest = len(listed) - answering
        return f"{said}, {rest} more begin so or use it" if rest else said
    if any(match.how == "begins" for match in listed.values()):
        more = f", the first {MOST} shown" if len(listed) > MOST else ""
        return f"{count(len(listed), 'row', 'rows')} with a symbol that begins so{more}"
    return "No row answers for it; these use it:"


def _first(listed: dict[int, Match]) -> tuple[Match, ...]:
    return tuple(listed.values())[:MOST]


def _add(listed: dict[int, Match], places: list[Place], how: How) -> None:
    for place in places:
        listed.setdefault(place.row, Match(place, how))


def _beginning(symbols: Symbols, text: str) -> list[Place]:
    """Return owned places of symbols that begin so, whole or in their last name."""
    wanted = canonical(text).lower()
    if not wanted:
        return []
    wanted += "." if text.strip().endswith(".") else ""
    numbers = [
        number
        for number, name in enumerate(symbols.names)
        if name.lower().startswith(wanted) or f".{wanted}" in f".{name.lower()}"
    ]
    numbers.sort(key=lambda number: _order(symbols.names[number], wanted))
    return [place for place in symbols.places(numbers) if place.owned]


def _order(name: str, wanted: str) -> tuple[bool, bool, int, str]:
    lower = name.lower()
    whole = lower.startswith(wanted) or lower.rpartition(".")[2].startswith(wanted)
    return not whole, side_of(name) == "torch", len(name), name


def _by_words(knowledge: Knowledge, text: str) -> list[Place]:
    """Return the rows that the general search finds for words that are no symbol."""
    order = {name: number for number, name in enumerate(knowledge.kind("api"))}
    found = []
    for hit in knowledge.search(text, ("api",), 10):
        entry = knowledge.kind("api")[hit.row.id]
        symbol = next(iter(entry.aliases or entry.uses), "")
        if symbol:
            found.append(Place(canonical(symbol), order[entry.id], True))
    return found


def turned(knowledge: Knowledge, place: Place) -> Place:
    """Return a place read from the other side; as it is where that side has no symbol."""
    (entry,) = knowledge.nth("api", [place.row])
    symbols = counterparts(entry, OTHER[place.side])
    return replace_symbol(place, canonical(symbols[0])) if symbols else place


def replace_symbol(place: Place, symbol: str) -> Place:
    """Return a place in the same row under another symbol."""
    return Place(symbol, place.row, place.owned)


def seen(knowledge: Knowledge, found: Matches, *, turn: bool) -> Matches:
    """Return matches in the direction in which they are to be read."""
    if not turn:
        return found
    other = (replace(match, place=turned(knowledge, match.place)) for match in found.found)
    return replace(found, found=tuple(other), named=frozenset())


def match_rows(knowledge: Knowledge, found: Matches) -> tuple[list[Equivalent], Rows]:
    """Return the equivalents of all matches, and a row for each; its id is its number."""
    places = [match.place for match in found.found]
    equivalents = list(equivalents_of(knowledge, places, found.named))
    rows: Rows = [
        (str(number), _row(equivalent, match))
        for number, (equivalent, match) in enumerate(zip(equivalents, found.found, strict=True))
    ]
    return equivalents, rows


def _row(equivalent: Equivalent, match: Match) -> Row:
    lead = (f"{WORDS[equivalent.status]:<{WORD}}", MUTED)
    note = "  only uses it" if match.how == "uses" else ""
    return row(lead, (title(equivalent), "bold"), (note, MUTED))


def hint_rows(knowledge: Knowledge) -> Rows:
    """Return what can be typed, while nothing is."""
    rows = count(len(knowledge.symbols.results), "equivalence", "equivalences")
    symbols = len(knowledge.symbols.names)
    examples = [
        ("tf.nn.softmax", "a whole name"),
        ("nn.Linear", "the end of one, as one writes it after an import"),
        ("softmax", "a word: both frameworks are looked through"),
        ("x.view", "a method of your own tensor"),
        ("cross entropy", "what it is about"),
    ]
    return [
        (None, row("", f"{symbols} symbols in {rows}. Type one as you would write it:")),
        (None, row("", "")),
        *((None, row([f"  {text:<16}"], (means, MUTED))) for text, means in examples),
    ]
