"""Measurements as lines: each workload with its arms, the comparison, the noise floor."""

from __future__ import annotations

from advisor.facts.evidence import fastest_pair
from probes.bench.document import AaCheck, Cell, Pair, Workload

from .page import Line, table, title, wrap


def case_page(case: Workload, width: int) -> list[Line]:
    """Return the lines of one workload at one size; none if nothing was tried."""
    if not case.arms:
        return []
    lines: list[Line] = ["", title(f"{case.title}, {case.size}")]
    lines += table([(arm, *_cell(cell)) for arm, cell in case.arms.items()], width)
    pair = fastest_pair(case)
    if pair is not None:
        lines += wrap(pair_words(pair), width, first="  ", rest="  ")
    worst = [
        cell.equality.relative_l2
        for cell in case.arms.values()
        if cell.equality is not None and cell.equality.relative_l2 is not None
    ]
    if worst:
        words = f"All agree with a float64 reference to {max(worst):.0e} (relative L2)."
        lines += wrap(words, width, first="  ", rest="  ")
    return lines


def noise_page(check: AaCheck | None, width: int) -> list[Line]:
    """Return the lines of the noise floor; none without a benchmark."""
    if check is None:
        return []
    return ["", title("Noise of this machine"), *wrap(check.text, width, first="  ", rest="  ")]


def _cell(cell: Cell) -> tuple[str, str]:
    """Return time per call, and what else there is to say."""
    if cell.status != "ok":
        return cell.status, cell.reason
    more = [f"first call {_time(cell.first_call_seconds)}"] if cell.first_call_seconds else []
    unsettled = sum("unsettled" in flag for flag in cell.flags)
    if unsettled:
        more.append(f"still speeding up in {unsettled} of {len(cell.blocks)} blocks")
    return _time(cell.median_seconds), ", ".join(more)


def pair_words(pair: Pair) -> str:
    """Return a comparison as one sentence."""
    if pair.ratio is None or pair.low is None or pair.high is None:
        return f"{pair.a} against {pair.b}: {pair.verdict}. {pair.note}".strip()
    said = {
        "faster": "faster",
        "slower": "slower",
        "equivalent": "no difference that matters",
        "undecided": "undecided",
        "not-comparable": "not comparable",
    }[pair.verdict]
    more = f"; about {pair.blocks_needed} blocks would decide" if pair.blocks_needed else ""
    return (
        f"{pair.a} took {pair.ratio:.2f} times as long as {pair.b} (95 % interval "
        f"{pair.low:.2f} to {pair.high:.2f}, {pair.blocks} blocks): {said}{more}."
    )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "not measured"
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
