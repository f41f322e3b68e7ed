"""The kept measurements: opened, compared, continued, deleted; and hostile ones from elsewhere."""

from __future__ import annotations

from msgspec import json as msgspec_json
from msgspec import structs

from advisor.cli.store_access import store_path
from advisor.tui.app import AdvisorApp
from advisor.tui.screens.history import HistoryScreen
from advisor.tui.screens.probe import ProbeScreen
from advisor.tui.screens.results import ResultsScreen
from advisor.tui.screens.versus import VersusScreen
from probes.bench.document import Figure
from probes.document import Framework, ProbeDocument
from probes.evidence import Reading
from probes.store import Foreign, Store, open_store

from .conftest import begin, compare, press, text_of
from .fake_measuring import made_run, make_plan
from .fake_probe import FakeRunner
from .measuring import by_size, runner

__all__ = ["runner"]

HOSTILE = "[bold]x[/bold]\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}" + "y" * 3000


def document(runner: FakeRunner, created: str, blocks: int = 6, **how: object) -> ProbeDocument:
    from probes.doctor.diagnose import diagnose

    frameworks = diagnose(runner.record).frameworks
    plan = make_plan("quick", frameworks, workloads=("transformer-block", "decode"))
    run = made_run(plan, blocks, **how)  # type: ignore[arg-type]
    made = runner.assemble_document(runner.record.hardware, frameworks, run)
    return structs.replace(made, created=created)


def filled(runner: FakeRunner, *, with_hostile: bool = False) -> Store:
    """Four runs: an old one, two of today of which one was stopped, and one from elsewhere."""
    store = open_store(store_path())
    store.keep(document(runner, "2026-09-01T08:00:00Z", slower=1.4))
    store.keep(document(runner, "2026-11-20T09:00:00Z", noisy=True))
    store.keep(document(runner, "2026-11-20T09:30:00Z", blocks=3))
    foreign, source = document(runner, "2026-11-19T09:00:00Z", slower=2.0), "colleague.fwbundle"
    other = Reading(status="ok", value="Another processor", source="test")
    foreign = structs.replace(foreign, hardware=foreign.hardware | {"cpu-model": other})
    if with_hostile:
        foreign, source = hostile(foreign), HOSTILE
    store.take([Foreign(msgspec_json.encode(foreign), foreign, source)])
    return store


def hostile(document: ProbeDocument) -> ProbeDocument:
    """Put hostile text wherever a document holds text, and numbers that cannot be."""
    cases = {}
    for key, case in document.benchmarks.workloads.items():
        arms = {
            f"{arm}{HOSTILE}" if arm.endswith("xla") else arm: structs.replace(
                cell,
                status="failed" if arm.endswith("xla") else "ok",
                reason=HOSTILE,
                code=HOSTILE,
                flags=[HOSTILE],
                roof_share=float("inf"),
                break_even_calls=float("nan"),
                first_call_seconds=-1.0,
                peak_memory_bytes=-5,
                figures={HOSTILE: Figure(unit=HOSTILE, values=[1.0] * 6, median=1.0)},
            )
            for arm, cell in case.arms.items()
        }
        pairs = [structs.replace(pair, note=HOSTILE, high=float("inf")) for pair in case.pairs]
        cases[f"{key}{HOSTILE}"] = structs.replace(
            case, title=HOSTILE, size=HOSTILE, metric=HOSTILE, arms=arms, pairs=pairs
        )
    aa = structs.replace(document.aa, text=HOSTILE, arm=HOSTILE) if document.aa else None
    machine = Reading(status="ok", value=HOSTILE, source=HOSTILE)
    other = Framework(installed=True, version=HOSTILE, interpreter=HOSTILE)
    return structs.replace(
        document,
        aa=aa,
        hardware=document.hardware | {"cpu-model": machine},
        frameworks=document.frameworks | {HOSTILE: other, "pytorch": other},
        benchmarks=structs.replace(document.benchmarks, workloads=cases),
        created="2026-11-19T09:00:00Z",
    )


async def open_history(pilot, app: AdvisorApp):  # type: ignore[no-untyped-def]
    await begin(pilot)
    await press(pilot, "H")
    assert isinstance(app.screen, HistoryScreen)
    return app.screen.page


@by_size
async def test_screens(app: AdvisorApp, runner: FakeRunner, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    filled(runner)
    async with app.run_test(size=size) as pilot:
        page = await open_history(pilot, app)
        compare(app, f"history-{name}")
        page.point_at("run:r2-kkk")
        await press(pilot, "enter")
        assert isinstance(app.screen, ResultsScreen)
        compare(app, f"history-run-{name}")
        await press(pilot, "escape", "v")
        page.point_at("run:r1-kkk")
        await press(pilot, "v")
        assert isinstance(app.screen, VersusScreen)
        compare(app, f"history-versus-{name}")
        await press(pilot, "escape", "d")
        compare(app, f"history-delete-{name}")


async def test_nothing_kept_is_said(app: AdvisorApp, runner: FakeRunner) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_history(pilot, app)
        assert "No run is kept yet; M measures." in text_of(app)
        await press(pilot, "v", "c", "d")
        assert isinstance(app.screen, HistoryScreen)


async def test_a_run_is_deleted_only_after_a_question(app: AdvisorApp, runner: FakeRunner) -> None:
    store = filled(runner)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_history(pilot, app)
        page.point_at("run:r1-kkk")
        await press(pilot, "d", "enter")
        assert len(store.runs()) == 4, "keep it is proposed"
        await press(pilot, "d", "down", "enter")
        assert [run.id for run in store.runs()] == ["r4-kkk", "r3-kkk", "r2-kkk"]
        assert "r1-kkk" not in text_of(app).partition("Deleted")[0]


async def test_a_stopped_run_is_continued_from_the_list(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    store = filled(runner)
    runner.go.set()
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_history(pilot, app)
        page.point_at("run:r3-kkk")
        await press(pilot, "c")
        for _ in range(50):
            await pilot.pause()
        await press(pilot)
        assert isinstance(app.screen, ProbeScreen) and runner.previous is not None
    assert {run.id: run.state for run in store.runs()}["r3-kkk"] == "finished"


async def test_a_kept_run_is_used_in_the_advice_and_one_from_elsewhere_only_shown(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    filled(runner)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_history(pilot, app)
        page.point_at("run:r4-kkk")
        await press(pilot, "enter", "u")
        assert isinstance(app.screen, ResultsScreen)
        await press(pilot, "escape")
        page.point_at("run:r1-kkk")
        await press(pilot, "enter", "u")
    assert app.session.evidence == ["r1-kkk"]


async def test_hostile_runs_neither_steer_the_terminal_nor_are_read_as_markup(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    filled(runner, with_hostile=True)
    async with app.run_test(size=(120, 60)) as pilot:
        page = await open_history(pilot, app)
        shown = text_of(app)
        page.point_at("run:r4-kkk")
        await press(pilot, "enter")
        for target in ("case:0", "failed", "charts"):
            app.screen.query_one("#page").point_at(target)  # type: ignore[attr-defined]
            await press(pilot, "enter")
            shown += text_of(app)
        await press(pilot, "escape", "v")
        page.point_at("run:r1-kkk")
        await press(pilot, "v")
        assert isinstance(app.screen, VersusScreen)
        shown += text_of(app)
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert "[bold]x[/bold]" in shown
    assert "y" * 1000 not in "".join(shown.split())


async def test_a_store_that_cannot_be_read_is_a_message(
    app: AdvisorApp, runner: FakeRunner
) -> None:
    store_path().parent.mkdir(parents=True, exist_ok=True)
    store_path().mkdir()
    async with app.run_test(size=(80, 24)) as pilot:
        await open_history(pilot, app)
        assert "store of results" in text_of(app)
