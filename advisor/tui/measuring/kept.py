"""The runs that are kept, as rows: newest first, each with its state and whether it still holds.

A row's id is `run:` and the run's own id.
"""

from __future__ import annotations

from advisor.documents.history import HistoryRun
from probes.interpreters import NAMES

from ..kept_runs import Listing
from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import LONGEST, brief, clean, count
from .words import title_of

MOST_NAMES = 4
MOST_MACHINE = 120
NOISE = {None: "noise not checked", True: "quiet machine", False: "noisy machine"}


def kept_rows(listing: Listing, marked: str | None) -> Rows:
    """Return all runs; `marked`: the one that another is to be compared with."""
    rows: Rows = [
        (None, row(("! ", "$text-warning"), brief(line, LONGEST))) for line in listing.told
    ]
    if listing.history is None:
        return [*rows, (None, row(("! ", "$text-error"), brief(listing.problem, LONGEST)))]
    if marked is not None:
        said = f"{clean(marked)} is marked; v on another run compares the two, v on it unmarks it."
        rows.append((None, row(("◆ ", "$text-accent"), said)))
    here = listing.history.fingerprint
    runs = listing.history.runs
    if not runs:
        return [*rows, (None, row("· ", "No run is kept yet; M measures."))]
    return rows + [
        (f"run:{run.id}", _run(run, marked=run.id == marked, same=run.fingerprint == here != ""))
        for run in runs
    ]


def badge_part(run: HistoryRun) -> tuple[Part, Part]:
    """Return the mark of a run and its state in words, with the reason if it is stale."""
    state = clean(run.state)
    if run.stale is None:
        return ("· ", MUTED), (f"{state}, measured elsewhere", MUTED)
    if run.stale:
        return ("! ", "$text-warning"), (f"{state}, stale: {brief(run.reason, LONGEST)}", "bold")
    if run.state == "finished":
        return ("✓ ", "$text-success"), (state, "$text-success")
    return ("▶ " if run.state == "running" else "◐ ", "$text-primary"), (state, "bold")


def measured_words(run: HistoryRun) -> str:
    """Return what a run measured, and on what."""
    if not run.workloads:
        return "hardware and frameworks only; nothing was measured"
    named = [title_of(name) for name in dict.fromkeys(run.workloads)]
    more = len(named) - MOST_NAMES
    listed = ", ".join(named[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
    ways = count(len(run.arms), "way", "ways")
    return f"{brief(run.effort or 'measured')}: {listed}; {ways}; {NOISE[run.quiet]}"


def versions_words(run: HistoryRun) -> str:
    """Return the frameworks of a run with their versions."""
    measured = {arm.partition("/")[0] for arm in run.arms}
    shown = {name: one for name, one in run.versions.items() if not measured or name in measured}
    named = (f"{NAMES.get(name, brief(name))} {brief(one)}" for name, one in shown.items())
    return ", ".join(list(named)[:MOST_NAMES])


def _run(run: HistoryRun, *, marked: bool, same: bool) -> Row:
    mark, state = badge_part(run)
    day = clean(run.created[:16].replace("T", " "))
    lead: list[Part] = ["◆ " if marked else "  ", mark]
    said: list[Part] = [(f"{day}  ", "bold"), state, (f"  {clean(run.id)}", MUTED)]
    said += ["\n", (measured_words(run), MUTED)]
    if versions := versions_words(run):
        said.append((f"; {versions}", MUTED))
    if run.stale is None or not same:
        said.append((f"; on {brief(run.machine, MOST_MACHINE)}", MUTED))
    if run.stale is None and run.source:
        said.append((f"; from {brief(run.source)}", MUTED))
    return row(lead, *said)
