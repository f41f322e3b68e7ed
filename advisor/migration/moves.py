"""The moves that an advice would mean: for every feasible option, what existing code needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.documents.migration import (
    EffortPart,
    Migration,
    MigrationItem,
    MovingTo,
    UnknownPart,
)
from knowledge.base import Knowledge
from knowledge.model.move import Effort, Move, MoveItem

from .conditions import Answers, all_hold
from .measured import naive_results

if TYPE_CHECKING:
    from .code import Code

CODE = "existing-code"
MOST_ITEMS = 4


def moves_for(
    knowledge: Knowledge,
    answers: Answers,
    order: Sequence[str],
    code: Code | None = None,
) -> tuple[Migration, ...]:
    """Return the moves to the options of `order`, feasible ones only, the recommended one first.

    `code` adds counts where the code is in the framework that would be left.
    """
    known = {
        move.option: move
        for move in knowledge.kind("move").values()
        if answers.get(CODE) in move.from_
    }
    if not known or not order:
        return ()
    found: list[Migration] = []
    for place, option in enumerate(order):
        if option in known:
            standing: MovingTo = "other" if found else "runner-up" if place else "choice"
            found.append(_migration(knowledge, known[option], answers, standing, code))
    return tuple(found)


def _migration(
    knowledge: Knowledge, move: Move, answers: Answers, standing: MovingTo, code: Code | None
) -> Migration:
    if code is not None:
        from .counting import counted

        migration = counted(knowledge, move, answers, standing, code)
        if migration is not None:
            return migration
    return Migration(
        option=move.option,
        from_=str(answers[CODE]),
        moving_to=standing,
        basis="answers",
        move=move.id,
        text=move.text,
        because=move.because,
        light=move.light,
        calls=None,
        files=None,
        mechanical=_from_answers(knowledge, move, "mechanical", answers),
        semantic=_from_answers(knowledge, move, "semantic", answers),
        redesign=_from_answers(knowledge, move, "redesign", answers),
        unknown=UnknownPart(None, None, None, ()),
        open=move.open,
    )


def relevant_items(move: Move, effort: Effort, answers: Answers) -> list[MoveItem]:
    """Return the items of a class whose conditions certainly hold, the most pressing first."""
    items: Sequence[MoveItem] = getattr(move, effort)
    kept = [item for item in items if all_hold(item.when, answers)]
    # An item that was asked for by an answer says more than one that always holds.
    return sorted(kept, key=lambda item: (-item.priority, -len(item.when)))


def _from_answers(knowledge: Knowledge, move: Move, effort: Effort, answers: Answers) -> EffortPart:
    items = relevant_items(move, effort, answers)[:MOST_ITEMS]
    return EffortPart(
        None, None, None, tuple(item_part(knowledge, item, effort, item.because) for item in items)
    )


def item_part(
    knowledge: Knowledge,
    item: MoveItem,
    effort: Effort,
    entries: tuple[str, ...],
    calls: int | None = None,
    perhaps: int | None = None,
) -> MigrationItem:
    """Return an item with what was measured for it; `entries` are its own, in the order to show."""
    measured = naive_results(knowledge, entries) if effort == "semantic" else ()
    return MigrationItem(item.text, entries, measured, calls, perhaps)
