"""Whether a machine can do its work, from its probe alone: ok, degraded or failed.

Pure. `failed`: no framework that was looked at can use any device, or nothing at all was found
out. `degraded`: something that is there cannot be used. A framework that is not installed beside
one that works is no fault; neither is a fact that does not exist on such a machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from probes.bench.document import Benchmarks, Cell
from probes.document import Fault, Framework, Reason, State
from probes.evidence import Reading
from probes.frameworks.cards import UNKNOWN, rows

USABLE = ("usable", "usable-after-jit")
BROKEN_CELLS = ("failed", "crashed", "timed-out", "out-of-memory", "not-comparable")
ACCELERATOR_FACTS = ("gpus", "tpu", "pci-accelerators")
"""Facts that must be known: a machine whose driver hangs answers `unknown` here."""
REMARKS = ("TPU_NOT_TRIED", "MIG_PARTIAL")
"""Codes that tell how things are; where every device works, nothing is wrong with that."""


class Health(Struct, frozen=True):
    """The state of a machine and everything that is wrong with it."""

    state: State
    faults: tuple[Fault, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the reason codes, each once."""
        return tuple(dict.fromkeys(fault.code for fault in self.faults))


def health(
    hardware: Mapping[str, Reading],
    frameworks: Mapping[str, Framework],
    benchmarks: Benchmarks | None = None,
) -> Health:
    """Return the state of a probed machine with its faults, the gravest first."""
    if not hardware and not frameworks:
        nothing = Fault("UNKNOWN", "probe", "the probe found out nothing", "probe it again")
        return Health("failed", (nothing,))
    working = [one for one in frameworks.values() if _works(one)]
    faults = [*_frameworks(frameworks, only_installed=bool(working)), *_hardware(hardware)]
    faults += [*_cards(hardware), *_benchmarks(benchmarks or Benchmarks())]
    if frameworks and not working:
        return Health("failed", tuple(faults))
    return Health("degraded" if faults else "ok", tuple(faults))


def _works(framework: Framework) -> bool:
    return framework.installed and any(one.verdict in USABLE for one in framework.devices)


def _frameworks(found: Mapping[str, Framework], *, only_installed: bool) -> Iterator[Fault]:
    for name, framework in found.items():
        if only_installed and not framework.installed:
            continue
        for reason in framework.reasons:
            if _is_fault(reason, framework):
                yield Fault(reason.code, name, reason.text, reason.fix)
        if framework.reasons:
            continue
        for device in framework.devices:
            if device.verdict not in USABLE:
                yield Fault("UNKNOWN", name, f"{device.kind} ({device.name}): {device.verdict}")


def _is_fault(reason: Reason, framework: Framework) -> bool:
    broken = any(device.verdict not in USABLE for device in framework.devices)
    return broken or reason.code not in REMARKS


def _hardware(hardware: Mapping[str, Reading]) -> Iterator[Fault]:
    said: set[tuple[str | None, str]] = set()
    for name, reading in hardware.items():
        unseen = name in ACCELERATOR_FACTS and reading.status == "unknown"
        if reading.status != "error" and not unseen and reading.code is None:
            continue
        if (reading.code, reading.detail) in said:
            continue  # one cause leaves several facts open
        said.add((reading.code, reading.detail))
        text = reading.detail or "could not be read"
        yield Fault(reading.code or "UNKNOWN", name, text)


def _cards(hardware: Mapping[str, Reading]) -> Iterator[Fault]:
    for card in rows(hardware.get("gpus", UNKNOWN)):
        problem = card.get("problem")
        if isinstance(problem, str) and problem:
            yield Fault("UNKNOWN", "gpus", f"{card.get('name')} does not answer: {problem}")


def _benchmarks(benchmarks: Benchmarks) -> Iterator[Fault]:
    for case, workload in benchmarks.workloads.items():
        for arm, cell in workload.arms.items():
            if cell.status in BROKEN_CELLS:
                yield Fault(cell.code or "UNKNOWN", f"{case}: {arm}", _cell_words(cell))


def _cell_words(cell: Cell) -> str:
    return f"{cell.status}: {cell.reason}" if cell.reason else cell.status
