"""A drawing as PNG, through matplotlib: an optional extra, imported only when it is needed."""

from __future__ import annotations

import io
from typing import Any

from advisor.errors import InputError
from knowledge.text import printable

from .drawing import TEXT, Dot, Drawing, Rectangle, Stroke

DOTS_PER_INCH = 144
NEEDS_MATPLOTLIB = (
    "a PNG needs matplotlib: pip install 'fw-advisor[charts]' (an .svg needs nothing)"
)
POINTS = 72 / 96
"""Pixels of a page to printer's points, in which matplotlib measures text and lines."""


def png(drawing: Drawing) -> bytes:
    """Return the picture; InputError if matplotlib is not installed."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError(NEEDS_MATPLOTLIB) from None
    figure = Figure(figsize=(drawing.wide / 96, drawing.high / 96), dpi=DOTS_PER_INCH)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, drawing.wide), ylim=(drawing.high, 0))
    axes.axis("off")
    for order, shape in enumerate(drawing.shapes):
        _add(axes, shape, order)
    out = io.BytesIO()
    words = printable(drawing.alternative).encode("latin-1", "replace").decode("latin-1")
    FigureCanvasAgg(figure).print_png(out, metadata={"Software": None, "Description": words})
    return out.getvalue()


def _add(axes: Any, shape: Any, order: int) -> None:
    from matplotlib.patches import Ellipse
    from matplotlib.patches import Rectangle as Box

    colour = "#111111" if shape.colour == TEXT else shape.colour
    if isinstance(shape, Rectangle):
        axes.add_patch(
            Box(
                (shape.x, shape.y),
                max(0.0, shape.wide),
                shape.high,
                facecolor="none" if shape.hatched else colour,
                edgecolor=colour if shape.hatched else "none",
                hatch="////" if shape.hatched else None,
                alpha=shape.opacity,
                zorder=order,
            )
        )
    elif isinstance(shape, Stroke):
        style: Any = (0, shape.dashes) if shape.dashes else "solid"
        xs, ys = zip(*shape.points, strict=True)
        wide = shape.thick * POINTS
        axes.plot(xs, ys, color=colour, linewidth=wide, linestyle=style, zorder=order)
    elif isinstance(shape, Dot):
        fill = "none" if shape.hollow else colour
        axes.add_patch(
            Ellipse((shape.x, shape.y), 9, 9, facecolor=fill, edgecolor=colour, zorder=order)
        )
    else:
        axes.text(
            shape.x,
            shape.y,
            printable(shape.text).replace("$", r"\$"),  # or it would begin a formula
            fontsize=shape.size * POINTS,
            fontweight="bold" if shape.bold else "normal",
            ha={"start": "left", "middle": "center", "end": "right"}[shape.anchor],
            va="baseline",
            color=colour,
            zorder=order,
        )
