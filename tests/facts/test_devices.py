"""What cannot use the accelerator here does not win on it; what is repaired stands as before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.documents.advice import Advice
from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.evidence import collect, read_probe
from advisor.facts.fact import Fact
from knowledge.base import load

FIXTURES = Path(__file__).parents[1] / "probes" / "doctor" / "fixtures"
TODAY = "2026-11-20T12:00:00Z"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables(load())


def record(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text())["record"]
    return found


def advised(tables: Tables, folder: Path, raw: dict[str, Any], **answers: Any) -> Advice:
    path = folder / "doctor.json"
    path.write_text(json.dumps(raw))
    facts, evidence, warnings = collect([(path.name, read_probe(str(path)))], TODAY)
    facts += [Fact(name, value, "asked") for name, value in answers.items()]
    return advise(tables, facts, created=TODAY, measurements=evidence, warnings=warnings)


def value(advice: Advice, option: str, criterion: str) -> float:
    return next(w for w in advice.weights if w.criterion == criterion).values[option]


def test_a_framework_that_cannot_use_the_card_does_not_win_on_speed(
    tables: Tables, tmp_path: Path
) -> None:
    whole = advised(tables, tmp_path, record("nvidia-both-usable"), goal="research")
    broken = advised(tables, tmp_path, record("nvidia-driver-too-old"), goal="research")
    assert whole.cannot_use == ()
    assert {one.option for one in broken.cannot_use} == {"pytorch"}
    assert value(whole, "pytorch", "training-speed") >= value(whole, "tensorflow", "training-speed")
    speed = [value(broken, name, "training-speed") for name in ("pytorch", "tensorflow")]
    assert speed[0] < speed[1]
    warning = next(words for words in broken.warnings if "DRIVER_TOO_OLD" in words)
    assert "What helps: " in warning


def test_the_reason_names_what_was_found_and_what_helps(tables: Tables, tmp_path: Path) -> None:
    advice = advised(tables, tmp_path, record("nvidia-driver-too-old"), goal="research")
    reason = next(r for r in advice.reasons if r.rule.startswith("cannot-use"))
    assert reason.basis == "measured"
    assert "DRIVER_TOO_OLD" in reason.text and "What helps" in reason.text


def test_without_any_build_that_works_more_is_lost_than_until_a_repair(
    tables: Tables, tmp_path: Path
) -> None:
    repairable = advised(tables, tmp_path, record("nvidia-driver-too-old"))
    hopeless = advised(tables, tmp_path, record("nvidia-arch-not-in-tensorflow"))
    assert {one.remedy for one in hopeless.cannot_use} == {""}
    assert value(hopeless, "tensorflow", "training-speed") < value(
        repairable, "pytorch", "training-speed"
    )


def test_keras_is_only_concerned_if_none_of_its_backends_works(
    tables: Tables, tmp_path: Path
) -> None:
    advice = advised(tables, tmp_path, record("nvidia-arch-not-in-tensorflow"))
    assert {one.option for one in advice.cannot_use} == {"tensorflow"}


@pytest.mark.parametrize("name", ["tpu-locked", "nvidia-memory-taken"])
def test_a_device_that_somebody_else_has_just_now_decides_nothing(
    tables: Tables, tmp_path: Path, name: str
) -> None:
    assert advised(tables, tmp_path, record(name)).cannot_use == ()


def test_a_framework_that_is_not_installed_is_judged_by_what_could_be(
    tables: Tables, tmp_path: Path
) -> None:
    assert advised(tables, tmp_path, record("nothing-installed-with-card")).cannot_use == ()


def test_on_a_machine_without_accelerator_nothing_is_held_against_anybody(
    tables: Tables, tmp_path: Path
) -> None:
    advice = advised(tables, tmp_path, record("nothing-installed"))
    assert advice.cannot_use == ()


def test_saved_advice_replays_with_what_was_found_then(tables: Tables, tmp_path: Path) -> None:
    from advisor.beside.replay import evidence_of

    advice = advised(tables, tmp_path, record("nvidia-driver-too-old"), goal="research")
    facts = list(advice.facts)
    again = advise(
        tables,
        facts,
        created=TODAY,
        measurements=evidence_of(advice),
        warnings=[w for w in advice.warnings if "it is named because" not in w],
    )
    assert again == advice
