"""Child: runs a learner's file and lets a self-check judge it, sentence by sentence.

The file is the learner's own; its errors are results with the line they came from.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

_LONGEST_WORDS = 400


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Load ``job["solution"]``, run the check of ``job["check"]`` on it."""
    os.chdir(job["folder"])
    sys.path.insert(0, job["folder"])
    try:
        solution = _load("solution", job["solution"])
        check = _load("self_check", job["check"])
        for ok, text in check.check(solution):
            emit({"ok": bool(ok), "text": str(text)[:_LONGEST_WORDS]})
    except BaseException as error:
        emit({"error": _words(error, job["solution"])})


def _load(name: str, path: str) -> Any:
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def _words(error: BaseException, path: str) -> str:
    first = str(error).strip().splitlines() or [""]
    words = f"{type(error).__name__}: {first[0]}"[:_LONGEST_WORDS]
    if isinstance(error, SyntaxError) and error.filename == path:
        return f"line {error.lineno}: {words}"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == path]
    return f"line {frames[-1].lineno}: {words}" if frames else words
