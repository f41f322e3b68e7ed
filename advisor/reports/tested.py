"""Claims put to the test, as a page: by topic, what is said, the figure here, the verdict.

What cannot be tested stands there too, with the reason: leaving it out would look like a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from advisor.documents.tested import ProbeClaims
from probes.claims import ClaimPart, ClaimResult, SaidFigure

from .amounts import amount
from .page import Line, title, wrap

GAP = "  "
MOST_PARTS, MOST_PLACES = 6, 2
NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow"}
AS_SAID = {
    "borne-out": "as said",
    "contradicted": "against it",
    "no-difference": "no difference that matters",
    "not-comparable": "not comparable",
    "not-measured": "not measured",
}


def verdicts_page(document: ProbeClaims, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = [title("Claims put to the test on this machine")]
    for text in _head(document):
        lines += wrap(text, width, first=GAP, rest=GAP)
    for topic, items in groupby(document.claims, lambda one: one.topic):
        lines += ["", title(topic.replace("-", " ").capitalize())]
        for one in items:
            lines += _claim(one, width)
    return lines


def _head(document: ProbeClaims) -> list[str]:
    if not document.measured_on:
        return ["Nothing was measured yet. Begin with: fw-advisor probe bench"]
    versions = ", ".join(
        f"{NAMES.get(name, name)} {version}"
        for name, version in document.versions.items()
        if not name.endswith("-threads")
    )
    days = ", ".join(dict.fromkeys(day[:10] for day in document.measured_on))
    counts = ", ".join(
        f"{number} {verdict.replace('-', ' ')}"
        for verdict, number in document.verdicts.items()
        if number
    )
    return [
        f"{document.machine}; {versions}; measured on {days}",
        f"{len(document.claims)} claims: {counts}",
        *document.noise,
        *(f"left out: {text}" for text in document.left_out),
    ]


def _claim(one: ClaimResult, width: int) -> list[Line]:
    said: list[Line] = [""]
    said += [(("strong", line),) for line in wrap(one.claim, width, rest=GAP)]
    if one.verdict == "not-testable":
        words = f"{one.text} {one.missing}"
        return said + list(wrap(words, width, first=GAP, rest=GAP)) + _faint(one, width)
    rows = [("Verdict", one.text), ("Said there", _there(one.said))]
    rows += [("Found here", _part(part)) for part in _shown(one.parts)]
    rows += [("Shows", one.shows), ("Does not show", one.missing), ("Measure", one.command)]
    for label, text in rows:
        if text:
            said += wrap(f"{label}: {text}", width, first=GAP, rest=GAP * 2)
    return said + _faint(one, width)


def _faint(one: ClaimResult, width: int) -> list[Line]:
    places = [f"{place.seed} {place.place}" for place in one.places[:MOST_PLACES]]
    more = len(one.places) - len(places)
    text = "; ".join(places) + (f"; and {more} more" if more > 0 else "")
    return [
        (("faint", line),)
        for line in wrap(f"[{one.id}] said in {text}", width, first=GAP, rest=GAP * 2)
    ]


def _there(said: Sequence[SaidFigure]) -> str:
    if not said:
        return "no figure"
    values = ", ".join(
        f"{NAMES.get(one.option, one.option)} about {one.value:g} {one.unit}" for one in said
    )
    return f"{values}; no source given there"


def _shown(parts: Sequence[ClaimPart]) -> Sequence[ClaimPart]:
    """Return what was measured; what is missing stands in the command."""
    measured = [part for part in parts if part.verdict != "not-measured"]
    return measured[:MOST_PARTS]


def _part(part: ClaimPart) -> str:
    where = part.case or part.workload
    if not part.b:
        return f"{where}: {part.a} {_alone(part)}"
    against = f"{part.b} on {part.b_case}" if part.b_case else part.b
    if part.ratio is None or part.low is None or part.high is None:
        return f"{where}: {part.a} against {against}: {_outcome(part)}"
    what = {"s": "took {} times as long as", "bytes": "needed {} times the bytes of"}
    took = what.get(part.unit, "came to {} times").format(f"{part.ratio:.2f}")
    quantity = "" if part.quantity == "per-call" else f", {part.quantity.replace('-', ' ')}"
    wanted = f"; said to lie in {part.between[0]:g} to {part.between[1]:g}" if part.between else ""
    return (
        f"{where}{quantity}: {part.a} {took} {against} (95 % interval {part.low:.2f} to "
        f"{part.high:.2f}, {part.blocks} blocks; {amount(part.a_value, part.unit)} and "
        f"{amount(part.b_value, part.unit)}{wanted}): {_outcome(part)}"
    )


def _alone(part: ClaimPart) -> str:
    if part.a_value is None:
        return f"{_outcome(part)}"
    words = {
        "equality": f"agrees with the reference to {part.a_value:.0e} (relative L2)",
        "recompiles": f"compiled again {part.a_value:.0f} times",
        "roof-share": f"reached {part.a_value:.0%} of what this machine can do",
    }
    return f"{words.get(part.quantity, amount(part.a_value, part.unit))}: {_outcome(part)}"


def _outcome(part: ClaimPart) -> str:
    words = AS_SAID.get(part.verdict, part.verdict)
    return f"{words}, {part.note}" if part.note else words
