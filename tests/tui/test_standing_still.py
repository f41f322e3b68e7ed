"""While a sample is taken nothing on the screen moves: drawing would use the processor measured."""

from __future__ import annotations

import pytest
from msgspec import structs
from textual.message_pump import MessagePump

from advisor.tui.app import AdvisorApp
from advisor.tui.measuring.course import Course
from advisor.tui.screens.search import SearchScreen
from probes.bench.events import Progress
from probes.document import Framework

from .conftest import settle, text_of
from .fake_measuring import make_plan
from .fake_probe import FakeRunner
from .measuring import measuring, open_measuring, runner, settle_without_work, until

__all__ = ["runner"]


async def test_the_screen_stands_still_while_a_sample_is_taken(
    app: AdvisorApp, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.animation_level = "full"
    drawn: list[object] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await measuring(pilot, app)
        await settle_without_work(pilot)
        monkeypatch.setattr(app, "_display", lambda *what: drawn.append(what))
        # Longer than any cursor blinks and any clock ticks.
        await pilot.pause(1.2)
        assert drawn == [] and ticking(app) == []
        assert app.animation_level == "none"
        assert runner.tell is not None
        runner.tell("tensorflow/function", 2)
        await until(pilot, app, lambda: "TensorFlow function: Tr" in text_of(app))
        assert drawn, "news are drawn"
        runner.go.set()
        await settle(pilot)
        assert app.animation_level == "full"


def test_nothing_is_drawn_where_the_process_itself_is_the_sample(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    frameworks = {"pytorch": Framework(installed=True, interpreter="python")}
    plan = make_plan("quick", frameworks, workloads=("cold-start", "decode"))
    event = Progress(phase="measuring", text="", arm=plan.arms[0], block=1)
    told: list[object] = []
    job = app.probe_job()
    job.course, job.tell = Course(plan), lambda: told.append(job.course)
    for case, news in ((None, 1), ("cold-start-small", 0), ("decode-small", 1)):
        told.clear()
        job._moved(structs.replace(event, case=case))
        assert len(told) == news, case
        assert job.course.event is not None and job.course.event.case == case


async def test_no_cursor_blinks_while_a_sample_is_taken(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_measuring(pilot)
        await measuring(pilot, app)
        await pilot.press("slash")
        await until(pilot, app, lambda: isinstance(app.screen, SearchScreen))
        await settle_without_work(pilot)
        assert app.focused is not None and ticking(app) == []
        runner.go.set()
        await settle(pilot)


def ticking(app: AdvisorApp) -> list[str]:
    """Return the clocks that would draw something by themselves."""
    pumps: list[MessagePump] = [app, *app.screen_stack]
    pumps += [node for screen in app.screen_stack for node in screen.walk_children()]
    return [
        f"{pump}: {timer.name}"
        for pump in pumps
        for timer in pump._timers
        if timer._active.is_set()
    ]
