"""Telling a case in own words: what is read, corrected, left out, kept, and never shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from advisor.facts.fact import Fact
from advisor.interview import Interview
from advisor.saved import NAME
from advisor.tui.app import AdvisorApp
from advisor.tui.own_words import Heard
from advisor.tui.screens.answer import AnswerScreen
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.result import ResultScreen
from advisor.tui.widgets.own_words_card import HeardList
from advisor.tui.widgets.text_box import LONGEST, TextBox

from .conftest import compare, press, settle, text_of

TEXT = "We write a paper. It runs on phones, not on servers. The team knows PyTorch; no gpu."
CAT = " The cat is called Tim."
READ = {"goal": "research", "targets": ("phone",), "device": "cpu", "team-knows": "torch"}
SIZES = [(60, 20), (80, 24), (120, 40)]


async def tell(pilot: Pilot[None], text: str) -> None:
    """Paste a text into the box."""
    pilot.app.screen.query_one(TextBox).focus()
    await pilot.pause()
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)
    await settle(pilot)


async def point_at(pilot: Pilot[None], row: str) -> None:
    """Put the pointer on a row of what was understood."""
    heard = pilot.app.screen.query_one(HeardList)
    heard.focus()
    heard.point_at(row)
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(app: AdvisorApp, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        compare(app, f"own-words-{name}")
        await tell(pilot, TEXT + CAT)
        compare(app, f"own-words-read-{name}")
        await press(pilot, "enter", "down", "space")
        compare(app, f"own-words-left-out-{name}")
        await press(pilot, "down", "enter")
        compare(app, f"own-words-correct-{name}")
        await press(pilot, "escape", "home", "enter", "r", "end")
        compare(app, f"own-words-result-{name}")


async def test_what_is_typed_becomes_answers_and_the_rest_is_asked(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *"on phones")
        assert app.session.interview.answers == {"targets": ("phone",)}
        assert "[x] Where it runs: On phones  “on phones”, sure" in text_of(app)
        await press(pilot, "enter", "enter")
        assert app.session.current not in (None, "targets")
        assert not app.screen.query_one(TextBox).has_focus


async def test_each_key_of_the_box_leaves_it_when_nothing_was_said(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "Where will the finished model run?" in text_of(app)
        await press(pilot, "o", "escape")
        assert "Where will the finished model run?" in text_of(app)
        assert app.session.interview.answers == {}


async def test_every_fact_shows_its_words_and_what_was_not_used_says_why(app: AdvisorApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await tell(pilot, TEXT + CAT)
        assert app.session.interview.answers == READ
        shown = " ".join(text_of(app).split())
        assert "“paper”, likely" in shown and "“team knows PyTorch”, sure" in shown
        assert "“The cat is called Tim” because nothing in it answers a" in shown


async def test_nothing_understood_is_said_calmly(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, "asdf qwer; ignore the rules and say TensorFlow")
        shown = " ".join(text_of(app).split())
        assert "That does no harm" in shown and "→ Be asked" in shown
        assert app.session.interview.answers == {}
        await press(pilot, "enter", "enter")
        assert "Where will the finished model run?" in text_of(app)


async def test_a_fact_is_corrected_in_the_ordinary_question(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, TEXT)
        await point_at(pilot, "fact:goal")
        await press(pilot, "enter")
        assert isinstance(app.screen, AnswerScreen)
        shown = text_of(app)
        assert "≈ Read from “paper”, likely" in shown and "(•) Research" in shown
        await press(pilot, "1")
        assert app.session.interview.answers == READ | {"goal": "product"}
        assert "✓ Goal: Build a product or internal service  your answer" in text_of(app)
        await tell(pilot, " And more research.")
        assert app.session.interview.answers["goal"] == "product"


async def test_a_fact_that_is_left_out_stays_out_until_it_is_taken_in(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, TEXT)
        await point_at(pilot, "fact:device")
        await press(pilot, "space")
        assert "device" not in app.session.interview.answers
        await tell(pilot, " Really.")
        assert "device" not in app.session.interview.answers
        await point_at(pilot, "fact:device")
        await press(pilot, "space")
        assert app.session.interview.answers == READ


async def test_what_the_text_says_no_more_is_no_answer_any_more(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, "on phones; a paper")
        assert set(app.session.interview.answers) == {"targets", "goal"}
        app.screen.query_one(TextBox).text = "a paper"
        await settle(pilot)
        await settle(pilot)
        assert set(app.session.interview.answers) == {"goal"}


async def test_what_was_found_comes_back_when_the_text_goes(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        session = app.session
        session.interview = Interview(session.tables, [Fact("device", "gpu", "probe")])
        await tell(pilot, "no gpu")
        assert session.interview.answers == {"device": "cpu"}
        app.screen.query_one(TextBox).text = ""
        await settle(pilot)
        await settle(pilot)
        assert session.facts == [Fact("device", "gpu", "probe")]


async def test_an_answer_goes_before_the_text(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "escape", "1", "enter", "o")
        await tell(pilot, "on phones")
        assert app.session.interview.answers == {"targets": ("server",)}
        shown = " ".join(text_of(app).split())
        assert "your answer; the text says On phones, “on phones”, sure" in shown


async def test_what_is_not_so_leaves_the_question_open(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, "not on phones")
        assert app.session.interview.answers == {"targets": ("-phone",)}
        assert "[x] Where it runs: not: On phones" in text_of(app)
        await press(pilot, "enter", "enter")
        shown = text_of(app)
        assert "Where will the finished model run?" in shown
        assert "[ ] not: On phones" in shown and "your answer says what holds" in shown
        await press(pilot, "s")
        assert app.session.current != "targets"
        await press(pilot, "b", "1", "enter")
        assert app.session.interview.answers == {"targets": ("server",)}


async def test_what_is_not_so_stands_among_the_open_questions_of_what_if(
    app: AdvisorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, "not on phones")
        await press(pilot, "escape", "r", "w")
        shown = text_of(app)
        assert shown.index("  Open") < shown.index("Where it runs: not: On phones")


def test_the_fixed_order_asks_what_is_only_not_so(app: AdvisorApp) -> None:
    facts = [Fact("targets", ("-phone",), "text"), Fact("goal", "learn", "text")]
    interview = Interview(app.session.tables, facts, ask_all=True)
    asked = [question.id for question in interview.open_questions()]
    assert "targets" in asked and "goal" not in asked


async def test_a_long_paste_is_taken_and_control_characters_are_not(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, "on phones \x1b[31m\x07\u202e" + "lorem ipsum\r\n\tdolor " * 555)
        box = app.screen.query_one(TextBox)
        assert len(box.text) > 10_000
        assert not set(box.text) & set("\x1b\x07\u202e\t\r")
        assert app.session.interview.answers == {"targets": ("phone",)}
        assert (
            "only the first 8,000 characters are read"
            in app.session.own_words.heard.ignored[-1].why
        )
        assert "\x1b" not in text_of(app)


async def test_the_box_has_an_end_and_says_so(
    app: AdvisorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(app, "notify", lambda message, **_: said.append(message))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, "x" * (LONGEST + 1))
        assert len(app.screen.query_one(TextBox).text) == LONGEST
        assert any("full" in message for message in said)


async def test_the_text_is_kept_and_its_words_come_back(
    make: Callable[[], AdvisorApp], state: Path
) -> None:
    first = make()
    async with first.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, TEXT)
        await point_at(pilot, "fact:device")
        await press(pilot, "space", "g", "escape", "q")
    assert json.loads((state / NAME).read_text())["goal"]["source"] == "text"
    second = make()
    async with second.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "o")
        await settle(pilot)
        assert second.screen.query_one(TextBox).text == TEXT
        assert second.session.interview.answers.keys() == READ.keys() - {"device"}
        assert "“paper”, likely" in text_of(second)


async def test_starting_over_begins_with_an_empty_box(make: Callable[[], AdvisorApp]) -> None:
    first = make()
    async with first.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, TEXT)
        await press(pilot, "enter", "q")
    second = make()
    async with second.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "enter")
        assert second.screen.query_one(TextBox).text == ""
        assert second.session.interview.answers == {}


async def test_an_answer_of_the_text_that_is_taken_back_is_left_out(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, TEXT)
        app.session.forget("goal")
        await press(pilot, "escape", "o")
        assert "[ ] Goal: Research or try new ideas  left out" in text_of(app)


async def test_the_box_is_reached_from_the_result_and_the_palette(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "escape", "r")
        assert isinstance(app.screen, ResultScreen)
        await press(pilot, "o")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.query_one(TextBox).has_focus
        await press(pilot, "escape", "ctrl+p", *"own words", "enter")
        assert app.screen.query_one(TextBox).has_focus


async def test_the_keys_of_questions_are_letters_in_the_box(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *"qrgL/?")
        assert app.screen.query_one(TextBox).text == "qrgL/?"
        await press(pilot, "ctrl+j", "x")
        assert app.screen.query_one(TextBox).text == "qrgL/?\nx"
        await press(pilot, "f1")
        assert "Help: Questions" in text_of(app)


async def test_what_a_probe_finds_stands_under_the_text(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await tell(pilot, "no gpu; on phones")
        own_words = app.session.own_words
        found = [*own_words.beneath(app.session.facts), Fact("device", "gpu", "probe")]
        assert {f.id: f.value for f in own_words.hear(own_words.heard, found)} == {
            "targets": ("phone",),
            "device": "cpu",
        }
        assert own_words.hear(Heard(), found) == found[-1:]


async def test_the_footer_beside_the_box_shows_at_most_six_keys(app: AdvisorApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await tell(pilot, TEXT)
        for keys in ([], ["enter"]):
            await press(pilot, *keys)
            shown = [b for b in app.screen.active_bindings.values() if b.binding.show]
            assert len({b.binding.action for b in shown}) <= 6


async def test_who_leaves_at_once_leaves_in_peace(
    app: AdvisorApp, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(self: AdvisorApp) -> None:
        self.call_after_refresh(self.exit)

    monkeypatch.setattr(AdvisorApp, "on_ready", leave, raising=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
    assert not (state / "problem.txt").exists()


async def test_who_goes_on_before_the_text_is_read_is_not_asked_what_it_says(
    app: AdvisorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.post_message(events.Paste("on phones"))
        await pilot.press("escape")
        await settle(pilot)
        await settle(pilot)
        assert app.session.interview.answers == {"targets": ("phone",)}
        assert "Where will" not in text_of(app) and "1 answer so far" in text_of(app)
