"""Turns what both sides reported and what the comparison found into the result of a row.

Pure: no process, no file. The rules of the game stand here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from probes.verify.rows import DISCRIMINATES, SIDES, Problem, Result, Row
from probes.verify.workspace import Workspace

Reports = Mapping[str, Mapping[int, dict[str, Any]]]

NAMES = {"tensorflow": "TensorFlow", "torch": "PyTorch"}
_SIZELESS = ("shape", "dtype", "not-a-number", "outputs")


def pairs_of(workspace: Workspace, reports: Reports) -> list[dict[str, Any]]:
    """Return the pairs of files to compare: the code, and the naive code with the right one."""
    pairs = []
    for place, row in enumerate(workspace.rows):
        for piece in ("code", "naive"):
            ends = _ends(row, piece)
            found = [_piece(reports, side, place, name) for side, name in ends]
            if any(report is None or "dtypes" not in report for report in found):
                continue
            first, second = (report or {} for report in found)
            files = [str(workspace.arrays(place, side, name)) for side, name in ends]
            limit = row.gradient_tolerance
            pairs.append(
                {
                    "pair": f"{place}.{piece}",
                    "first": files[0],
                    "second": files[1],
                    "first_dtypes": first["dtypes"],
                    "second_dtypes": second["dtypes"],
                    "dtypes": row.dtypes if ends[0][0] != ends[1][0] else {},
                    "tolerance": row.tolerance,
                    "gradient_tolerance": row.tolerance if limit is None else limit,
                }
            )
    return pairs


def _ends(row: Row, piece: str) -> list[tuple[str, str]]:
    """Return which two pieces are compared, as (side, name of the piece)."""
    ends = [(side, "code") for side in SIDES]
    if piece == "naive":
        ends[SIDES.index(row.naive_side)] = (row.naive_side, "naive")
        if not all(row.code.get(side, "").strip() for side in SIDES):
            # With one side only, the right code of that side is what naive code must miss.
            ends = [(row.naive_side, "code"), (row.naive_side, "naive")]
    return ends


def _piece(reports: Reports, side: str, place: int, name: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = reports[side].get(place, {}).get("pieces", {}).get(name)
    return found


def judge(
    row: Row,
    place: int,
    reports: Reports,
    compared: Mapping[str, dict[str, Any]],
    no_inputs: str,
) -> Result:
    """Return the result of one row."""
    problems: list[Problem] = []
    result = Result(id=row.id)
    if no_inputs:
        problems.append(Problem("inputs", no_inputs))
    for side in SIDES:
        report = reports[side].get(place, {})
        if "broken" in report:
            problems.append(Problem(report["broken"], f"{NAMES[side]}: {report['words']}"))
        problems += _symbols(row, report.get("symbols", {}))
        problems += _liveness(row, side, report.get("pieces", {}), result)
        seconds = [piece["seconds"] for piece in report.get("pieces", {}).values()]
        result.seconds = round(result.seconds + sum(seconds), 4)
    code = compared.get(f"{place}.code")
    if code is not None:
        problems += [Problem(kind, words) for kind, words in code["problems"]]
        errors = code["errors"]
        result.max_error = errors.get("value")
        result.max_abs_error = errors.get("absolute")
        if row.gradients:
            result.max_gradient_error = errors.get("gradient")
    if row.naive:
        problems += _naive(row, place, reports, compared, result)
    result.problems = problems
    return result


def _symbols(row: Row, found: Mapping[str, bool | None]) -> list[Problem]:
    problems = []
    for name, there in found.items():
        if there is False and name not in row.gone:
            problems.append(Problem("no-such-symbol", f"{name} is not there"))
        if there is True and name in row.gone:
            problems.append(Problem("symbol-lives", f"{name} is declared gone and is there"))
    return problems


def _liveness(
    row: Row, side: str, pieces: Mapping[str, dict[str, Any]], result: Result
) -> list[Problem]:
    """Return what the calls of a side say about being alive, against what is declared."""
    problems = []
    declared = row.alive.get(side)
    for name in ("code", "old"):
        report = pieces.get(name)
        if report is None:
            continue
        state = _state(report)
        # `old` speaks for the symbol where there is one; `code` is then what to write today.
        if name == "old" or "old" not in pieces:
            result.liveness[side] = state
            if declared and declared != state:
                words = f"{NAMES[side]}: declared {declared}, {state}"
                said = report.get("error") or "; ".join(report["warned"])
                problems.append(Problem("liveness", f"{words} ({said})" if said else words))
            if declared:
                continue
        if "error" in report and name == "code":
            problems.append(Problem("raises", f"{NAMES[side]}: {report['error']}"))
    return problems


def _state(report: Mapping[str, Any]) -> str:
    if "error" in report:
        return "gone" if report["gone"] else "raises"
    return "warns" if report["warned"] else "alive"


def _naive(
    row: Row,
    place: int,
    reports: Reports,
    compared: Mapping[str, dict[str, Any]],
    result: Result,
) -> list[Problem]:
    """Fill in by how much the naive code fails; return what is wrong if it does not."""
    report = _piece(reports, row.naive_side, place, "naive")
    if report is None:
        return []
    if "error" in report:
        result.naive_note = report["error"]
        if row.naive_raises and row.naive_raises in report["error"]:
            return []
        return [Problem("naive-broken", f"the naive code raises {report['error']}")]
    if row.naive_raises:
        words = f"the naive code does not raise {row.naive_raises}"
        return [Problem("naive-passes", words)]
    right = next(side for side, name in _ends(row, "naive") if name == "code")
    if not row.code.get(right, "").strip():
        return [Problem("naive-broken", "the naive code has no right code to be compared with")]
    pair = compared.get(f"{place}.naive")
    if pair is None:
        return []
    errors = pair["errors"]
    notes = [f"{kind}: {words}" for kind, words in pair["problems"] if kind in _SIZELESS]
    worst = max(errors.get("value", 0.0), errors.get("gradient", 0.0))
    result.naive_note = "; ".join(notes)
    result.naive_error = worst if errors and not (notes and worst == 0.0) else None
    limit = row.tolerance if row.gradient_tolerance is None else row.gradient_tolerance
    misses = (
        bool(notes)
        or errors.get("value", 0.0) > DISCRIMINATES * row.tolerance
        or errors.get("gradient", 0.0) > DISCRIMINATES * limit
    )
    if misses:
        return []
    words = f"the naive code differs by {worst:.3g} only, not more than {DISCRIMINATES:g} times"
    return [Problem("naive-passes", f"{words} the tolerance {row.tolerance:g}")]
