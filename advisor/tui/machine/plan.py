"""What could be installed here, as rows: the best build for each device, the others one key away.

A row's id says what can be copied or opened there: `install:3`, `others:0`, `unfit`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from probes.interpreters import NAMES

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Part, Row, row
from ..wording import brief, clean, count

if TYPE_CHECKING:
    from probes.frameworks.plan import Planned

UNFIT = "unfit"


def plan_rows(plan: Sequence[Planned], opened: Collection[str]) -> Rows:
    """Return the builds that would work here, then those that would not."""
    rows: Rows = []
    for number, group in enumerate(_groups(plan)):
        fitting = [place for place in group if plan[place].answer != "no"]
        # What compiles at its first start is taken only where nothing else works.
        fitting.sort(key=lambda place: plan[place].answer != "works")
        if fitting:
            rows += _install(fitting[0], plan[fitting[0]])
            rows += _others(f"others:{number}", fitting[1:], plan, opened)
        else:
            rows += _none(plan[group[0]])
    return rows + _unfit(plan, opened)


def planned_of(plan: Sequence[Planned], target: str) -> Planned | None:
    """Return the build that a row is about, if it is about one."""
    kind, _, number = target.partition(":")
    return plan[int(number)] if kind == "install" else None


def _groups(plan: Sequence[Planned]) -> list[list[int]]:
    """Return the places of the builds of one framework for one device, in the plan's order."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, planned in enumerate(plan):
        groups.setdefault((planned.framework, planned.device, planned.card), []).append(place)
    return list(groups.values())


def _install(place: int, planned: Planned, indent: str = "  ") -> Rows:
    lead: list[Part] = [indent, ("+ ", "$text-success")]
    why = (f" ({clean(planned.why)})" if planned.why else "", MUTED)
    command = (clean(planned.command), "bold $text-success")
    return [(f"install:{place}", row(lead, _subject(planned), why, "\n", command))]


def _others(
    target: str, places: Sequence[int], plan: Sequence[Planned], opened: Collection[str]
) -> Rows:
    if not places:
        return []
    builds = count(len(places), "other build would work", "other builds would work")
    rows: Rows = [_opener(target, builds, opened)]
    if target in opened:
        for place in places:
            rows += _install(place, plan[place], indent="    ")
    return rows


def _none(planned: Planned) -> Rows:
    name = NAMES.get(planned.framework, planned.framework)
    device = brief(planned.card) if planned.card else "this processor"
    lead: list[Part] = ["  ", ("− ", "$text-warning")]
    return [(None, row(lead, f"{name} on {device}: no build that is known would work"))]


def _unfit(plan: Sequence[Planned], opened: Collection[str]) -> Rows:
    unfit = [planned for planned in plan if planned.answer == "no"]
    if not unfit:
        return []
    builds = count(len(unfit), "build that would not work, and why", "that would not, and why")
    rows: Rows = [_opener(UNFIT, builds, opened)]
    if UNFIT in opened:
        for planned in unfit:
            said = (f"{_subject(planned)}: {clean(planned.why)}", MUTED)
            rows.append((None, row(("    − ", MUTED), said)))
    return rows


def _opener(target: str, said: str, opened: Collection[str]) -> tuple[str, Row]:
    """Return a row that opens or closes what is behind it."""
    return target, row("  ▾ " if target in opened else "  ▸ ", (said, MUTED))


def _subject(planned: Planned) -> str:
    return clean(planned.title) + (f", on {brief(planned.card)}" if planned.card else "")
