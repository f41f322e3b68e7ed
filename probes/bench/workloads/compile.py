"""The first call, in a process of its own: tracing and compiling, with empty caches and with full.

What is called are the programs of ``transformer-block`` and ``decode`` (which compiles two graphs).
Import and building are done by then. ``cold``: the caches of the process are empty. ``kept``: they
are those of the run, filled at the gate, for compilers that keep any. Eager arms compile nothing;
they show what a first call takes without.
"""

from __future__ import annotations

from typing import Any

from probes.bench.workloads import decode, load_workload, transformer_block

TITLE = "First call: tracing and compiling"
METRIC = "first calls/s"
TOLERANCE = 1e-4
FRESH = True
FRAMEWORKS = ("pytorch", "tensorflow")
# Of kept and of empty caches, on average.
PROCESS_SECONDS = {
    "pytorch/eager": 2.0,
    "pytorch/compile": 14.0,
    "tensorflow/eager": 3.5,
    "tensorflow/function": 4.0,
    "tensorflow/function-xla": 5.0,
}

_BLOCK = transformer_block.CASES["128x256"]
_DECODE = decode.CASES["256x2"]
CASES = {
    "block-cold": _BLOCK | {"cold": 1},
    "block-kept": _BLOCK | {"cold": 0},
    "decode-cold": _DECODE | {"cold": 1},
    "decode-kept": _DECODE | {"cold": 0},
}
EFFORTS = {
    "quick": ("block-kept",),
    "standard": ("block-kept", "block-cold", "decode-kept"),
    "thorough": ("block-kept", "block-cold", "decode-kept", "decode-cold"),
}


def of(sizes: dict[str, int]) -> str:
    """Return the workload whose first call it is."""
    return "decode" if "vocabulary" in sizes else "transformer-block"


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    called = load_workload(of(sizes))
    caches = "empty caches" if sizes["cold"] else "caches of an earlier process"
    return f"{called.TITLE.lower()}: {called.describe(sizes)}; {caches}"


def work(sizes: dict[str, int]) -> float:
    """Return the first calls of a process."""
    return 1.0


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the arrays of the workload that is called."""
    inputs, weights = load_workload(of(sizes)).arrays(sizes, generator)
    return inputs, weights


def references(weights: dict[str, Any], sizes: dict[str, int], ring: Any) -> list[Any]:
    """Return what must come of the first two calls."""
    if of(sizes) == "decode":
        return decode.references(weights, sizes, ring[:2])
    return [transformer_block.reference(weights, sizes, inputs) for inputs in ring[:2]]


def measure(job: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Return the seconds of the first call, and of the second for comparison."""
    import time

    from probes.bench.building import opened
    from probes.bench.case_files import parts

    with opened(of(case["sizes"]), job, case) as it:
        outputs, seconds = [], []
        for inputs in it.ring[:2]:
            started = time.perf_counter()
            outputs.append(it.program.step(*inputs))
            it.backend.synchronise()
            it.backend.checksum(outputs[-1])
            seconds.append(time.perf_counter() - started)
        it.backend.verify(job["arm_mode"])
        return {
            "value": seconds[0],
            "outputs": [[it.backend.to_numpy(part) for part in parts(one)] for one in outputs],
            "version": it.backend.version(),
            "figures": {"second-call": (seconds[1], "s")},
            "first_call_seconds": seconds[0],
        }
