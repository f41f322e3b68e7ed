"""How wide a page may be."""

from __future__ import annotations

import shutil

from .page import NARROWEST, WIDEST


def page_width() -> int:
    """Return the width of the terminal (COLUMNS honoured), within what reads well."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns - 1))
