"""`advise --probe` measures as `probe` does: it says how long, keeps every block, heeds Ctrl-C."""

from __future__ import annotations

import json

import pytest

from .small_bench import SmallBench, at, blocks_of, interrupt

pytestmark = pytest.mark.usefixtures("what_counts")
ADVISE = ("advise", "--set", "goal=research", "--probe")


@pytest.fixture
def what_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.facts.workloads.workloads_for", lambda *_: ["matmul"])


def test_it_says_how_long_measures_keeps_every_block_and_advises(
    bench: SmallBench, capsys: pytest.CaptureFixture[str]
) -> None:
    states: list[tuple[int, str]] = []
    bench.at_block = lambda blocks: states.append((blocks, bench.stored().run.state))
    assert bench(*ADVISE, "--json") == 0
    out, err = capsys.readouterr()
    lines = err.splitlines()
    estimate = next(n for n, line in enumerate(lines) if "3 blocks: about " in line)
    assert estimate < lines.index(next(line for line in lines if "writing the inputs" in line))
    assert [case.workload for case in bench.measured[0].cases] == ["matmul"], "what counts"
    assert states == [(0, "running")] * 3 + [(1, "running"), (2, "running")]
    run = bench.stored().run
    assert run.state == "finished" and run.effort == "quick" and f"kept as {run.id};" in err
    document = json.loads(out)
    assert document["schema"] == "fw-advisor/advice"
    assert {"operating-system"} <= {fact["id"] for fact in document["facts"]}


def test_ctrl_c_ends_it_and_keeps_what_is_done(
    bench: SmallBench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.at_block = at(1, interrupt)
    assert bench(*ADVISE) == 130
    out, err = capsys.readouterr()
    assert out == "" and err.endswith("fw-advisor: interrupted\n")
    assert bench.stored().run.state == "interrupted" and blocks_of(bench.stored()) == [1]
    assert bench("probe", "bench", "--resume", "--quiet") == 0
    assert blocks_of(bench.stored()) == [1, 2, 3]


def test_what_there_was_no_time_for_names_a_command_that_has_it(
    bench: SmallBench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.blocks = 60  # by itself more than a quick probe may take
    bench.at_block = at(0, interrupt)
    assert bench(*ADVISE) == 130
    (line,) = [one for one in capsys.readouterr().err.splitlines() if "left out" in one]
    command = line.partition("`")[2].rpartition("`")[0].split()
    assert " ".join(command) == "fw-advisor probe bench --quick --workload matmul"
    bench.at_block = at(0, interrupt)
    assert bench(*command[1:], "--quiet") == 130
    short, whole = (set(plan.arms) for plan in bench.measured)
    assert "1 arm (tensorflow/eager)" in line and whole - short == {"tensorflow/eager"}
