"""Claims put to the test on this machine, as rows: what is said, the figure here, the verdict.

A row's id says what opens there: `claim:` and its id, `group:` and a verdict, `charts`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from advisor.documents.tested import ProbeClaims
from advisor.reports.charts.seeds import seed_chart
from advisor.reports.charts.terminal import chart_lines
from probes.claims import ClaimResult, ClaimVerdict, SaidFigure
from probes.interpreters import NAMES

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Part, row
from ..wording import LONGEST, brief, clean, count
from .charted import CHARTS, rows_of
from .intervals import interval_bar
from .tested_parts import figures_of, part_words

GROUPS: dict[ClaimVerdict, tuple[str, Part, str]] = {
    "borne-out": ("borne out here", ("✓ ", "$text-success"), "as it is said"),
    "contradicted": ("contradicted here", ("× ", "$text-error"), "the other way round"),
    "mixed": ("borne out in part", ("◐ ", "$text-warning"), "some cases as said, some not"),
    "no-difference": ("no difference here", ("= ", "$text-primary"), "none that matters"),
    "undecided": ("undecided", ("? ", MUTED), "more blocks, or a quieter machine"),
    "not-comparable": ("not comparable", ("! ", "$text-warning"), "something failed"),
    "not-measured": ("not measured yet", ("· ", MUTED), "a measurement would tell"),
    "not-testable": ("not testable here", ("– ", MUTED), "no workload can show it"),
}
CLOSED: tuple[ClaimVerdict, ...] = ("not-measured", "not-testable")
"""Groups that only open when asked for: they are long, and nothing was measured."""
MOST_PARTS, MOST_PLACES = 6, 2
BAR = 35


def claims_rows(document: ProbeClaims, width: int, opened: Collection[str]) -> Rows:
    """Return the page."""
    rows = _head(document)
    rows += _charts(document, width, opened)
    for verdict, (title, mark, what) in GROUPS.items():
        group = [one for one in document.claims if one.verdict == verdict]
        if not group:
            continue
        target = f"group:{verdict}"
        shown = (target in opened) == (verdict in CLOSED)
        said = count(len(group), "claim", "claims")
        lead: list[Part] = ["▾ " if shown else "▸ ", mark]
        rows.append((target, row(lead, (f"{said} {title}", "bold"), (f": {what}", MUTED))))
        for one in group if shown else ():
            rows += _claim(one, opened)
    return rows


def _head(document: ProbeClaims) -> Rows:
    if not document.measured_on:
        return [(None, row("· ", "Nothing was measured here yet; M measures."))]
    versions = ", ".join(
        f"{NAMES.get(name, brief(name))} {brief(version)}"
        for name, version in document.versions.items()
        if not name.endswith("-threads")
    )
    days = ", ".join(dict.fromkeys(clean(day[:10]) for day in document.measured_on))
    said = f"Measured on {days}: {brief(document.machine, LONGEST)}; {versions}"
    rows: Rows = [(None, row("", (said, MUTED)))]
    for text in document.left_out[:MOST_PLACES]:
        rows.append((None, row("· ", (f"left out: {brief(text, LONGEST)}", MUTED))))
    return rows


def _charts(document: ProbeClaims, width: int, opened: Collection[str]) -> Rows:
    chart = seed_chart(document.claims, document.machine or "this machine")
    if chart.empty:
        return []
    mark = "▾ " if CHARTS in opened else "▸ "
    said = "The two charts of the documents, with what was measured here beside them"
    rows: Rows = [(CHARTS, row(mark, said))]
    return rows + rows_of(chart_lines(chart, width)) if CHARTS in opened else rows


def _claim(one: ClaimResult, opened: Collection[str]) -> Rows:
    target = f"claim:{one.id}"
    here = figures_of(one.parts)
    said: list[Part] = [brief(one.claim, LONGEST)]
    said.append((f"  said: {_there(one.said)}" if one.said else "", MUTED))
    said.append((f"  here: {here}" if here else "", "bold"))
    lead = "    ▾ " if target in opened else "    ▸ "
    rows: Rows = [(target, row(lead, *said))]
    return rows + _opened(one) if target in opened else rows


def _opened(one: ClaimResult) -> Rows:
    rows: Rows = []
    for label, text in (("Verdict", one.text), ("Said there", _there(one.said))):
        rows += _labelled(label, text)
    for part in [part for part in one.parts if part.verdict != "not-measured"][:MOST_PARTS]:
        rows += _labelled("Found here", part_words(part))
        drawn = interval_bar(part, BAR) if part.b else ""
        if drawn:
            rows.append((None, row("        ", (drawn, "$text-primary"))))
    for label, text in (("Shows", one.shows), ("Does not show", one.missing)):
        rows += _labelled(label, text)
    rows += _labelled("Measure", one.command)
    places = [f"{place.seed} {place.place}" for place in one.places]
    more = len(places) - MOST_PLACES
    listed = "; ".join(places[:MOST_PLACES]) + (f"; and {more} more" if more > 0 else "")
    return rows + _labelled("Said in", f"{listed} [{one.id}]")


def _labelled(label: str, text: str) -> Rows:
    said = brief(text, 2 * LONGEST)
    return [(None, row(f"      {label}: ", (said, MUTED)))] if text else []


def _there(said: Sequence[SaidFigure]) -> str:
    if not said:
        return "no figure"
    return ", ".join(
        f"{NAMES.get(one.option, brief(one.option))} about {one.value:g} {brief(one.unit)}"
        for one in said
    )
