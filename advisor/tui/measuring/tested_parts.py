"""What one comparison, or one check, of a claim found here, in words."""

from __future__ import annotations

from collections.abc import Sequence

from probes.claims import ClaimPart

from ..wording import brief
from .cells import sound, value_words
from .intervals import drawable, figures
from .words import arm_words, size_words, title_of

OUTCOMES = {
    "borne-out": "as said",
    "contradicted": "the other way round",
    "no-difference": "no difference that matters",
    "not-comparable": "not comparable",
    "not-measured": "not measured",
}
TOOK = {"s": "took {} times as long as", "bytes": "needed {} times the bytes of"}
ALONE = {
    "equality": "agrees with the reference to {:.0e}",
    "recompiles": "compiled again {:.0f} times",
    "roof-share": "reached {:.0%} of what this machine can do",
}


def figures_of(parts: Sequence[ClaimPart]) -> str:
    """Return the figure of the first part that has one, to stand beside that of the seed."""
    for part in parts:
        if drawable(part) is not None:
            values = (
                f"{value_words(part.a_value, part.unit)} ÷ {value_words(part.b_value, part.unit)}"
            )
            return f"{arm_words(part.a)} ÷ {arm_words(part.b)} {figures(part)}, {values}"
        if not part.b and sound(part.a_value):
            return f"{arm_words(part.a)} {_value(part)}"
    return ""


def part_words(part: ClaimPart) -> str:
    """Return one part in a sentence."""
    where = f"{title_of(part.workload)}{size_words(part.case, part.workload)}"
    first = arm_words(part.a)
    if not part.b:
        return f"{where}: {first} {_value(part)}: {_outcome(part)}"
    other = f" on {brief(part.b_case)}" if part.b_case else ""
    second = f"{arm_words(part.b)}{other}"
    found = drawable(part)
    if found is None:
        return f"{where}: {first} against {second}: {_outcome(part)}"
    took = TOOK.get(part.unit, "came to {} times").format(f"{found.middle:.2f}")
    quantity = "" if part.quantity == "per-call" else f", {brief(part.quantity).replace('-', ' ')}"
    values = f"{value_words(part.a_value, part.unit)} and {value_words(part.b_value, part.unit)}"
    return (
        f"{where}{quantity}: {first} {took} {second} (95 % interval {found.low:.2f} to "
        f"{found.high:.2f}, {part.blocks} blocks; {values}): {_outcome(part)}"
    )


def _value(part: ClaimPart) -> str:
    if part.a_value is None or not sound(part.a_value):
        return "has no figure"
    words = ALONE.get(part.quantity)
    return words.format(part.a_value) if words else value_words(part.a_value, part.unit)


def _outcome(part: ClaimPart) -> str:
    words = OUTCOMES.get(part.verdict, part.verdict)
    return f"{words}, {brief(part.note, 200)}" if part.note else words
