"""Moving between the frameworks: equivalents found while one types, gotchas, patterns."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Input

from advisor.tui.app import AdvisorApp
from advisor.tui.pages.api import MOST, matches
from advisor.tui.screens.api import ApiScreen
from advisor.tui.screens.entry import EntryScreen
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.widgets.code import Code, broken
from advisor.tui.widgets.row_list import RowList
from knowledge.base import Knowledge

from .conftest import HERE, begin, compare, press, settle, text_of, write

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def files_of_the_small_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.base.BASE", HERE / "knowledge")


def copied(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(app, "copy_to_clipboard", found.append)
    return found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(app: AdvisorApp, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await press(pilot, "A")
        compare(app, f"api-{name}")
        await write(pilot, "double")
        compare(app, f"api-found-{name}")
        await press(pilot, "ctrl+r", "down")
        compare(app, f"api-turned-{name}")
        await write(pilot, "tf.duoble")
        compare(app, f"api-nearest-{name}")
        for target in ("api-double", "gotcha-double-axis", "pattern-doubling"):
            app.open_entry(target)
            await settle(pilot)
            compare(app, f"entry-{target}-{name}")


@pytest.mark.parametrize(
    "typed",
    ["tf.double", "double", "tf.doub", "TF.DOUBLE", "ops.double", "tf.double(x)", "double_it"],
)
async def test_any_spelling_finds_the_row(app: AdvisorApp, typed: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "A")
        await write(pilot, typed)
        assert isinstance(app.screen, ApiScreen) and app.screen.chosen is not None
        assert app.screen.chosen.row == "api-double"
        assert "No row answers" not in text_of(app)


async def test_what_is_not_known_says_so_and_shows_the_nearest(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "A")
        await write(pilot, "tf.duoble")
        shown = text_of(app)
        assert "No row answers for «tf.duoble»; spelt similarly" in shown
        assert "tf.double → torch.double_it" in shown
        await write(pilot, "qqqqqqqq")
        assert "nothing resembles it" in text_of(app) and "tf.nn.softmax" in text_of(app)


async def test_the_code_of_the_other_side_is_copied(
    app: AdvisorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        found = copied(app, monkeypatch)
        await press(pilot, "A")
        await write(pilot, "tf.double")
        await press(pilot, "ctrl+y", "ctrl+r", "ctrl+y", "enter", "r", "c")
        torch, tensorflow = "y = torch.double_it(x, dim=-1)\n", "y = tf.double(x, axis=-1)\n"
        assert found == [torch, tensorflow, torch]
        await press(pilot, "slash")
        await write(pilot, "tf.seldom")
        await press(pilot, "ctrl+y", "ctrl+r")
        assert len(found) == 3
        assert isinstance(app.screen, ApiScreen) and app.screen.chosen is not None
        assert app.screen.chosen.of == "tf.seldom"


async def test_a_program_is_copied_as_it_stands_in_its_file(
    app: AdvisorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        found = copied(app, monkeypatch)
        app.open_entry("pattern-doubling")
        await settle(pilot)
        page = app.screen.query_one("#page", RowList)
        page.point_at("=copy:torch")
        await press(pilot, "enter")
        file = HERE / "knowledge" / "patterns" / "pattern-doubling" / "in_torch.py"
        assert found == [file.read_text()] and isinstance(app.screen, EntryScreen)


async def test_turned_round_arguments_are_read_backwards(app: AdvisorApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await press(pilot, "A")
        await write(pilot, "tf.double")
        assert "axis → dim" in text_of(app) and "API · TensorFlow → PyTorch" in text_of(app)
        await press(pilot, "ctrl+r")
        assert "dim → axis" in text_of(app) and "API · PyTorch → TensorFlow" in text_of(app)


async def test_a_gotcha_opens_and_the_way_back_leads_to_the_same_match(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "A")
        await write(pilot, "torch.double_it")
        await press(pilot, "enter", "down", "enter")
        assert isinstance(app.screen, EntryScreen)
        assert app.screen.place.target == "gotcha-double-axis"
        await press(pilot, "escape")
        assert isinstance(app.screen, ApiScreen)
        assert app.screen.field.value == "torch.double_it"
        assert app.screen.page.has_focus and app.screen.page.pointed == "gotcha-double-axis"
        await press(pilot, "escape")
        assert isinstance(app.screen, InterviewScreen)


async def test_the_chosen_match_is_shown_while_one_types(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "A", *"layers.D")
        assert app.screen.query_one(Input).value == "layers.D"
        assert "A layer that doubles." in text_of(app)
        await write(pilot, "double")
        await press(pilot, "down")
        assert "A layer that doubles." in text_of(app)
        await press(pilot, "pagedown")
        assert "It needs a GPU" in text_of(app)
        await press(pilot, "tab", "up", "enter")
        assert isinstance(app.screen, ApiScreen) and app.screen.page.has_focus
        assert app.screen.chosen is not None and app.screen.chosen.row == "api-double"


async def test_a_name_that_is_gone_says_so(app: AdvisorApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await press(pilot, "A")
        await write(pilot, "keras.ops.double")
        assert "keras.ops.double is no longer there" in text_of(app)


async def test_the_palette_and_search_lead_there(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "ctrl+p")
        await write(pilot, "api equivalents")
        await press(pilot, "enter")
        assert isinstance(app.screen, ApiScreen)
        app.open_entry("api-double")
        await settle(pilot)
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, ApiScreen) and app.screen.field.value == "tf.double"


def test_a_short_beginning_lists_no_more_than_can_be_read(knowledge: Knowledge) -> None:
    found = matches(knowledge, "t")
    assert len(found.found) == MOST
    assert found.found[0].place.symbol.rpartition(".")[2].lower().startswith("t")


def test_the_spellings_of_the_shipped_base(knowledge: Knowledge) -> None:
    for typed, wanted in (
        ("softmax", "api-softmax"),
        ("nn.Linear", "api-dense"),
        ("tf.layrs.dense", "api-dense"),
        ("optim.Adam", "api-adam"),
        ("batch normalization", "api-batch-normalization"),
    ):
        rows = list(knowledge.kind("api"))
        found = [rows[match.place.row] for match in matches(knowledge, typed).found]
        assert wanted in found[:3], (typed, found)


def test_code_stands_side_by_side_only_where_every_line_fits() -> None:
    code = Code([("Left", "a = 1\nb = 2"), ("Right", "c = [\n    3]")])
    assert drawn(code, 80)[:2] == ["  Left" + " " * 36 + "Right", "  a = 1" + " " * 35 + "c = ["]
    assert drawn(code, 40)[:4] == ["  Left", "    a = 1", "    b = 2", ""]
    assert len(drawn(code, 80)) == 3 and len(drawn(code, 40)) == 7
    assert code.plain == "  Left\n    a = 1\n    b = 2\n  Right\n    c = [\n        3]"


def drawn(code: Code, width: int) -> list[str]:
    return code._content(width).plain.split("\n")


def test_a_long_line_of_code_goes_on_below_and_loses_nothing() -> None:
    line = "    y = function(first, second, third, fourth, fifth, sixth, seventh)"
    parts = [Content.assemble(*part).plain for part in broken(line, 30)]
    assert all(len(part) <= 30 for part in parts)
    assert all(part.lstrip().startswith("↳ ") for part in parts[1:])
    assert "".join(part.replace("↳", "") for part in parts).replace(" ", "") == line.replace(
        " ", ""
    )
    unbroken = [Content.assemble(*part).plain for part in broken("x" * 100, 30)]
    assert "".join(part.replace("↳", "").strip() for part in unbroken) == "x" * 100


async def test_programs_that_cannot_be_read_are_left_out(
    app: AdvisorApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.base.BASE", tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        app.open_entry("pattern-doubling")
        await settle(pilot)
        shown = text_of(app)
        assert "A program that doubles" in shown and "The programs" not in shown
