"""Runs whole programs and self-checks, each in a process of its own with a limit."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isnan
from pathlib import Path
from typing import Any

from probes.processes import run_child
from probes.verify.rows import FRAMEWORK_OF, SIDES, Exercise, Problem, Program, Result

OnRow = Callable[[str], None]

AT_ONCE = 2
"""Processes at a time: each works on one thread, and two cores are what is promised for."""


def run_programs(
    programs: Sequence[Program],
    paths: Mapping[str, str],
    folder: Path,
    environment: Mapping[str, str],
    stop: threading.Event,
    on_row: OnRow,
) -> list[Result]:
    """Run both programs of every pair and compare the results they print."""
    found: list[dict[str, dict[str, Any]]] = [{} for _ in programs]

    def one(job: tuple[int, str]) -> None:
        number, side = job
        if not stop.is_set():
            place = folder / f"program_{number}_{side}"
            found[number][side] = _program(programs[number], side, paths, place, environment, stop)
            on_row(side)

    jobs = [(number, side) for number, program in enumerate(programs) for side in program.files]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, jobs))
    return [
        _judge(program, found[number])
        for number, program in enumerate(programs)
        if len(found[number]) == len(program.files) and not stop.is_set()
    ]


def _program(
    program: Program,
    side: str,
    paths: Mapping[str, str],
    folder: Path,
    environment: Mapping[str, str],
    stop: threading.Event,
) -> dict[str, Any]:
    folder.mkdir()
    # A copy under its own name: the program finds its folder writable and empty.
    path = shutil.copy(program.files[side], folder / f"{side}_program.py")
    result = run_child(
        paths[FRAMEWORK_OF[side]],
        "probes.verify.program",
        {"path": str(path), "folder": str(folder), "seconds": program.seconds},
        limit_seconds=program.seconds + 10.0,
        environment=environment,
        cancel=stop,
    )
    lines = result.lines[-1:] or [{"error": f"{result.ending}: {result.stderr[-300:].strip()}"}]
    return {**lines[0], "seconds": result.seconds}


def _judge(program: Program, found: Mapping[str, dict[str, Any]]) -> Result:
    result = Result(id=program.id, max_error=0.0, max_abs_error=0.0)
    for side, report in found.items():
        result.seconds = round(result.seconds + report["seconds"], 2)
        if "error" in report:
            result.problems.append(Problem("program", f"{side}: {report['error']}"))
            continue
        for name in program.results:
            if name not in report["results"]:
                words = f"{side}: prints no result {name!r}"
                result.problems.append(Problem("program", words))
    if result.problems or len(found) < len(SIDES):
        return result
    first, second = (found[side]["results"] for side in SIDES)
    for name in program.results:
        words, relative, absolute = _difference(first[name], second[name])
        result.max_error = max(result.max_error or 0.0, relative)
        result.max_abs_error = max(result.max_abs_error or 0.0, absolute)
        if words:
            result.problems.append(Problem("program", f"{name}: {words}"))
        elif relative > program.tolerance:
            words = f"{name}: differs by {relative:.3g}, more than {program.tolerance:g}"
            result.problems.append(Problem("value", words))
    return result


def _difference(a: Any, b: Any) -> tuple[str, float, float]:
    """Return what has no size, the largest relative and the largest absolute difference."""
    if isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            return f"{len(a)} values against {len(b)}", 0.0, 0.0
        each = [_difference(x, y) for x, y in zip(a, b, strict=True)] or [("", 0.0, 0.0)]
        words = next((word for word, _, _ in each if word), "")
        return words, max(e[1] for e in each), max(e[2] for e in each)
    if isinstance(a, dict) and isinstance(b, dict):
        if sorted(a) != sorted(b):
            return f"{sorted(a)} against {sorted(b)}", 0.0, 0.0
        return _difference([a[key] for key in sorted(a)], [b[key] for key in sorted(a)])
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        if isnan(a) or isnan(b):
            return ("" if isnan(a) and isnan(b) else f"{a} against {b}"), 0.0, 0.0
        gap = abs(a - b)
        return "", gap / max(1.0, abs(a)), gap
    return ("" if a == b else f"{str(a)[:80]!r} against {str(b)[:80]!r}"), 0.0, 0.0


def run_exercises(
    exercises: Sequence[Exercise],
    paths: Mapping[str, str],
    folder: Path,
    environment: Mapping[str, str],
    stop: threading.Event,
    on_row: OnRow,
) -> list[Result]:
    """See that every self-check accepts its solution and refuses the unfilled exercise."""

    def one(job: tuple[int, Exercise]) -> Result | None:
        number, exercise = job
        if stop.is_set():
            return None
        place = folder / f"exercise_{number}"
        result = _exercise(exercise, paths[FRAMEWORK_OF[exercise.side]], place, environment, stop)
        on_row(exercise.side)
        return None if stop.is_set() else result

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [found for found in pool.map(one, enumerate(exercises)) if found is not None]


def _exercise(
    exercise: Exercise,
    interpreter: str,
    folder: Path,
    environment: Mapping[str, str],
    stop: threading.Event,
) -> Result:
    result = Result(id=exercise.id)
    for what, path in (("solution", exercise.solution), ("exercise", exercise.exercise)):
        place = folder / what
        place.mkdir(parents=True)
        verdicts, words, seconds = check_solution(
            exercise.check, path, interpreter, place, environment, exercise.seconds, stop
        )
        result.seconds = round(result.seconds + seconds, 2)
        passed = bool(verdicts) and not words and all(ok for ok, _ in verdicts)
        wrong = words or next((text for ok, text in verdicts if not ok), "it checks nothing")
        if what == "solution" and not passed:
            result.problems.append(Problem("exercise", f"the solution fails: {wrong}"))
        if what == "exercise" and passed:
            result.problems.append(Problem("exercise", "the unfilled exercise passes"))
    return result


def check_solution(
    check: str,
    solution: str,
    interpreter: str,
    folder: Path,
    environment: Mapping[str, str],
    seconds: float,
    stop: threading.Event,
) -> tuple[list[tuple[bool, str]], str, float]:
    """Return the verdicts of a self-check on a solution, what stopped it, and the seconds taken."""
    result = run_child(
        interpreter,
        "probes.verify.exercise",
        {"check": check, "solution": solution, "folder": str(folder)},
        limit_seconds=seconds,
        environment=environment,
        cancel=stop,
    )
    verdicts = [(bool(line["ok"]), str(line["text"])) for line in result.lines if "ok" in line]
    words = next((line["error"] for line in result.lines if "error" in line), "")
    if not words and result.outcome == "timed-out":
        words = f"it was stopped: no end after {seconds:g} s"
    elif not words and result.outcome != "finished":
        words = f"it {result.ending}"
    return verdicts, words, result.seconds
