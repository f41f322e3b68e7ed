"""Reads what one worker process did: which cases it finished, where it ended, and why.

The only place that turns a process's end into a cell's status. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field, structs

from probes.bench.case_results import CaseResult, Imported, UnusableError, read_case, read_imported
from probes.bench.document import CellStatus
from probes.frameworks.reasons import recognise
from probes.interpreters import MODULES, NAMES
from probes.plain_text import clean_line, clean_text
from probes.processes import ChildResult


class Failure(Struct, frozen=True):
    """Why a case has no result."""

    status: CellStatus
    reason: str
    code: str | None = None


class WorkerReport(Struct, frozen=True):
    """What one worker process did."""

    results: dict[str, CaseResult] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    not_reached: list[str] = field(default_factory=list)
    """Cases after the one in which the process ended: nothing is known of them."""
    imported: Imported | None = None
    never_began: bool = False
    """Whether the process ended, before its limit, without a word about its framework or a case:
    this says nothing of either, and may well not happen again."""
    seconds: float = 0.0


def read_report(
    framework: str, cases: Sequence[str], result: ChildResult, mode: str = "measure"
) -> WorkerReport:
    """Return the report of a worker that was asked for ``cases``, in this order."""
    lines = _Lines(cases, mode)
    for line in result.lines:
        lines.take(line)
    if lines.unusable is not None:
        # Without its version, nothing it measured can be said of a framework.
        failed = dict.fromkeys(cases, lines.unusable)
        return WorkerReport(failures=failed, seconds=result.seconds)
    failures = dict(lines.failures)
    open_cases = [case for case in cases if case not in lines.results and case not in failures]
    if open_cases:
        ended = _ended(framework, result, lines)
        if lines.started in open_cases:
            failures[str(lines.started)] = ended
        elif lines.imported is None or result.outcome == "finished":
            # It never began a case, or it ended in order without saying more: true of all.
            failures |= dict.fromkeys(open_cases, ended)
        else:
            failures[open_cases[0]] = ended
    return WorkerReport(
        results=lines.results,
        failures=failures,
        not_reached=[case for case in open_cases if case not in failures],
        imported=lines.imported,
        never_began=not lines.began and result.outcome != "timed-out",
        seconds=result.seconds,
    )


class _Lines:
    """What the lines of one process say, taken in one after the other."""

    def __init__(self, cases: Sequence[str], mode: str) -> None:
        self._cases = cases
        self._mode = mode
        self.results: dict[str, CaseResult] = {}
        self.failures: dict[str, Failure] = {}
        self.imported: Imported | None = None
        self.unusable: Failure | None = None
        """Set if what it says of its framework cannot be used."""
        self.stopped: dict[str, Any] | None = None
        self.started: str | None = None
        self.began = False
        self.strange = ""

    def take(self, line: dict[str, Any]) -> None:
        event = line.get("event")
        if event == "case-started":
            self.began, self.started = True, str(line.get("case"))
        elif event == "imported":
            self.began = True
            try:
                self.imported = read_imported(line)
            except UnusableError as error:
                self.unusable = Failure("failed", str(error))
        elif event == "stopped":
            self.began, self.stopped = True, line
        elif event == "case":
            self._take_case(line)

    def _take_case(self, line: dict[str, Any]) -> None:
        self.began = True
        case = line.get("case")
        if case not in self._cases:
            self.strange = f"a result of {case!r}, which was not asked for"
            return
        self.started = None
        name = str(case)
        if name in self.results or name in self.failures:
            return
        if line.get("status") not in ("ok", "not-comparable"):
            self.failures[name] = _case_failure(line)
            return
        try:
            self.results[name] = read_case(line, self._mode)
        except UnusableError as error:
            self.failures[name] = Failure("failed", str(error))


def merged(reports: Sequence[WorkerReport]) -> WorkerReport:
    """Return several processes of one slot as one report."""
    imported = [report.imported for report in reports if report.imported is not None]
    return WorkerReport(
        results={case: line for one in reports for case, line in one.results.items()},
        failures={case: failure for one in reports for case, failure in one.failures.items()},
        not_reached=[case for one in reports for case in one.not_reached],
        imported=imported[0] if imported else None,
        seconds=sum(report.seconds for report in reports),
    )


def blame(report: WorkerReport, failure: Failure) -> WorkerReport:
    """Name the cause of what failed after the import: the worker found nothing to work on."""
    if report.imported is None:
        return report
    failures = {
        case: failure if one.status == "failed" else one for case, one in report.failures.items()
    }
    return structs.replace(report, failures=failures)


def _case_failure(line: dict[str, Any]) -> Failure:
    status: CellStatus = "out-of-memory" if line.get("status") == "out-of-memory" else "failed"
    reason = clean_text(str(line.get("reason", "no reason given")), 1500)
    known = recognise(reason)
    return Failure(status, reason, known[0] if known else None)


def _ended(framework: str, result: ChildResult, lines: _Lines) -> Failure:
    if lines.stopped is not None:
        return _stopped(framework, lines.stopped)
    known = recognise(result.stderr)
    code = known[0] if known else None
    words = _last_line(result.stderr)
    if result.outcome == "timed-out":
        reason = f"did not end within its time limit, after {result.seconds:.0f} s"
        return Failure("timed-out", reason, code)
    if result.signal is not None:
        return Failure("crashed", f"crashed (signal {result.signal}){words}", code)
    if result.outcome == "crashed":
        return Failure("failed", f"ended with status {result.exit_status}{words}", code)
    if result.outcome == "not-started":
        return Failure("failed", f"could not be started{words}", code)
    instead = lines.strange or result.stray
    stray = f"; instead: {clean_line(instead)}" if instead else ""
    return Failure("failed", f"the worker ended without a result{stray}", code)


def _stopped(framework: str, stopped: dict[str, Any]) -> Failure:
    words = clean_text(str(stopped.get("error", "")), 1500)
    missing = stopped.get("missing")
    # Keras may be there and its backend not.
    modules = {**MODULES, "keras": "keras"}
    for needed in modules if framework == "keras" else (framework,):
        if missing == modules[needed]:
            return Failure("not-installed", _absence(needed), "NOT_INSTALLED")
    if missing == "numpy":
        reason = "numpy, which the equality gate needs, is not installed for this interpreter"
        return Failure("failed", reason)
    known = recognise(words)
    status: CellStatus = "out-of-memory" if stopped.get("status") == "out-of-memory" else "failed"
    return Failure(status, words, known[0] if known else None)


def _absence(framework: str) -> str:
    if framework == "keras":
        return "Keras is not installed; `pip install keras` for the interpreter of its backend"
    return f"{NAMES[framework]} is not installed; `fw-advisor probe doctor` names what to install"


def _last_line(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.strip()]
    return f": {clean_line(lines[-1])}" if lines else ""
