"""Learning paths: shown, remembered, and judged by running the learner's own file."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from advisor.cli import main
from advisor.cli.places import state_directory
from advisor.documents.schemas import schema
from knowledge.base import BASE, Knowledge
from knowledge.executable import files_of_entry
from knowledge.model.path import Step


@pytest.fixture
def step(knowledge: Knowledge) -> Step:
    """An early step with PyTorch, which starts sooner."""
    steps = (s for s in knowledge.kind("step").values() if s.side == "torch")
    return min(steps, key=lambda s: (s.order, s.id))


def learned(capsys: pytest.CaptureFixture[str], *given: str, code: int = 0) -> dict[str, object]:
    assert main(["learn", *given, "--json"]) == code
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, schema("learn"))
    return document


def done(document: dict[str, object], step: Step) -> str | None:
    paths = {path["id"]: path for path in document["paths"]}  # type: ignore[attr-defined]
    return next(s["done_how"] for s in paths[step.path]["steps"] if s["id"] == step.id)


def test_paths_and_steps_are_shown(step: Step, capsys: pytest.CaptureFixture[str]) -> None:
    assert done(learned(capsys), step) is None
    assert main(["learn", step.path.removeprefix("path-")]) == 0
    assert step.id in capsys.readouterr().out
    assert main(["learn", step.id]) == 0
    assert f"--check {step.id}" in capsys.readouterr().out


def test_what_is_done_is_remembered_and_can_be_forgotten(
    step: Step, capsys: pytest.CaptureFixture[str]
) -> None:
    assert done(learned(capsys, "--done", step.id), step) == "said"
    assert done(learned(capsys), step) == "said"
    assert done(learned(capsys, step.path, "--reset"), step) is None
    learned(capsys, "--done", step.id)
    assert done(learned(capsys, "--reset"), step) is None


def test_a_solution_passes_and_an_unfilled_exercise_is_told_what_is_wrong(
    step: Step, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.py"
    assert main(["learn", "--exercise", step.id, "-o", str(mine)]) == 0
    capsys.readouterr()
    document = learned(capsys, "--check", step.id, str(mine), code=1)
    assert document["checked"]["passed"] is False  # type: ignore[index]
    assert done(document, step) is None
    solution = files_of_entry("step", step.id, BASE)["solution"]
    document = learned(capsys, "--check", step.id, str(solution))
    assert document["checked"]["passed"] is True  # type: ignore[index]
    assert done(document, step) == "checked"
    assert done(learned(capsys, "--done", step.id), step) == "checked"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = (\n", "line 1: SyntaxError"),
        ("import torch\n\nraise ValueError('mine')\n", "line 3: ValueError: mine"),
        ("import sys; sys.exit(0)\n", "SystemExit"),
    ],
)
def test_a_broken_file_is_told_with_its_line(
    text: str, words: str, step: Step, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text(text)
    document = learned(capsys, "--check", step.id, str(mine), code=1)
    assert words in document["checked"]["stopped"]  # type: ignore[index]


@pytest.mark.parametrize(
    "given",
    [
        ["no-such-path-at-all"],
        ["--done", "no-such-step"],
        ["--check", "no-such-step", "x.py"],
    ],
)
def test_unknown_names_are_one_line(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", *given]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_file_and_a_missing_framework(
    step: Step, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["learn", "--check", step.id, str(tmp_path / "none.py")]) == 2
    script = tmp_path / "python"
    script.write_text('#!/bin/sh\nexec python3 -S -I "$@"\n')
    script.chmod(0o755)
    mine = tmp_path / "mine.py"
    mine.write_text("import torch\n")
    assert main(["learn", "--check", step.id, str(mine), "--python", str(script)]) == 4
    assert "has no torch" in capsys.readouterr().err


def test_a_damaged_memory_is_named_and_never_overwritten_unasked(
    step: Step, capsys: pytest.CaptureFixture[str]
) -> None:
    path = state_directory() / "learn.json"
    path.parent.mkdir(parents=True)
    path.write_text("{broken")
    assert main(["learn", "--done", step.id]) == 2
    assert str(path) in capsys.readouterr().err
    assert path.read_text() == "{broken"
    assert done(learned(capsys, "--reset"), step) is None
