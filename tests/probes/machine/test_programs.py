"""Vendors' programs run within their time and their words, and leave nothing behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from probes.machine.programs import ask_program, find_program
from tests.probes.fake_machine import FakeMachine

PLACE = "/usr/bin/tool"


def tool(machine: FakeMachine, script: str) -> str:
    machine.program(PLACE, script)
    return str(machine.root / PLACE.lstrip("/"))


def test_words_complaint_and_status_are_kept_apart(machine: FakeMachine) -> None:
    answer = ask_program([tool(machine, "echo out; echo err >&2; exit 3")], 5.0)
    assert (answer.text, answer.complaint, answer.status, answer.problem) == (
        "out\n",
        "err\n",
        3,
        "",
    )


def test_words_come_in_english(machine: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert ask_program([tool(machine, 'echo "$LC_ALL"')], 5.0).text == "C\n"


def test_a_program_that_floods_is_cut(machine: FakeMachine) -> None:
    answer = ask_program([tool(machine, "head -c 3000000 /dev/zero | tr '\\0' x")], 10.0)
    assert answer.problem == ""
    assert len(answer.text) == 1 << 20


def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    machine: FakeMachine, no_process_left: None
) -> None:
    started = time.monotonic()
    answer = ask_program([tool(machine, "echo early; tail -f /dev/null & wait")], 0.3)
    assert time.monotonic() - started < 2.0
    assert answer.problem == "no answer within 0.3 s"
    assert answer.text == "early\n"


def test_a_child_that_keeps_the_pipe_open_does_not_hold_us_up(
    machine: FakeMachine, no_process_left: None
) -> None:
    answer = ask_program([tool(machine, "tail -f /dev/null & echo done")], 5.0)
    assert (answer.text, answer.problem) == ("done\n", "")


def test_what_cannot_be_executed_is_a_problem_and_no_crash(machine: FakeMachine) -> None:
    machine.file(PLACE, "no program")
    assert "PermissionError" in ask_program([str(machine.root / "usr/bin/tool")], 1.0).problem
    assert "FileNotFoundError" in ask_program(["/nowhere/tool"], 1.0).problem


def test_another_machines_programs_are_looked_for_below_its_root_only(machine: FakeMachine) -> None:
    assert find_program(machine.root, "sh", PLACE) is None
    tool(machine, "true")
    assert find_program(machine.root, "sh", PLACE) == str(machine.root / "usr/bin/tool")
    assert find_program(Path("/"), "sh") is not None
