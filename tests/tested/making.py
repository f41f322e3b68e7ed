"""Probe documents made in code: samples go in, and the probes' own analysis computes the rest."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from unittest.mock import patch

from msgspec import structs

from probes.bench.analysis import analyse
from probes.bench.document import (
    AaCase,
    AaCheck,
    Benchmarks,
    BlockConditions,
    Case,
    Cell,
    Equality,
    Figure,
    Plan,
    Roof,
    Workload,
)
from probes.document import Environment, ProbeDocument
from probes.evidence import Reading

BLOCKS = 6
PE, PC = "pytorch/eager", "pytorch/compile"
TE, TF, TX = "tensorflow/eager", "tensorflow/function", "tensorflow/function-xla"
COPIED = PE


def cell(arm: str, seconds: float, spread: float = 0.005, blocks: int = BLOCKS, **fields) -> Cell:  # type: ignore[no-untyped-def]
    """Return a cell whose blocks lie around `seconds`, always the same way for the same arm."""
    source = random.Random(f"{arm} {seconds}")
    levels = [seconds * math.exp(source.gauss(0, spread)) for _ in range(blocks)]
    made = Cell(
        framework=arm.partition("/")[0],
        arm=arm,
        device="cpu",
        dtype="float32",
        status="ok",
        equality=Equality(passed=True, relative_l2=1e-7, tolerance=1e-4),
        blocks=list(range(1, blocks + 1)),
        samples=[[level] * 3 for level in levels],
        warm_up=[seconds * factor for factor in (40.0, 3.0, 1.2, 1.0, 1.0)],
    )
    return structs.replace(made, **fields)


def broken(arm: str, status: str = "failed", reason: str = "no C++ compiler was found") -> Cell:
    return Cell(
        framework=arm.partition("/")[0],
        arm=arm,
        device="cpu",
        dtype="float32",
        status=status,  # type: ignore[arg-type]
        reason=reason,
    )


def figure(value: float, unit: str = "s", blocks: int = BLOCKS) -> Figure:
    return Figure(unit=unit, values=[value * (1 + 0.002 * n) for n in range(blocks)])


Arms = Mapping[str, float | Cell]


def decoding(arm: str, seconds: float, spread: float = 0.005) -> Cell:
    """Return a cell of the workload decode: its call writes 32 tokens."""
    made = cell(arm, 32 * seconds, spread)
    values: list[float | None] = [samples[0] / 32 for samples in made.samples]
    return structs.replace(made, figures={"next-token": Figure(unit="s", values=values)})


def workload(name: str, arms: Arms, quantity: str = "seconds", **sizes: int) -> Workload:
    cells = {a: v if isinstance(v, Cell) else cell(a, v) for a, v in arms.items()}
    return Workload(
        title=name.replace("-", " ").capitalize(),
        workload=name,
        metric="ms",
        size=", ".join(f"{key} {value}" for key, value in sizes.items()) or "small",
        sizes=sizes,
        quantity=quantity,  # type: ignore[arg-type]
        arms=cells,
    )


def document(
    cases: Mapping[str, Workload],
    *,
    noise: float = 0.004,
    copies: bool = True,
    created: str = "2026-11-20T09:00:00Z",
    processor: str = "Example Processor",
    threads: int = 2,
    versions: Mapping[str, str] | None = None,
    roof: Roof | None = None,
    conditions: list[BlockConditions] | None = None,
) -> ProbeDocument:
    """Return a document, analysed; `noise` is how far the copy of an arm lies from it."""
    check = None
    if copies:
        found = {key: _copy(one, noise) for key, one in cases.items() if COPIED in one.arms}
        check = AaCheck(arm=COPIED, quiet=False, cases=found)
    benchmarks = Benchmarks(
        plan=Plan(
            effort="standard",
            cases=[Case(id=key, workload=one.workload, sizes={}) for key, one in cases.items()],
            arms=sorted({arm for one in cases.values() for arm in one.arms}),
            threads=threads,
        ),
        roof=roof,
        workloads=dict(cases),
    )
    # Sizes here are made up, so no workload is asked what it would have to compute for them, and a
    # cell says itself which share of the roof it reaches.
    with (
        patch("probes.bench.derived.WORKLOADS", {}),
        patch("probes.bench.analysis.with_roof", lambda cell, least_seconds: cell),
    ):
        benchmarks, check = analyse(benchmarks, check, conditions or [])
    return ProbeDocument(
        tool_version="0.1.0",
        created=created,
        hardware={"cpu-model": Reading(status="ok", value=processor, source="made")},
        benchmarks=benchmarks,
        aa=check,
        environment=Environment(
            threads=threads,
            versions=dict(versions or {"torch": "2.13.0", "tensorflow": "2.21.0"}),
            blocks=conditions or [],
        ),
    )


def _copy(one: Workload, noise: float) -> AaCase:
    original = one.arms[COPIED]

    def shifted(value: float | None, block: int) -> float | None:
        return None if value is None else value * (1 + noise * (1 if block % 2 else -1))

    figures = {
        name: structs.replace(f, values=[shifted(v, n) for n, v in enumerate(f.values)])
        for name, f in original.figures.items()
    }
    return AaCase(
        cell=structs.replace(
            original,
            samples=[
                [value * (1 + noise * (1 if block % 2 else -1)) for value in samples]
                for block, samples in enumerate(original.samples)
            ],
            first_pass_seconds=[
                value * (1 + noise * (1 if block % 2 else -1))
                for block, value in enumerate(original.first_pass_seconds)
            ],
            figures=figures,
        )
    )
