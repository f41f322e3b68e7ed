"""A move counted in code: uses of framework symbols by class, and what is not counted.

The three classes and what is unknown partition the uses; nothing is counted twice or left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from advisor.documents.migration import (
    EffortPart,
    Migration,
    MovingTo,
    UnknownPart,
    UnknownSymbol,
)
from knowledge.base import Knowledge
from knowledge.model.move import EFFORTS, Effort, Move
from knowledge.search.symbols import side_of

from .classes import TORCH_FAMILY, class_of, leaving
from .code import Code
from .conditions import Answers
from .items import Case, Counted, items_of
from .measured import result_of
from .moves import CODE

MOST_UNKNOWN = 5


def counted(
    knowledge: Knowledge, move: Move, answers: Answers, standing: MovingTo, code: Code
) -> Migration | None:
    """Return the move with counts, or None where the code has nothing of what would be left."""
    source = str(answers[CODE])
    found = _count(code, "torch" if source in TORCH_FAMILY else "tensorflow")
    total = found.calls.total()
    if not total or source == "jax":
        return None
    gotchas = {name for known in code.known.values() for name in known.row.gotchas}
    differing = frozenset(name for name in gotchas if _differs(knowledge, name))
    rules = leaving(move, source, differing)
    classes = {symbol: class_of(symbol, code.known.get(symbol), rules) for symbol in found.calls}
    case = Case(knowledge, move, answers, code, found, rules)
    parts = {
        effort: _part(case, effort, [symbol for symbol, name in classes.items() if name == effort])
        for effort in EFFORTS
    }
    unknown = [symbol for symbol, effort in classes.items() if effort is None]
    unknown.sort(key=lambda symbol: (-found.calls[symbol], symbol))
    calls = sum(found.calls[symbol] for symbol in unknown)
    return Migration(
        option=move.option,
        from_=source,
        moving_to=standing,
        basis="code",
        move=move.id,
        text=move.text,
        because=move.because,
        light=move.light,
        calls=total,
        files=found.files_of(found.calls),
        **parts,
        unknown=UnknownPart(
            calls,
            found.files_of(unknown),
            _share(calls, total),
            tuple(UnknownSymbol(name, found.calls[name]) for name in unknown[:MOST_UNKNOWN]),
        ),
        open=(*_not_counted(code, found), *move.open),
    )


def _count(code: Code, side: str) -> Counted:
    calls: Counter[str] = Counter()
    methods: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for file in code.files:
        methods.update(symbol for symbol in file.methods if side_of(symbol) == side)
        for symbol in file.symbols:
            if side_of(symbol) == side:
                calls[symbol] += 1
                files.setdefault(symbol, set()).add(file.name)
    return Counted(calls, files, methods)


def _differs(knowledge: Knowledge, gotcha: str) -> bool:
    """Say whether overlooking a gotcha gives other values, and no exception that would tell."""
    stored = result_of(knowledge, gotcha)
    return stored is not None and stored.naive_error is not None


def _part(case: Case, effort: Effort, symbols: list[str]) -> EffortPart:
    calls = sum(case.found.calls[symbol] for symbol in symbols)
    share = _share(calls, case.found.calls.total())
    return EffortPart(calls, case.found.files_of(symbols), share, items_of(case, effort, symbols))


def _share(part: int, total: int) -> float:
    return round(part / total, 4)


def _not_counted(code: Code, found: Counted) -> Iterable[str]:
    """Say what the source does not tell: the denominator belongs to the answer."""
    methods = found.methods.total()
    stars = sum(file.stars for file in code.files)
    if methods:
        yield (
            f"{methods} calls of methods on values whose type the source does not tell, such as "
            "model.fit(…) or x.view(…), are in none of the counts; lists name them as “perhaps”."
        )
    if stars:
        yield f"Names may come unseen from {stars} star imports."
    if code.ignored:
        yield "Files that could not be read are not counted; they are named among the notes."
