"""Looking at the machine, measuring, cancelling, and using what was found."""

from __future__ import annotations

import pytest

from advisor.tui.app import AdvisorApp
from advisor.tui.probe_rows import interval_bar
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.probe import ProbeScreen
from advisor.tui.screens.result import ResultScreen
from probes.bench.document import Pair

from .conftest import begin, compare, press, text_of
from .fake_probe import FakeRunner


@pytest.fixture
def runner(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> FakeRunner:
    made = FakeRunner()
    monkeypatch.setattr(app, "probe_runner", lambda: made)
    return made


async def test_look_measure_and_use(app: AdvisorApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "p")
        compare(app, "probe-looked-80x24")
        runner.go.set()
        await press(pilot, "m")
        compare(app, "probe-measured-80x24")
        await press(pilot, "u")
        assert isinstance(app.screen, InterviewScreen)
        (measurement,) = app.session.interview.measurements
        assert measurement.workload == "transformer-block" and measurement.ratio < 1
        app.session.answer("device", "cpu")
        await press(pilot, "r")
        assert isinstance(app.screen, ResultScreen) and app.screen.advice is not None
        assert app.screen.advice.measured[0].verdict == "faster"
        await press(pilot, "a")
        assert "--evidence" in text_of(app)


async def test_a_measurement_goes_on_while_one_reads_elsewhere(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "p")
        await pilot.press("m")
        while "block 2 of 6" not in text_of(app):
            await pilot.pause()
        compare(app, "probe-measuring-80x24")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, InterviewScreen)
        runner.go.set()
        await press(pilot, "p")
        assert isinstance(app.screen, ProbeScreen)
        assert "0.80 (0.70 to 0.90), 6 blocks: faster" in text_of(app)
        assert runner.calls == ["hardware", "frameworks", "measure"]


async def test_cancel_keeps_what_is_done(app: AdvisorApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "p")
        await pilot.press("m")
        while "block 2 of 6" not in text_of(app):
            await pilot.pause()
        await press(pilot, "x")
        shown = text_of(app)
        assert "Cancelled" in shown and "6 blocks: faster" in shown


async def test_quitting_stops_a_measurement(app: AdvisorApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "p")
        await pilot.press("m")
        await pilot.press("q")
    assert not runner.go.is_set() and app.probe_job().cancel.is_set()


async def test_a_probe_that_fails_is_a_message(app: AdvisorApp, runner: FakeRunner) -> None:
    runner.broken = True
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "p")
        shown = text_of(app)
        assert "cannot be executed" in shown and "Look again" in shown
        runner.broken = False
        await press(pilot, "home", "enter")
        assert "PyTorch 2.13.0" in text_of(app)


async def test_what_the_machine_says_is_not_interpreted(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "p")
        assert "Made-up CPU [bold]x\N{REPLACEMENT CHARACTER}[31m" in text_of(app)


@pytest.mark.parametrize(
    ("low", "ratio", "high", "drawn"),
    [
        (0.5, 1.0, 2.0, "····├───●───┤····".replace("─", "━")),
        (0.01, 0.1, 0.25, "●·······│········"),
        (4.0, 4.0, 9.0, "········│·······●"),
    ],
)
def test_an_interval_is_drawn_on_a_logarithmic_scale(
    low: float, ratio: float, high: float, drawn: str
) -> None:
    pair = Pair(a="a", b="b", ratio=ratio, low=low, high=high, verdict="undecided")
    assert interval_bar(pair, 17) == drawn
