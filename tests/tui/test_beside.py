"""Answers side by side, what would make it another option, house rules, no framework."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from advisor.tui.app import AdvisorApp
from advisor.tui.screens.beside import BesideScreen
from advisor.tui.screens.entry import EntryScreen
from advisor.tui.screens.other_answers import OtherAnswersScreen
from advisor.tui.screens.result import ResultScreen
from advisor.tui.screens.toward import TowardScreen
from advisor.tui.screens.what_if import WhatIfScreen
from advisor.tui.session import Session
from advisor.tui.widgets.row_list import RowList
from knowledge.base import Knowledge, load

from .conftest import HERE, begin, compare, press, text_of, write

SIZES = [(60, 20), (80, 24), (120, 40)]
GIVEN = {"targets": ("server", "phone")}
FILES = {
    "with-keras.yaml": "targets: [server, phone]\nteam-knows: flow\ngoal: learn\n",
    "same.json": '{"targets": ["server", "phone"]}',
    "wrong.yml": "goal: nonsense\n",
    "notes.txt": "nothing",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with files of answers."""
    place = tmp_path / "work"
    (place / "team").mkdir(parents=True)
    for name, text in FILES.items():
        (place / name).write_text(text)
    (place / "team" / "anna.yaml").write_text("goal: research\n")
    monkeypatch.chdir(place)
    return place


@pytest.fixture(scope="module")
def house() -> Knowledge:
    return load((HERE / "house",), base=HERE / "knowledge")


@pytest.fixture
def app_with_house(house: Knowledge, state: Path) -> AdvisorApp:
    return AdvisorApp(Session(house, state, overlays=["house"]))


async def to_result(pilot: Pilot[None]) -> None:
    """Answer that it runs on servers and phones, and open the result."""
    await begin(pilot)
    await press(pilot, "1", "2", "enter", "r")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(app: AdvisorApp, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await to_result(pilot)
        await press(pilot, "v")
        compare(app, f"other-answers-{name}")
        await write(pilot, "with")
        await press(pilot, "enter")
        compare(app, f"beside-{name}")
        await press(pilot, "escape", "m")
        compare(app, f"toward-choose-{name}")
        await press(pilot, "enter")
        compare(app, f"toward-{name}")


async def test_a_file_is_put_beside_and_a_difference_is_tried(app: AdvisorApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_result(pilot)
        await press(pilot, "v")
        await write(pilot, "with-keras.yaml")
        await press(pilot, "enter")
        assert isinstance(app.screen, BesideScreen)
        shown = " ".join(text_of(app).split())
        assert "TensorFlow" in shown and "2 differences" in shown
        assert "! What the team knows: not answered → TensorFlow or Keras" in shown
        assert "alone it changes the choice" in shown
        await press(pilot, "enter")
        assert isinstance(app.screen, WhatIfScreen) and "1 change tried" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, BesideScreen)
        assert app.session.interview.answers == GIVEN
        await press(pilot, "enter", "K")
        assert isinstance(app.screen, ResultScreen)
        assert app.session.interview.answers == GIVEN | {"team-knows": "flow"}


async def test_the_same_answers_are_said_to_be_the_same(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_result(pilot)
        await press(pilot, "v")
        await write(pilot, "same")
        await press(pilot, "enter")
        shown = text_of(app)
        assert "Both give the same answers" in shown and "What the differences do" not in shown


async def test_the_list_follows_what_is_typed_and_goes_into_directories(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_result(pilot)
        await press(pilot, "v")
        shown = text_of(app)
        assert "with-keras.yaml" in shown and "notes.txt" not in shown
        await press(pilot, "t", "tab")
        assert "team/anna.yaml" in text_of(app)
        await press(pilot, "a", "tab", "enter")
        assert isinstance(app.screen, BesideScreen) and "team/anna.yaml" in text_of(app)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("wrong.yml", "unknown value 'nonsense'"), ("no-such", "begins like this"), ("-", "begins")],
)
async def test_what_cannot_be_read_is_said_and_the_dialog_stays(
    app: AdvisorApp, typed: str, said: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_result(pilot)
        await press(pilot, "v")
        await write(pilot, typed)
        await press(pilot, "enter")
        assert isinstance(app.screen, OtherAnswersScreen)
        assert said in " ".join(text_of(app).replace("│", " ").split())


async def test_answers_of_before_a_what_if_are_offered_once_it_was_kept(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_result(pilot)
        await press(pilot, "v")
        assert "before the what-if" not in text_of(app)
        await press(pilot, "escape", "w", "enter", "1", "enter", "K", "v", "enter")
        assert isinstance(app.screen, BesideScreen)
        assert "On phones → On servers of ours; On phones" in " ".join(text_of(app).split())


async def test_a_change_toward_an_option_is_tried_and_does_it(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_result(pilot)
        await press(pilot, "m")
        assert "PyTorch" not in text_of(app).split("What would make it")[1].split("╰")[0]
        await press(pilot, "enter")
        assert isinstance(app.screen, TowardScreen)
        assert "What would make it TensorFlow" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, WhatIfScreen)
        assert "Simulated: TensorFlow" in text_of(app)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, ResultScreen)
        assert app.session.interview.answers == GIVEN


async def test_what_rules_an_option_out_opens_its_rule(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        app.session.answer("team-knows", "torch")
        app.session.answer("goal", "research")
        await press(pilot, "r", "m", "end", "enter")
        shown = " ".join(text_of(app).split())
        assert "What stands in the way" in shown and "Weighs against it" in shown


async def test_the_page_of_the_result_leads_to_both(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_result(pilot)
        for row, screen in (("toward", "What would make it …?"), ("beside", "beside yours")):
            app.screen.query_one(RowList).point_at(row)
            await press(pilot, "enter")
            assert screen in text_of(app)
            await press(pilot, "escape")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_framework_most_likely(app_with_house: AdvisorApp, size: tuple[int, int]) -> None:
    app = app_with_house
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        app.session.answer("goal", "product")
        await press(pilot, "r")
        compare(app, f"result-no-framework-{size[0]}x{size[1]}")


async def test_house_rules_that_took_part_are_named_and_open(app_with_house: AdvisorApp) -> None:
    app = app_with_house
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        app.session.answer("goal", "product")
        app.session.answer("model-size", 20.0)
        await press(pilot, "r")
        app.screen.query_one(RowList).point_at("entry:house-speed-counts")
        await press(pilot, "enter")
        assert isinstance(app.screen, EntryScreen)
        assert "Speed counts for what we ship." in text_of(app)
        await press(pilot, "escape", "y")
        assert "House rules that took part" in app.clipboard
