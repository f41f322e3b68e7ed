"""Keeps one side running until every row has a result, whatever single rows do to their process.

A row that hangs costs its own limit, one that kills the process costs a restart; the rest go on in
a new process after it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from probes.processes import ChildResult, run_child
from probes.verify import copies
from probes.verify.rows import Batch
from probes.verify.watch import Watch
from probes.verify.workspace import Workspace, pieces_of, subject_environment

_START_SECONDS = 120.0
_SHARED_ROWS = 250
"""Rows that share a process, where they must: what they leave behind adds up."""


class SideRun:
    """The reports of one side: place → what its code did.

    `missing`: why its framework cannot be used; `absent`: the same for a subject of single rows.
    """

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
        self.absent: dict[str, str] = {}
        self._workspace = workspace
        self._interpreter = interpreter
        self._environment = environment
        self._cancel = cancel
        self._on_row = on_row

    def run(self) -> None:
        """Run every row that has something for this side."""
        rows = self._workspace.rows
        places = [p for p in range(len(rows)) if self.side in self._workspace.sides_of(p)]
        # A copy is as fresh as a process of its own.
        alone = [p for p in places if rows[p].isolate and not copies.AVAILABLE]
        queue = [([place], self._subject(place)) for place in alone]
        for subject in sorted({self._subject(place) for place in places}):
            rest = [p for p in places if self._subject(p) == subject and p not in alone]
            size = max(1, len(rest)) if copies.AVAILABLE else _SHARED_ROWS
            queue += [(rest[n : n + size], subject) for n in range(0, len(rest), size)]
        while queue and not self.missing and not self._cancel.is_set():
            places, subject = queue.pop(0)
            left = [] if subject in self.absent else self._batch(places, subject)
            if left:
                queue.insert(0, (left, subject))

    def _subject(self, place: int) -> str:
        return self._workspace.rows[place].subject if self.side == "tensorflow" else ""

    def _batch(self, places: list[int], subject: str) -> list[int]:
        """Run one process; return the rows it did not come to."""
        watch = Watch(self._cancel)
        current: list[int] = []

        def take(line: dict[str, Any]) -> None:
            if "missing" in line:
                self._lack(subject, line["missing"])
            if "versions" in line:
                self.versions.update(line["versions"])
            if "start" in line:
                current[:] = [line["start"]]
                watch.limit(self._limit(line["start"]))
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
                {
                    "side": self.side,
                    "subject": subject,
                    "rows": self._workspace.jobs(places, self.side),
                },
                limit_seconds=total,
                environment={**self._environment, **subject_environment(subject)},
                cancel=watch.stop,
                on_line=take,
            )
        done = sum(place in self.reports for place in places)
        self.batches.append(Batch(self.side, done, round(result.seconds, 2), result.ending))
        if self.missing or subject in self.absent or self._cancel.is_set():
            return []
        return self._after(places, subject, current, result, watch.expired)

    def _after(
        self,
        places: list[int],
        subject: str,
        current: list[int],
        result: ChildResult,
        expired: bool,
    ) -> list[int]:
        left = [place for place in places if place not in self.reports]
        if not left:
            return []
        last = result.stderr.strip().splitlines()[-1:] or [""]
        if not current and not any(place in self.reports for place in places):
            # It never came to a row: that is the framework's (or the interpreter's) failing.
            self._lack(subject, f"the process {result.ending}: {last[0]}"[:400])
            return []
        for place in current:
            kind = "timed-out" if expired else "crashed"
            limit = self._workspace.rows[place].seconds
            words = f"no end after {limit:g} s" if expired else f"{result.ending}: {last[0]}"[:400]
            self.reports[place] = {"done": place, "broken": kind, "words": words}
            self._on_row(self.side)
        return [place for place in left if place not in self.reports]

    def _lack(self, subject: str, why: str) -> None:
        if subject:
            self.absent[subject] = why
        else:
            self.missing = why

    def _limit(self, place: int) -> float:
        pieces = pieces_of(self._workspace.rows[place], self.side)
        return self._workspace.rows[place].seconds * max(1, len(pieces))


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
