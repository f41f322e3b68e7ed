"""Documents that are made up: a machine, two frameworks, and block medians as they are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from probes.bench.analysis import analyse
from probes.bench.document import AaCase, AaCheck, Benchmarks, Case, Cell, Plan, Workload
from probes.document import Environment, Framework, ProbeDocument
from probes.evidence import Reading, absent, found

ARMS = ("pytorch/eager", "tensorflow/function")
CREATED = "2026-11-20T10:00:00Z"
CASE = Case(id="matmul-gemm-24", workload="matmul", sizes={"m": 24, "k": 24, "n": 24})
STEADY = (1.0, 1.004, 0.998, 1.002, 0.996, 1.001)
"""Block to block, as on a quiet machine."""


def hardware(**changes: Reading) -> dict[str, Reading]:
    """A machine without cards; keys as facts, with `_` for `-`."""
    facts = {
        "cpu-model": found("Made-up CPU", "/proc/cpuinfo"),
        "cpu-physical-cores": found(2, "sysfs"),
        "cpu-logical-cores": found(4, "sysfs"),
        "cpu-usable-threads": found(2, "cpu"),
        "memory-total-bytes": found(25_276_514_304, "/proc/meminfo"),
        "memory-available-bytes": found(24_547_831_808, "/proc/meminfo"),
        "operating-system": found("linux", "platform"),
        "gpus": absent("NVML", "none"),
        "tpu": absent("pci", "none"),
        "nvidia-driver": absent("NVML", "none"),
    }
    return facts | {name.replace("_", "-"): reading for name, reading in changes.items()}


def cell(arm: str, seconds: Sequence[float], **changes: Any) -> Cell:
    """An arm that took so long in each block."""
    made = Cell(
        framework=arm.partition("/")[0],
        arm=arm,
        device="cpu",
        dtype="float32",
        status="ok",
        blocks=list(range(1, len(seconds) + 1)),
        samples=[[one, one, one] for one in seconds],
        loops=[1] * len(seconds),
    )
    return structs.replace(made, **changes)


def measured(
    times: Mapping[str, Sequence[float]] | None = None,
    *,
    copy: Sequence[float] | None = (),
    plan: Mapping[str, Any] | None = None,
    **changes: Any,
) -> ProbeDocument:
    """A document in which every arm has these block medians (seconds); all figures are derived.

    `copy`: times of the A/A copy, those of the first arm if none are given; None: no copy.
    """
    times = times or dict.fromkeys(ARMS, STEADY)
    cells = {arm: cell(arm, seconds) for arm, seconds in times.items()}
    first = next(iter(cells))
    benchmarks = Benchmarks(
        plan=structs.replace(
            Plan(effort="quick", cases=[CASE], arms=list(cells), copy_of=first, threads=2),
            **(plan or {}),
        ),
        workloads={
            CASE.id: Workload(
                title="Matrix product",
                workload=CASE.workload,
                metric="GFLOP/s",
                size="24 × 24 × 24",
                sizes=CASE.sizes,
                arms=cells,
            )
        },
    )
    aa = None
    if copy is not None:
        aa = AaCheck(
            arm=first, quiet=False, cases={CASE.id: AaCase(cell=cell(first, copy or times[first]))}
        )
    benchmarks, aa = analyse(benchmarks, aa)
    document = ProbeDocument(
        tool_version="0.1.0",
        created=CREATED,
        hardware=hardware(),
        frameworks={
            "pytorch": framework("2.13.0"),
            "tensorflow": framework("2.21.0"),
            "jax": Framework(installed=False, interpreter="/opt/python"),
        },
        benchmarks=benchmarks,
        environment=Environment(threads=2),
        aa=aa,
    )
    return structs.replace(document, **changes)


def framework(version: str, interpreter: str = "/opt/python") -> Framework:
    return Framework(installed=True, version=version, build="cpu", interpreter=interpreter)


def interrupted(document: ProbeDocument) -> ProbeDocument:
    return structs.replace(
        document, benchmarks=structs.replace(document.benchmarks, interrupted=True)
    )


def large(letters: str) -> ProbeDocument:
    """A document of some hundred kilobytes that hardly compresses."""
    import hashlib

    words = [hashlib.sha256(f"{letters} {n}".encode()).hexdigest() for n in range(4000)]
    return measured(environment=Environment(variables={"X": " ".join(words)}))
