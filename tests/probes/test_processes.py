"""Children of every kind of misbehaviour: each ends as an outcome, none outlives its limit."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import probes
from probes.processes import ChildResult, run_child
from tests.probes.pids import ends

pytestmark = pytest.mark.usefixtures("children_on_path", "no_process_left")


def misbehave(do: str, **options: Any) -> ChildResult:
    options = {"limit_seconds": 30.0} | options
    return run_child(sys.executable, "misbehave", {"do": do}, **options)


def test_a_crash_is_an_outcome_with_its_signal_and_keeps_what_was_said() -> None:
    result = misbehave("crash")
    assert (result.outcome, result.signal) == ("crashed", signal.SIGSEGV)
    assert result.ending == f"crashed (signal {int(signal.SIGSEGV)})"
    assert result.lines == [{"said": "hello"}]


def test_an_exception_is_told_from_a_crash_and_its_words_are_clean() -> None:
    result = misbehave("fail")
    assert (result.outcome, result.signal, result.exit_status) == ("crashed", None, 1)
    assert result.stderr.endswith("RuntimeError: as told")


def test_a_hang_ends_at_the_limit() -> None:
    started = time.monotonic()
    result = misbehave("hang", limit_seconds=0.6)
    assert result.outcome == "timed-out"
    assert time.monotonic() - started < 3.0
    assert result.lines == [{"said": "hello"}]


@pytest.mark.parametrize("do", ["hang_with_grandchild", "leave_grandchild"])
def test_grandchildren_end_with_the_group(do: str) -> None:
    result = misbehave(do, limit_seconds=1.0)
    grandchild = result.lines[1]["grandchild"]
    assert ends(grandchild)


def test_cancelling_from_a_line_ends_the_child_at_once() -> None:
    cancel = threading.Event()
    result = misbehave("hang", cancel=cancel, on_line=lambda line: cancel.set())
    assert result.outcome == "cancelled"
    assert result.seconds < 5.0


def test_an_error_in_the_callers_callback_leaves_no_process() -> None:
    def interrupt(line: dict[str, Any]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        misbehave("hang", on_line=interrupt)


@pytest.mark.parametrize("error", [RecursionError("deep"), ValueError("wrong")])
def test_a_mistake_in_the_callers_callback_is_not_taken_for_garbage(error: Exception) -> None:
    def fail(line: dict[str, Any]) -> None:
        raise error

    with pytest.raises(type(error), match=str(error)):
        misbehave("chatter", on_line=fail)


def test_what_a_framework_prints_is_never_taken_for_a_result() -> None:
    result = misbehave("chatter")
    assert result.outcome == "finished"
    assert result.lines == [{"said": "hello"}, {"said": "result"}]
    assert "raw bytes" in result.stderr


def test_output_before_our_code_runs_is_stray_not_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text('print(\'{"said": "forged"}\')\n')
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}")
    result = misbehave("chatter")
    assert {"said": "forged"} not in result.lines
    assert "forged" in result.stray


@pytest.mark.parametrize("said", ["[1, 2]", '{"half": "a li', '{"deep": ' + "[" * 200_000])
def test_a_line_that_is_no_object_is_stray_and_costs_nothing_else(said: str) -> None:
    result = run_child(sys.executable, "misbehave", {"do": "say", "said": said}, limit_seconds=30.0)
    assert result.outcome == "finished"
    assert result.lines == [{"said": "hello"}, {"said": "result"}]
    # Without the mark by which our lines are known: it means nothing to a reader.
    assert result.stray == said[:500]


def test_a_flood_on_stderr_is_bounded_and_keeps_the_last_words() -> None:
    result = misbehave("flood")
    assert result.outcome == "finished"
    assert len(result.stderr) < 50_000
    assert result.stderr.endswith("the last words")


def test_an_interpreter_that_does_not_exist_is_not_started(tmp_path: Path) -> None:
    result = run_child(str(tmp_path / "python"), "misbehave", {}, limit_seconds=5.0)
    assert result.outcome == "not-started"
    assert "No such file" in result.stderr


def test_only_the_package_becomes_visible_to_a_foreign_interpreter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare_interpreter: str
) -> None:
    # Our parent folder may be a site-packages of another environment; it must not be on the path,
    # and neither may the working directory, where a file called torch.py might lie.
    monkeypatch.chdir(tmp_path)
    result = run_child(bare_interpreter, "misbehave", {"do": "where"}, limit_seconds=30.0)
    seen = result.lines[1]
    package = Path(str(probes.__file__))
    assert Path(seen["file"]) == package
    assert str(package.parent.parent) not in seen["path"]
    assert str(package.parent) not in seen["path"]
    assert str(tmp_path) not in seen["path"] and "" not in seen["path"]
