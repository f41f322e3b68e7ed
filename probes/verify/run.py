"""Verifies rows: both sides at the same time in processes of their own, then the comparison.

The controller reads results and decides; it never runs an entry's code itself.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from probes.interpreters import resolve_interpreters
from probes.processes import run_child
from probes.temporary import temporary_folder
from probes.verify.batches import SideRun, draw_inputs
from probes.verify.judge import judge, pairs_of
from probes.verify.programs import run_exercises, run_programs
from probes.verify.rows import (
    FRAMEWORK_OF,
    SIDES,
    Exercise,
    Program,
    Result,
    Row,
    Verified,
)
from probes.verify.workspace import Workspace, child_environment

OnRow = Callable[[str], None]

PRESENCE = Row(id="", code=dict.fromkeys(SIDES, "pass"), outputs=[])
"""Run beside programs, so that versions, or that a framework is missing, are known for them."""


def verify(
    rows: Sequence[Row],
    interpreters: Mapping[str, str] | None = None,
    *,
    programs: Sequence[Program] = (),
    exercises: Sequence[Exercise] = (),
    cancel: threading.Event | None = None,
    on_row: OnRow = lambda side: None,
) -> Verified:
    """Run everything; a framework that is not there is a result, too (`missing`).

    Raises:
        ProbeError: An interpreter cannot be executed, a framework has no such name, or there is no
            temporary folder.
    """
    paths = resolve_interpreters(interpreters)
    stop = cancel or threading.Event()
    started = time.monotonic()
    with temporary_folder("fw-advisor-verify-") as name:
        folder = Path(name)
        environment = child_environment(folder, os.environ)
        beside = [PRESENCE] if programs or exercises else []
        found = _rows([*beside, *rows], paths, folder, environment, stop, on_row)
        found.results = [result for result in found.results if result.id]
        if programs and not found.missing and not stop.is_set():
            found.results += run_programs(programs, paths, folder, environment, stop, on_row)
        if exercises and not found.missing and not stop.is_set():
            found.results += run_exercises(exercises, paths, folder, environment, stop, on_row)
    found.seconds = round(time.monotonic() - started, 2)
    found.interrupted = stop.is_set()
    return found


def _rows(
    rows: Sequence[Row],
    paths: Mapping[str, str],
    folder: Path,
    environment: Mapping[str, str],
    stop: threading.Event,
    on_row: OnRow,
) -> Verified:
    workspace = Workspace(folder, rows)
    numpy_of = paths[FRAMEWORK_OF["torch"]]
    wrong, numpy, failed = draw_inputs(workspace, numpy_of, environment)
    if failed:
        numpy_of = paths[FRAMEWORK_OF["tensorflow"]]
        wrong, numpy, failed = draw_inputs(workspace, numpy_of, environment)
    if failed:
        missing = dict.fromkeys(SIDES, failed)
        return Verified(results=[], versions={}, seconds=0.0, batches=[], missing=missing)
    sides = [
        SideRun(workspace, side, paths[FRAMEWORK_OF[side]], environment, stop, on_row)
        for side in SIDES
    ]
    threads = [threading.Thread(target=side.run, daemon=True) for side in sides]
    for thread in threads:
        thread.start()
    _join(threads, stop)
    reports = {side.side: side.reports for side in sides}
    missing = {side.side: side.missing for side in sides if side.missing}
    absent = {subject: why for side in sides for subject, why in side.absent.items()}
    compared = _compare(workspace, reports, numpy_of, environment)
    results: list[Result] = []
    if not missing:
        results = [
            judge(row, place, reports, compared, wrong.get(place, ""))
            for place, row in enumerate(rows)
            if row.subject not in absent
            and (not stop.is_set() or all(place in reports[s] for s in workspace.sides_of(place)))
        ]
    versions = {"numpy": numpy}
    for side in sides:
        versions.update(side.versions)
    return Verified(
        results=results,
        versions=versions,
        seconds=0.0,
        batches=[batch for side in sides for batch in side.batches],
        missing=missing,
        absent=absent,
        not_run=[row.id for row in rows if row.subject in absent],
    )


def _join(threads: Sequence[threading.Thread], stop: threading.Event) -> None:
    try:
        for thread in threads:
            while thread.is_alive():
                thread.join(timeout=0.2)
    except KeyboardInterrupt:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)


def _compare(
    workspace: Workspace,
    reports: Mapping[str, Mapping[int, dict[str, Any]]],
    interpreter: str,
    environment: Mapping[str, str],
) -> dict[str, dict[str, Any]]:
    """Return name of a pair → what comparing it found."""
    pairs = pairs_of(workspace, reports)
    if not pairs:
        return {}
    result = run_child(
        interpreter,
        "probes.verify.compare",
        {"pairs": pairs},
        limit_seconds=60.0 + 2.0 * len(pairs),
        environment=environment,
    )
    return {line["pair"]: line for line in result.lines}
