"""Two runs as a page: what differs around them, then each arm, what changed first."""

from __future__ import annotations

from itertools import groupby

from advisor.documents.run_comparison import ArmComparison, Change, RunComparison
from advisor.history.differences import change_words

from .page import Line, bullet, table, title, wrap

STYLES = {"faster": "good", "slower": "bad"}
SAID = {
    "faster": "faster",
    "slower": "slower",
    "equivalent": "no difference that matters",
    "undecided": "undecided",
    "not-comparable": "nothing concluded",
}
MOST_MISSING = 6


def comparison_page(document: RunComparison, width: int) -> list[Line]:
    """Return the lines of the page."""
    old, new = document.old, document.new
    lines: list[Line] = [(("title", line),) for line in wrap(f"{new.run} against {old.run}", width)]
    rows = [
        ("old", f"{old.run}, {old.created[:10]}, {old.machine}"),
        ("new", f"{new.run}, {new.created[:10]}, {new.machine}"),
        ("machine", _machine(document)),
        ("versions", _listed(document.versions) or "the same"),
        ("conditions", _listed(document.conditions)),
    ]
    lines += table([row for row in rows if row[1]], width)
    if document.reason:
        words = document.reason[0].upper() + document.reason[1:] + "."
        lines += ["", *((("bad", line),) for line in wrap(words, width))]
    for _, arms in groupby(document.arms, lambda arm: arm.case):
        group = list(arms)
        lines += [
            "",
            *((("title", one),) for one in wrap(f"{group[0].title}, {group[0].size}", width)),
        ]
        for arm in group:
            lines += _arm(arm, document.comparable, width)
    lines += _missing(document, width)
    lines += ["", title("How to read this")]
    lines += wrap(document.method, width, first="  ", rest="  ")
    for warning in document.warnings:
        lines += wrap(f"Note: {warning}", width, first="  ", rest="    ")
    return lines


def _machine(document: RunComparison) -> str:
    if document.same_machine:
        return "the same"
    return _listed(document.machine) or "not known"


def _listed(changes: tuple[Change, ...]) -> str:
    return "; ".join(map(change_words, changes))


def _arm(arm: ArmComparison, comparable: bool, width: int) -> list[Line]:
    style = STYLES.get(arm.verdict, "")
    words = arm_words(arm, said_once=not comparable)
    return [((style, line),) if style else line for line in bullet(words, width)]


def arm_words(arm: ArmComparison, *, said_once: bool = False) -> str:
    """Return one comparison as a sentence; `said_once`: the page says why nothing is concluded."""
    times = f"{_amount(arm.old, arm.quantity)} → {_amount(arm.new, arm.quantity)}"
    if arm.ratio is None or arm.low is None or arm.high is None:
        return f"{arm.arm}: {SAID[arm.verdict]}, {times}. {arm.note}".strip()
    blocks = f"{arm.blocks_old} and {arm.blocks_new} blocks"
    more = f"; about {arm.blocks_needed} blocks in each would decide" if arm.blocks_needed else ""
    note = f" ({arm.note})" if arm.note and not said_once else ""
    return (
        f"{arm.arm}: {SAID[arm.verdict]}{note}; {times}, ×{arm.ratio:.2f} (95 % interval "
        f"{arm.low:.2f} to {arm.high:.2f}, {blocks}{more})"
    )


def _missing(document: RunComparison, width: int) -> list[Line]:
    lines: list[Line] = []
    for side, names in ((document.old, document.only_old), (document.new, document.only_new)):
        if names:
            more = len(names) - MOST_MISSING
            shown = ", ".join(names[:MOST_MISSING]) + (f" and {more} more" if more > 0 else "")
            lines += wrap(f"Only in {side.run}: {shown}", width, rest="  ")
    return ["", *lines] if lines else []


def _amount(value: float | None, quantity: str) -> str:
    if value is None:
        return "not measured"
    if quantity == "bytes":
        return f"{value / 2**20:.4g} MiB"
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"
