"""The learning paths: followed, remembered, and judged by running the learner's own file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from advisor.learning import read_progress
from advisor.tui.app import AdvisorApp
from advisor.tui.check_job import CheckJob
from advisor.tui.screens.entry import EntryScreen
from advisor.tui.screens.exercise import ExerciseScreen
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.learn import LearnScreen
from advisor.tui.trail import Place

from .conftest import HERE, begin, compare, press, settle, text_of

SIZES = [(60, 20), (80, 24), (120, 40)]
RIGHT = "def twice(number):\n    return 2 * number\n"
WRONG = "def twice(number):\n    return 4\n"
ENDLESS = "import time\n\nwhile True:\n    time.sleep(0.01)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of the learner's own, and the files of the small base."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setattr("knowledge.base.BASE", HERE / "knowledge")
    return place


@pytest.fixture
def told(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said in passing."""
    found: list[str] = []
    monkeypatch.setattr(app, "notify", lambda message, **_: found.append(message))
    return found


async def open_step(pilot: Pilot[None], app: AdvisorApp) -> None:
    await settle(pilot)
    app.visit(Place("learn", "step-doubling"))
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(app: AdvisorApp, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await press(pilot, "P")
        compare(app, f"learn-{name}")
        await press(pilot, "enter", "m")
        compare(app, f"learn-path-{name}")
        await press(pilot, "escape")
        compare(app, f"learn-begun-{name}")
        app.visit(Place("learn", "step-doubling"))
        await settle(pilot)
        compare(app, f"learn-step-{name}")
        for target in ("path-doubling", "step-doubling"):
            app.open_entry(target)
            await settle(pilot)
            compare(app, f"entry-{target}-{name}")


async def test_what_is_done_is_kept_for_both_faces_and_one_goes_on_there(
    make: Callable[[], AdvisorApp], state: Path
) -> None:
    first = make()
    async with first.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "P", "enter", "enter", "m")
        assert "done on 2026-11-20: you said so" in text_of(first)
    assert read_progress(state / "learn.json").done["step-doubling"].how == "said"
    second = make()
    async with second.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "P")
        assert "Go on: And back" in text_of(second)
        await press(pilot, "enter")
        assert isinstance(second.screen, LearnScreen)
        assert second.screen.place.target == "step-halving"
        await press(pilot, "escape", "down", "enter")
        assert second.screen.page.pointed == "=learn:step-halving"
        await press(pilot, "up", "m")
        assert "0 of 2 steps done" in text_of(second)
    assert not read_progress(state / "learn.json").done


async def test_an_exercise_is_written_filled_in_wrong_then_right(
    app: AdvisorApp, here: Path, state: Path
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await open_step(pilot, app)
        assert "./doubling.py (not there yet)" in text_of(app)
        await press(pilot, "e")
        assert isinstance(app.screen, ExerciseScreen)
        await press(pilot, "enter", "c")
        assert "stopped  line 5: twice is not written yet" in text_of(app)
        mine = here / "doubling.py"
        mine.write_text(WRONG)
        await press(pilot, "enter")
        shown = text_of(app)
        assert "✓ right  twice of 2 is 4" in shown and "✗ wrong  twice of 3 is 6" in shown
        assert "Not passed yet" in shown and not read_progress(state / "learn.json").done
        mine.write_text(RIGHT)
        await press(pilot, "c")
        shown = text_of(app)
        assert "Passed: the step is done" in shown and "its self-check passed" in shown
        assert "Go on: And back" in shown
        assert read_progress(state / "learn.json").done["step-doubling"].how == "checked"


async def test_work_that_is_there_is_never_overwritten(app: AdvisorApp, here: Path) -> None:
    mine = here / "mine.py"
    mine.write_text(RIGHT)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_step(pilot, app)
        await press(pilot, "e")
        field = app.screen.query_one(Input)
        field.value = str(here / "no-such-folder" / "x.py")
        await press(pilot, "enter")
        assert "Not written" in text_of(app)
        field.value = "mine.py"
        await settle(pilot)
        assert "It is there" in text_of(app)
        await press(pilot, "enter", "c")
        assert mine.read_text() == RIGHT and "Passed" in text_of(app)


async def test_a_check_is_cancelled_and_the_screen_stays_alive(
    app: AdvisorApp, here: Path, state: Path
) -> None:
    (here / "doubling.py").write_text(ENDLESS)
    async with app.run_test(size=(80, 40)) as pilot:
        await open_step(pilot, app)
        await pilot.press("c")
        await pilot.pause()
        assert "Running ./doubling.py" in text_of(app)
        await pilot.press("home", "enter")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, LearnScreen) and app.screen.running
        await press(pilot, "x")
        assert "Cancelled; nothing was noted" in text_of(app)
        assert not read_progress(state / "learn.json").done


async def test_quitting_stops_a_check(app: AdvisorApp, here: Path) -> None:
    (here / "doubling.py").write_text(ENDLESS)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_step(pilot, app)
        await pilot.press("c", "q")
    assert app.check_job is not None and app.check_job.cancel.is_set()


async def test_a_check_that_ends_elsewhere_is_told_there(
    app: AdvisorApp, here: Path, told: list[str]
) -> None:
    go = here / "go"
    waits = f"import os, time\nwhile not os.path.exists({str(go)!r}):\n    time.sleep(0.01)\n"
    (here / "doubling.py").write_text(waits + RIGHT)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_step(pilot, app)
        await pilot.press("c", "escape")
        await pilot.pause()
        assert told == []
        go.touch()
        await settle(pilot)
        assert isinstance(app.screen, InterviewScreen)
        assert told == ["Self-check of step-doubling: passed"]


async def test_a_check_without_a_file_says_what_to_do(app: AdvisorApp, told: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_step(pilot, app)
        await press(pilot, "c")
        assert told == ["There is no ./doubling.py yet: e writes the exercise."]
        assert app.check_job is None


async def test_a_check_that_breaks_is_not_left_running(
    app: AdvisorApp, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("advisor.tui.check_job.judge", broken)
    job = CheckJob(app.course, "step-doubling", here / "x.py", lambda: None)
    with pytest.raises(RuntimeError):
        job.run()
    assert not job.busy and job.phase == "failed"


async def test_the_self_check_of_an_overlay_is_not_run_from_here(
    app: AdvisorApp, here: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "doubling.py").write_text(RIGHT)
    monkeypatch.setitem(app.session.knowledge.house, "step-doubling", "ours")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_step(pilot, app)
        await press(pilot, "c")
        assert "comes from an overlay" in told[0]
        assert app.check_job is None


async def test_a_damaged_memory_is_named_and_not_overwritten(app: AdvisorApp, state: Path) -> None:
    state.mkdir(exist_ok=True)
    (state / "learn.json").write_text("{broken")
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "P", "m")
        assert "is no progress of" in " ".join(text_of(app).split())
    assert (state / "learn.json").read_text() == "{broken"


async def test_marking_keeps_what_was_done_on_the_command_line(
    app: AdvisorApp, state: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_step(pilot, app)
        state.mkdir(exist_ok=True)
        done = {"step-halving": {"on": "2026-11-19T10:00:00Z", "how": "checked"}}
        (state / "learn.json").write_text(json.dumps({"version": 1, "done": done}))
        await press(pilot, "m")
    assert set(read_progress(state / "learn.json").done) == {"step-halving", "step-doubling"}


async def test_what_to_read_opens(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_step(pilot, app)
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, EntryScreen) and app.screen.place.target == "api-double"
        await press(pilot, "escape")
        assert isinstance(app.screen, LearnScreen)


async def test_the_footer_shows_at_most_six_keys(app: AdvisorApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await begin(pilot)
        for keys in (["A"], ["tab"], ["P"], ["enter"], ["enter"]):
            await press(pilot, *keys)
            bindings = [active.binding for active in app.screen.active_bindings.values()]
            assert 3 <= len({binding.action for binding in bindings if binding.show}) <= 6
            assert "Help" in text_of(app)
