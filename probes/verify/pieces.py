"""Child: runs one piece of code of a row and leaves its arrays in a file.

Whatever the code raises is its result. Code lies in a real file that is run by `runpy`: a traceback
names the line of the entry, and tools that read source find it.
"""

from __future__ import annotations

import os
import runpy
import time
from pathlib import Path
from typing import Any

from probes.verify.deprecations import deprecations
from probes.verify.words import error_words


def run_piece(side: Any, row: dict[str, Any], piece: dict[str, Any]) -> dict[str, Any]:
    """Return the dtypes of the outputs, or the error; deprecations heard; seconds taken."""
    path = piece["path"]
    folder = Path(piece["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    started = time.perf_counter()
    report: dict[str, Any] = {}
    names = [name.rpartition(".")[2] for name in row["symbols"]]
    with deprecations(path, names) as said:
        try:
            side.seed()
            arrays = _arrays(side, row, path, bool(piece["compare"]))
            if piece["compare"]:
                report["dtypes"] = {name: word for name, (_, word) in arrays.items()}
                _save(piece["arrays"], arrays)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            report["error"] = error_words(error, path)
            report["gone"] = isinstance(error, (AttributeError, ImportError))
    report["warned"] = said[:3]
    report["seconds"] = time.perf_counter() - started
    return report


def _arrays(side: Any, row: dict[str, Any], path: str, compare: bool) -> dict[str, Any]:
    import numpy as np

    with np.load(row["inputs"], allow_pickle=False) as stored:
        inputs = {name: stored[name] for name in stored.files}

    def run(given: dict[str, Any]) -> dict[str, Any]:
        names: dict[str, Any] = runpy.run_path(path, {**side.names(), **given})
        if not compare:
            return {}
        absent = [name for name in row["outputs"] if name not in names]
        if absent:
            raise KeyError(f"the code leaves no {', '.join(absent)}")
        return {name: names[name] for name in row["outputs"]}

    arrays: dict[str, Any] = side.run(run, inputs, row)
    return arrays


def _save(path: str, arrays: dict[str, Any]) -> None:
    import numpy as np

    np.savez(Path(path), **{name: array for name, (array, _) in arrays.items()})
