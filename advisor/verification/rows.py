"""Turns entries into rows the runner understands; knows both vocabularies, runs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.executable import files_of_entry
from knowledge.model.api import Api
from knowledge.model.check import Code
from knowledge.model.gotcha import Gotcha
from probes.verify.rows import Exercise, Program, Row

Runnable = Row | Program | Exercise


def runnable(kind: str, entry: Any, root: Path) -> Runnable:
    """Return an executable entry as the runner takes it; `root`: where its files lie."""
    if isinstance(entry, (Api, Gotcha)):
        return _row(entry)
    files = {word: str(path) for word, path in files_of_entry(kind, entry.id, root).items()}
    if kind == "pattern":
        return Program(
            id=entry.id,
            files=files,
            results=list(entry.results),
            tolerance=entry.tolerance,
            seconds=entry.seconds,
        )
    return Exercise(
        id=entry.id,
        check=files["check"],
        solution=files["solution"],
        exercise=files["exercise"],
        side=entry.side,
        seconds=entry.seconds,
    )


def _row(entry: Api | Gotcha) -> Row:
    check = entry.check
    assert check is not None
    inputs = {
        name: {field: getattr(one, field) for field in one.__struct_fields__}
        for name, one in check.inputs.items()
    }
    api = entry if isinstance(entry, Api) else None
    return Row(
        id=entry.id,
        code=_sides(entry.code),
        setup=_sides(check.setup),
        old=_sides(api.old) if api else {},
        naive=check.naive,
        naive_side=check.naive_side,
        naive_raises=check.naive_raises,
        inputs=inputs,
        outputs=list(check.outputs),
        gradients=list(check.gradients),
        tolerance=check.tolerance,
        gradient_tolerance=check.gradient_tolerance,
        dtypes={name: list(pair) for name, pair in check.dtypes.items()},
        permute={name: list(axes) for name, axes in check.permute.items()},
        symbols={"tensorflow": list(api.tensorflow), "torch": list(api.torch)} if api else {},
        gone=list(api.gone) if api else [],
        alive={str(side): str(state) for side, state in api.alive.items()} if api else {},
        isolate=check.isolate,
        subject=check.subject,
        seconds=check.seconds,
    )


def _sides(code: Code) -> dict[str, str]:
    return {"tensorflow": code.tensorflow, "torch": code.torch}
