"""What differs between a stored result and the one just found, in words with both values."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.model.verification import Verification

NOISE = 4.0
"""An error that grew by less than this factor, or stays below the tolerance of floats, is noise."""
SMALL = 1e-6


def changes(old: Verification | None, new: Verification) -> list[str]:
    """Return in words what differs from the stored result; rounding is no change."""
    if old is None:
        return ["verified for the first time"]
    found = []
    if old.outcome != new.outcome:
        found.append(f"{old.outcome} → {new.outcome}")
    if old.code_hash != new.code_hash:
        found.append("its code was edited")
    for name, words in (
        ("max_error", "error"),
        ("max_gradient_error", "gradient error"),
        ("naive_error", "error of the naive code"),
    ):
        before, after = getattr(old, name), getattr(new, name)
        if _moved(before, after):
            found.append(f"{words} {_shown(before)} → {_shown(after)}")
    if old.naive_error is None and new.naive_error is None and old.naive_note != new.naive_note:
        found.append(f"naive code: {_apart(old.naive_note, new.naive_note)}")
    if old.outcome == new.outcome and old.problems != new.problems:
        found.append(_apart("; ".join(old.problems), "; ".join(new.problems)))
    if found:
        pairs = _versions(old, new).items()
        found += [f"{name} {before} → {after}" for name, (before, after) in pairs]
    return found


def version_changes(
    pairs: Iterable[tuple[Verification | None, Verification]],
) -> dict[str, tuple[str, str, int]]:
    """Return package → (stored versions, version now, entries) where they differ."""
    found: dict[str, tuple[set[str], str, int]] = {}
    for old, new in pairs:
        for name, (before, after) in (_versions(old, new) if old else {}).items():
            others, _, count = found.get(name, (set(), after, 0))
            found[name] = (others | {before}, after, count + 1)
    return {name: (", ".join(sorted(b)), after, n) for name, (b, after, n) in found.items()}


def _versions(old: Verification, new: Verification) -> dict[str, tuple[str, str]]:
    return {
        name: (old.versions.get(name, "none"), after)
        for name, after in new.versions.items()
        if old.versions.get(name) != after
    }


def _moved(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is not after
    if max(before, after) < SMALL:
        return False
    return max(before, after) > NOISE * min(before, after)


def _apart(before: str, after: str) -> str:
    """Return two texts from where they begin to differ."""
    both = enumerate(zip(before, after, strict=False))
    same = next((place for place, (a, b) in both if a != b), min(len(before), len(after)))
    start = max(0, same - 15)
    pieces = (words[start : start + 60] or "nothing said" for words in (before, after))
    return " → ".join(f"{'…' if start else ''}{piece}" for piece in pieces)


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.3g}"
