"""What a file uses as a page: by line, then what is unknown, and the denominator."""

from __future__ import annotations

from advisor.documents.api_file import ApiFile, UseItem

from .page import Line, bullet, table, title, wrap

MOST_LINES = 6
MOST_UNKNOWN = 25


def api_file_page(document: ApiFile, width: int, *, full: bool = False) -> list[Line]:
    """Return the lines of the page; `full`: every use, else every symbol once."""
    lines: list[Line] = [title(line) for line in wrap(document.file, width)]
    if not document.uses:
        return [*lines, *wrap("No symbol of TensorFlow, Keras or PyTorch is used.", width)]
    lines += table(_rows(document, full), width, indent=0)
    lines += _gotchas(document, width)
    if document.unknown_symbols:
        lines += ["", title("Without a row")]
        for item in document.unknown_symbols[:MOST_UNKNOWN]:
            lines += bullet(f"{item.symbol} ({_lines(item.lines)})", width)
        more = len(document.unknown_symbols) - MOST_UNKNOWN
        if more > 0:
            lines += bullet(f"{more} more; --json lists them", width)
    for star in document.stars:
        words = f"line {star.line}: `from {star.module} import *`: names may come from it unseen"
        lines += ["", *wrap(words, width)]
    if document.perhaps:
        names = ", ".join(sorted({item.name for item in document.perhaps}))
        words = f"Methods that may be a tensor's, {len(document.perhaps)} calls: {names}"
        lines += ["", *wrap(words, width)]
    return [*lines, "", *wrap(_sum(document), width)]


def _rows(document: ApiFile, full: bool) -> list[tuple[str, str, str]]:
    if full:
        return [(str(use.line), use.written, _words(use)) for use in document.uses]
    by_symbol: dict[str, list[UseItem]] = {}
    for use in document.uses:
        if use.row is not None:
            by_symbol.setdefault(use.symbol, []).append(use)
    return [
        (_lines(tuple(dict.fromkeys(use.line for use in uses))), symbol, _words(uses[0]))
        for symbol, uses in by_symbol.items()
    ]


def _words(use: UseItem) -> str:
    if use.row is None:
        return "unknown"
    return f"{use.equivalent or 'no counterpart'} · {use.status}{' (!)' if use.gotchas else ''}"


def _gotchas(document: ApiFile, width: int) -> list[Line]:
    found = {gotcha.id: gotcha for row in document.rows for gotcha in row.gotchas}
    if not found:
        return []
    lines: list[Line] = ["", title("Mind (!)")]
    for gotcha in found.values():
        lines += bullet(f"{gotcha.title} [{gotcha.id}]", width)
    return lines


def _lines(places: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, places[:MOST_LINES]))
    return f"line {shown}" + (
        f" and {len(places) - MOST_LINES} more" if len(places) > MOST_LINES else ""
    )


def _sum(document: ApiFile) -> str:
    total = document.known + document.unknown
    statuses = ", ".join(f"{name} {number}" for name, number in sorted(document.by_status.items()))
    return (
        f"{document.known} of {total} uses and {document.symbols_known} of {document.symbols} "
        f"symbols have a row ({statuses}). Read, not run."
    )
