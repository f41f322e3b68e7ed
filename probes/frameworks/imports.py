"""Why a framework cannot be imported: a missing library, a wrong architecture, a crash, a hang."""

from __future__ import annotations

import re

from probes.document import Reason
from probes.frameworks.case import Case
from probes.frameworks.reasons import recognise
from probes.frameworks.stages import Stages
from probes.processes import ChildResult

_KNOWN = ("CPU_WITHOUT_AVX", "METAL_PLUGIN_BROKEN", "WRONG_ARCHITECTURE", "LIBRARY_MISSING")
_LIBRARY = re.compile(
    r"(?:ImportError: |OSError: |Library not loaded: |while importing )([\w.@/+-]{1,120})"
)


def import_reason(case: Case, result: ChildResult, stages: Stages) -> Reason:
    """Return why the import did not succeed, with the words of the framework."""
    said = f"{stages.stopped or ''}\n{result.stderr}"
    known = recognise(said, _KNOWN)
    if known is not None:
        return _known(case, known[0], known[1])
    if result.outcome == "timed-out":
        return case.reason("IMPORT_TIMED_OUT", result.stderr)
    if result.outcome == "crashed" and stages.stopped is None:
        return case.reason("IMPORT_CRASHED", result.stderr, ending=result.ending)
    return case.reason(
        "UNKNOWN",
        stages.stopped or result.stderr,
        what=ended(f"Importing {case.name}", result, stages),
    )


def ended(what: str, result: ChildResult, stages: Stages) -> str:
    """Return in words that something failed, or that the process ended within it."""
    if stages.stopped is not None:
        return f"{what} failed."
    return f"{what} did not end: the process {result.ending}."


def _known(case: Case, code: str, line: str) -> Reason:
    if code == "METAL_PLUGIN_BROKEN":
        return case.reason(code, line, install=case.install("mps"))
    found = _LIBRARY.search(line)
    return case.reason(
        code,
        line,
        library=found[1].rstrip(":") if found else "its name stands in the words below",
        reinstall=_reinstall(case),
    )


def _reinstall(case: Case) -> str:
    return (
        f"{case.interpreter} -m pip install --force-reinstall "
        f"{case.distribution or case.framework}=={case.version}"
    )
