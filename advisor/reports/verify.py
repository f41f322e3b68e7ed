"""The result of `kb verify` as a page: failures with their numbers, what changed, the sum."""

from __future__ import annotations

from advisor.documents.verify import Verify

from .page import Line, bullet, title, wrap

MOST_CHANGES = 40
NAMES = {"tensorflow": "TensorFlow", "torch": "PyTorch"}


def verify_page(document: Verify, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = []
    if document.missing:
        lines += _missing(document, width)
    failed = [result for result in document.results if result.outcome == "fails"]
    if failed:
        lines.append(title("Failures"))
    for result in failed:
        lines.append((("bad", result.id),))
        for problem in result.problems:
            lines += bullet(problem, width)
    lines += _changes(document, width)
    if document.left_out:
        number = len(document.left_out)
        lines += wrap(f"{number} entries of overlays were not run (--run-overlay-code)", width)
    for package, why in document.absent.items():
        number = len(document.not_run)
        lines += wrap(f"{number} entries need {package} and were not run: {why}", width)
    if not document.missing:
        lines += wrap(_versions(document), width)
        lines += wrap(_sum(document), width)
    return lines


def _missing(document: Verify, width: int) -> list[Line]:
    lines: list[Line] = []
    for side, why in document.missing.items():
        lines += wrap(f"{NAMES.get(side, side)} cannot be used here: {why}", width)
    agree = sum(one.outcome == "agrees" for one in document.stored)
    days = sorted({one.as_of for one in document.stored})
    if not days:
        return [*lines, "Nothing was run, and nothing is stored."]
    lines += wrap(
        f"Nothing was run. Stored: {agree} of {len(document.stored)} entries agreed when they "
        f"were run, {days[0]} to {days[-1]}.",
        width,
    )
    return lines


def _changes(document: Verify, width: int) -> list[Line]:
    lines: list[Line] = []
    for change in document.version_changes:
        words = f"{change.package} {change.stored} → {change.now} ({change.entries} entries)"
        lines += bullet(words, width)
    moved = [result for result in document.results if result.changed]
    first = "verified for the first time"
    new = sum(result.changed == (first,) for result in moved)
    for result in [r for r in moved if r.changed != (first,)][:MOST_CHANGES]:
        lines += bullet(f"{result.id}: {'; '.join(result.changed)}", width)
    if new:
        lines += bullet(f"{new} entries {first}", width)
    if lines:
        lines.insert(0, title("Changed since the stored results"))
    return lines


def _sum(document: Verify) -> str:
    if not document.count:
        return "Nothing was run: no entry was chosen, or none could be."
    agree = document.count - document.failures
    worst = ""
    if document.worst is not None and document.worst_error is not None:
        worst = f", worst error {document.worst_error:.3g} ({document.worst})"
    drawn = f" (sample with seed {document.seed})" if document.seed is not None else ""
    number = f"{agree} of {document.count} entries agree{drawn}"
    return f"{number} in {document.seconds:.1f} s{worst}"


def _versions(document: Verify) -> str:
    return "with " + ", ".join(f"{name} {version}" for name, version in document.versions.items())
