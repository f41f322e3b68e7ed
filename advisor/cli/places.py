"""Where files of the program lie: XDG directories, or all below FW_ADVISOR_HOME."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "fw-advisor"


def cache_directory() -> Path:
    """Return the directory of what can be made again."""
    return _directory("XDG_CACHE_HOME", ".cache", "cache")


def state_directory() -> Path:
    """Return the directory of saved answers."""
    return _directory("XDG_STATE_HOME", ".local/state", "state")


def data_directory() -> Path:
    """Return the directory of measurements."""
    return _directory("XDG_DATA_HOME", ".local/share", "data")


def _directory(variable: str, default: str, below_home: str) -> Path:
    home = os.environ.get("FW_ADVISOR_HOME")
    if home:
        return Path(home) / below_home
    given = os.environ.get(variable, "")
    # The XDG specification has relative paths ignored.
    root = Path(given) if given.startswith("/") else Path(os.path.expanduser("~")) / default  # noqa: PTH111
    return root / NAME
