"""Claims put to the test here: by verdict, with the figure said and the figure here, and charts."""

from __future__ import annotations

import re

import pytest
from msgspec import structs

from advisor.cli.store_access import store_path
from advisor.documents.tested import ProbeClaims
from advisor.tui import kept_runs
from advisor.tui.app import AdvisorApp
from advisor.tui.screens.claims_tested import ClaimsTestedScreen
from advisor.tui.session import Session
from knowledge.base import Knowledge
from probes.claims import ClaimPart, ClaimPlace, ClaimResult, SaidFigure
from probes.store import open_store
from tests.tested import making

from .conftest import begin, compare, press, text_of
from .measuring import by_size

HOSTILE = "[red]x\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}" + "y" * 3000
PLACE = ClaimPlace(seed="seed-answers", file="answers.md", place="speed/tokens")


def part(a: str, b: str, ratio: float, verdict: str, **changes: object) -> ClaimPart:
    made = ClaimPart(
        workload="decode",
        case="decode-256x2",
        a=a,
        b=b,
        quantity="per-call",
        unit="s",
        says="a-less",
        a_value=0.04 * ratio,
        b_value=0.04,
        ratio=ratio,
        low=ratio * 0.9,
        high=ratio * 1.1,
        blocks=6,
        verdict=verdict,  # type: ignore[arg-type]
    )
    return structs.replace(made, **changes)


def claim(
    id: str, said_there: str, verdict: str, *parts: ClaimPart, **changes: object
) -> ClaimResult:
    made = ClaimResult(
        id=id,
        claim=said_there,
        topic="speed",
        places=[PLACE],
        verdict=verdict,  # type: ignore[arg-type]
        parts=list(parts),
        text=f"{verdict.replace('-', ' ').capitalize()} on this machine.",
        shows="How long this small model takes here.",
    )
    return structs.replace(made, **changes)


def made() -> ProbeClaims:
    tokens = [
        SaidFigure(option="pytorch", value=50, unit="ms", mode="inference"),
        SaidFigure(option="tensorflow", value=30, unit="ms", mode="inference"),
    ]
    hours = [
        SaidFigure(option="pytorch", value=12, unit="h", mode="training"),
        SaidFigure(option="tensorflow", value=10, unit="h", mode="training"),
    ]
    compiled, function = "pytorch/compile", "tensorflow/function"
    claims = [
        claim(
            "tokens-take-30-against-50-ms",
            "TensorFlow needs about 30 ms per token, PyTorch about 50.",
            "contradicted",
            part(compiled, function, 0.8, "contradicted"),
            said=tokens,
            missing="Nothing about large models.",
        ),
        claim(
            "training-takes-12-against-10-hours",
            "Training takes 12 hours with PyTorch, 10 with TensorFlow.",
            "not-measured",
            said=hours,
            command="fw-advisor probe bench --workload train-step",
        ),
        claim(
            "graphs-are-faster",
            "Graph mode is faster than eager.",
            "borne-out",
            part(function, "tensorflow/eager", 0.4, "borne-out"),
        ),
        claim(
            "no-workload", "A larger community.", "not-testable", missing="No workload shows it."
        ),
    ]
    return ProbeClaims(
        tool_version="0",
        created="2026-11-20T10:00:00Z",
        machine="AMD EPYC, 2 threads, cpu",
        threads=2,
        device="cpu",
        versions={"pytorch": "2.13.0", "tensorflow": "2.21.0"},
        measured_on=["2026-11-20T09:00:00Z"],
        left_out=[],
        noise=[],
        verdicts={},
        claims=claims,
    )


@by_size
async def test_screens(
    app: AdvisorApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(kept_runs, "claims", lambda knowledge: (made(), ()))
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await press(pilot, "T")
        assert isinstance(app.screen, ClaimsTestedScreen)
        compare(app, f"claims-tested-{name}")
        app.screen.page.point_at("claim:tokens-take-30-against-50-ms")
        await press(pilot, "enter")
        compare(app, f"claims-tested-opened-{name}")
        await press(pilot, "home", "enter")
        compare(app, f"claims-tested-charts-{name}")


def group_of(shown: str, claim: str) -> str:
    """Return the heading of the group in which a claim stands."""
    before = shown[: shown.index(claim)].splitlines()
    return next(line for line in reversed(before) if re.match(r"\W*\d+ claims? ", line))


async def test_claims_rest_on_what_is_kept(knowledge: Knowledge, state) -> None:  # type: ignore[no-untyped-def]
    steady = {making.PC: 0.03, making.TF: 0.02, making.PE: 0.04, making.TE: 0.06}
    case = making.workload("decode", {arm: making.decoding(arm, s) for arm, s in steady.items()})
    open_store(store_path()).keep(making.document({"decode-256x2": case}))
    app = AdvisorApp(Session(knowledge, state))
    async with app.run_test(size=(100, 150)) as pilot:
        await begin(pilot)
        await press(pilot, "T")
        shown = text_of(app)
        said = "▸ TensorFlow has a lower inference time per token than PyTorch."
        assert "borne out in part" in group_of(shown, said), "faster compiled, slower eager"
        assert "claimed" in shown, "the charts stand there on a tall screen"
        assert "not testable here" in shown


async def test_hostile_claims_neither_steer_the_terminal_nor_are_read_as_markup(
    app: AdvisorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = part(HOSTILE, HOSTILE, 1.0, "undecided", note=HOSTILE, unit=HOSTILE, case=HOSTILE)
    bad = structs.replace(bad, high=float("inf"), a_value=float("nan"), workload=HOSTILE)
    said = [SaidFigure(option=HOSTILE, value=1e300, unit=HOSTILE, mode=HOSTILE)]
    place = ClaimPlace(seed=HOSTILE, file=HOSTILE, place=HOSTILE)
    texts = {"text": HOSTILE, "shows": HOSTILE, "missing": HOSTILE, "command": HOSTILE}
    broken = claim("x", HOSTILE, "undecided", bad, said=said, places=[place], **texts)
    found = structs.replace(
        made(), claims=[*made().claims, broken], machine=HOSTILE, left_out=[HOSTILE]
    )
    found = structs.replace(found, versions={HOSTILE: HOSTILE})
    monkeypatch.setattr(kept_runs, "claims", lambda knowledge: (found, (HOSTILE,)))
    async with app.run_test(size=(120, 60)) as pilot:
        await begin(pilot)
        await press(pilot, "T")
        shown = text_of(app)
        app.screen.query_one("#page").point_at("claim:x")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        shown += text_of(app)
    assert {character for character in shown if not character.isprintable()} == {"\n"}
    assert "[red]x" in shown and "y" * 1500 not in "".join(shown.split())
