"""Child: runs a whole program as a script of its own and hands on the result it prints last.

A process of its own, because programs may start further ones that import their main file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

_LONGEST_WORDS = 400


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Run ``job["path"]`` in ``job["folder"]``; emit its results or what went wrong."""
    try:
        done = subprocess.run(
            [sys.executable, job["path"]],
            cwd=job["folder"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=job["seconds"],
            check=False,
        )
    except subprocess.TimeoutExpired:
        emit({"error": f"no end after {job['seconds']:g} s"})
        return
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [""]
        emit({"error": f"status {done.returncode}: {last[0]}"[:_LONGEST_WORDS]})
        return
    for line in reversed(done.stdout.splitlines()):
        try:
            results = json.loads(line)
        except ValueError:
            continue
        if isinstance(results, dict):
            emit({"results": results})
            return
    emit({"error": "prints no JSON object as its last line"})
