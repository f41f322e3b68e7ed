"""A claim's verdict in plain words, and the command that would measure what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from probes.claims import ClaimPart, ClaimVerdict

from .combining import DECIDED

LEADS: dict[ClaimVerdict, str] = {
    "borne-out": "Borne out on this machine",
    "contradicted": "Contradicted on this machine",
    "mixed": "Borne out in part on this machine",
    "no-difference": "No difference that matters on this machine",
    "undecided": "Undecided on this machine",
    "not-measured": "Not measured on this machine yet",
    "not-comparable": "Not comparable on this machine",
    "not-testable": "Not testable here",
}
COUNTED: dict[ClaimVerdict, str] = {
    "borne-out": "as said",
    "contradicted": "against it",
    "no-difference": "without a difference that matters",
    "undecided": "undecided",
    "not-comparable": "not comparable",
    "not-measured": "not measured",
}


def verdict_words(
    verdict: ClaimVerdict, parts: Sequence[ClaimPart], blocks: int | None, needs: str
) -> str:
    """Return the verdict as one or two sentences."""
    if verdict in ("not-testable", "not-measured"):
        return f"{LEADS[verdict]}."
    counts = Counter(part.verdict for part in parts)
    counted = ", ".join(
        f"{counts[name]} {words}" for name, words in COUNTED.items() if counts[name]
    )
    said = LEADS[verdict]
    if needs == "differ" and verdict in ("borne-out", "contradicted"):
        said += f": the outcomes {'differ' if verdict == 'borne-out' else 'are alike'}"
    if len(parts) > 1:
        what = "comparisons" if all(part.b for part in parts) else "checks"
        said += f"{';' if ':' in said else ':'} of {len(parts)} {what} {counted}"
    notes = list(dict.fromkeys(p.note for p in parts if p.verdict not in DECIDED and p.note))
    if verdict in ("undecided", "not-comparable") and notes:
        more = f"; and {len(notes) - 1} more" if len(notes) > 1 else ""
        said += f". Why: {notes[0]}{more}"
    if verdict == "undecided" and blocks:
        said += f". About {blocks} blocks would decide"
    return f"{said}."


def command_for(parts: Sequence[ClaimPart]) -> str:
    """Return what would measure the parts that nobody measured; empty if there are none."""
    absent = [part for part in parts if part.verdict == "not-measured"]
    if not absent:
        return ""
    workloads = dict.fromkeys(part.workload for part in absent)
    arms = dict.fromkeys(arm for part in absent for arm in (part.a, part.b) if arm)
    words = ["fw-advisor probe bench"]
    words += [f"--workload {name}" for name in workloads]
    words += [f"--arm {name}" for name in arms]
    return " ".join(words)
