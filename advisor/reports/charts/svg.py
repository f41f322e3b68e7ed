"""A drawing as SVG: no library, no date, no outside resource, the same bytes for the same chart.

Made here and not by matplotlib, so that a record and a `.svg` file need nothing installed, follow
a dark page, and can be read by a screen reader; the PNG is drawn from the same shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from knowledge.text import printable

from .drawing import TEXT, Dot, Drawing, Rectangle, Shape, Stroke, Words

FACE = "system-ui, sans-serif"


def svg(drawing: Drawing, *, standalone: bool = True) -> str:
    """Return the picture; standalone: a file of its own, on white, not part of a page."""
    name = drawing.id
    head = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    wide, high = _number(drawing.wide), _number(drawing.high)
    lines = [
        f'<svg{head} viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" '
        f'aria-labelledby="{name}-title {name}-text" font-family="{FACE}" '
        f'style="max-width:100%;height:auto{";color:#111" if standalone else ""}">',
        f'<title id="{name}-title">{_text(drawing.title)}</title>',
        f'<desc id="{name}-text">{_text(drawing.alternative)}</desc>',
        *_patterns(drawing),
    ]
    if standalone:
        lines.append(f'<rect width="{wide}" height="{high}" fill="#fff"/>')
    lines += [_shape(shape, name) for shape in drawing.shapes]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _patterns(drawing: Drawing) -> Iterator[str]:
    colours = dict.fromkeys(
        shape.colour for shape in drawing.shapes if isinstance(shape, Rectangle) and shape.hatched
    )
    for colour in colours:
        yield (
            f'<defs><pattern id="{_hatch(drawing.id, colour)}" width="6" height="6" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="3" height="6" fill="{colour}"/></pattern></defs>'
        )


def _hatch(name: str, colour: str) -> str:
    return f"{name}-hatch-{colour.lstrip('#')}"


def _shape(shape: Shape, name: str) -> str:
    n = _number
    if isinstance(shape, Rectangle):
        fill = f"url(#{_hatch(name, shape.colour)})" if shape.hatched else shape.colour
        edge = f' stroke="{shape.colour}"' if shape.hatched else ""
        opacity = f' fill-opacity="{shape.opacity:g}"' if shape.opacity < 1 else ""
        return (
            f'<rect x="{n(shape.x)}" y="{n(shape.y)}" width="{n(max(0.0, shape.wide))}" '
            f'height="{n(shape.high)}" fill="{fill}"{edge}{opacity}/>'
        )
    if isinstance(shape, Stroke):
        points = " ".join(f"{n(x)},{n(y)}" for x, y in shape.points)
        dashes = f' stroke-dasharray="{" ".join(map(str, shape.dashes))}"' * bool(shape.dashes)
        return (
            f'<polyline points="{points}" fill="none" stroke="{_colour(shape.colour)}" '
            f'stroke-width="{shape.thick:g}"{dashes}/>'
        )
    if isinstance(shape, Dot):
        fill = "none" if shape.hollow else _colour(shape.colour)
        return (
            f'<circle cx="{n(shape.x)}" cy="{n(shape.y)}" r="4.5" fill="{fill}" '
            f'stroke="{_colour(shape.colour)}" stroke-width="1.5"/>'
        )
    return _words(shape)


def _words(shape: Words) -> str:
    weight = ' font-weight="bold"' if shape.bold else ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    return (
        f'<text x="{_number(shape.x)}" y="{_number(shape.y)}" font-size="{shape.size:g}" '
        f'fill="{_colour(shape.colour)}"{weight}{anchor}>{_text(shape.text)}</text>'
    )


def _colour(colour: str) -> str:
    return "currentColor" if colour == TEXT else colour


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(printable(text))
