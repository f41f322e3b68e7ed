"""A row that hangs, kills its process or spoils it costs itself, and nothing else."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from probes.verify.rows import Exercise, Program, Row
from probes.verify.run import verify


def torch_row(name: str, code: str, **more: object) -> Row:
    return Row(id=name, code={"torch": code}, **more)  # type: ignore[arg-type]


FINE = "y = torch.ones(2)"


@pytest.fixture
def without_torch(tmp_path: Path) -> str:
    """An interpreter in which torch cannot be imported."""
    (tmp_path / "torch.py").write_text("raise ImportError('there is no torch here')\n")
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n')
    script.chmod(0o755)
    return str(script)


def test_the_rest_goes_on_after_a_hang_and_after_a_crash() -> None:
    started = time.monotonic()
    run = verify(
        [
            torch_row("first", FINE),
            torch_row("hangs", "while True: pass", seconds=1.0),
            torch_row("second", FINE),
            torch_row("dies", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"),
            torch_row("leaves", "raise SystemExit(3)"),
            torch_row("third", FINE),
        ]
    )
    problems = {result.id: [problem.code for problem in result.problems] for result in run.results}
    assert problems == {
        "first": [],
        "hangs": ["timed-out"],
        "second": [],
        "dies": ["crashed"],
        "leaves": ["raises"],
        "third": [],
    }
    assert len(run.batches) == 2, "a crash ends a copy, a hang the whole process"
    assert time.monotonic() - started < 60


def test_a_missing_framework_is_said_and_is_no_failure_of_rows(without_torch: str) -> None:
    run = verify([torch_row("first", FINE)], {"torch": without_torch})
    assert run.results == []
    assert list(run.missing) == ["torch"]
    assert "there is no torch here" in run.missing["torch"]


def test_rows_do_not_see_what_others_left_behind(tmp_path: Path) -> None:
    """Neither settings nor files nor modules; and a device can be set up after others computed."""
    again = "import sys; assert not hasattr(sys, 'met'), 'met before'; sys.met = y = 1"
    devices = (
        "tf.config.set_logical_device_configuration(tf.config.list_physical_devices('CPU')[0],\n"
        "    [tf.config.LogicalDeviceConfiguration()] * 2)\n"
        "y = len(tf.config.list_logical_devices('CPU'))"
    )
    run = verify(
        [
            *(torch_row(f"meets {n}", again, naive=again, naive_raises="x") for n in range(2)),
            Row(
                id="computes",
                code={"tensorflow": "y = tf.ones(2)", "torch": "y = torch.ones(2)"},
            ),
            Row(id="sets up", code={"tensorflow": devices, "torch": "y = 2"}, isolate=True),
            torch_row("coloured", "raise ValueError('\\x1b[1mbold\\x1b[0m words')"),
            torch_row("sets", "torch.set_default_dtype(torch.float64); open('left', 'w'); y = 1"),
            torch_row("reads", "import os; y = [torch.ones(1), len(os.listdir('.'))]"),
            torch_row("draws", "y = torch.rand(3)"),
            torch_row("draws again", "y = torch.rand(3)", naive="y = torch.rand(3)"),
        ]
    )
    by_id = {result.id: result for result in run.results}
    assert by_id["reads"].agrees and by_id["sets"].agrees
    assert by_id["computes"].problems == [] and by_id["sets up"].problems == []
    for n in range(2):
        codes = [problem.code for problem in by_id[f"meets {n}"].problems]
        assert codes == ["naive-passes"], "neither piece met the other, nor another row"
    (coloured,) = by_id["coloured"].problems
    assert "ValueError: bold words" in coloured.text
    assert not list(Path().glob("left"))


def test_programs_agree_or_say_what_differs(tmp_path: Path) -> None:
    def program(name: str, text: str) -> str:
        path = tmp_path / f"{name}.py"
        path.write_text(text)
        return str(path)

    one = program("one", 'print(\'noise\'); print(\'{"a": [1.0, 2.0], "b": "x"}\')')
    near = program("near", 'print(\'{"a": [1.0, 2.000001], "b": "x", "more": 1}\')')
    far = program("far", 'print(\'{"a": [1.0, 2.5], "b": "x"}\')')
    broken = program("broken", "raise ValueError('no')")
    silent = program("silent", "print('nothing')")
    slow = program("slow", "import time; time.sleep(60)")
    programs = [
        Program(id=name, files={"tensorflow": one, "torch": other}, results=["a", "b"], seconds=3)
        for name, other in (
            ("near", near), ("far", far), ("broken", broken), ("silent", silent), ("slow", slow)
        )
    ]  # fmt: skip
    run = verify([], programs=programs)
    words = {result.id: " ".join(p.text for p in result.problems) for result in run.results}
    assert words["near"] == ""
    assert "differs by 0.25" in words["far"]
    assert "ValueError: no" in words["broken"]
    assert "no JSON" in words["silent"]
    assert "no end after 3 s" in words["slow"]


def test_a_self_check_must_accept_the_solution_and_refuse_the_exercise(tmp_path: Path) -> None:
    def file(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    check = file("check.py", "def check(s):\n    yield s.f(2) == 4, 'f doubles'\n")
    right = file("right.py", "def f(x):\n    return 2 * x\n")
    empty = file("empty.py", "def f(x):\n    raise NotImplementedError\n")
    wrong = file("wrong.py", "def f(x):\n    return x\n")
    run = verify(
        [],
        exercises=[
            Exercise(id="good", check=check, solution=right, exercise=empty),
            Exercise(id="bad solution", check=check, solution=wrong, exercise=empty),
            Exercise(id="bad exercise", check=check, solution=right, exercise=right),
        ],
    )
    words = {result.id: [p.text for p in result.problems] for result in run.results}
    assert words["good"] == []
    assert words["bad solution"] == ["the solution fails: f doubles"]
    assert words["bad exercise"] == ["the unfilled exercise passes"]


def test_nothing_is_left_in_the_temporary_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    verify([torch_row("first", FINE)])
    assert not list(tmp_path.glob("fw-advisor*"))
