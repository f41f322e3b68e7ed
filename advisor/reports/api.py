"""An API equivalence as a page: both sides, what to mind, and how it was verified."""

from __future__ import annotations

from advisor.documents.api import ApiDocument, Equivalent

from .page import Line, bullet, table, title, wrap

NAMES = {"tensorflow": "TensorFlow", "pytorch": "PyTorch"}
OTHER = {"tensorflow": "pytorch", "pytorch": "tensorflow"}
STANDINGS = {
    "same": "the same call",
    "renamed": "another name, the same arguments",
    "arguments": "other arguments or defaults",
    "composite": "several calls",
    "missing": "no counterpart",
    "unknown": "unknown",
}
MOST_NAMED = 8
FULL = 2
"""So many matches are printed in full; more are listed."""


def api_page(document: ApiDocument, width: int, *, full: bool = False) -> list[Line]:
    """Return the lines of the page."""
    if not document.equivalents:
        return _nothing(document, width)
    here = document.framework or "tensorflow"
    if len(document.equivalents) <= FULL or full:
        lines: list[Line] = []
        for equivalent in document.equivalents:
            lines += ["", *equivalent_lines(equivalent, width)]
        return [*lines[1:], *_also(document, width)]
    words = f"{len(document.equivalents)} rows fit “{document.asked}”; name one in full, or --all"
    lines = [title(line) for line in wrap(words, width)]
    for found in document.equivalents:
        target = found.symbol or f"nothing in {NAMES[OTHER[here]]}"
        lines += bullet(f"{found.of} → {target} ({STANDINGS[found.status]})", width)
    return lines


def equivalent_lines(equivalent: Equivalent, width: int) -> list[Line]:
    """Return one equivalence in full."""
    here = "pytorch" if _torch(equivalent.of) else "tensorflow"
    there = OTHER[here]
    target = equivalent.symbol or f"nothing in {NAMES[there]}"
    lines: list[Line] = [title(line) for line in wrap(f"{equivalent.of} → {target}", width)]
    lines += [
        (("faint", line),)
        for line in wrap(f"{STANDINGS[equivalent.status]} · {equivalent.row}", width)
    ]
    lines += wrap(equivalent.notes, width)
    for framework, code in ((here, equivalent.of_code), (there, equivalent.code)):
        if code:
            lines += ["", (("strong", NAMES[framework]),)]
            lines += [f"  {line}" for line in code.rstrip().splitlines()]
    rows = list(_facts(equivalent))
    if rows:
        lines += ["", *table(rows, width, indent=0)]
    return lines


def _facts(equivalent: Equivalent) -> list[tuple[str, str]]:
    others = [name for name in equivalent.symbols if name != equivalent.symbol]
    alive = [
        f"{NAMES[framework]}: {ALIVE[state]}"
        for framework, state in equivalent.alive.items()
        if state != "alive"
    ]
    facts = [
        ("arguments", ", ".join(f"{a} → {b}" for a, b in equivalent.arguments.items())),
        ("provided", " ".join(equivalent.preconditions)),
        ("dtype, shape", equivalent.dtype_and_shape),
        ("also", ", ".join(others)),
        ("no longer there", ", ".join(equivalent.gone)),
        ("when called", "; ".join(alive)),
        ("ended with", equivalent.ended),
        ("successors", ", ".join(equivalent.successors)),
        *(("mind", f"{gotcha.title} [{gotcha.id}]") for gotcha in equivalent.gotchas),
        ("verified", verified_words(equivalent)),
        ("not so", naive_words(equivalent)),
    ]
    return [(label, text) for label, text in facts if text]


ALIVE = {
    "alive": "works",
    "warns": "warns that it is deprecated",
    "raises": "there, and raises",
    "gone": "no longer there",
}


def verified_words(equivalent: Equivalent) -> str:
    """Return how a row is known to hold, with numbers and versions."""
    found = equivalent.verified
    if found.how == "not-executed":
        return f"not executed: {found.reason}"
    if found.how == "failed":
        return f"FAILED when run on {found.as_of}: {found.reason}"
    parts = []
    if found.max_abs_error is not None:
        parts.append(f"largest error {found.max_abs_error:.2g}")
    if found.max_gradient_error is not None:
        parts.append(f"of gradients {found.max_gradient_error:.2g}")
    versions = ", ".join(
        f"{name} {found.versions[name]}"
        for name in ("tensorflow", "keras", "torch")
        if name in found.versions
    )
    run = f"run on both sides on {found.as_of} with {versions}"
    return "; ".join([", ".join(parts), run] if parts else [run])


def naive_words(equivalent: Equivalent) -> str:
    """Return the port that looks right, and by how much it misses."""
    found = equivalent.verified
    if not found.naive:
        return ""
    first = found.naive.strip().splitlines()
    code = first[0] if len(first) == 1 else f"{first[0]} …"
    if found.naive_note:
        return f"{code}  ({found.naive_note})"
    return f"{code}  (misses by {found.naive_error:.2g})" if found.naive_error else code


def _torch(symbol: str) -> bool:
    from knowledge.search.symbols import side_of

    return side_of(symbol) == "torch"


def _nothing(document: ApiDocument, width: int) -> list[Line]:
    lines: list[Line] = list(wrap(f"No row answers for “{document.asked}”.", width))
    if document.nearest:
        lines += wrap(f"Spelt similarly: {', '.join(document.nearest)}.", width)
    for equivalent in document.similar:
        lines += ["", *equivalent_lines(equivalent, width)]
    return lines


def _also(document: ApiDocument, width: int) -> list[Line]:
    if not document.also:
        return []
    lines: list[Line] = ["", title("Also used by")]
    for named in document.also[:MOST_NAMED]:
        lines += bullet(f"{named.of} ↔ {named.symbol or 'nothing'} [{named.row}]", width)
    return lines
