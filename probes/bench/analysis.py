"""Computes every figure of a run from its raw samples; measuring again is never needed for it.

Pure: the same samples give the same pairs, so a saved document can be analysed anywhere.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec import structs

from probes.bench.conditions import noise_causes
from probes.bench.document import AaCase, AaCheck, Benchmarks, BlockConditions, Cell, Pair, Workload
from probes.bench.statistics import Interval, paired_interval
from probes.bench.verdicts import BAND, Noise, judge, judge_noise


def block_medians(cell: Cell) -> dict[int, float]:
    """Return one time per block: the median of that process's samples, in seconds per call."""
    return {
        block: statistics.median(samples)
        for block, samples in zip(cell.blocks, cell.samples, strict=True)
        if samples
    }


def compare_cells(a: Cell, b: Cell) -> Interval | None:
    """Return the paired interval over the blocks that both have."""
    times_a, times_b = block_medians(a), block_medians(b)
    common = sorted(times_a.keys() & times_b.keys())
    return paired_interval([times_a[n] for n in common], [times_b[n] for n in common])


def analyse(
    benchmarks: Benchmarks, aa: AaCheck | None, conditions: Sequence[BlockConditions] = ()
) -> tuple[Benchmarks, AaCheck | None]:
    """Return both with every derived figure computed anew from the samples.

    ``conditions`` only add the likely causes to the words about a noisy machine.
    """
    copies = {} if aa is None else aa.cases
    checked = {
        case: _check_copy(benchmarks.workloads[case].arms[aa.arm], copy.cell)
        for case, copy in copies.items()
        if aa is not None and aa.arm in benchmarks.workloads[case].arms
    }
    workloads = {
        case: _analyse_workload(workload, checked.get(case), aa)
        for case, workload in benchmarks.workloads.items()
    }
    summary = None if aa is None else _summarise(aa.arm, checked, noise_causes(conditions))
    return structs.replace(benchmarks, workloads=workloads), summary


def _check_copy(original: Cell, copy: Cell) -> AaCase:
    usable = original.status == "ok" and copy.status == "ok"
    interval = compare_cells(copy, original) if usable else None
    noise = judge_noise(interval)
    return AaCase(
        cell=_with_median(copy, None),
        ratio=interval.ratio if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        floor=noise.floor,
        quiet=noise.quiet,
    )


def _analyse_workload(workload: Workload, copy: AaCase | None, aa: AaCheck | None) -> Workload:
    noise = judge_noise(
        compare_cells(copy.cell, workload.arms[aa.arm])
        if aa is not None and copy is not None and copy.floor is not None
        else None
    )
    work = work_per_call(workload)
    arms = {arm: _with_median(cell, work) for arm, cell in workload.arms.items()}
    pairs = [_pair(a, b, arms, noise) for a, b in combinations(arms, 2)]
    return structs.replace(workload, arms=arms, pairs=pairs)


def work_per_call(workload: Workload) -> float | None:
    """Return the amount of work of one call in the unit of the metric, per second of time."""
    from probes.bench.workloads import WORKLOADS, load_workload

    if workload.workload not in WORKLOADS:
        return None  # A document of a newer or older version may name a workload unknown here.
    return float(load_workload(workload.workload).work(dict(workload.sizes)))


def _with_median(cell: Cell, work: float | None) -> Cell:
    medians = list(block_medians(cell).values())
    if not medians:
        return cell
    median = statistics.median(medians)
    return structs.replace(
        cell, median_seconds=median, work_per_second=work / median if work is not None else None
    )


def _pair(a: str, b: str, arms: Mapping[str, Cell], noise: Noise) -> Pair:
    broken = [f"{arm}: {arms[arm].status}" for arm in (a, b) if arms[arm].status != "ok"]
    if broken:
        return Pair(a=a, b=b, verdict="not-comparable", note="; ".join(broken))
    interval = compare_cells(arms[a], arms[b])
    judgement = judge(interval, noise)
    return Pair(
        a=a,
        b=b,
        ratio=interval.ratio if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        blocks=interval.blocks if interval else 0,
        verdict=judgement.verdict,
        band=judgement.band,
        blocks_needed=judgement.blocks_needed,
        note=judgement.note,
    )


def _summarise(arm: str, cases: dict[str, AaCase], causes: list[str]) -> AaCheck:
    floors = [case.floor for case in cases.values() if case.floor is not None]
    floor = max(floors, default=None)
    quiet = bool(cases) and all(case.quiet for case in cases.values())
    if floor is None:
        text = f"The A/A copy of {arm} has too few blocks to tell the noise of this machine."
    elif quiet:
        text = f"Two runs of {arm} agree within {floor:.1%}: differences above {BAND:.0%} count."
    else:
        noisy = ", ".join(name for name, case in cases.items() if not case.quiet)
        text = (
            f"Two runs of {arm}, the same arm twice, differ by up to {floor:.1%} ({noisy}): "
            "this machine is too noisy for small differences now, and verdicts that would rest "
            "on less are withheld."
        ) + (f" Found: {'; '.join(causes)}." if causes else "")
    return AaCheck(arm=arm, quiet=quiet, floor=floor, text=text, cases=cases)
