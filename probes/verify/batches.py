"""Keeps one side running until every row has a result, whatever single rows do to their process.

A row that hangs costs its own limit, one that kills the process costs a restart; the rest go on in
a new process after it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from probes.processes import ChildResult, run_child
from probes.verify.rows import Batch
from probes.verify.workspace import Workspace

_START_SECONDS = 120.0
_BATCH_ROWS = 250


class SideRun:
    """The reports of one side: place → what its code did; `missing` if the framework is."""

    def __init__(
        self,
        workspace: Workspace,
        side: str,
        interpreter: str,
        environment: Mapping[str, str],
        cancel: threading.Event,
        on_row: Callable[[str], None],
    ) -> None:
        """Prepare; nothing starts yet."""
        self.side = side
        self.reports: dict[int, dict[str, Any]] = {}
        self.versions: dict[str, str] = {}
        self.batches: list[Batch] = []
        self.missing = ""
        self._workspace = workspace
        self._interpreter = interpreter
        self._environment = environment
        self._cancel = cancel
        self._on_row = on_row

    def run(self) -> None:
        """Run every row that has something for this side."""
        rows = self._workspace.rows
        places = [p for p in range(len(rows)) if self.side in self._workspace.sides_of(p)]
        shared = [place for place in places if not rows[place].isolate]
        queue = [shared[n : n + _BATCH_ROWS] for n in range(0, len(shared), _BATCH_ROWS)]
        queue += [[place] for place in places if rows[place].isolate]
        while queue and not self.missing and not self._cancel.is_set():
            left = self._batch(queue.pop(0))
            if left:
                queue.insert(0, left)

    def _batch(self, places: list[int]) -> list[int]:
        """Run one process; return the rows it did not come to."""
        watch = _Watch(self._cancel)
        current: list[int] = []

        def take(line: dict[str, Any]) -> None:
            if "missing" in line:
                self.missing = line["missing"]
            if "versions" in line:
                self.versions.update(line["versions"])
            if "start" in line:
                current[:] = [line["start"]]
                row = self._workspace.rows[line["start"]]
                watch.limit(row.seconds * max(1, len(self._job(line["start"])["variants"])))
            if "done" in line:
                watch.limit(None)
                current.clear()
                self.reports[line["done"]] = line
                self._on_row(self.side)

        watch.limit(_START_SECONDS)
        total = _START_SECONDS + sum(self._limit(place) for place in places)
        with watch:
            result = run_child(
                self._interpreter,
                "probes.verify.batch",
                {"side": self.side, "rows": self._workspace.jobs(places, self.side)},
                limit_seconds=total,
                environment=self._environment,
                cancel=watch.stop,
                on_line=take,
            )
        done = sum(place in self.reports for place in places)
        self.batches.append(Batch(self.side, done, round(result.seconds, 2), result.ending))
        if self.missing or self._cancel.is_set():
            return []
        return self._after(places, current, result, watch.expired)

    def _after(
        self, places: list[int], current: list[int], result: ChildResult, expired: bool
    ) -> list[int]:
        left = [place for place in places if place not in self.reports]
        if not left:
            return []
        last = result.stderr.strip().splitlines()[-1:] or [""]
        if not current and not any(place in self.reports for place in places):
            # It never came to a row: that is the framework's (or the interpreter's) failing.
            self.missing = f"the process {result.ending}: {last[0]}"[:400]
            return []
        for place in current:
            kind = "timed-out" if expired else "crashed"
            limit = self._workspace.rows[place].seconds
            words = f"no end after {limit:g} s" if expired else f"{result.ending}: {last[0]}"[:400]
            self.reports[place] = {"done": place, "broken": kind, "words": words}
            self._on_row(self.side)
        return [place for place in left if place not in self.reports]

    def _job(self, place: int) -> dict[str, Any]:
        return self._workspace.jobs([place], self.side)[0]

    def _limit(self, place: int) -> float:
        return self._workspace.rows[place].seconds * len(self._job(place)["variants"])


class _Watch:
    """Stops a child when the row it is at has had its time, or when everything is to stop."""

    def __init__(self, cancel: threading.Event) -> None:
        self.stop = threading.Event()
        self.expired = False
        self._cancel = cancel
        self._deadline: float | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *rest: object) -> None:
        self._ended.set()
        self._thread.join(timeout=2)

    def limit(self, seconds: float | None) -> None:
        """Allow this many seconds from now, or any number."""
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def _run(self) -> None:
        while not self._ended.wait(0.05):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self.expired = True
                self.stop.set()
            if self._cancel.is_set():
                self.stop.set()


def draw_inputs(
    workspace: Workspace, interpreter: str, environment: Mapping[str, str]
) -> tuple[dict[int, str], str, str]:
    """Write every row's inputs; return what could not be drawn, NumPy's version, what failed."""
    rows = [
        {"row": place, "inputs": row.inputs, "path": str(workspace.inputs(place))}
        for place, row in enumerate(workspace.rows)
    ]
    result = run_child(
        interpreter,
        "probes.verify.inputs",
        {"rows": rows},
        limit_seconds=120.0,
        environment=environment,
    )
    wrong = {line["row"]: line["error"] for line in result.lines if "error" in line}
    numpy = next((v["versions"]["numpy"] for v in result.lines if "versions" in v), "")
    last = result.stderr.strip().splitlines()[-1:] or [""]
    return wrong, numpy, "" if numpy else f"NumPy cannot be used: {last[0]}"
