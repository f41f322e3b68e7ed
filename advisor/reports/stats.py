"""Coverage, what is due for review, and places of files, as pages."""

from __future__ import annotations

from advisor.documents.stats import Paths, Share, Stale, Stats
from knowledge.base import Knowledge
from knowledge.freshness import ago

from .page import Line, cells, table, title, wrap


def stats_page(document: Stats, knowledge: Knowledge, width: int) -> list[Line]:
    """Return the lines of the page."""
    counts = [(kind, f"{number:>5}") for kind, number in document.entries.items() if number]
    shares = [
        ("statements of fact with a source", _share(document.sourced)),
        ("sources read by us, not relayed", _share(document.sources_read)),
        ("facts that rest on something executed", _share(document.executed)),
        ("statements known from measuring", _share(document.measured)),
        ("claims a probe can test", _share(document.testable_claims)),
        ("past their review", _share(document.stale)),
    ]
    bases = [(basis, f"{number:>5}") for basis, number in document.bases.items()]
    return [
        title(f"Knowledge of {document.data_version}"),
        "",
        title(f"Entries, {document.total} in all"),
        *table(counts, width),
        "",
        title("Quality"),
        *table(shares, width),
        "",
        title("How statements are known"),
        *table(bases, width),
        "",
        title("Balance between the options"),
        *_balance(document, knowledge, width),
    ]


def _share(share: Share) -> str:
    return f"{100 * share.share:.0f} % ({share.count} of {share.of})"


def _balance(document: Stats, knowledge: Knowledge, width: int) -> list[str]:
    head = ("option", "statements", "words", "sources", "claims", "links")
    rows = [head] + [
        (
            knowledge.options[b.option].name,
            *map(str, (b.statements, b.words, b.sources, b.claims, b.linked_from)),
        )
        for b in document.balance
    ]
    widths = [max(cells(row[i]) for row in rows) for i in range(len(head))]
    if sum(widths) + 2 * len(widths) > width:
        return [
            line
            for row in rows[1:]
            for line in wrap(
                f"{row[0]}: "
                + ", ".join(f"{n} {h}" for n, h in zip(row[1:], head[1:], strict=True)),
                width,
                first="  ",
                rest="    ",
            )
        ]
    return [
        "  "
        + row[0].ljust(widths[0])
        + "".join("  " + text.rjust(wide) for text, wide in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]


def stale_page(document: Stale, width: int) -> list[Line]:
    """Return the lines of the page, the longest overdue first."""
    after = ", ".join(f"{area} {days} days" for area, days in document.review_after.items())
    lines: list[Line] = []
    for entry in document.entries:
        known = f"{entry.kind}, {entry.area}, checked {ago(entry.days)}"
        late = f"{entry.overdue} days overdue"
        lines += wrap(f"{entry.id} ({known}): {late}", width, rest="  ")
    number = len(document.entries)
    lines += wrap(f"{number} of {document.of} entries are due for review ({after}).", width)
    if document.next_review is not None:
        lines += wrap(f"The next one falls due in {document.next_review} days.", width)
    return lines


def paths_page(document: Paths) -> list[Line]:
    """Return the lines of the page; paths are not wrapped, so that they can be copied."""
    rows = [
        ("knowledge", document.knowledge),
        *(("overlay", overlay) for overlay in document.overlays),
        ("cache", document.cache),
        ("state", document.state),
        ("data", document.data),
    ]
    return [f"{name:<10} {path}" for name, path in rows]
