"""This machine: verdicts, fixes to copy, looking again, the plan, and the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot

from advisor.tui.app import AdvisorApp
from advisor.tui.look_job import Found, LookJob
from advisor.tui.machine.page import machine_rows
from advisor.tui.screens.interview import InterviewScreen
from advisor.tui.screens.machine import MachineScreen
from advisor.tui.widgets.row_list import RowList
from advisor.tui.wording import clean
from knowledge.base import Knowledge
from probes.doctor.diagnose import diagnose
from probes.doctor.record import read_record
from probes.evidence import found
from tests.probes.doctor.recorded import names, recorded

from .conftest import begin, compare, press, settle, text_of, write
from .fake_probe import BUILDS, FakeRunner

SIZES = [(60, 20), (80, 24), (120, 40)]
PROCESSORS_ONLY = "recorded-container-without-card"
TAKEN = "nvidia-memory-taken"
FIX = "Wait for it, or end it: kill 4242"

OnMachine = Callable[[str], FakeRunner]


@pytest.fixture
def on_machine(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> OnMachine:
    """Return a function that lets the application run on the machine of a fixture, from then on."""
    runner = FakeRunner(recorded(PROCESSORS_ONLY).record)
    monkeypatch.setattr(app, "probe_runner", lambda: runner)
    monkeypatch.setattr("advisor.diagnosing.known_builds", lambda knowledge: BUILDS)

    def on(name: str) -> FakeRunner:
        runner.record = recorded(name).record
        return runner

    return on


@pytest.fixture
def copied(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(app, "copy_to_clipboard", texts.append)
    return texts


async def open_machine(pilot: Pilot[None]) -> RowList:
    await begin(pilot)
    await press(pilot, "p")
    return pilot.app.screen.query_one("#page", RowList)


async def until(pilot: Pilot[None], app: AdvisorApp, text: str) -> None:
    """Wait until a text is on the screen."""
    for _ in range(1000):
        if text in text_of(app):
            return
        await pilot.pause()
    raise AssertionError(f"{text!r} was not drawn:\n{text_of(app)}")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(app: AdvisorApp, on_machine: OnMachine, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    on_machine(PROCESSORS_ONLY)
    async with app.run_test(size=size) as pilot:
        page = await open_machine(pilot)
        compare(app, f"machine-processors-{name}")
        runner = on_machine("nvidia-arch-not-in-tensorflow")
        await press(pilot, "r")
        compare(app, f"machine-broken-{name}")
        page.point_at("unfit")
        await settle(pilot)
        compare(app, f"machine-plan-{name}")
        await press(pilot, "home")
        runner.seen.clear()
        await pilot.press("r")
        await until(pilot, app, "Looking at TensorFlow")
        compare(app, f"machine-looking-again-{name}")
        runner.seen.set()
        await settle(pilot)
        await press(pilot, "question_mark")
        compare(app, f"machine-help-{name}")


async def test_nothing_is_looked_at_before_one_asks_and_the_screen_opens_at_once(
    app: AdvisorApp, on_machine: OnMachine
) -> None:
    runner = on_machine(PROCESSORS_ONLY)
    runner.seen.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "r", "escape")
        assert runner.calls == []
        await pilot.press("p")
        await until(pilot, app, "Looking at TensorFlow")
        shown = text_of(app)
        assert "AMD EPYC" in shown, "what is in the machine is shown while frameworks are tried"
        assert "usable" not in shown.replace("usable threads", "")
        runner.seen.set()
        await settle(pilot)
        assert "Processor: works  usable" in text_of(app)
        await press(pilot, "escape", "p")
        assert runner.calls == ["hardware", "frameworks"]


@pytest.mark.parametrize("row", ["fix:pytorch:0", "fix:tensorflow:0"])
@pytest.mark.parametrize("key", ["c", "enter"])
async def test_exactly_the_fix_is_copied(
    app: AdvisorApp, on_machine: OnMachine, copied: list[str], row: str, key: str
) -> None:
    on_machine(TAKEN)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_machine(pilot)
        page.point_at(row)
        await press(pilot, key)
    assert copied == [FIX]


async def test_the_install_line_is_copied_and_other_builds_open(
    app: AdvisorApp, on_machine: OnMachine, copied: list[str]
) -> None:
    on_machine(TAKEN)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await open_machine(pilot)
        page.point_at("install:0")
        await press(pilot, "c")
        assert copied[0].endswith("torch==2.15.0 --torch-backend=cu132")
        page.point_at("others:0")
        await press(pilot, "enter", "down", "c")
        assert "torch==2.12.0 --torch-backend=cu126" in copied[1]
        page.point_at("unfit")
        await press(pilot, "enter")
        assert "there are wheels for" in text_of(app).replace("\n", " ")
        page.point_at("measure")
        await press(pilot, "c")
        assert len(copied) == 2, "on other rows there is nothing to copy"


async def test_looking_again_replaces_what_was_found(
    app: AdvisorApp, on_machine: OnMachine
) -> None:
    on_machine(TAKEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_machine(pilot)
        assert "MEMORY_TAKEN" in text_of(app)
        on_machine("nvidia-both-usable")
        await press(pilot, "r")
        shown = text_of(app)
        assert "MEMORY_TAKEN" not in shown and "What is here can be used." in shown


async def test_escape_stops_looking_again_and_keeps_what_was_found(
    app: AdvisorApp, on_machine: OnMachine
) -> None:
    on_machine(TAKEN)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_machine(pilot)
        on_machine("nvidia-both-usable").seen.clear()
        await pilot.press("r")
        await until(pilot, app, "Looking at TensorFlow")
        before = page.pointed
        await pilot.press("end")
        assert page.pointed != before, "the page stays usable"
        await pilot.press("home")
        await press(pilot, "escape")
        shown = text_of(app)
        assert isinstance(app.screen, MachineScreen)
        assert "Stopped. What is below was found before." in shown and "MEMORY_TAKEN" in shown
        await press(pilot, "escape")
        assert isinstance(app.screen, InterviewScreen)


async def test_stopping_the_first_look_leaves_what_was_seen_by_then(
    app: AdvisorApp, on_machine: OnMachine
) -> None:
    runner = on_machine(PROCESSORS_ONLY)
    runner.seen.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("p")
        await until(pilot, app, "Looking at TensorFlow")
        await press(pilot, "escape")
        shown = text_of(app)
        assert "Stopped." in shown and "AMD EPYC" in shown and "found before" not in shown
        await press(pilot, "u", "s")
        assert isinstance(app.screen, MachineScreen), "half a look is neither used nor saved"
        runner.seen.set()
        await press(pilot, "home", "enter")
        assert "Processor: works" in text_of(app)


async def test_quitting_stops_a_look(app: AdvisorApp, on_machine: OnMachine) -> None:
    runner = on_machine(PROCESSORS_ONLY)
    runner.seen.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("p")
        await until(pilot, app, "Looking at TensorFlow")
        await pilot.press("q")
    assert app.probe_job().looking.phase == "stopped"


async def test_a_look_that_fails_is_a_message(app: AdvisorApp, on_machine: OnMachine) -> None:
    runner = on_machine(PROCESSORS_ONLY)
    runner.broken = True
    async with app.run_test(size=(80, 24)) as pilot:
        await open_machine(pilot)
        assert "cannot be executed" in text_of(app) and "Look again" in text_of(app)
        runner.broken = False
        await press(pilot, "home", "enter")
        assert "PyTorch 2.13.0" in text_of(app)


async def test_the_saved_report_is_redacted_and_replays(
    app: AdvisorApp,
    on_machine: OnMachine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = on_machine(TAKEN)
    card = "GPU-12345678-1234-1234-1234-123456789abc in /home/ada-l"
    runner.record = structs.replace(
        runner.record, hardware={**runner.record.hardware, "note": found(card, "test")}
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await open_machine(pilot)
        await press(pilot, "s", "enter", "enter")
        assert isinstance(app.screen, MachineScreen)
        await press(pilot, "s", "down", "enter", "enter")
    written = (tmp_path / "doctor.json").read_text()
    assert json.loads(written)["redacted"] is True
    page = (tmp_path / "doctor.txt").read_text()
    assert "MEMORY_TAKEN" in page and "What could be installed here" in page
    for text in (written, page):
        assert "12345678" not in text and "ada-l" not in text
    replayed = diagnose(read_record(written.encode(), "doctor.json"))
    assert replayed.frameworks["pytorch"].reasons[0].fix == FIX
    assert [path.name for path in sorted(tmp_path.glob("doctor*"))] == ["doctor.json", "doctor.txt"]


async def test_foreign_words_neither_steer_the_terminal_nor_are_read_as_markup(
    app: AdvisorApp, on_machine: OnMachine, copied: list[str]
) -> None:
    runner = on_machine("hostile-words")
    cards = [{"name": "[bold]x[/bold]" + "y" * 5000, "vendor": "nvidia", "memory_total_bytes": -5}]
    runner.record = structs.replace(
        runner.record,
        hardware={**runner.record.hardware, "gpus": found(cards, "test")},
        environment={"CUDA_VISIBLE_DEVICES": "[red]\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}0"},
    )
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_machine(pilot)
        shown = ""
        for target in ("fix:pytorch:0", "use", "install:0", "others:0", "unfit"):
            page.point_at(target)
            await press(pilot, *["c"] if target != "unfit" else ["enter"])
            shown += text_of(app)
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert "[bold]x[/bold]" in shown and "[red]" in shown
    assert "y" * 500 not in "".join(shown.split())
    assert len(copied) == 2 and all(text.isprintable() for text in copied)


@pytest.mark.parametrize("name", names())
def test_every_recorded_machine_has_a_page_with_all_its_reasons(
    small: Knowledge, name: str
) -> None:
    record = recorded(name).record
    seen = Found(record, diagnose(record), whole=True)
    job = LookJob(lambda: None, small, lambda: None, found=seen)
    drawn = [row.plain for _, row in machine_rows(seen, job, 80, (), inventory=True)]
    for framework in seen.diagnosis.frameworks.values():
        for reason in framework.reasons:
            assert any(reason.code in line for line in drawn)
            assert any(clean(reason.fix) in line for line in drawn)
    assert all(line == clean(line) or "\n" in line for line in drawn)


async def test_the_machine_is_reached_from_anywhere_and_leads_to_measuring(
    app: AdvisorApp, on_machine: OnMachine
) -> None:
    on_machine(PROCESSORS_ONLY)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        for way in (["r"], ["C"], ["L"]):
            await press(pilot, *way, "p")
            assert isinstance(app.screen, MachineScreen)
            await press(pilot, "m")
            assert "Measure (m)" in text_of(app)
            await press(pilot, "p")
            assert isinstance(app.screen, MachineScreen), "the one below, not another one"
            await press(pilot, "escape", "escape")
        await press(pilot, "ctrl+p")
        await write(pilot, "look at this machine")
        await press(pilot, "enter")
        assert isinstance(app.screen, MachineScreen)


async def test_the_footer_shows_at_most_six_keys(app: AdvisorApp, on_machine: OnMachine) -> None:
    runner = on_machine(TAKEN)
    async with app.run_test(size=(60, 20)) as pilot:
        await open_machine(pilot)
        runner.seen.clear()
        await pilot.press("r")
        await until(pilot, app, "Looking at TensorFlow")
        for _ in range(2):
            shown = [b for b in app.screen.active_bindings.values() if b.binding.show]
            assert len({b.binding.action for b in shown}) <= 6
            await press(pilot, "escape")
