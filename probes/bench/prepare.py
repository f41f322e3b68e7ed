"""The child that writes the arrays of every case, once per run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from probes.bench.case_files import write_case


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Write one file per case and report each."""
    for case in job["cases"]:
        write_case(case["file"], case, job["seed"])
        emit({"event": "prepared", "case": case["id"]})
    emit({"event": "done"})
