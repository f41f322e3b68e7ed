"""`probe bench` from flags to exit code: what is said, measured, kept and refused."""

from __future__ import annotations

import json
import signal

import msgspec
import pytest

from advisor.cli.probing import ENDING
from probes.document import ProbeDocument
from probes.errors import ProbeError
from probes.store import Store, StoreError

from .small_bench import BLOCKS, SmallBench, at, blocks_of, one_line

CASE_ID = "matmul-gemm-24"
Captured = pytest.CaptureFixture[str]


def test_how_long_it_takes_is_said_before_anything_is_measured(
    bench: SmallBench, capsys: Captured
) -> None:
    assert bench("probe", "bench", "--json") == 0
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert lines[1].startswith("2 cases, 3 arms and a copy, 3 blocks: about ")
    assert lines[1].endswith("; Ctrl-C keeps what is done")
    assert lines[2].startswith(
        "a block that something else disturbs is measured again, up to 1 time: then about "
    )
    assert lines[3].startswith("writing the inputs")
    assert lines[-1].startswith(f"kept as {bench.stored().run.id};")
    document = msgspec.json.decode(out, type=ProbeDocument)
    assert document == bench.stored().document
    assert blocks_of(bench.stored()) == list(range(1, BLOCKS + 1))


def test_every_step_reaches_the_store(bench: SmallBench) -> None:
    found: list[tuple[str, list[int], str]] = []

    def look(blocks: int) -> None:
        stored = bench.stored()
        cells = stored.document.benchmarks.workloads[CASE_ID].arms
        found.append((stored.run.state, list(cells), str(cells["pytorch/eager"].blocks)))

    begun: list[str] = []
    bench.at_start = lambda: begun.append(bench.stored().run.state)
    bench.at_block = look
    assert bench("probe", "bench", "--quiet") == 0
    assert begun == ["running"]
    three = ["pytorch/eager", "tensorflow/eager", "tensorflow/function"]
    assert found == [
        *(("running", three[:n], "[]") for n in (1, 2, 3)),
        ("running", three, "[1]"),
        ("running", three, "[1, 2]"),
    ]
    assert [run.state for run in bench.kept()] == ["finished"]


def test_what_does_not_fit_into_the_budget_is_named_with_the_way_to_get_it(
    bench: SmallBench, capsys: Captured
) -> None:
    assert bench("probe", "bench", "--budget", "20s", "--json") == 0
    out, err = capsys.readouterr()
    (line,) = [line for line in err.splitlines() if line.startswith("left out to fit the time: ")]
    assert "1 arm (tensorflow/eager)" in line and "1 workload (transformer-block)" in line
    assert line.endswith("; --budget 1m measures all of it")
    plan = json.loads(out)["benchmarks"]["plan"]
    assert plan["arms"] == ["pytorch/eager", "tensorflow/function"]
    assert bench("probe", "bench", "--budget", "1m") == 0
    assert "left out" not in capsys.readouterr().err
    assert len(bench.measured[1].cases) == 2


def test_what_was_asked_for_by_name_and_the_seed_are_what_is_measured(bench: SmallBench) -> None:
    assert bench("probe", "bench", "--seed", "7", "--workload", "matmul", "--quiet") == 0
    (plan,) = bench.measured
    assert (plan.seed, [case.id for case in plan.cases]) == (7, [CASE_ID])
    assert bench.stored().document.benchmarks.plan == plan


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--workload", "matmull"), "'matmull' is not a known workload; the nearest is 'matmul'"),
        (("--arm", "pytorch/eagre"), "the nearest is 'pytorch/eager'"),
        (("--budget", "soon"), "--budget 'soon' is no duration"),
        (("--python", "torch=/nowhere/python"), "/nowhere/python, cannot be executed"),
        (("--python", "theano=/bin/sh"), "'theano' is not a framework"),
        (("--vs", "r7"), "'r7': no such run"),
        (("--resume",), "--resume: no run of this machine was interrupted"),
    ],
)
def test_a_slip_is_one_line_before_anything_is_looked_at_and_kept(
    bench: SmallBench, capsys: Captured, words: tuple[str, ...], said: str
) -> None:
    assert bench("probe", "bench", *words) == 2
    assert said in one_line(capsys)
    assert bench.looked_with == [] and bench.kept() == []


def test_the_run_to_compare_with_is_not_the_new_one(bench: SmallBench, capsys: Captured) -> None:
    assert bench("probe", "bench", "--quiet") == 0
    first = bench.stored().run.id
    capsys.readouterr()
    assert bench("probe", "bench", "--vs", "last", "--json") == 0
    compared = json.loads(capsys.readouterr().out)
    assert [compared[side]["run"] for side in ("old", "new")] == [first, bench.stored().run.id]


def test_ctrl_c_keeps_finished_blocks_and_says_how_to_go_on(
    bench: SmallBench, capsys: Captured
) -> None:
    before = {name: signal.getsignal(getattr(signal, name)) for name in ENDING}
    stored = bench.stopped_after(2, "probe", "bench")
    assert stored.run.state == "interrupted" and blocks_of(stored) == [1, 2]
    err = capsys.readouterr().err
    assert err.endswith(
        "fw-advisor: interrupted; finished blocks are kept; "
        "go on with: fw-advisor probe bench --resume\n"
    )
    assert {name: signal.getsignal(getattr(signal, name)) for name in ENDING} == before


def test_an_interrupted_gate_is_no_measurement(bench: SmallBench, capsys: Captured) -> None:
    assert bench("probe", "bench", "--quiet") == 0
    whole = bench.stored().run.id
    stopped = bench.stopped_after(0).run.id
    assert bench.stored(stopped).document.benchmarks.workloads[CASE_ID].arms
    assert bench.store.newest_measured(40) == [whole]
    assert bench("probe", "bench", "--analyze", stopped) == 4


def test_what_cannot_be_measured_is_one_line_and_keeps_what_is_done(
    bench: SmallBench, capsys: Captured
) -> None:
    def fail() -> None:
        raise ProbeError("no room for the inputs\non this disk")

    bench.at_block = at(1, fail)
    assert bench("probe", "bench") == 4
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("fw-advisor: no room for the inputs") and last.endswith("this disk")
    assert bench.stored().run.state == "interrupted" and blocks_of(bench.stored()) == [1]


def test_a_run_begun_while_the_store_was_locked_is_kept_from_the_next_step_on(
    bench: SmallBench, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    begin, tries = Store.begin, iter((True, True, False))

    def locked(store: Store, document: ProbeDocument) -> str:
        if next(tries):
            raise StoreError("locked", "the store: another process keeps it locked")
        return begin(store, document)

    monkeypatch.setattr(Store, "begin", locked)
    stored = bench.stopped_after(1, "probe", "bench")
    assert next(tries, None) is None and blocks_of(stored) == [1]
    assert len(bench.kept()) == 1
    assert capsys.readouterr().err.count("another process keeps it locked") == 1
