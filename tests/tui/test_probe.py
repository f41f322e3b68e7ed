"""Choosing what to measure, how far it is, stopping, keeping, and using the result."""

from __future__ import annotations

import asyncio

import pytest
from msgspec import structs

from advisor.cli.store_access import store_path
from advisor.tui.app import AdvisorApp
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.probe import ProbeScreen
from advisor.tui.screens.result import ResultScreen
from probes.bench.workloads import WORKLOADS
from probes.store import Kept, open_store

from .conftest import begin, compare, press, settle, text_of, write
from .fake_probe import FakeRunner
from .measuring import by_size, measuring, open_measuring, runner, settle_without_work, until

__all__ = ["runner"]


def kept() -> list[Kept]:
    return open_store(store_path()).runs()


def finished_blocks() -> set[int]:
    """Return the blocks of the newest run that are in the store."""
    document = open_store(store_path()).read(kept()[0].id).document
    cases = document.benchmarks.workloads.values()
    return {block for case in cases for cell in case.arms.values() for block in cell.blocks}


@by_size
async def test_screens(app: AdvisorApp, runner: FakeRunner, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    runner.failing = {"tensorflow/function-xla"}
    async with app.run_test(size=size) as pilot:
        page = await open_measuring(pilot)
        compare(app, f"probe-choosing-{name}")
        await measuring(pilot, app)
        compare(app, f"probe-measuring-{name}")
        runner.go.set()
        await settle(pilot)
        compare(app, f"probe-results-{name}")
        page.point_at("case:0")
        await press(pilot, "enter")
        compare(app, f"probe-case-{name}")
        await press(pilot, "question_mark")
        compare(app, f"probe-help-{name}")


async def test_the_estimate_follows_every_choice(app: AdvisorApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_measuring(pilot)
        said = " ".join(text_of(app).split())
        assert "1 case in 4 ways, one of them twice; 6 blocks, 34 processes" in said
        assert "about 2 min 00 s" in text_of(app)
        for target in ("others", "workload:decode", "arm:pytorch/compile"):
            page.point_at(target)
            await press(pilot, "space")
        assert "about 3 min 00 s" in text_of(app).splitlines()[0]
        await press(pilot, "home")
        assert "2 cases in 3 ways" in text_of(app)
        page.point_at("budget")
        await press(pilot, "enter")
        await write(pilot, "soon")
        await press(pilot, "enter")
        assert "is no duration" in text_of(app)
        await write(pilot, "2m")
        await press(pilot, "enter", "home")
        assert "Left out to stay within 2 min: Decoding with a key-value" in text_of(app)
        for target in ("workload:decode", "workload:transformer-block"):
            page.point_at(target)
            await press(pilot, "enter")
        await press(pilot, "home", "m")
        assert "Choose at least one workload" in text_of(app) and "nothing chosen" in text_of(app)
        assert "measure" not in runner.calls


async def test_what_is_not_installed_is_not_offered(app: AdvisorApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(80, 60)) as pilot:
        await open_measuring(pilot)
        assert "TensorFlow eager" in text_of(app) and "JAX" not in text_of(app).partition("With")[2]
        assert "host and device" not in text_of(app), "there is no card to copy to"


def test_every_workload_and_arm_is_said_in_plain_words() -> None:
    from advisor.tui.measuring.words import MODES, WHAT
    from probes.bench.arms import ARMS

    assert set(WHAT) == set(WORKLOADS) and set(MODES) == set(ARMS)


async def test_an_arm_that_failed_its_check_says_so_before_a_block_is_finished(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    runner.failing = {"tensorflow/function-xla"}
    runner.checked.clear()
    async with app.run_test(size=(100, 40)) as pilot:
        await open_measuring(pilot)
        await pilot.press("m")
        await until(pilot, app, lambda: "Block 1 of 6" in text_of(app))
        await settle_without_work(pilot)
        lines = text_of(app).splitlines()
        (grid,) = (line for line in lines if line.split()[-7:] == ["×"] * 7)
        (reason,) = (line for line in lines if "no C++ compiler was found" in line)
        assert "TensorFlow function-xla" in grid and "× TensorFlow function-xla" in reason
        assert finished_blocks() == set()
        runner.checked.set()
        runner.go.set()
        await settle(pilot)


async def test_measure_and_use(app: AdvisorApp, runner: FakeRunner) -> None:
    runner.go.set()
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await press(pilot, "m", "u")
        assert isinstance(app.screen, InterviewScreen)
        (measurement,) = app.session.interview.measurements
        assert measurement.workload == "transformer-block" and measurement.ratio < 1
        (run,) = kept()
        assert run.state == "finished" and app.session.evidence == [run.id]
        app.session.answer("device", "cpu")
        await press(pilot, "r")
        assert isinstance(app.screen, ResultScreen) and app.screen.advice is not None
        assert app.screen.advice.measured[0].verdict == "faster"
        await press(pilot, "a")
        assert f"--evidence {run.id}" in text_of(app)


async def test_a_measurement_goes_on_while_one_reads_elsewhere(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await measuring(pilot, app)
        (run,) = kept()
        assert run.state == "running" and finished_blocks() == {1}, "it is kept already"
        await pilot.press("b")
        await until(pilot, app, lambda: isinstance(app.screen, InterviewScreen))
        runner.go.set()
        await press(pilot, "p", "m")
        assert isinstance(app.screen, ProbeScreen)
        assert "PyTorch is faster" in text_of(app)
        assert runner.calls == ["hardware", "frameworks", "measure"]


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_what_is_stopped_is_kept_and_can_be_continued(
    app: AdvisorApp, runner: FakeRunner, key: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await measuring(pilot, app)
        await press(pilot, key)
        assert isinstance(app.screen, ProbeScreen)
        assert "Stopped early: 1 of 6 blocks" in text_of(app)
        (run,) = kept()
        assert run.state == "interrupted"
        await press(pilot, "m")
        assert f"Continue {run.id} (c): stopped on 2026-11-20" in text_of(app)
        runner.go.set()
        await press(pilot, "c")
        assert runner.previous is not None
        assert runner.previous.benchmarks.workloads["transformer-block-small"].pairs
        assert "PyTorch is faster" in text_of(app)
        (run,) = kept()
        assert run.state == "finished", "it is the same run"


async def test_a_run_of_other_versions_is_not_continued(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await measuring(pilot, app)
        await press(pilot, "escape")
        stopped, found = app.probe_job().stopped, app.probe_job().looking.whole
    assert stopped is not None and found is not None
    from advisor.tui.measuring.continuing import hindrance

    assert hindrance(stopped, found) == ""
    for changed, why in (
        ({"fingerprint": "another"}, "the machine is another one"),
        ({"origin": "elsewhere"}, "measured elsewhere"),
        ({"state": "finished"}, "has ended"),
        ({"versions": {"pytorch": "1.0"}}, "PyTorch was 1.0 then"),
        ({"interpreters": {}}, "another interpreter"),
    ):
        assert why in hindrance(structs.replace(stopped, **changed), found)


async def test_a_store_that_fails_loses_no_result(app: AdvisorApp, runner: FakeRunner) -> None:
    store_path().mkdir(parents=True)
    runner.go.set()
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await press(pilot, "m")
        shown = text_of(app)
        assert "PyTorch is faster" in shown and "store of results" in shown
        name = app.probe_job().name
        assert name is not None and name.endswith(".json"), "it lies in a file instead"
        await press(pilot, "u")
        assert len(app.session.interview.measurements) == 1


async def test_a_measurement_that_breaks_keeps_its_blocks_and_is_a_message(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    runner.broken_half_way = True
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await press(pilot, "m")
        shown = text_of(app)
        assert "the [red]interpreter" in shown and "\x1b" not in shown
        assert "Stopped early: 1 of 6 blocks" in shown
    assert [run.state for run in kept()] == ["interrupted"]


async def test_quitting_stops_a_measurement_and_keeps_its_blocks(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await measuring(pilot, app)
        await pilot.press("q")
    assert not runner.go.is_set() and app.probe_job().cancel.is_set()
    # As at the end of the program: its threads come to an end first.
    await asyncio.get_running_loop().shutdown_default_executor()
    (run,) = kept()
    assert run.state == "interrupted" and run.arms and finished_blocks() == {1}


async def test_a_look_that_fails_can_be_tried_again_where_one_wants_to_measure(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    runner.broken = True
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "M")
        shown = text_of(app)
        assert "cannot be executed" in shown and "Look again" in shown
        runner.broken = False
        await press(pilot, "home", "enter")
        assert "Measure (m), about 2 min" in text_of(app)


async def test_the_footer_shows_at_most_six_keys(app: AdvisorApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await open_measuring(pilot)
        for step in ("choosing", "measuring", "stopped"):
            if step == "measuring":
                await measuring(pilot, app)
            if step == "stopped":
                await press(pilot, "escape")
            shown = [b for b in app.screen.active_bindings.values() if b.binding.show]
            names = {b.binding.description for b in shown if b.enabled}
            assert len(names) <= 6, (step, names)
