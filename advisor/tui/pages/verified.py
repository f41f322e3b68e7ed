"""What running both sides found, in words: how closely they agree, how far a hasty port misses."""

from __future__ import annotations

from knowledge.model.check import Needs, Side

from ..widgets.code import Code
from ..wording import clean
from .pieces import Rows, fact, paragraph, section

NAMES: dict[Side, str] = {"tensorflow": "TensorFlow", "torch": "PyTorch"}
PACKAGES = {
    "tensorflow": "TensorFlow",
    "keras": "Keras",
    "torch": "PyTorch",
    "numpy": "NumPy",
    "python": "Python",
}
NEEDS: dict[Needs, str] = {
    "needs-gpu": "It needs a GPU",
    "needs-network": "It needs a network",
    "needs-package": "It needs a package that is not among those we install",
    "not-executable": "It cannot be run by itself",
}
DIFFERENCES = {
    "shape": "gives another shape",
    "dtype": "gives another dtype",
    "not-a-number": "differs where numbers end",
    "outputs": "gives other outputs",
}
"""Kinds of difference that have no size, as the stored notes begin."""


def code_rows(tensorflow: str, torch: str, *, torch_first: bool = False) -> Rows:
    """Return the code of both sides; a side without code says so."""
    pieces = [
        (name, text.rstrip() or "(no counterpart)")
        for name, text in ((NAMES["tensorflow"], tensorflow), (NAMES["torch"], torch))
    ]
    if not (tensorflow or torch):
        return []
    return [(None, Code(pieces[::-1] if torch_first else pieces))]


def naive_rows(naive: str, side: Side, missed: str) -> Rows:
    """Return the port that looks right, and what it gave instead of the right values."""
    if not naive.strip():
        return []
    rows: Rows = [(None, Code([(f"{NAMES[side]}, not so", naive)]))]
    return section("The port that looks right", [*rows, *fact("measured", missed)])


def missed_words(error: float | None, note: str, tolerance: float | None) -> str:
    """Return by how much the naive port misses, as measured."""
    parts = [_difference(part) for part in note.split("; ") if part]
    if error:
        allowed = f", where {tolerance:g} is allowed" if tolerance else ""
        parts.append(f"is off by {error:.2g}{allowed}")
    return clean("; ".join(parts))


def _difference(note: str) -> str:
    kind, _, rest = note.partition(": ")
    if kind in DIFFERENCES:
        return f"{DIFFERENCES[kind]} ({rest})"
    return f"fails with {note}" if kind.endswith(("Error", "Exception", "Warning")) else note


def verified_rows(
    *,
    outcome: str,
    as_of: str | None,
    versions: dict[str, str],
    error: float | None,
    gradient_error: float | None,
    tolerance: float | None,
    problems: str = "",
    both: bool = True,
) -> Rows:
    """Return how an entry that was run is known to hold; `both`: there is code on both sides."""
    agree = "both sides agree" if both else "runs as written; the other side has nothing to compare"
    said = agree if outcome == "agrees" else "FAILS"
    allowed = f" ({tolerance:g} is allowed)" if tolerance else ""
    return section(
        "Verified by running it",
        [
            *fact("outcome", said if not problems else f"{said}: {problems}"),
            *fact("largest error", "" if error is None else f"{error:.2g}{allowed}"),
            *fact("of gradients", "" if gradient_error is None else f"{gradient_error:.2g}"),
            *fact("run on", as_of or ""),
            *fact("with", version_words(versions)),
        ],
    )


def not_run_rows(needs: Needs | None, reason: str) -> Rows:
    """Return why an entry was not run."""
    why = [NEEDS[needs]] if needs else []
    why += [reason.rstrip(".")] if reason else []
    return section("Not executed", paragraph(". ".join(why or ["It was not run yet"]) + "."))


def version_words(versions: dict[str, str]) -> str:
    """Return packages with their versions, the frameworks first."""
    order = [*PACKAGES, *versions]
    found = sorted(versions, key=order.index)
    return ", ".join(f"{PACKAGES.get(name, name)} {versions[name]}" for name in found)
