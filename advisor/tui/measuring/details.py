"""One case in full: every arm, every comparison of the two frameworks; and what failed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from advisor.facts.evidence import fastest_pair
from advisor.reports.charts.ratios import LIKE
from advisor.reports.measured import agreement
from probes.bench.document import Cell, Pair, Workload

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Part, row
from ..wording import LONGEST, brief, count
from .cells import cell_rows, failed_rows
from .intervals import band_words, figures, interval_bar, length_for, outcome, reasons
from .words import arm_words, size_words

FAILED = "failed"
MOST_FAILED = 2
"""So many failures stand there without being asked for."""
MOST_PAIRS = 12

Cases = Sequence[tuple[str, Workload]]


def detail_rows(case: Workload, width: int) -> Rows:
    """Return all arms of a case, then the comparisons."""
    size = f"{brief(case.size, LONGEST)}"
    rows: Rows = [(None, row("    ", (size, MUTED)))]
    longest = max(len(arm_words(arm)) for arm in case.arms)
    for arm, cell in case.arms.items():
        rows += cell_rows(arm, cell, case, longest)
    if agreed := agreement(case):
        rows.append((None, row("    ", (agreed, MUTED))))
    for pair in _pairs(case):
        rows += pair_rows(pair, case, length_for(width))
    return rows


def pair_rows(pair: Pair, case: Workload, length: int) -> Rows:
    """Return a comparison as a sentence and as a bar."""
    memory = case.quantity == "bytes"
    first, second = arm_words(pair.a), arm_words(pair.b)
    said: list[Part] = [f"{first} ÷ {second}: ", outcome(pair, first, second, memory=memory)]
    drawn = interval_bar(pair, length)
    if drawn:
        blocks = count(pair.blocks, "block", "blocks")
        what = f" of the {'bytes' if memory else 'time'} in {blocks}{band_words(pair)}"
        said += ["\n", (drawn, "$text-primary"), (f"  {figures(pair)}{what}", MUTED)]
    why = reasons(pair)
    return [(None, row("    ", *said, (f". {why}" if why else "", MUTED)))]


def _pairs(case: Workload) -> list[Pair]:
    """Return the comparisons that say something: the fastest ways first, then like modes."""
    fastest = fastest_pair(case)
    like = [pair for pair in case.pairs if {pair.a, pair.b} in map(set, LIKE)]
    chosen = [fastest] if fastest else []
    chosen += [pair for pair in like if pair is not fastest and pair.verdict != "not-comparable"]
    return chosen[:MOST_PAIRS]


def failed_of_all(cases: Cases, opened: Collection[str]) -> Rows:
    """Return what could not be measured, once for each arm and reason."""
    groups: dict[tuple[str, str, str], tuple[Cell, list[str]]] = {}
    for key, case in cases:
        for arm, cell in case.arms.items():
            if cell.status != "ok":
                name = f"{brief(case.title)}{size_words(key, case.workload)}"
                group = groups.setdefault((arm, cell.status, _reason(cell)), (cell, []))
                group[1].append(name)
    if not groups:
        return []
    number = sum(len(names) for _, names in groups.values())
    few = len(groups) <= MOST_FAILED
    said = f"{count(number, 'result', 'results')} could not be had"
    mark = "" if few else "▾ " if FAILED in opened else "▸ "
    lead: list[Part] = [mark, ("× ", "$text-error")]
    rows: Rows = [(None if few else FAILED, row(lead, (said, "bold")))]
    if not few and FAILED not in opened:
        return rows
    for (arm, _, _), (cell, names) in groups.items():
        where = names[0] if len(names) == 1 else count(len(names), "case", "cases")
        rows += [(None, one) for _, one in failed_rows(f"{arm_words(arm)}, {where}", cell, ": ")]
    return rows


def _reason(cell: Cell) -> str:
    """Return the reason without the block that it came up in."""
    begins, _, rest = cell.reason.partition(": ")
    return rest if begins.startswith("in block ") else cell.reason
