"""Child: runs many rows of one side in one process, each from a real file of its own.

A line before and after each row tells the controller where it stands, so that a crash or a hang
costs one row. Whatever a row raises is its result. The code's files are run by `runpy`: a
traceback names the line of the entry, and tools that read source find it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import re
import runpy
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_LONGEST_WORDS = 400
_OLD = (DeprecationWarning, FutureWarning, PendingDeprecationWarning)


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Run ``job["rows"]`` with the framework of ``job["side"]``."""
    try:
        side = importlib.import_module(f"probes.verify.sides.{job['side']}").make()
    except Exception as error:
        emit({"missing": _words(error, "")})
        return
    emit({"versions": side.versions()})
    # What the framework itself made stays; collections need not look at it again and again.
    gc.collect()
    gc.freeze()
    for row in job["rows"]:
        emit({"start": row["row"]})
        done: dict[str, Any] = {"done": row["row"], "variants": {}}
        done["symbols"] = {name: side.resolves(name) for name in row["symbols"]}
        for variant in row["variants"]:
            done["variants"][variant["name"]] = _run(side, row, variant)
        wrong = side.reset()
        if wrong:
            done["state"] = wrong
        emit(done)
        if wrong:
            return


def _run(side: Any, row: dict[str, Any], variant: dict[str, Any]) -> dict[str, Any]:
    path = variant["path"]
    Path(row["folder"]).mkdir(exist_ok=True)
    os.chdir(row["folder"])
    started = time.perf_counter()
    report: dict[str, Any] = {}
    names = [name.rpartition(".")[2] for name in row["symbols"]]
    with _deprecations(path, names) as said:
        try:
            side.seed()
            arrays = _arrays(side, row, path, bool(variant["compare"]))
            if variant["compare"]:
                report["dtypes"] = {name: word for name, (_, word) in arrays.items()}
                _save(variant["arrays"], arrays)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            report["error"] = _words(error, path)
            report["type"] = type(error).__name__
            report["gone"] = isinstance(error, (AttributeError, ImportError))
            report["broken"] = isinstance(error, (SyntaxError, NameError, ImportError))
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


@contextlib.contextmanager
def _deprecations(path: str, names: list[str]) -> Iterator[list[str]]:
    """Collect what is said to be deprecated, by warnings or by TensorFlow's own log.

    Only what is said to this code or about its symbols: what a library says of its own insides
    depends on which row loaded it first.
    """
    said: list[str] = []

    def concerns(words: str, place: str = "") -> bool:
        mentioned = any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)
        return place == path or path in words or mentioned

    def keep(words: str) -> None:
        said.append(_tidy(words.replace(f"{path}:", "line ")))

    handler = _Listener(lambda words: keep(words) if concerns(words) else None)
    loggers = [logging.getLogger(name) for name in ("tensorflow", "absl")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield said
        for warning in caught:
            words = str(warning.message)
            old = issubclass(warning.category, _OLD) or "deprecated" in words
            if old and concerns(words, warning.filename):
                keep(words)
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


class _Listener(logging.Handler):
    """Keeps log records about deprecation."""

    def __init__(self, keep: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._keep = keep

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        words = record.getMessage()
        if "deprecat" in words or "will be removed" in words:
            self._keep(" ".join(words.split()))


def _words(error: BaseException, path: str) -> str:
    """Return an exception in one line, with the line of the entry's code it came from."""
    first = str(error).strip().splitlines() or [""]
    words = _tidy(f"{type(error).__name__}: {first[0]}")
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == path]
    if frames and frames[-1].line:
        words += f" (in `{frames[-1].line.strip()[:120]}`)"
    return words


def _tidy(words: str) -> str:
    """Return words that are the same in every run: no temporary folder, no address."""
    words = re.sub(r"\S*fw-advisor-verify-[^\s/]+/?", "", words)
    return re.sub(r"0x[0-9a-f]{6,}", "0x…", words)[:_LONGEST_WORDS]
