"""A probe's document as a page of text: machine, frameworks, measurements, noise."""

from __future__ import annotations

from probes.document import ProbeDocument
from probes.interpreters import NAMES

from .cards import cards_page
from .devices import devices, headline, reason
from .machine import machine_rows
from .measured import case_page, noise_page, profile_page
from .page import Line, table, title

ALWAYS_SHOWN = ("pytorch", "tensorflow")


def probe_page(document: ProbeDocument, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = [title("This machine"), *table(machine_rows(document.hardware), width)]
    lines += cards_page(document.hardware, width)
    for name, framework in document.frameworks.items():
        if not framework.installed and name not in ALWAYS_SHOWN:
            continue
        lines += ["", title(headline(NAMES.get(name, name), framework))]
        lines += devices(framework, width)
        for one in framework.reasons:
            lines += reason(one, width)
    lines += profile_page(document.benchmarks.plan, width)
    for case in document.benchmarks.workloads.values():
        lines += case_page(case, width)
    return lines + noise_page(document.aa, width)
