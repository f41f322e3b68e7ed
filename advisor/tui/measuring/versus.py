"""Two runs against each other, as rows: what differs around them, then every arm with its bar."""

from __future__ import annotations

from advisor.documents.run_comparison import ArmComparison, Change, RunComparison, RunSide
from advisor.history.differences import change_words
from probes.interpreters import NAMES

from ..pages.pieces import Rows, fact, heading
from ..widgets.rows import MUTED, Part, row
from ..wording import LONGEST, brief, clean, count
from .cells import value_words
from .intervals import figures, interval_bar, length_for, outcome, reasons, sides
from .words import arm_words, size_words

MOST_MISSING = 4


def versus_rows(compared: RunComparison, width: int) -> Rows:
    """Return the page of a comparison."""
    rows = fact("earlier", _side(compared.old)) + fact("later", _side(compared.new))
    same = "the same" if compared.same_machine else _listed(compared.machine) or "not known"
    rows += fact("machine", same)
    rows += fact("versions", _listed(compared.versions) or "the same")
    rows += fact("conditions", _listed(compared.conditions))
    if compared.reason:
        said = compared.reason[0].upper() + compared.reason[1:] + "."
        rows.append((None, row(("! ", "$text-warning"), brief(said, LONGEST))))
    for warning in compared.warnings:
        rows.append((None, row(("! ", "$text-warning"), brief(warning, LONGEST))))
    if not compared.arms:
        rows.append((None, row("· ", "They have no case and way in common.")))
    else:
        said = sides("the later run", "the earlier")
        rows += [(None, row("", "")), (None, row("  ", (said, MUTED)))]
    case = ""
    for arm in compared.arms:
        if arm.case != case:
            case = arm.case
            named = f"{brief(arm.title)}{size_words(arm.case, arm.workload)}"
            rows.append((None, row("  ", (named, "bold $text-accent"))))
        rows += _arm(arm, compared.comparable, length_for(width))
    rows += _missing(compared)
    return [*rows, *heading("How to read this"), (None, row("  ", (clean(compared.method), MUTED)))]


def _side(side: RunSide) -> str:
    day = side.created[:16].replace("T", " ")
    named = (f"{NAMES.get(name, brief(name))} {brief(one)}" for name, one in side.versions.items())
    versions = ", ".join(named)
    where = "" if side.origin == "here" else ", from elsewhere"
    return f"{brief(side.run)}, {clean(day)} UTC{where}; {brief(side.machine, 120)}; {versions}"


def _listed(changes: tuple[Change, ...]) -> str:
    return brief("; ".join(change_words(change) for change in changes), LONGEST)


def _arm(arm: ArmComparison, comparable: bool, length: int) -> Rows:
    memory = arm.quantity == "bytes"
    name, unit = arm_words(arm.arm), "bytes" if memory else "s"
    values = f"{value_words(arm.old, unit)} → {value_words(arm.new, unit)}"
    said: list[Part] = [f"{name}: "]
    said.append(outcome(arm, "the later run", "the earlier run", memory=memory))
    said.append(f", {values}")
    # Where nothing can be concluded at all, the page has said why.
    why = reasons(arm) if comparable else ""
    said.append((f"; {why}" if why else "", MUTED))
    drawn = interval_bar(arm, length)
    if drawn:
        blocks = f"{arm.blocks_old} and {count(arm.blocks_new, 'block', 'blocks')}"
        said += ["\n", (drawn, "$text-primary"), (f"  {figures(arm)}, {blocks}", MUTED)]
    return [(None, row("    ", *said))]


def _missing(compared: RunComparison) -> Rows:
    rows: Rows = []
    for side, names in ((compared.old, compared.only_old), (compared.new, compared.only_new)):
        if names:
            more = len(names) - MOST_MISSING
            shown = "; ".join(map(brief, names[:MOST_MISSING]))
            shown += f"; {more} more" if more > 0 else ""
            rows.append((None, row("· ", (f"Only in {brief(side.run)}: {shown}", MUTED))))
    return rows
