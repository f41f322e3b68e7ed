"""`probe bench --resume`: what goes on, with what, and what is refused and stays as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from probes.evidence import found
from probes.store import Stored

from .small_bench import RESUME, SmallBench, at, blocks_of, interrupt, one_line

ROOT = Path(__file__).resolve().parents[2]
Captured = pytest.CaptureFixture[str]
Child = subprocess.Popen[str]
Start = Callable[..., Child]


@pytest.fixture
def start(bench: SmallBench) -> Iterator[Start]:
    """Start the command as a program that waits after every step."""
    children: list[Child] = []

    def run(*arguments: str) -> Child:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.small_bench", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        children.append(child)
        return child

    yield run
    for child in children:
        child.kill()
        child.communicate()


def wait_for(child: Child, blocks: int) -> None:
    """Let a child go on until so many blocks are finished."""
    assert child.stdout is not None and child.stdin is not None and child.stderr is not None
    for line in child.stdout:
        if line.strip() == str(blocks):
            return
        child.stdin.write("\n")
        child.stdin.flush()
    raise AssertionError(child.stderr.read())


def as_it_was(bench: SmallBench, before: Stored) -> bool:
    after = bench.stored(before.run.id)
    return (after.run.state, after.raw) == (before.run.state, before.raw)


def refused(bench: SmallBench, captured: Captured, before: Stored, *more: str) -> str:
    """Return the line with which it is refused, after checking that nothing came of it."""
    captured.readouterr()
    measured = len(bench.measured)
    assert bench(*RESUME, "--quiet", *more) == 2
    line = one_line(captured)
    assert as_it_was(bench, before) and len(bench.kept()) == 1 and len(bench.measured) == measured
    return line.removeprefix("--resume: ")


def test_a_run_that_was_stopped_goes_on_under_its_id(bench: SmallBench, capsys: Captured) -> None:
    before = bench.stopped_after(1)
    capsys.readouterr()
    assert bench(*RESUME) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[1].startswith("going on after 1 block, with 2 to come: about ")
    assert [run.id for run in bench.kept()] == [before.run.id]
    assert bench.stored().run.state == "finished" and blocks_of(bench.stored()) == [1, 2, 3]
    for case, workload in before.document.benchmarks.workloads.items():
        for arm, cell in workload.arms.items():
            after = bench.stored().document.benchmarks.workloads[case].arms[arm]
            assert after.samples[0] == cell.samples[0]


def test_a_run_whose_process_was_killed_between_blocks_goes_on(
    bench: SmallBench, start: Start
) -> None:
    child = start("probe", "bench", "--quiet", "-o", os.devnull)
    wait_for(child, 2)
    child.kill()
    child.wait()
    before = bench.stored()
    assert before.run.state == "interrupted" and blocks_of(before) == [1, 2]
    assert bench(*RESUME, "--quiet") == 0
    assert [run.id for run in bench.kept()] == [before.run.id]
    assert bench.stored().run.state == "finished" and blocks_of(bench.stored()) == [1, 2, 3]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_whatever_asks_a_measurement_to_end_its_blocks_are_kept(
    bench: SmallBench, start: Start, name: str
) -> None:
    child = start("probe", "bench", "-o", os.devnull)
    wait_for(child, 1)
    child.send_signal(getattr(signal, name))
    _, err = child.communicate("\n", timeout=60)
    assert child.returncode == 130, err
    assert "interrupted; finished blocks are kept" in err
    assert bench.stored().run.state == "interrupted" and blocks_of(bench.stored()) == [1]


def test_what_ignores_a_terminal_that_hangs_up_goes_on_ignoring_it(
    bench: SmallBench, start: Start
) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        child = start("probe", "bench", "-o", os.devnull)
    finally:
        signal.signal(signal.SIGHUP, before)
    wait_for(child, 1)
    child.send_signal(signal.SIGHUP)
    _, err = child.communicate("\n" * 9, timeout=60)
    assert child.returncode == 0, err
    assert bench.stored().run.state == "finished"


def test_a_run_that_is_being_measured_is_not_taken_away(
    bench: SmallBench, start: Start, capsys: Captured
) -> None:
    child = start("probe", "bench", "--quiet", "-o", os.devnull)
    wait_for(child, 1)
    before = bench.stored()
    assert before.run.state == "running"
    assert refused(bench, capsys, before) == (
        f"{before.run.id} is being measured now, by another process"
    )


def test_of_two_that_take_the_same_run_one_is_refused(bench: SmallBench, capsys: Captured) -> None:
    before = bench.stopped_after(1)

    def another_is_faster() -> None:
        bench.store.go_on(before.run.id, before.document)

    bench.at_look = another_is_faster
    assert bench(*RESUME, "--quiet") == 2
    err = capsys.readouterr().err
    assert f"{before.run.id}: is being measured now, by another process" in err
    assert len(bench.measured) == 1
    assert bench.stored().raw == before.raw and bench.stored().run.state == "running"


def test_it_is_running_as_soon_as_anything_is_measured(bench: SmallBench) -> None:
    bench.stopped_after(1)
    states: list[str] = []
    bench.at_block = lambda blocks: states.append(bench.stored().run.state)
    assert bench(*RESUME, "--quiet") == 0
    assert set(states) == {"running"}


def test_ctrl_c_while_the_frameworks_are_looked_at_leaves_the_run_as_it_was(
    bench: SmallBench, capsys: Captured
) -> None:
    before = bench.stopped_after(2)
    bench.at_look = interrupt
    capsys.readouterr()
    assert bench(*RESUME) == 130
    out, err = capsys.readouterr()
    assert "finished blocks are kept" in err and "Matrix product" in out
    assert as_it_was(bench, before) and len(bench.kept()) == 1
    bench.at_look = lambda: None
    assert bench(*RESUME, "--quiet") == 0
    assert blocks_of(bench.stored()) == [1, 2, 3]


def test_ctrl_c_once_more_keeps_the_blocks_of_both_times(bench: SmallBench) -> None:
    first = bench.stopped_after(1)
    second = bench.stopped_after(2, *RESUME, "--quiet")
    assert second.run.id == first.run.id
    assert second.run.state == "interrupted" and blocks_of(second) == [1, 2]


def test_another_version_is_refused_and_the_run_stays_as_it_was(
    bench: SmallBench, capsys: Captured
) -> None:
    before = bench.stopped_after(1)
    bench.change("tensorflow", version="2.22.0")
    assert refused(bench, capsys, before) == (
        f"{before.run.id} cannot be continued: TensorFlow was 2.21.0 then and is 2.22.0 now; "
        "it goes on once that is as it was, or begin anew without --resume"
    )
    bench.change("tensorflow", version="2.21.0")
    assert bench(*RESUME, "--quiet") == 0


def test_a_framework_that_is_gone_is_refused(bench: SmallBench, capsys: Captured) -> None:
    before = bench.stopped_after(0)
    assert list(before.run.arms) == ["pytorch/eager"]
    bench.change("tensorflow", installed=False, version=None)
    line = refused(bench, capsys, before)
    assert "TensorFlow is not installed any more" in line, "its arms are in the plan"


def test_another_machine_is_refused(bench: SmallBench, capsys: Captured) -> None:
    before = bench.stopped_after(1)
    bench.hardware = bench.hardware | {"cpu-usable-threads": found(1, "cpu")}
    assert "the machine is another one now" in refused(bench, capsys, before)


def another_python(folder: Path) -> str:
    path = folder / "bin" / "python"
    path.parent.mkdir(parents=True)
    path.symlink_to(sys.executable)
    return str(path)


def test_the_interpreters_of_the_run_are_used_without_being_named(
    bench: SmallBench, tmp_path: Path
) -> None:
    path = another_python(tmp_path / "other")
    before = bench.stopped_after(1, "probe", "bench", "--quiet", f"--python=torch={path}")
    assert before.run.interpreters["pytorch"] == path
    assert bench(*RESUME, "--quiet") == 0
    expected = {"pytorch": path, "tensorflow": sys.executable}
    assert bench.looked_with[1] == expected and bench.measured_with[1] == expected
    assert bench.stored().run.state == "finished"


def test_another_interpreter_is_refused(
    bench: SmallBench, tmp_path: Path, capsys: Captured
) -> None:
    path = another_python(tmp_path / "other")
    before = bench.stopped_after(1, "probe", "bench", "--quiet", f"--python=torch={path}")
    line = refused(bench, capsys, before, f"--python=torch={sys.executable}")
    assert f"PyTorch was measured with {path}: leave its --python out" in line
    Path(path).unlink()
    assert f"with {path}, which is not there any more" in refused(bench, capsys, before)


def test_a_run_without_names_goes_on_and_stays_without(
    bench: SmallBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.cli.redacting.own_names", lambda: ("lovelace",))
    path = another_python(tmp_path / "lovelace")
    named = f"--python=torch={path}"
    before = bench.stopped_after(1, "probe", "bench", "--quiet", "--redact", named)
    assert "lovelace" not in before.raw.decode()
    assert bench(*RESUME, "--quiet", named) == 0
    after = bench.stored()
    assert after.run.state == "finished" and after.document.redacted
    assert "lovelace" not in after.raw.decode()


def test_blocks_of_a_run_reach_the_store_again_and_again(bench: SmallBench) -> None:
    bench.stopped_after(1)
    found_there: list[list[int]] = []
    bench.at_block = at(2, lambda: found_there.append(blocks_of(bench.stored())))
    assert bench(*RESUME, "--quiet") == 0
    assert found_there == [[1, 2]]
