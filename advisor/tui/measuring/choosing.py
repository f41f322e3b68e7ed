"""What can be measured here, as rows to tick, with the time it would take.

A row's id says what Enter does there: `measure`, `effort:quick`, `budget`, `workload:decode`,
`arm:pytorch/eager`, `others`, `continue`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from advisor.cli.progress import duration
from probes.bench.estimate import estimate_seconds
from probes.bench.plan import EFFORTS

from ..pages.pieces import Rows, heading
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import clean, count
from .choice import Offer, processes
from .words import MODES, WHAT, arm_words, effort_words, span, title_of

OTHERS = "others"


def choosing_rows(
    offer: Offer, decides: Mapping[str, str], width: int, opened: Collection[str]
) -> Rows:
    """Return the page on which one chooses; `decides`: workload → criteria, in words."""
    rows = _start(offer)
    rows += heading("How long")
    for effort in EFFORTS:
        chosen = offer.choice.effort == effort
        named: Part = (f"{effort:<9} ", "bold")
        lead = "  (•) " if chosen else "  ( ) "
        rows.append((f"effort:{effort}", row(lead, named, (effort_words(effort), MUTED))))
    rows.append(("budget", _budget(offer)))
    rows += heading("What, for your answers")
    known = [name for name in offer.proposed if name in offer.possible_workloads]
    rows += [_workload(name, offer, decides) for name in known]
    others = [name for name in offer.possible_workloads if name not in known]
    if others:
        mark = "  ▾ " if OTHERS in opened else "  ▸ "
        said = count(len(others), "other workload", "other workloads")
        rows.append((OTHERS, row(mark, (said, MUTED))))
        shown = others if OTHERS in opened else [one for one in others if one in offer.workloads]
        rows += [_workload(name, offer, decides) for name in shown]
    rows += heading("With")
    return rows + [_arm(arm, offer) for arm in offer.possible_arms]


def estimate_words(offer: Offer) -> str:
    """Return how long it would take, to stand where it is always seen."""
    return f"about {duration(estimate_seconds(offer.plan))}" if offer.plan else "nothing chosen"


def _start(offer: Offer) -> Rows:
    plan = offer.plan
    if plan is None:
        said = "Choose at least one workload and one way to run it"
        return [(None, row(("! ", "$text-warning"), said))]
    size = (
        f": {count(len(plan.cases), 'case', 'cases')} in {count(len(plan.arms), 'way', 'ways')}, "
        f"one of them twice; {count(plan.blocks, 'block', 'blocks')}, {processes(plan)} processes"
    )
    lead = (f"Measure (m), {estimate_words(offer)}", "bold")
    rows: Rows = [("measure", row("→ ", lead, (size, MUTED)))]
    if offer.left_out:
        limit = f"stay within {span(offer.limit)}" if offer.limit else "fit"
        said = f"Left out to {limit}: {'; '.join(map(clean, offer.left_out))}"
        rows.append((None, row("  ", (said, "$text-warning"))))
    if offer.limit and estimate_seconds(plan) > offer.limit:
        said = f"This is the least that can be compared; it takes longer than {span(offer.limit)}"
        rows.append((None, row(("! ", "$text-warning"), said)))
    if not offer.compares:
        said = "Only one framework is chosen, so the two are not compared"
        rows.append((None, row(("! ", "$text-warning"), said)))
    return rows


def _budget(offer: Offer) -> Row:
    if offer.choice.budget is None:
        return row("  [ ] ", ("at most …  ", "bold"), ("a time of your own", MUTED))
    said = f"at most {span(offer.choice.budget)}"
    return row("  [x] ", (said, "bold"), ("  Enter takes it back", MUTED))


def _workload(name: str, offer: Offer, decides: Mapping[str, str]) -> tuple[str, Row]:
    ticked = name in offer.workloads
    moves = f"decides {decides[name].lower()}" if name in decides else "tests claims only"
    what = f"{WHAT[name]}; {moves}" if name in WHAT else moves
    return f"workload:{name}", row(_tick(ticked), (title_of(name), "bold"), (f": {what}", MUTED))


def _arm(arm: str, offer: Offer) -> tuple[str, Row]:
    said: list[Part] = [(arm_words(arm), "bold")]
    if arm in MODES:
        said.append((f": {MODES[arm]}", MUTED))
    return f"arm:{arm}", row(_tick(arm in offer.arms), *said)


def _tick(ticked: bool) -> str:
    return "  [x] " if ticked else "  [ ] "
