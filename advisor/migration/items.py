"""What stands in a class of a move counted in code: things to do, and the most frequent symbols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from advisor.documents.migration import MigrationItem
from knowledge.base import Knowledge
from knowledge.model.move import Effort, Move, MoveItem

from .classes import Leaving, other_name
from .code import Code
from .conditions import Answers, all_hold
from .measured import naive_results
from .moves import MOST_ITEMS, item_part

MOST_ROWS = 6
"""Items of a class: those of the move that the code needs, then its most frequent symbols."""

COUNTABLE = ("api-", "gotcha-")
"""How ids of entries begin that code can be seen to need."""


class Counted(NamedTuple):
    """Uses and files by symbol, and methods by what they may be, on the side that is left."""

    calls: Counter[str]
    files: dict[str, set[str]]
    methods: Counter[str]

    def files_of(self, symbols: Iterable[str]) -> int:
        """Return in how many files any of these symbols stands."""
        return len(set().union(*(self.files[symbol] for symbol in symbols)))


class Case(NamedTuple):
    """A move, the answers, the code, what was counted in it, and what classes depend on."""

    knowledge: Knowledge
    move: Move
    answers: Answers
    code: Code
    found: Counted
    rules: Leaving


def items_of(case: Case, effort: Effort, symbols: list[str]) -> tuple[MigrationItem, ...]:
    """Return the items of a class that holds these symbols."""
    asked, needed, general = _of_move(case, effort, symbols)
    first = [*asked, *needed][:MOST_ITEMS]
    taken = {name for part in first for name in part.entries}
    left = [symbol for symbol in symbols if case.code.known[symbol].row.id not in taken]
    return tuple([*first, *_of_rows(case, effort, left), *general][:MOST_ROWS])


def _of_move(
    case: Case, effort: Effort, symbols: Iterable[str]
) -> tuple[list[MigrationItem], list[MigrationItem], list[MigrationItem]]:
    """Return the items that answers ask for, those the code needs, and those that always hold.

    Of an item that names rows or gotchas, the code itself says whether it is needed.
    """
    asked, needed, general = [], [], []
    for item in sorted(getattr(case.move, effort), key=lambda item: -item.priority):
        uses = _uses_of(case, item, {symbol: case.found.calls[symbol] for symbol in symbols})
        methods = _uses_of(case, item, case.found.methods, rows_only=True)
        calls, maybe = uses.pop("", 0), methods.pop("", 0)
        entries = tuple(sorted(item.because, key=lambda name: -uses[name] - methods[name]))
        shown = item_part(case.knowledge, item, effort, entries, calls or None, maybe or None)
        rows = maybe or any(name.startswith("api-") for name in uses)
        holds = all_hold(item.when, case.answers)
        if (calls or maybe) and (holds or rows):
            needed.append(shown)
        elif item.when and holds:
            asked.append(shown)
        elif holds and not any(name.startswith(COUNTABLE) for name in item.because):
            general.append(shown)
    needed.sort(key=lambda part: -((part.calls or 0) + (part.perhaps or 0)))
    return asked, needed, general


def _uses_of(
    case: Case, item: MoveItem, calls: Mapping[str, int], *, rows_only: bool = False
) -> Counter[str]:
    """Return uses by the row or gotcha of the item they speak of; "" is their sum, each once."""
    uses: Counter[str] = Counter()
    for symbol, number in calls.items():
        known = case.code.known.get(symbol)
        if known is None:
            continue
        gotchas = () if rows_only else known.row.gotchas
        named = {known.row.id, *gotchas}.intersection(item.because)
        for name in ("", *named) if named else ():
            uses[name] += number
    return uses


def _of_rows(case: Case, effort: Effort, symbols: Iterable[str]) -> list[MigrationItem]:
    """Return an item per row, the most frequent first."""
    by_row: dict[str, list[str]] = {}
    for symbol in symbols:
        by_row.setdefault(case.code.known[symbol].row.id, []).append(symbol)
    calls = {name: sum(case.found.calls[s] for s in group) for name, group in by_row.items()}
    items = []
    for name in sorted(by_row, key=lambda name: (-calls[name], name))[:MOST_ROWS]:
        main = max(by_row[name], key=lambda symbol: (case.found.calls[symbol], symbol))
        items.append(_of_row(case, effort, main, calls[name]))
    return items


def _of_row(case: Case, effort: Effort, symbol: str, calls: int) -> MigrationItem:
    known = case.code.known[symbol]
    other = other_name(symbol, known, case.rules)
    text = f"{symbol} → {other}" if other else symbol
    gotchas = [name for name in known.row.gotchas if name in case.rules.differing]
    entries = [known.row.id]
    if effort == "redesign":
        text = f"{symbol}: {_sentences(known.row.text, 2)}"
    elif effort == "semantic":
        titles = [row.title for name in gotchas[:1] if (row := case.knowledge.catalogue.get(name))]
        said = titles[0] if titles else _sentences(known.row.text, 1)
        text = f"{text}: {said}"
        entries += gotchas
    measured = naive_results(case.knowledge, gotchas or entries) if effort == "semantic" else ()
    return MigrationItem(text, tuple(entries), measured, calls)


def _sentences(text: str, number: int) -> str:
    return ". ".join(text.split(". ")[:number]).rstrip(".")
