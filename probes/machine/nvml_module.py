"""Imports ``pynvml`` only if it is the module of the distribution ``nvidia-ml-py``.

Several distributions and countless stray files carry the name ``pynvml``; the distribution of that
very name is deprecated and torch repeats its warning. A foreign one is named, never executed.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from pathlib import Path
from types import ModuleType

from msgspec import Struct

DISTRIBUTION = "nvidia-ml-py"


class Nvml(Struct, frozen=True):
    """The module, or why there is none (``absent``, ``foreign``) and the file it was found in."""

    module: ModuleType | None
    problem: str = ""
    place: str = ""


def load_nvml() -> Nvml:
    """Import the real module, without initialising the library."""
    try:
        specification = importlib.util.find_spec("pynvml")
    except (ImportError, ValueError):
        specification = None
    if specification is None:
        return Nvml(None, "absent")
    origin = specification.origin or "a folder without code"
    if not _belongs(origin):
        return Nvml(None, "foreign", origin)
    return Nvml(importlib.import_module("pynvml"))


def _belongs(origin: str) -> bool:
    try:
        distribution = importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return False
    expected = Path(str(distribution.locate_file("pynvml.py")))
    try:
        return expected.samefile(origin)
    except OSError:
        return False
