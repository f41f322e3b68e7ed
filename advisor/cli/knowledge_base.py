"""Loads the knowledge base the way every command does."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from knowledge.base import Knowledge, load

from .places import cache_directory


def open_knowledge(arguments: argparse.Namespace) -> Knowledge:
    """Return the knowledge base with the overlays named on the command line."""
    overlays = tuple(Path(name) for name in getattr(arguments, "knowledge", ()))
    quiet = getattr(arguments, "quiet", False)
    return load(overlays, cache=cache_directory(), on_compile=None if quiet else say_why_it_takes)


def say_why_it_takes() -> None:
    """Tell somebody who waits at a terminal that this happens once."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("reading the knowledge base for the first time, a few seconds …\n")
