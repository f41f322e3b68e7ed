"""Finding, reading, comparing: pages of the knowledge base and the way between them."""

from __future__ import annotations

import time

import msgspec
import pytest
from textual import events
from textual.widgets import Input

from advisor.documents.search import search_document
from advisor.tui.app import AdvisorApp
from advisor.tui.pages import entry
from advisor.tui.pages.entry import as_text
from advisor.tui.pages.plain import plain
from advisor.tui.screens.claims import ClaimsScreen
from advisor.tui.screens.compare import CompareScreen
from advisor.tui.screens.entry import EntryScreen
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.result import ResultScreen
from advisor.tui.screens.search import SearchScreen
from advisor.tui.trail import Place, Trail
from advisor.tui.widgets.row_list import RowList

from .conftest import begin, compare, press, settle, text_of, write

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(app: AdvisorApp, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await press(pilot, "slash")
        compare(app, f"search-{name}")
        await write(pilot, "phnoe")
        compare(app, f"search-found-{name}")
        for target in ("topic-phones", "torch-is-faster"):
            app.open_entry(target)
            await settle(pilot)
            compare(app, f"entry-{target}-{name}")
        await press(pilot, "C")
        compare(app, f"compare-{name}")
        await press(pilot, "L")
        compare(app, f"claims-{name}")
        await press(pilot, "c")
        compare(app, f"claims-contradictions-{name}")
        await press(pilot, "question_mark")
        compare(app, f"claims-help-{name}")


KINDS = [
    "seed-table",
    "case-phone-camera",
    "term-trace",
    "adopter-example",
    "figure-hours",
    "lite",
    "goal",
    "microcontroller-needs-lite",
    "handbook",
    "topic-line-by-line",
]


async def test_every_kind_has_a_page(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        for target in KINDS:
            app.open_entry(target)
            await settle(pilot)
            compare(app, f"entry-{target}-80x24")


async def test_every_entry_opens_and_every_link_leads_somewhere(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        knowledge = app.session.knowledge
        app.open_entry("pytorch")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, EntryScreen)
        for known in knowledge.catalogue.rows:
            screen.show(Place("entry", known.id))
            links = {name for name, _ in screen.rows if name and not name.startswith("=")}
            assert all(knowledge.catalogue.get(link) for link in links)
            back = {link.row.id for link in knowledge.links(known.id)[1]}
            opened = tuple({link.row.kind for link in knowledge.links(known.id)[1]})
            screen.show(Place("entry", known.id, opened=opened))
            assert back <= {name for name, _ in screen.rows}


def test_a_kind_without_a_page_of_its_own_is_shown_field_by_field() -> None:
    class Both(msgspec.Struct):
        left: str = ""
        right: str = ""

    class New(msgspec.Struct):
        id: str
        text: str
        code: Both
        pairs: dict[str, str]
        nothing: tuple[str, ...] = ()

    made = New("new", "It is \x1b[31mnew.", Both(right="for x in y:\n    x()"), {"a": "b"})
    text = as_text(plain(made))
    assert "\x1b" not in text and "nothing" not in text.lower()
    assert "Right\n  for x in y:\n      x()\n" in text and "A\n  b\n" in text


async def test_results_come_while_one_types_and_say_why(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "r", "slash", *"smal")
        await write(pilot, "smal runtme")
        assert isinstance(app.screen, SearchScreen)
        shown = text_of(app)
        assert "Small runtime [bold]beta" in shown and "for «runtme»" in shown
        found = search_document(app.session.knowledge, "smal runtme").results
        names = [name for name, _ in app.screen.rows]
        assert names == [result.id for result in found]
        await press(pilot, "enter")
        assert isinstance(app.screen, EntryScreen) and app.screen.place.target == names[0]
        await press(pilot, "escape")
        assert isinstance(app.screen, SearchScreen) and app.screen.field.value == "smal runtme"
        await press(pilot, "escape")
        assert isinstance(app.screen, ResultScreen)


async def test_one_kind_only(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "slash", *["down"] * 5, "enter")
        assert isinstance(app.screen, SearchScreen) and app.screen.place.kinds == ("system",)
        assert {"hub", "lite"} <= {name for name, _ in app.screen.rows}
        await write(pilot, "torch")
        await press(pilot, "ctrl+f", "home", "enter")
        kinds = {app.session.knowledge.catalogue.get(n).kind for n, _ in app.screen.rows if n}  # type: ignore[union-attr]
        assert app.screen.place.kinds == () and len(kinds) > 2
        await press(pilot, "tab", "f", "end", "enter")
        assert len(app.screen.place.kinds) == 1


async def test_the_way_back_and_forward_goes_over_all_pages(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "slash")
        await write(pilot, "phones")
        await press(pilot, "down", "enter", "C", "down", "enter", "L")
        assert isinstance(app.screen, ClaimsScreen)
        await press(pilot, "v", "down", "enter", "end", "enter")
        claim = app.screen.place
        assert claim.page == "entry"
        await press(pilot, "left_square_bracket")
        assert isinstance(app.screen, ClaimsScreen) and app.screen.place.verdicts == ("holds",)
        await press(pilot, "alt+left", "alt+left")
        assert isinstance(app.screen, CompareScreen)
        assert app.screen.page.pointed == "topic-line-by-line"
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert isinstance(app.screen, SearchScreen) and app.screen.place.query == "phones"
        assert app.screen.page.highlighted == 1
        await press(pilot, "alt+right", *["right_square_bracket"] * 4)
        assert app.screen.place.target == claim.target
        await press(pilot, *["escape"] * 6)
        assert isinstance(app.screen, InterviewScreen)


def test_a_new_way_forgets_what_was_ahead() -> None:
    trail = Trail()
    first, second, third = (Place("entry", name) for name in "abc")
    trail.leave(first)
    assert trail.back(second) == first
    trail.leave(first)
    assert trail.forward(third) is None


async def test_other_options_and_one_topic_are_compared(app: AdvisorApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await press(pilot, "C", "w", "end", "up", "enter")
        shown = text_of(app)
        assert "Keras 3 and JAX" in shown and "unknown: Not looked at." in shown
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert "    Keras 3" in text_of(app)
        await press(pilot, "w", "end", "enter", "o", "down", "enter")
        assert isinstance(app.screen, CompareScreen)
        assert len(app.screen.place.options) == 4 and app.screen.place.topics == ("deployment",)
        assert "Line by line" not in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, EntryScreen) and app.screen.place.target == "topic-phones"


async def test_claims_are_filtered_and_contradictions_open_on_both_sides(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "L", "m")
        shown = text_of(app)
        assert "2 claims" in shown and "can be tested here (x clears)" in shown
        await press(pilot, "x", "s", "end", "enter", "o", "end", "enter")
        assert "Both frameworks are equally fast" in text_of(app)
        await press(pilot, "x", "c", "greater_than_sign")
        assert app.screen.place.target == "torch-is-faster"  # type: ignore[attr-defined]
        await press(pilot, "escape", "enter")
        assert app.screen.place.target == "both-are-equally-fast"  # type: ignore[attr-defined]


async def test_a_question_is_answered_from_its_page(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        app.open_entry("offline")
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, InterviewScreen)
        assert "Must everything work without a network?" in text_of(app)


async def test_a_long_list_of_links_opens(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "MOST_LINKS", 2)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        app.open_entry("handbook")
        await settle(pilot)
        page = app.screen.query_one(RowList)
        before = len(page.options)
        page.point_at("=more:rule")
        await press(pilot, "enter")
        assert len(page.options) > before and "more rules" not in text_of(app)


async def test_whatever_is_typed_or_pasted_is_text(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "slash")
        field = app.screen.query_one(Input)
        hostile = "[bold]\x1b[31m\u202ezzq\N{GRINNING FACE}" + "x" * 10_000
        begun = time.perf_counter()
        field.post_message(events.Paste(hostile))
        await pilot.pause()
        assert time.perf_counter() - begun < 2.0
        assert "\x1b" not in field.value and "\u202e" not in field.value
        await press(pilot, "home")
        shown = text_of(app)
        assert "[bold]" in shown and "\x1b" not in shown
        field.value = ""
        await press(pilot, *"?[", "slash")
        assert field.value == "?[/"
        await press(pilot, "f1")
        assert "Help: Search" in text_of(app)


async def test_the_palette_finds_every_kind_and_every_page(app: AdvisorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        for typed, wanted in (("tracing", "term-trace"), ("exampel works", "adopter-example")):
            await press(pilot, "ctrl+p")
            await write(pilot, typed)
            await press(pilot, "enter")
            assert app.screen.place.target == wanted  # type: ignore[attr-defined]
        await press(pilot, "ctrl+p")
        await write(pilot, "claims ledger")
        await press(pilot, "enter")
        assert isinstance(app.screen, ClaimsScreen)


async def test_the_footer_shows_at_most_six_keys(app: AdvisorApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await begin(pilot)
        for keys in (["slash"], ["tab"], ["C"], ["enter"], ["L"]):
            await press(pilot, *keys)
            bindings = [active.binding for active in app.screen.active_bindings.values()]
            assert 4 <= len({binding.action for binding in bindings if binding.show}) <= 6
            assert "Help" in text_of(app)
