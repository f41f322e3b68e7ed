"""What the tests of measuring share: a machine from a file, its runner, ids that do not change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from advisor.tui.app import AdvisorApp
from advisor.tui.widgets.row_list import RowList
from tests.probes.doctor.recorded import recorded

from .conftest import begin, press, text_of
from .fake_measuring import seconds_of
from .fake_probe import FakeRunner

SIZES = [(60, 20), (80, 24), (120, 40)]
by_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def runner(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> FakeRunner:
    """Let the application measure on a recorded machine, in half a minute per case and arm."""
    made = FakeRunner(recorded("recorded-container-without-card").record)
    monkeypatch.setattr(app, "probe_runner", lambda: made)
    monkeypatch.setattr("advisor.tui.measuring.choosing.estimate_seconds", seconds_of)
    monkeypatch.setattr("probes.store.rows.secrets.choice", lambda letters: "k")
    return made


async def open_measuring(pilot: Pilot[None]) -> RowList:
    await begin(pilot)
    await press(pilot, "M")
    return pilot.app.screen.query_one("#page", RowList)


async def until(pilot: Pilot[None], app: AdvisorApp, holds: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(2000):
        if holds():
            return
        await pilot.pause()
    raise AssertionError(f"it never came about:\n{text_of(app)}")


async def measuring(pilot: Pilot[None], app: AdvisorApp) -> None:
    """Start the measurement, and wait until it stands in the second block."""
    await pilot.press("m")
    await until(pilot, app, lambda: "Block 2 of 6" in text_of(app) and "eager: Tr" in text_of(app))
    await pilot.pause()


async def settle_without_work(pilot: Pilot[None]) -> None:
    """Wait until all news are drawn, though the measurement goes on."""
    for _ in range(20):
        await pilot.pause()
