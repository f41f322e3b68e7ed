"""Child: runs many rows of one side, every piece of code in a copy of a fresh process.

A line before and after each row tells the controller where it stands, so that a crash or a hang
costs one row. This process only imports the framework: nothing that a row sets, imports or warns
about can change what the next one finds. Where processes cannot be copied, rows share this one.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from probes.verify import copies
from probes.verify.pieces import run_piece
from probes.verify.words import error_words, tidy

_SYMBOL_SECONDS = 60.0
_MANY = 20


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Run ``job["rows"]`` with the framework of ``job["side"]``."""
    try:
        side = importlib.import_module(f"probes.verify.sides.{job['side']}").make(job["subject"])
    except Exception as error:
        emit({"missing": error_words(error, "")})
        return
    emit({"versions": side.versions()})
    if len(job["rows"]) >= _MANY:
        side.prepare()
    # What the framework itself made stays; collections need not look at it again and again.
    gc.collect()
    gc.freeze()
    known = _attributes(side, job["rows"]) if copies.AVAILABLE else {}
    for row in job["rows"]:
        emit({"start": row["row"]})
        report = _in_copies(side, row, known) if copies.AVAILABLE else _here(side, row)
        emit({"done": row["row"], **report})
        if report.get("spoilt"):
            return


def _attributes(side: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return which symbols of all rows are there without any import; one copy finds out."""
    names = [name for row in rows for name in row["symbols"]]
    if not names:
        return {}
    place = Path(f"{rows[0]['folder']}_attributes")
    return copies.in_copy(partial(_symbols, side, names, False), place, _SYMBOL_SECONDS)[0]


def _in_copies(side: Any, row: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Return what every piece did, and which symbols are there."""
    report: dict[str, Any] = {"pieces": {}, "symbols": {}}
    for piece in row["pieces"]:
        work = partial(run_piece, side, row, piece)
        found, ending = copies.in_copy(work, Path(piece["folder"]), row["seconds"])
        if ending:
            return {**report, "broken": "crashed", "words": tidy(ending)}
        report["pieces"][piece["name"]] = found
    report["symbols"] = {name: known.get(name, False) for name in row["symbols"]}
    left = [name for name, there in report["symbols"].items() if there is False]
    if left:
        work = partial(_symbols, side, left, True)
        found, ending = copies.in_copy(work, Path(row["folder"]), row["seconds"])
        if ending:
            return {**report, "broken": "crashed", "words": tidy(f"symbols: {ending}")}
        report["symbols"].update(found)
    return report


def _here(side: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Do the same without copies: put back what can be, say whether the process is spoilt."""
    found = {piece["name"]: run_piece(side, row, piece) for piece in row["pieces"]}
    symbols = _symbols(side, row["symbols"], True)
    return {"pieces": found, "symbols": symbols, "spoilt": not side.reset()}


def _symbols(side: Any, names: list[str], imports: bool) -> dict[str, Any]:
    return {name: side.resolves(name, imports=imports) for name in names}
