"""Golden screens: what people see, at three sizes."""

from __future__ import annotations

import pytest

from advisor.tui.app import AdvisorApp

from .conftest import begin, compare, press, settle

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(app: AdvisorApp, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size, notifications=True) as pilot:
        await begin(pilot)
        compare(app, f"interview-{name}")
        await press(pilot, "question_mark")
        compare(app, f"help-{name}")
        await press(pilot, "escape", "g")
        compare(app, f"questions-{name}")
        await press(pilot, "escape", "1", "2", "enter")
        compare(app, f"interview-moved-{name}")
        await press(pilot, "r")
        compare(app, f"result-{name}")
        await press(pilot, "w")
        compare(app, f"what-if-{name}")
        await press(pilot, "down", "enter", "2")
        compare(app, f"what-if-changed-{name}")


async def test_what_no_framework_is_needed_for(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "3", "enter", "r")
        compare(app, "result-microcontroller-80x24")


@pytest.mark.parametrize("size", [(59, 20), (60, 19), (30, 6)])
async def test_too_small_says_so_and_comes_back(app: AdvisorApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        compare(app, f"too-small-{size[0]}x{size[1]}")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        compare(app, "own-words-80x24")
        await pilot.resize_terminal(*size)
        await settle(pilot)
        compare(app, f"too-small-{size[0]}x{size[1]}")
