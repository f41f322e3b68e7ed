"""The doctor's document as one page to paste: machine, devices, wheels, verdicts, fixes, words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from probes.document import Framework
from probes.evidence import Reading
from probes.frameworks.gathered import Child, Wheels
from probes.interpreters import NAMES

from .cards import cards_page
from .devices import MOST_WORDS, devices, headline, reason
from .machine import machine_rows
from .page import Line, bullet, table, title, wrap
from .plan import plan_page
from .readings import fields, short
from .state import state_page

if TYPE_CHECKING:
    from advisor.documents.doctor import Doctor

ROWS = ("pci-accelerators", "device-nodes")
MOST_ROWS = 32


def doctor_page(document: Doctor, width: int) -> list[Line]:
    """Return the lines of the page."""
    record = document.record
    lines: list[Line] = [*_head(document, width), "", *state_page(document, width)]
    variables = [("variable", f"{name}={value!r}") for name, value in record.environment.items()]
    lines += [title("Machine"), *table([*machine_rows(record.hardware), *variables], width)]
    lines += ["", title("Devices"), *_devices(record.hardware, width)]
    lines += ["", title("Environments"), *_wheels(record.frameworks.wheels, width)]
    for name, framework in document.frameworks.items():
        lines += _framework(NAMES.get(name, name), framework, width, document.simulated)
        child = record.frameworks.children.get(name)
        if child is not None:
            lines += _child(child, width)
    if document.plan is not None:
        lines += plan_page(document.plan, width)
    return lines


def _head(document: Doctor, width: int) -> list[Line]:
    record = document.record
    lines: list[Line] = [title("fw-advisor probe doctor")]
    words = [f"version {document.tool_version}, data of {document.data_version}"]
    words.append(f"taken {record.created} with version {record.tool_version}")
    lines += wrap("; ".join(words), width, first="  ", rest="  ")
    if document.replayed:
        lines += bullet("REPLAYED from a file: this is not the machine you sit at.", width, "!")
    if record.constructed:
        lines += bullet(f"CONSTRUCTED record, never taken on a machine. {record.note}", width, "!")
    if document.assumed:
        facts = ", ".join(f"{fact}={value}" for fact, value in document.assumed.items())
        lines += bullet(
            f"ASSUMED, not observed: {facts}. All that follows is simulated.", width, "!"
        )
    if document.redacted:
        lines += bullet("Redacted: names, home folders and identifiers are taken out.", width, "•")
    return lines


def _devices(hardware: Mapping[str, Reading], width: int) -> list[Line]:
    """Return the cards in words, then bus and device nodes as they were read."""
    lines = cards_page(hardware, width)
    for key in ROWS:
        reading = hardware.get(key)
        if reading is not None and reading.available and isinstance(reading.value, list):
            lines += table([(key, short(fields(row))) for row in reading.value[:MOST_ROWS]], width)
    return lines or list(table([("none", "no accelerator found")], width))


def _wheels(wheels: Mapping[str, Wheels], width: int) -> list[Line]:
    lines: list[Line] = []
    for interpreter, found in wheels.items():
        python = f"Python {found.python}" if found.python else found.error or "not known"
        lines += wrap(f"{interpreter}: {python}", width, first="  ", rest="    ")
        packages = ", ".join(f"{name} {version}" for name, version in found.packages.items())
        if packages:
            lines += wrap(packages, width, first="    ", rest="    ")
    return lines


def _framework(name: str, framework: Framework, width: int, simulated: bool) -> list[Line]:
    lines: list[Line] = ["", title(headline(name, framework) + " (simulated)" * simulated)]
    lines += devices(framework, width, formats=True)
    for one in framework.reasons:
        lines += reason(one, width)
        words = [line for line in one.raw.splitlines() if line.strip()]
        for line in words[-MOST_WORDS:]:
            lines += wrap(line, width, first="    | ", rest="    | ")
    return lines


def _child(child: Child, width: int) -> list[Line]:
    """Return how the child ended, and the last words it said beside its results."""
    result = child.result
    said = f"its process {result.ending} after {result.seconds:.1f} s"
    words = [line for line in result.stderr.splitlines() if line.strip()]
    lines: list[Line] = list(wrap(said + (", saying:" if words else ""), width, first="  "))
    for line in words[-MOST_WORDS:]:
        lines += wrap(line, width, first="    : ", rest="    : ")
    return lines
