"""How often a verdict is wrong: identical arms called different, and a planted slow-down missed.

    python benchmarks/false_verdicts.py [REAL_RUNS [SIMULATED_RUNS]]

Simulated: two arms whose processes spread by 3 % and whose samples spread by 2 %, six blocks, an
A/A copy. Real: quick runs of PyTorch eager on this machine, with its A/A copy, and with a third arm
that is the same program made 15 % slower (its process idles, spinning, after each sample). An A/A
copy is judged here as if it were another arm. How quiet the machine was is printed as well.
"""

from __future__ import annotations

import math
import os
import random
import sys
from pathlib import Path

from msgspec import structs

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.plan import case_of, make_plan
from probes.bench.statistics import Interval, paired_interval
from probes.bench.verdicts import judge, judge_noise

BETWEEN, WITHIN, BLOCKS, SAMPLES = 0.03, 0.02, 6, 5
PLANTED = 1.15
CASES = (("transformer-block", "128x256"), ("matmul", "gemm-512"))
SLOWED = "tensorflow/eager"
"""The arm under whose name the slowed program runs; see `planted_worker`."""


def main() -> None:
    real = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    simulated = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    source = random.Random(2026)
    print(f"{simulated} simulated runs:")
    tell([simulate(source) for _ in range(simulated)])
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    found: dict[str, list[tuple[str, str, float]]] = {}
    foreign = []
    for seed in range(real):
        run = measure(seed)
        foreign += [block.foreign_share or 0.0 for block in run.environment.blocks]
        for case, verdicts in verdicts_of(run).items():
            found.setdefault(case, []).append(verdicts)
            print(f"  run {seed + 1}, {case}: copy {verdicts[0]}, slowed {verdicts[1]}", flush=True)
    for case, runs in found.items():
        print(f"\n{len(runs)} real runs of {case}:")
        tell(runs)
    if foreign:
        foreign.sort()
        print(
            f"other processes used {foreign[len(foreign) // 2]:.1%} of the processors in the "
            f"middle block, {foreign[-1]:.1%} in the worst of {len(foreign)}"
        )


def simulate(source: random.Random) -> tuple[str, str, float]:
    """Return the verdicts on the copy and on the slowed arm, and the floor."""

    def process(level: float) -> float:
        centre = level * math.exp(source.gauss(0, BETWEEN))
        samples = sorted(centre * math.exp(source.gauss(0, WITHIN)) for _ in range(SAMPLES))
        return samples[SAMPLES // 2]

    drift = [1.0 + 0.01 * block for block in range(BLOCKS)]
    original, copy, slowed = (
        [process(ratio * level) for level in drift] for ratio in (1.0, 1.0, PLANTED)
    )
    return judged(paired_interval(copy, original), paired_interval(slowed, original))


def judged(copy: Interval | None, slowed: Interval | None) -> tuple[str, str, float]:
    noise = judge_noise(copy)
    # Judged as an arm like any other, on a machine that has just been found quiet.
    as_arm = judge(copy, structs.replace(noise, quiet=True, floor=0.0)).verdict
    return as_arm, judge(slowed, noise).verdict, noise.floor or 0.0


def measure(seed: int) -> BenchmarkRun:
    plan = make_plan("quick", arms=["pytorch/eager", SLOWED], seed=seed, threads=threads())
    cases = [case_of(*name) for name in CASES]
    return run_plan(structs.replace(plan, cases=cases), worker="planted_worker")


def threads() -> int:
    return len(os.sched_getaffinity(0))


def verdicts_of(run: BenchmarkRun) -> dict[str, tuple[str, str, float]]:
    from probes.bench.analysis import compare_cells
    from probes.bench.medians import disturbed_blocks

    without = disturbed_blocks(run.environment.blocks)
    answer = {}
    for case, workload in run.benchmarks.workloads.items():
        original, slowed = workload.arms["pytorch/eager"], workload.arms[SLOWED]
        assert run.aa is not None, "the run was interrupted"
        copy = run.aa.cases[case].cell
        answer[case] = judged(
            compare_cells(copy, original, without), compare_cells(slowed, original, without)
        )
    return answer


def tell(runs: list[tuple[str, str, float]]) -> None:
    count = len(runs)
    if not count:
        return
    false = sum(copy in ("faster", "slower") for copy, _, _ in runs)
    quiet = [slowed for _, slowed, floor in runs if floor <= 0.05]
    floors = sorted(floor for _, _, floor in runs)
    print(
        f"  identical arms called different: {false} of {count} ({false / count:.1%}, target 5 %)\n"
        f"  15 % slower, found: {sum(slowed == 'slower' for _, slowed, _ in runs)} of {count}; "
        f"of the {len(quiet)} runs that found the machine quiet: "
        f"{sum(slowed == 'slower' for slowed in quiet)}\n"
        f"  15 % slower, called equivalent: "
        f"{sum(slowed == 'equivalent' for _, slowed, _ in runs)}, "
        f"called faster: {sum(slowed == 'faster' for _, slowed, _ in runs)}\n"
        f"  noise floor: {floors[0]:.1%} to {floors[-1]:.1%}, in the middle "
        f"{floors[count // 2]:.1%}"
    )


if __name__ == "__main__":
    main()
