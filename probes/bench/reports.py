"""Reads what one worker process did: which cases it finished, where it ended, and why.

The only place that turns a process's end into a cell's status. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field, structs

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

    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    not_reached: list[str] = field(default_factory=list)
    """Cases after the one in which the process ended: nothing is known of them."""
    imported: dict[str, Any] | None = None
    seconds: float = 0.0


def read_report(framework: str, cases: Sequence[str], result: ChildResult) -> WorkerReport:
    """Return the report of a worker that was asked for ``cases``, in this order."""
    events: dict[str, dict[str, Any]] = {}
    results: dict[str, dict[str, Any]] = {}
    failures: dict[str, Failure] = {}
    started: str | None = None
    for line in result.lines:
        event = str(line.get("event"))
        events[event] = line
        if event == "case-started":
            started = str(line.get("case"))
        elif event == "case" and line.get("case") in cases:
            started = None
            name = str(line["case"])
            if line.get("status") in ("ok", "not-comparable"):
                results[name] = line
            else:
                failures[name] = _case_failure(line)
    open_cases = [case for case in cases if case not in results and case not in failures]
    if open_cases:
        ended = _ended(framework, result, events.get("stopped"))
        if started in open_cases:
            failures[str(started)] = ended
        elif "imported" not in events or result.outcome == "finished":
            # It never began a case, or it ended in order without saying more: true of all.
            failures |= dict.fromkeys(open_cases, ended)
        else:
            failures[open_cases[0]] = ended
    return WorkerReport(
        results=results,
        failures=failures,
        not_reached=[case for case in open_cases if case not in failures],
        imported=events.get("imported"),
        seconds=result.seconds,
    )


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


def _ended(framework: str, result: ChildResult, stopped: dict[str, Any] | None) -> Failure:
    if stopped is not None:
        return _stopped(framework, stopped)
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
    stray = f"; instead: {clean_line(result.stray)}" if result.stray else ""
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
    return Failure("failed", words, known[0] if known else None)


def _absence(framework: str) -> str:
    if framework == "keras":
        return "Keras is not installed; `pip install keras` for the interpreter of its backend"
    return f"{NAMES[framework]} is not installed; `fw-advisor probe doctor` names what to install"


def _last_line(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.strip()]
    return f": {clean_line(lines[-1])}" if lines else ""
