"""From machines to the document `fw-advisor/fleet`: groups, spreads, outliers, states. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from advisor.documents.fleet import FigureSpread, Fleet, FleetGroup, FleetMachine, Skipped
from probes.health import health

from .alike import Kind, kind_of
from .comparing import compare_categories, compare_numbers
from .duplicates import newest_of_each
from .machine import Machine
from .outliers import LEAST_ALIKE

STATES = ("ok", "degraded", "failed")


def merge(
    machines: Sequence[Machine],
    *,
    created: str,
    skipped: Iterable[Skipped] = (),
    unprobed: Iterable[FleetMachine] = (),
) -> Fleet:
    """Return the document of a fleet.

    Args:
        machines: As they were read; several probes of one machine are settled here.
        created: The time to state.
        skipped: Files that could not be used.
        unprobed: Machines that could not be probed, with the reason as a fault.
    """
    counted = newest_of_each(machines)
    kinds: dict[Kind, list[Machine]] = {}
    for one in counted.machines:
        kinds.setdefault(kind_of(one), []).append(one)
    ordered = sorted(kinds.items(), key=lambda item: -len(item[1]))
    names = {kind: f"group-{number}" for number, (kind, _) in enumerate(ordered, 1)}
    group_of = {one.host: names[kind] for kind, members in ordered for one in members}
    outliers = [*compare_categories(ordered, group_of)]
    groups = []
    for kind, members in ordered:
        spreads, found = compare_numbers(members, names[kind])
        outliers += found
        groups.append(_group(names[kind], kind, members, spreads))
    rows = [*(_row(one, group_of) for one in counted.machines), *unprobed]
    return Fleet(
        created=created,
        states={state: sum(row.state == state for row in rows) for state in STATES},
        machines=tuple(rows),
        groups=tuple(groups),
        outliers=tuple(outliers),
        superseded=counted.superseded,
        skipped=tuple(skipped),
        warnings=tuple(_warnings(rows, groups)),
    )


def _row(one: Machine, group_of: Mapping[str, str]) -> FleetMachine:
    document = one.document
    found = health(document.hardware, document.frameworks, document.benchmarks)
    return FleetMachine(
        host=one.host,
        file=one.file,
        created=document.created,
        state=found.state,
        faults=found.faults,
        group=group_of[one.host],
        simulated=one.simulated,
    )


def _group(
    name: str, kind: Kind, members: Sequence[Machine], spreads: Sequence[FigureSpread]
) -> FleetGroup:
    family = kind.family
    return FleetGroup(
        id=name,
        cpu_model=family.cpu_model,
        physical_cores=family.physical_cores,
        logical_cores=family.logical_cores,
        gpus=dict(family.cards or ()),
        gpus_known=family.cards is not None,
        driver_major=kind.driver_major,
        frameworks=dict(kind.frameworks),
        machines=tuple(one.host for one in members),
        compared=len(members) >= LEAST_ALIKE,
        figures=tuple(spreads),
    )


def _warnings(rows: Sequence[FleetMachine], groups: Sequence[FleetGroup]) -> Iterator[str]:
    small = [group for group in groups if not group.compared]
    if small:
        several = len(small) > 1
        yield (
            f"{len(small)} group{'s' if several else ''} of fewer than {LEAST_ALIKE} machines: "
            "their numbers are not compared"
        )
    simulated = [row.host for row in rows if row.simulated]
    if simulated:
        yield f"simulated, not read from a machine: {', '.join(simulated[:10])}"
