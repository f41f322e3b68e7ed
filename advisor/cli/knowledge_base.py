"""Loads the knowledge base the way every command does."""

from __future__ import annotations

import argparse
from pathlib import Path

from knowledge.base import Knowledge, load

from .places import cache_directory


def open_knowledge(arguments: argparse.Namespace) -> Knowledge:
    """Return the knowledge base with the overlays named on the command line."""
    overlays = tuple(Path(name) for name in getattr(arguments, "knowledge", ()))
    return load(overlays, cache=cache_directory())
