"""Makes any text harmless in Markdown."""

from __future__ import annotations

import re

from knowledge.text import printable

SPECIAL = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w+;))")
LIST_MARK = re.compile(r"([-+=]|\d{1,9}(?=[.)]))")


def escape(text: str) -> str:
    """Return text in which nothing is Markdown or HTML."""
    text = SPECIAL.sub(r"\\\1", printable(" ".join(text.split())))
    mark = LIST_MARK.match(text)
    if not mark:
        return text
    # A number is made harmless by its dot, everything else by itself.
    place = mark.end() if mark.group()[0].isdigit() else 0
    return f"{text[:place]}\\{text[place:]}"
