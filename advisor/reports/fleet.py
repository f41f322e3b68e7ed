"""A fleet as a page of text: groups, machines in trouble, outliers, what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.documents.fleet import Fleet, FleetGroup, FleetMachine
from knowledge.errors import shortened

from .page import Line, bullet, table, title, wrap

NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX"}
STYLES = {"degraded": "strong", "failed": "bad"}
MOST_HOSTS = 8
MOST_OUTLIERS = 60
LONGEST = 300


def fleet_page(fleet: Fleet, width: int) -> list[Line]:
    """Return the lines of the page."""
    counts = ", ".join(f"{number} {state}" for state, number in fleet.states.items())
    lines: list[Line] = [title(f"Fleet of {_plural(len(fleet.machines), 'machine')}: {counts}")]
    for group in fleet.groups:
        lines += ["", *_group(fleet, group, width)]
    lines += _trouble(fleet, width)
    lines += _outliers(fleet, width)
    lines += _left_out(fleet, width)
    for warning in fleet.warnings:
        lines += ["", *wrap(f"Note: {warning}", width, rest="  ")]
    return lines


def _group(fleet: Fleet, group: FleetGroup, width: int) -> Iterator[Line]:
    yield title(f"{group.id}: {_plural(len(group.machines), 'machine')}")
    states = [machine.state for machine in fleet.machines if machine.group == group.id]
    rows = [
        ("processor", _processor(group)),
        ("cards", _cards(group)),
        ("frameworks", _frameworks(group)),
        ("state", ", ".join(f"{states.count(s)} {s}" for s in fleet.states if s in states)),
        ("machines", _few(fleet, group.machines)),
    ]
    yield from table(rows, width)


def _processor(group: FleetGroup) -> str:
    cores = [
        f"{number} {what}"
        for number, what in (
            (group.physical_cores, "cores"),
            (group.logical_cores, "threads"),
        )
        if number is not None
    ]
    return ", ".join([shortened(group.cpu_model), *cores])


def _cards(group: FleetGroup) -> str:
    if not group.gpus_known:
        return "could not be looked at"
    if not group.gpus:
        return "none"
    cards = ", ".join(f"{number} × {shortened(name)}" for name, number in group.gpus.items())
    return f"{cards}; driver {group.driver_major}" if group.driver_major else cards


def _frameworks(group: FleetGroup) -> str:
    found = (f"{NAMES.get(name, name)} {version}" for name, version in group.frameworks.items())
    return ", ".join(found) or "none installed, or not looked at"


def _trouble(fleet: Fleet, width: int) -> Iterator[Line]:
    troubled = [machine for machine in fleet.machines if machine.state != "ok"]
    if not troubled:
        return
    yield ""
    yield title("Degraded and failed")
    for machine in sorted(troubled, key=lambda one: one.state != "failed"):
        yield from _machine(machine, _shown(fleet, machine.host), width)


def _machine(machine: FleetMachine, name: str, width: int) -> Iterator[Line]:
    codes = ", ".join(dict.fromkeys(fault.code for fault in machine.faults))
    head = wrap(f"{name} {machine.state}: {codes}", width, first="  ", rest="    ")
    for line in head:
        yield ((STYLES.get(machine.state, ""), line),)
    for fault in machine.faults:
        where = NAMES.get(fault.where, fault.where)
        yield from bullet(f"{where}: {shortened(fault.text, LONGEST)}", width, indent=4)
        if fault.fix:
            yield from wrap(f"→ {fault.fix}", width, first=" " * 6, rest=" " * 8)


def _outliers(fleet: Fleet, width: int) -> Iterator[Line]:
    compared = any(group.compared for group in fleet.groups)
    if not fleet.outliers:
        if compared:
            yield ""
            yield "No machine differs from machines like it."
        return
    yield ""
    yield title("Machines that differ from machines like them")
    shown = fleet.outliers[:MOST_OUTLIERS]
    for outlier in shown:
        score = "" if outlier.score is None else f" [score {outlier.score:g}]"
        where = f"{_shown(fleet, outlier.host)}, {outlier.group}"
        yield from bullet(f"{where}: {shortened(outlier.text, LONGEST)}{score}", width)
    more = len(fleet.outliers) - len(shown)
    if more:
        yield f"  and {more} more (all of them: --json)"


def _left_out(fleet: Fleet, width: int) -> Iterator[Line]:
    if fleet.superseded:
        yield ""
        yield title("Probes that do not count")
        for old in fleet.superseded:
            yield from bullet(f"{old.file} ({old.host}): {old.why}; {old.counted} counts", width)
    if fleet.skipped:
        yield ""
        yield title("Files that were skipped")
        for file in fleet.skipped:
            yield from bullet(f"{file.file}: {file.why}", width)


def _shown(fleet: Fleet, host: str) -> str:
    """Return a host's name; what was assumed must not pass for what was read."""
    simulated = any(one.host == host and one.simulated for one in fleet.machines)
    return f"{host} (simulated)" if simulated else host


def _few(fleet: Fleet, hosts: Sequence[str]) -> str:
    more = len(hosts) - MOST_HOSTS
    shown = ", ".join(_shown(fleet, host) for host in hosts[:MOST_HOSTS])
    return shown + (f" and {more} more" if more > 0 else "")


def _plural(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
