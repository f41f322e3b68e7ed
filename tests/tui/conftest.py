"""A small knowledge base, an application on it, and screens as plain text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from advisor.tui.app import AdvisorApp
from advisor.tui.session import Session
from knowledge.base import Knowledge, load

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
UPDATE = "FW_ADVISOR_UPDATE_GOLDEN"
"""Set it to 1 to write the golden screens anew; then look at what changed."""


@pytest.fixture(scope="session")
def small() -> Knowledge:
    return load(base=HERE / "knowledge")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def make(small: Knowledge, state: Path) -> Callable[[], AdvisorApp]:
    """Return a function that starts the program anew, with what the last start kept."""

    def start() -> AdvisorApp:
        app = AdvisorApp(Session(small, state))
        app.animation_level = "none"
        return app

    return start


@pytest.fixture
def app(make: Callable[[], AdvisorApp]) -> AdvisorApp:
    return make()


async def settle(pilot: Pilot[None]) -> None:
    """Wait until background work is done and drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def begin(pilot: Pilot[None]) -> None:
    """Wait for the first screen, and leave the box for one's own words: be asked."""
    await settle(pilot)
    await press(pilot, "escape")


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, then wait for what they set going."""
    for key in keys:
        await pilot.press(key)
    await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Put a text into the field on the screen at once, instead of key by key."""
    pilot.app.screen.query_one(Input).value = text
    await settle(pilot)


def text_of(app: AdvisorApp) -> str:
    """Return the screen as lines of text, as one sees it."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)
    lines = [strip.text[:width].rstrip() for strip in strips[:height]]
    return "\n".join(lines) + "\n"


def compare(app: AdvisorApp, name: str) -> None:
    """Compare the screen with its golden text."""
    path = GOLDEN / f"{name}.txt"
    # Shares come from the engine's sample; its tests hold them, not the screens.
    shown = re.sub(r"\b\d\d %", "NN %", text_of(app))
    if os.environ.get(UPDATE):
        path.write_text(shown, encoding="utf-8")
    assert path.is_file(), f"no golden screen {path.name}; run with {UPDATE}=1"
    assert shown == path.read_text(encoding="utf-8")
