"""What is looked for in a document, taken out of it so that finding it reads no document. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct

from probes.document import ProbeDocument
from probes.plain_text import clean_line
from probes.store.fingerprint import Facts, fingerprint, machine_facts

_LONGEST = 120
_LONGEST_PATH = 4096
_LARGEST = 2**31


class Row(Struct, frozen=True):
    """One arm on one case."""

    case: str
    workload: str
    arm: str
    framework: str
    status: str
    median: float | None


class Entry(Struct, frozen=True, kw_only=True):
    """A document by what it is found."""

    created: str
    tool_version: str
    machine: Facts
    fingerprint: str
    versions: dict[str, str]
    interpreters: dict[str, str]
    effort: str | None
    device: str | None
    threads: int | None
    quiet: bool | None
    interrupted: bool
    rows: tuple[Row, ...]


def entry_of(document: ProbeDocument) -> Entry:
    """Return the entry of a document; texts of any length become short ones."""
    plan = document.benchmarks.plan
    facts = machine_facts(document.hardware)
    return Entry(
        created=_short(document.created),
        tool_version=_short(document.tool_version),
        machine=facts,
        fingerprint=fingerprint(facts),
        versions=framework_versions(document),
        interpreters={
            _short(name): one.interpreter[:_LONGEST_PATH]
            for name, one in document.frameworks.items()
            if one.installed
        },
        effort=None if plan is None else _short(plan.effort),
        device=None if plan is None else plan.device,
        threads=None if plan is None or plan.threads >= _LARGEST else plan.threads,
        # A run that was stopped early has a copy, and too few blocks to tell anything by it.
        quiet=document.aa.quiet if document.aa and document.aa.floor is not None else None,
        interrupted=document.benchmarks.interrupted,
        rows=tuple(_rows(document)),
    )


def framework_versions(document: ProbeDocument) -> dict[str, str]:
    """Return the version of every framework: as installed, or as the workers told it."""
    versions = {
        _short(name): _short(one.version or "unknown")
        for name, one in document.frameworks.items()
        if one.installed
    }
    told = document.environment.versions
    arms = {
        cell.framework
        for case in document.benchmarks.workloads.values()
        for cell in case.arms.values()
    }
    for framework in sorted(arms):
        if framework in told:
            versions.setdefault(_short(framework), _short(told[framework]))
    return versions


def _rows(document: ProbeDocument) -> Iterator[Row]:
    seen: set[tuple[str, str]] = set()
    for case_id, case in document.benchmarks.workloads.items():
        for arm, cell in case.arms.items():
            key = (_short(case_id), _short(arm))
            if key in seen:
                continue  # names that differ only beyond what is kept of them
            seen.add(key)
            median = cell.median_seconds
            usable = median is not None and math.isfinite(median)
            yield Row(
                *(key[0], _short(case.workload), key[1], _short(cell.framework), cell.status),
                median if usable else None,
            )


def _short(text: str) -> str:
    return clean_line(text, _LONGEST)
