"""What was measured, as rows: noise first, then each case with its comparison, openable.

A row's id says what Enter does there: `case:0`, `failed`, `charts`, `use`, `again`, `continue`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from advisor.facts.evidence import fastest_pair
from probes.bench.document import Pair, Workload

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import brief
from .cells import sound, unit_of, value_words
from .charted import charts_rows
from .details import detail_rows, failed_of_all
from .intervals import figures, interval_bar, length_for, outcome, reasons, sides
from .noise import noise_rows
from .words import arm_words, size_words

if TYPE_CHECKING:
    from probes.document import ProbeDocument

ROOMY = 105
"""Columns from which the times stand beside the interval too."""


def results_rows(document: ProbeDocument, width: int, opened: Collection[str]) -> Rows:
    """Return what a run found; `opened`: ids of rows whose details are shown."""
    cases = list(document.benchmarks.workloads.items())
    rows = _stopped(document) + noise_rows(document, cases=len(cases))
    if not any(case.arms for _, case in cases):
        return [*rows, (None, row("· ", "Nothing was measured in this run."))]
    if any(fastest_pair(case) for _, case in cases):
        said = sides("PyTorch", "TensorFlow")
        rows.append((None, row("  ", (said, MUTED))))
    for place, (key, case) in enumerate(cases):
        if case.arms:
            target = f"case:{place}"
            rows.append((target, _case(key, case, width, open=target in opened)))
            if target in opened:
                rows += detail_rows(case, width)
    rows += failed_of_all(cases, opened)
    return rows + charts_rows(document, width, opened)


def _case(key: str, case: Workload, width: int, *, open: bool) -> Row:
    """Return a case in two lines: the outcome, and the interval with its figures."""
    name = f"{brief(case.title)}{size_words(key, case.workload)}"
    pair = fastest_pair(case)
    lead = "▾ " if open else "▸ "
    if pair is None:
        return row(lead, (name, "bold"), ": ", *_alone(case))
    names = ("PyTorch", "TensorFlow")
    verdict = outcome(pair, *names, memory=case.quantity == "bytes")
    said: list[Part] = [(name, "bold"), ": ", verdict]
    why = reasons(pair)
    said += [(f", {why}" if why else "", MUTED), "\n", *_figures(pair, case, width)]
    return row(lead, *said)


def _figures(pair: Pair, case: Workload, width: int) -> list[Part]:
    drawn = interval_bar(pair, length_for(width))
    modes = [arm.partition("/")[2] or arm for arm in (pair.a, pair.b)]
    said = f"  {figures(pair)}, {brief(modes[0])} ÷ {brief(modes[1])}"
    if width >= ROOMY:
        cells = (case.arms[arm] for arm in (pair.a, pair.b))
        said += f", {' ÷ '.join(value_words(c.median_seconds, unit_of(case)) for c in cells)}"
    return ["  ", (drawn, "$text-primary"), (said, MUTED)]


def _alone(case: Workload) -> list[Part]:
    """Return what there is to say where the two frameworks cannot be compared."""
    done = {arm: cell for arm, cell in case.arms.items() if sound(cell.median_seconds)}
    done = {arm: cell for arm, cell in done.items() if cell.status == "ok"}
    if not done:
        statuses = dict.fromkeys(cell.status.replace("-", " ") for cell in case.arms.values())
        return [(f"no result ({', '.join(statuses)})", "$text-error")]
    best = min(done, key=lambda arm: done[arm].median_seconds or 0.0)
    said = f"{arm_words(best)} {value_words(done[best].median_seconds, unit_of(case))}"
    return [said, ("; nothing of the other framework to compare with", MUTED)]


def _stopped(document: ProbeDocument) -> Rows:
    benchmarks = document.benchmarks
    if not benchmarks.interrupted:
        return []
    cells = [cell for case in benchmarks.workloads.values() for cell in case.arms.values()]
    blocks = {number for cell in cells for number in cell.blocks}
    planned = benchmarks.plan.blocks if benchmarks.plan else 0
    wanted = f" of {planned}" if planned else ""
    said = f"Stopped early: {len(blocks)}{wanted} blocks are whole, so intervals are wider."
    if not blocks:
        said = "Stopped before the first block was whole."
    return [(None, row(("! ", "$text-warning"), said))]
