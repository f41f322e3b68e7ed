"""Stands in for the benchmark's worker: quick, without a framework, and bad where it is told to be.

What it does is set by the variable FAKE_WORKER, a JSON object: ``{"arm mode": {"mode": …, "case":
…, "do": …}}``. Everything else answers well, with times that only depend on the arm.
"""

from __future__ import annotations

import json
import os
import signal
from typing import Any

SECONDS = {"eager": 1.0e-3, "compile": 0.8e-3, "function": 1.0e-3, "function-xla": 0.5e-3}


def main(job: dict[str, Any], emit: Any) -> None:
    orders = json.loads(os.environ.get("FAKE_WORKER", "{}"))
    order = orders.get(f"{job['framework']}/{job['arm_mode']}", {})
    if order.get("mode", job["mode"]) != job["mode"]:
        order = {}
    if order.get("do") == "missing":
        emit({"event": "stopped", "missing": order["module"], "error": "ModuleNotFoundError"})
        return
    if order.get("do") == "silent":
        return
    emit({"event": "imported", "seconds": 0.1, "version": "0.0", "threads": job["threads"]})
    for case in job["cases"]:
        emit({"event": "case-started", "case": case["id"]})
        if order and order.get("case", case["id"]) == case["id"]:
            bad = _misbehave(order)
            if bad is not None:
                emit({"event": "case", "case": case["id"], **bad})
                continue
        emit({"event": "case", "case": case["id"], **_good(job)})
    emit({"event": "done"})


def _misbehave(order: dict[str, Any]) -> dict[str, Any] | None:
    if order["do"] == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order["do"] == "hang":
        signal.pause()
    if order["do"] == "exit":
        raise SystemExit("as told")
    return {"status": order["do"], "reason": order.get("reason", "as told")}


def _good(job: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "status": "ok",
        "equality": {"passed": True, "relative_l2": 1e-7, "tolerance": 1e-5},
        "first_call_seconds": 0.1,
        "second_call_seconds": 0.01,
        "recompiles": 0,
        "peak_memory_bytes": 1000,
    }
    if job["mode"] == "measure":
        seconds = SECONDS[job["arm_mode"]]
        result |= {
            "samples": [seconds] * job["samples"],
            "loops": 8,
            "warm_up": [seconds] * 3,
            "settled": True,
        }
    return result
