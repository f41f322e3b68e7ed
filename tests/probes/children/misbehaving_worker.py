"""Stands in for the benchmark's worker: quick, without a framework, and bad where it is told to be.

What it does is set by the variable FAKE_WORKER, a JSON object: ``{"arm mode": {"do": …}}``. An
order may be for one ``mode`` or ``case`` only, or begin with a later process: with ``after`` and
``file`` every process that it concerns adds a byte to the file, and only those are bad that come
after so many, ``times`` of them. Lines that it ``says`` come first. ``pids`` is a file that gets
the number of every process. Everything else answers well, with times that only depend on the arm.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import signal
from typing import Any

SECONDS = {"eager": 1.0e-3, "compile": 0.8e-3, "function": 1.0e-3, "function-xla": 0.5e-3}
MORE_THAN_THERE_IS = 1 << 30
Order = dict[str, Any]


def main(job: dict[str, Any], emit: Any) -> None:
    orders = json.loads(os.environ.get("FAKE_WORKER", "{}"))
    if "pids" in orders:
        _count(orders["pids"], f"{os.getpid()}\n")
    order = orders.get(f"{job['framework']}/{job['arm_mode']}", {})
    if order.get("mode", job["mode"]) != job["mode"] or not _due(order):
        order = {}
    imported = {"seconds": 0.1, "version": "0.0", "threads": job["threads"]}
    if _at_start(order, imported, emit):
        return
    emit({"event": "imported", **imported})
    for case in job["cases"]:
        emit({"event": "case-started", "case": case["id"]})
        if order and order.get("case", case["id"]) == case["id"]:
            bad = _misbehave(order, job, emit)
            if bad is not None:
                emit({"event": "case", "case": case["id"], **bad})
            continue
        emit({"event": "case", "case": case["id"], **_good(job)})
    emit({"event": "done"})


def _due(order: Order) -> bool:
    if "after" not in order:
        return True
    number = _count(order["file"], ".")
    return bool(order["after"] < number <= order["after"] + order.get("times", number))


def _count(path: str, text: str) -> int:
    with open(path, "a") as file:  # noqa: PTH123
        file.write(text)
        return file.tell()


def _at_start(order: Order, imported: dict[str, Any], emit: Any) -> bool:
    """Do what is to be done before the import is told; say whether nothing is left to do."""
    from probes.bench.worker import stopped

    if order.get("do") == "imported":
        imported |= order["replaced"]
        order.clear()
    if order.get("do") == "import":
        try:
            imported["version"] = importlib.import_module(order["module"]).__version__
        except Exception as error:
            emit(stopped(error))
            return True
        order.clear()
    if order.get("do") == "missing":
        emit({"event": "stopped", "missing": order["module"], "error": "ModuleNotFoundError"})
    if order.get("do") == "kill-at-start":
        os.kill(os.getpid(), signal.SIGKILL)
    return order.get("do") in ("missing", "silent")


def _misbehave(order: Order, job: dict[str, Any], emit: Any) -> dict[str, Any] | None:
    """Do as told; return the result of the case, if there is one."""
    do = order["do"]
    for line in order.get("says", ()):
        emit(line)
    if do in ("crash", "kill"):
        os.kill(os.getpid(), signal.SIGKILL if do == "kill" else signal.SIGSEGV)
    if do == "hang":
        signal.pause()
    if do == "exit":
        raise SystemExit("as told")
    if do == "allocate":
        return _allocate()
    if do == "garbage":
        return _garbage(order, emit)
    if do == "answer":
        result = _good(job) | order.get("replaced", {})
        return {name: value for name, value in result.items() if name not in order.get("left", ())}
    return {"status": do, "reason": order.get("reason", "as told")}


def _allocate() -> dict[str, Any]:
    """Want more memory than the system gives, and answer as the proper worker does."""
    import resource

    from probes.bench.worker import failure

    resource.setrlimit(resource.RLIMIT_AS, (MORE_THAN_THERE_IS // 2, MORE_THAN_THERE_IS // 2))
    try:
        return {"status": "ok", "much": len(bytearray(MORE_THAN_THERE_IS))}
    except MemoryError as error:
        return failure(error)


def _garbage(order: Order, emit: Any) -> None:
    """Write to the pipe of the results what is none."""
    pipe = inspect.getclosurevars(emit).nonlocals
    line = pipe["token"] + json.dumps({"event": "case", "status": "ok"})
    raw = {
        "bytes": bytes(range(256)) * 4,
        "half a line": line[:-12].encode() + b"\n",
        "half a line, glued": line[:-12].encode(),
        "a list": (pipe["token"] + "[1, 2]\n").encode(),
        "deep": (pipe["token"] + '{"a":' + "[" * 200_000 + "\n").encode(),
        "megabytes": b"x" * (8 << 20) + b"\n",
        "cut": line[:-12].encode(),
    }[order["kind"]]
    pipe["stream"].buffer.write(raw)
    pipe["stream"].buffer.flush()
    if order["kind"] == "cut":
        os.kill(os.getpid(), signal.SIGKILL)


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
