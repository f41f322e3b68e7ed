"""Measurements as lines: each workload with its arms, the comparison, the noise floor."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from advisor.facts.evidence import fastest_pair
from probes.bench.derived import never_pays
from probes.bench.document import AaCheck, Cell, Pair, Plan, Workload

from .amounts import amount
from .page import Line, table, title, wrap

TOKENS = {"first-token": "first token", "next-token": "next token"}
VERDICTS = {
    "seconds": {"faster": "faster", "slower": "slower"},
    "bytes": {"faster": "less memory", "slower": "more memory"},
}
ALIKE = {
    "equivalent": "no difference that matters",
    "undecided": "undecided",
    "not-comparable": "not comparable",
}


def case_page(case: Workload, width: int) -> list[Line]:
    """Return the lines of one workload at one size; none if nothing was tried."""
    if not case.arms:
        return []
    lines: list[Line] = ["", title(f"{case.title}, {case.size}")]
    lines += table([(arm, *_cell(arm, cell, case)) for arm, cell in case.arms.items()], width)
    pair = fastest_pair(case)
    if pair is not None:
        lines += wrap(pair_words(pair, case.quantity), width, first="  ", rest="  ")
    if agreed := agreement(case):
        lines += wrap(agreed, width, first="  ", rest="  ")
    return lines


def agreement(case: Workload) -> str:
    """Return how near the results that count are to the reference; empty if none was checked."""
    checks = [cell.equality for cell in case.arms.values() if cell.equality is not None]
    distances = [one.relative_l2 for one in checks if one.passed and one.relative_l2 is not None]
    if not distances:
        return ""
    who = "All" if all(one.passed for one in checks) else "All others"
    worst = max(distances)
    if worst == 0:
        return f"{who} agree exactly with the reference."
    return f"{who} agree with a float64 reference to {worst:.0e} (relative L2)."


AS_IT_COMES = (
    "Each framework ran as it comes (--profile default), with the threads and the precision that "
    "it chooses: this is what a newcomer gets, not what the framework makes of equal conditions."
)


def profile_page(plan: Plan | None, width: int) -> list[Line]:
    """Return the lines that say so if frameworks were not made equal; none otherwise."""
    if plan is None or plan.profile == "matched":
        return []
    return ["", *wrap(AS_IT_COMES, width)]


def noise_page(check: AaCheck | None, width: int) -> list[Line]:
    """Return the lines of the noise floor; none without a benchmark."""
    if check is None:
        return []
    return ["", title("Noise of this machine"), *wrap(check.text, width, first="  ", rest="  ")]


def pair_words(pair: Pair, quantity: str = "seconds") -> str:
    """Return a comparison of seconds or bytes as one sentence."""
    if pair.ratio is None or pair.low is None or pair.high is None:
        return f"{pair.a} against {pair.b}: {pair.verdict}. {pair.note}".strip()
    said = {**ALIKE, **VERDICTS[quantity]}[pair.verdict]
    more = f"; about {pair.blocks_needed} blocks would decide" if pair.blocks_needed else ""
    ratio = (
        f"needed {pair.ratio:.2f} times the bytes of"
        if quantity == "bytes"
        else f"took {pair.ratio:.2f} times as long as"
    )
    return (
        f"{pair.a} {ratio} {pair.b} (95 % interval {pair.low:.2f} to {pair.high:.2f}, "
        f"{pair.blocks} blocks): {said}{more}."
    )


def _cell(arm: str, cell: Cell, case: Workload) -> tuple[str, str]:
    """Return what one call took, and what else is known of the arm."""
    if cell.status != "ok":
        return cell.status, cell.reason
    unit = "bytes" if case.quantity == "bytes" else "s"
    return amount(cell.median_seconds, unit), ", ".join(_more(arm, cell, case))


def _more(arm: str, cell: Cell, case: Workload) -> Iterator[str]:
    if _known(cell.first_call_seconds):
        yield f"first call {amount(cell.first_call_seconds, 's')}"
    yield from _compiling(arm, cell, case)
    if cell.recompiles:
        yield f"recompiled {cell.recompiles} time{'s' * (cell.recompiles != 1)}"
    for name, words in TOKENS.items():
        figure = cell.figures.get(name)
        if figure is not None and _known(figure.median):
            yield f"{words} {amount(figure.median, figure.unit)}"
    if case.quantity == "seconds" and _known(cell.peak_memory_bytes):
        yield f"peak {amount(cell.peak_memory_bytes, 'bytes')}"
    unsettled = sum("unsettled" in flag for flag in cell.flags)
    if unsettled:
        yield f"warm-up not settled in {unsettled} of {len(cell.blocks)} blocks"


def _compiling(arm: str, cell: Cell, case: Workload) -> Iterator[str]:
    """Say when compiling has paid against the framework's own eager arm, if both are known."""
    calls = cell.break_even_calls
    if calls is not None and isfinite(calls):
        whole = round(calls)
        yield f"compiling pays after {whole:,} call{'s' * (whole != 1)}"
    elif never_pays(case.workload, arm, case.arms):
        yield "compiling does not pay here"


def _known(value: float | None) -> bool:
    return value is not None and isfinite(value) and value > 0
