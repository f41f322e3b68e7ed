"""Computes every figure of a run from its raw samples; measuring again is never needed for it.

Pure: the same samples give the same pairs, so a saved document can be analysed anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from msgspec import structs

from probes.bench.conditions import noise_causes
from probes.bench.derived import roof_seconds, with_break_even, with_roof, work_per_call
from probes.bench.document import AaCase, AaCheck, Benchmarks, BlockConditions, Cell, Pair, Workload
from probes.bench.holm import corrected
from probes.bench.medians import block_medians, disturbed_blocks, with_median
from probes.bench.statistics import Interval, paired_interval
from probes.bench.verdicts import BAND, Noise, judge, judge_noise

Compared = dict[tuple[str, str], tuple[Pair, Interval | None]]
"""By arms a and b: the comparison, and the interval it rests on."""


def analyse(
    benchmarks: Benchmarks, aa: AaCheck | None, conditions: Sequence[BlockConditions] = ()
) -> tuple[Benchmarks, AaCheck | None]:
    """Return both with every derived figure computed anew from the samples.

    ``conditions`` say which blocks were disturbed, and why a machine is noisy.
    """
    without = disturbed_blocks(conditions)
    copies = {} if aa is None else aa.cases
    checked = {
        case: _check_copy(benchmarks.workloads[case].arms[aa.arm], copy.cell, without)
        for case, copy in copies.items()
        if aa is not None and aa.arm in benchmarks.workloads.get(case, _NO_WORKLOAD).arms
    }
    cells = {
        case: _derive(workload, benchmarks, without)
        for case, workload in benchmarks.workloads.items()
    }
    noises = {case: noise for case, (_, noise) in checked.items() if noise.floor is not None}
    # A case whose copy could not be measured is judged by the noise of the others.
    worst = max(noises.values(), key=lambda noise: noise.floor or 0.0, default=judge_noise(None))
    compared = {
        case: _compare(arms, noises.get(case, worst), without) for case, arms in cells.items()
    }
    pairs = _corrected(compared)
    workloads = {
        case: structs.replace(workload, arms=cells[case], pairs=pairs[case])
        for case, workload in benchmarks.workloads.items()
    }
    cases = {case: copy for case, (copy, _) in checked.items()}
    summary = None if aa is None else _summarise(aa.arm, cases, noise_causes(conditions))
    return structs.replace(benchmarks, workloads=workloads), summary


_NO_WORKLOAD = Workload(title="", workload="", metric="", size="", sizes={})


def compare_cells(a: Cell, b: Cell, without: Collection[int] = ()) -> Interval | None:
    """Return the paired interval over the blocks that both have."""
    times_a, times_b = block_medians(a, without), block_medians(b, without)
    common = sorted(times_a.keys() & times_b.keys())
    return paired_interval([times_a[n] for n in common], [times_b[n] for n in common])


def _check_copy(original: Cell, copy: Cell, without: Collection[int]) -> tuple[AaCase, Noise]:
    usable = original.status == "ok" and copy.status == "ok"
    interval = compare_cells(copy, original, without) if usable else None
    noise = judge_noise(interval)
    return AaCase(
        # Of a copy only the times count.
        cell=structs.replace(
            with_median(copy, None, without), roof_share=None, break_even_calls=None
        ),
        ratio=interval.ratio if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        floor=noise.floor,
        quiet=noise.quiet,
    ), noise


def _derive(
    workload: Workload, benchmarks: Benchmarks, without: Collection[int]
) -> dict[str, Cell]:
    """Return the cells with everything that follows from their samples."""
    work, least = work_per_call(workload), roof_seconds(workload, benchmarks.roof)
    arms = {arm: with_median(cell, work, without) for arm, cell in workload.arms.items()}
    rated = {arm: with_roof(cell, least) for arm, cell in arms.items()}
    return with_break_even(workload.workload, rated)


def _compare(arms: Mapping[str, Cell], noise: Noise, without: Collection[int]) -> Compared:
    return {(a, b): _pair(a, b, arms, noise, without) for a, b in combinations(arms, 2)}


def _pair(
    a: str, b: str, arms: Mapping[str, Cell], noise: Noise, without: Collection[int]
) -> tuple[Pair, Interval | None]:
    broken = [f"{arm}: {arms[arm].status}" for arm in (a, b) if arms[arm].status != "ok"]
    if broken:
        return Pair(a=a, b=b, verdict="not-comparable", note="; ".join(broken)), None
    interval = compare_cells(arms[a], arms[b], without)
    judgement = judge(interval, noise)
    pair = Pair(
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
    return pair, interval


def _corrected(compared: Mapping[str, Compared]) -> dict[str, list[Pair]]:
    """Return the pairs of every case, each judged as one of all cases that its arms share."""
    answer = {
        case: {arms: pair for arms, (pair, _) in one.items()} for case, one in compared.items()
    }
    for arms in dict.fromkeys(arms for one in compared.values() for arms in one):
        family = {case: one[arms] for case, one in compared.items() if arms in one}
        for case, pair in corrected(family).items():
            answer[case][arms] = pair
    return {case: list(pairs.values()) for case, pairs in answer.items()}


def _summarise(arm: str, cases: dict[str, AaCase], causes: list[str]) -> AaCheck:
    told = {name: case for name, case in cases.items() if case.floor is not None}
    floor = max((case.floor or 0.0 for case in told.values()), default=None)
    quiet = bool(told) and all(case.quiet for case in told.values())
    if floor is None:
        text = f"The A/A copy of {arm} has too few blocks to tell the noise of this machine."
    elif quiet:
        text = f"Two runs of {arm} agree within {floor:.1%}: differences above {BAND:.0%} count."
    else:
        noisy = ", ".join(name for name, case in told.items() if not case.quiet)
        text = (
            f"Two runs of {arm}, the same arm twice, differ by up to {floor:.1%} ({noisy}): "
            "this machine is too noisy for small differences now, and verdicts that would rest "
            "on less are withheld."
        ) + (f" Found: {'; '.join(causes)}." if causes else "")
    missing = [name for name in cases if name not in told]
    if told and missing:
        text += f" Without a copy, and judged by the others: {', '.join(missing)}."
    return AaCheck(arm=arm, quiet=quiet, floor=floor, text=text, cases=cases)
