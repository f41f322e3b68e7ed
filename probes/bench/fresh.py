"""Workloads of which every sample is a process of its own: start-up, compilation, peak memory.

Such a workload measures itself, ``measure(job, case)``, before any framework is imported, and
returns ``value`` (the sample: seconds or bytes), ``outputs`` (numpy arrays, held against the
references), ``version``, and maybe ``figures`` (name → value and unit) and ``first_call_seconds``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from probes.bench.workloads import load_workload


def run_fresh(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Do the one case of the job."""
    from probes.bench.worker import failure, stopped

    case = job["cases"][0]
    emit({"event": "case-started", "case": case["id"]})
    try:
        found = load_workload(case["workload"]).measure(job, case)
    except ImportError as error:
        emit(stopped(error))
        return
    except Exception as error:
        emit({"event": "case", "case": case["id"], **failure(error)})
        return
    emit({"event": "imported", "seconds": None, "version": found["version"], "threads": None})
    emit({"event": "case", "case": case["id"], **_result(job, case, found)})
    emit({"event": "done"})


def _result(job: dict[str, Any], case: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    # Only now: numpy must not be loaded before what is measured has been.
    from probes.bench.case_files import CaseArrays
    from probes.bench.equality import check_equality
    from probes.bench.measuring import distance_words

    references = CaseArrays(case["file"]).references
    equality = check_equality(found["outputs"], references, case["tolerance"])
    result: dict[str, Any] = {
        "status": "ok" if equality["passed"] else "not-comparable",
        "equality": equality,
        "first_call_seconds": found.get("first_call_seconds"),
    }
    if not equality["passed"]:
        return result | {"reason": distance_words(equality)}
    if job["mode"] == "measure":
        result |= {"samples": [found["value"]], "loops": 1, "warm_up": [], "settled": True}
        figures = found.get("figures") or {}
        result["figures"] = {name: list(figure) for name, figure in figures.items()}
    return result
