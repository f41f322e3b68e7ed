"""`--chart FILE`: charts as SVG or PNG, and which characters the terminal has for them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .output import Output, write_atomically

if TYPE_CHECKING:
    from advisor.reports.charts.model import Chart
    from advisor.reports.charts.signs import Signs
    from advisor.reports.page import Line
    from probes.document import ProbeDocument

ENDINGS = (".svg", ".png")
NARROWEST, WIDEST = 40, 160


def refuse_other_files(name: str | None) -> None:
    """Raise InputError, before anything is measured, if a chart cannot be written as that."""
    if name is None:
        return
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"--chart {name[:80]!r}: expected a name that ends in .svg or .png")
    if ending == ".png":
        from importlib.util import find_spec

        from advisor.reports.charts.png import NEEDS_MATPLOTLIB

        if find_spec("matplotlib") is None:
            raise InputError(NEEDS_MATPLOTLIB)


def write_charts(charts: Sequence[Chart], name: str, output: Output) -> None:
    """Write charts, one below the other, into a file; InputError if that is not possible."""
    from advisor.reports.charts.layout import draw

    refuse_other_files(name)
    kept = [chart for chart in charts if not chart.empty]
    if not kept:
        raise InputError(f"--chart {name}: nothing was measured that could be drawn")
    drawing = draw(kept)
    path = Path(name)
    if path.suffix.lower() == ".svg":
        from advisor.reports.charts.svg import svg

        write_atomically(path, svg(drawing))
    else:
        from advisor.reports.charts.png import png

        _write_bytes(path, png(drawing))
    output.narrate(f"wrote {name}")


def write_charts_of(document: ProbeDocument, name: str | None, output: Output) -> None:
    """Write the charts of a run, if a file is named."""
    if name is None:
        return
    from advisor.reports.charts.of_run import charts_of

    charts = charts_of(document)
    if charts:
        write_charts(charts, name, output)
    else:
        # No reason to end a command that has measured and kept what it could.
        output.complain(f"--chart {name}: nothing was measured that could be drawn")


def chart_page(charts: Sequence[Chart]) -> list[Line]:
    """Return charts as lines, in the width and the characters that standard output has."""
    from advisor.reports.charts.signs import ASCII, BLOCKS
    from advisor.reports.charts.terminal import chart_lines

    # Wider than a page of text: two charts stand side by side there.
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns - 1))
    signs: Signs = BLOCKS if _shows_blocks() else ASCII
    return [line for chart in charts for line in chart_lines(chart, width, signs)]


def _shows_blocks() -> bool:
    """Say whether block characters can be written: only the encoding and TERM=dumb decide."""
    if os.environ.get("TERM") == "dumb":
        return False
    try:
        "█░┊●├÷".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write_bytes(path: Path, raw: bytes) -> None:
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        beside.write_bytes(raw)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        words = (error.strerror or "failed").lower()
        raise InputError(f"{path}: cannot be written: {words}") from None
