"""One equivalence in full: both sides, what to mind, and how it was verified."""

from __future__ import annotations

from advisor.documents.api import Equivalent
from advisor.reports.api import ALIVE, NAMES, STANDINGS
from knowledge.base import Knowledge
from knowledge.model.api import Api
from knowledge.model.check import Side
from knowledge.search.symbols import side_of

from ..widgets.rows import MUTED, row
from ..wording import clean
from .pieces import Rows, fact, heading, link, names, paragraph, section
from .verified import code_rows, missed_words, naive_rows, not_run_rows, verified_rows

OTHER: dict[str, str] = {"TensorFlow": "PyTorch", "PyTorch": "TensorFlow"}
LONGEST_BESIDE = 60
"""Maps of arguments that are longer are listed one below the other."""


def side_name(symbol: str) -> str:
    """Return what the side of a symbol is called."""
    return "PyTorch" if side_of(symbol) == "torch" else "TensorFlow"


def direction(equivalent: Equivalent) -> str:
    """Return from where to where an equivalence is read."""
    here = side_name(equivalent.of)
    return f"{here} → {OTHER[here]}"


def title(equivalent: Equivalent) -> str:
    """Return both symbols."""
    target = equivalent.symbol or f"nothing in {OTHER[side_name(equivalent.of)]}"
    return clean(f"{equivalent.of} → {target}")


def equivalent_rows(knowledge: Knowledge, equivalent: Equivalent, entry: Api) -> Rows:
    """Return everything that is known of it, but its title and its sources."""
    torch_first = side_name(equivalent.of) == "PyTorch"
    return [
        *paragraph(equivalent.notes),
        *section(
            "On both sides",
            code_rows(entry.code.tensorflow, entry.code.torch, torch_first=torch_first),
        ),
        *_arguments(equivalent),
        *section("Provided that", _items(equivalent.preconditions)),
        *section("dtype and shape", paragraph(equivalent.dtype_and_shape)),
        *section("Mind", [link(one.id, (clean(one.title), "bold")) for one in equivalent.gotchas]),
        *_naive(equivalent, entry),
        *_verified(equivalent, entry),
        *_names(knowledge, equivalent),
    ]


def _arguments(equivalent: Equivalent) -> Rows:
    here = side_name(equivalent.of)
    pairs = [f"{a} → {b}" for a, b in equivalent.arguments.items()]
    beside = ",  ".join(pairs)
    said = paragraph(beside) if len(beside) <= LONGEST_BESIDE else _items(pairs)
    return section(f"Arguments, {here} → {OTHER[here]}", said)


def _items(texts: tuple[str, ...] | list[str]) -> Rows:
    return [(None, row("  • " if len(texts) > 1 else "  ", clean(text))) for text in texts]


def _names(knowledge: Knowledge, equivalent: Equivalent) -> Rows:
    others = [name for name in equivalent.symbols if name != equivalent.symbol]
    alive = [
        f"{NAMES[side]}: {ALIVE[state]}"
        for side, state in equivalent.alive.items()
        if state != "alive"
    ]
    rows: Rows = [
        *fact("when called", "; ".join(alive)),
        *fact("ended with", equivalent.ended),
        *names(knowledge, "successor", equivalent.successors),
    ]
    return [
        *section("Also called", paragraph(", ".join(others))),
        *section("No longer there", paragraph(", ".join(equivalent.gone))),
        *section("What became of it", rows),
    ]


def _naive(equivalent: Equivalent, entry: Api) -> Rows:
    found = equivalent.verified
    side: Side = entry.check.naive_side if entry.check else "torch"
    missed = missed_words(found.naive_error, found.naive_note, found.tolerance)
    return naive_rows(found.naive, side, missed)


def _verified(equivalent: Equivalent, entry: Api) -> Rows:
    found = equivalent.verified
    if found.how == "not-executed":
        return not_run_rows(entry.needs, entry.reason)
    return verified_rows(
        outcome="agrees" if found.how == "executed" else "fails",
        as_of=found.as_of,
        versions=found.versions,
        error=found.max_error,
        gradient_error=found.max_gradient_error,
        tolerance=found.tolerance,
        problems=found.reason,
        both=bool(entry.code.tensorflow and entry.code.torch),
    )


def page_rows(knowledge: Knowledge, equivalent: Equivalent, entry: Api) -> Rows:
    """Return an equivalence as a page of its own, with the way to its sources."""
    standing = f"  {STANDINGS[equivalent.status]}"
    gone = f" · {equivalent.of} is no longer there" if equivalent.of in equivalent.gone else ""
    return [
        (None, row("", (title(equivalent), "bold"), (standing, MUTED), clean(gone))),
        *equivalent_rows(knowledge, equivalent, entry),
        *heading("More"),
        link(entry.id, "The entry: sources, and what names it"),
    ]
