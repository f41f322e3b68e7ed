"""What a move would cost, from answers alone."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from advisor.cli import main
from advisor.documents.schemas import schema
from knowledge.base import Knowledge
from knowledge.model.move import EFFORTS

from .conftest import Advise

pytestmark = pytest.mark.usefixtures("compiled_once")

STAY = ("--set", "existing-code=tensorflow-2", "--set", "existing-code-size=80")
ESTATE = (*STAY, "--set", "goal=maintain", "--set", "existing-infrastructure=tf-serving,tfx")


def shown(document: dict[str, Any]) -> dict[str, Any]:
    return next(move for move in document["migration"] if move["moving_to"] != "other")


def texts(move: dict[str, Any], effort: str) -> str:
    return " ".join(item["text"] for item in move[effort]["items"])


def test_without_existing_code_there_is_nothing_to_move(advise: Advise) -> None:
    assert advise("--set", "goal=research")["migration"] == []
    assert advise("--set", "existing-code=nothing")["migration"] == []
    assert advise("--set", "existing-code=dont-know")["migration"] == []


@pytest.mark.parametrize("source", ["tensorflow-1", "tensorflow-2", "keras", "pytorch", "jax"])
def test_every_option_that_means_a_move_is_there_and_fits_the_schema(
    advise: Advise, source: str
) -> None:
    document = advise("--set", f"existing-code={source}")
    jsonschema.validate(document, schema("advice"))
    stays = {"tensorflow-2": {"tensorflow"}, "keras": {"tensorflow"}}.get(source, {source})
    feasible = {ranked["option"] for ranked in document["ranking"] if ranked["feasible"] != "no"}
    moves = {move["option"]: move for move in document["migration"]}
    assert set(moves) == feasible - stays
    for move in moves.values():
        assert move["from"] == source
        assert move["basis"] == "answers"
        assert move["calls"] is None
        assert all(len(move[effort]["items"]) <= 4 for effort in EFFORTS)
        assert move["open"]


def test_the_choice_is_shown_or_the_next_option_if_the_choice_stays(advise: Advise) -> None:
    document = advise(*ESTATE, "--set", "model-stability=stable")
    assert document["verdict"]["choice"] == "tensorflow"
    second = document["ranking"][1]["option"]
    assert (shown(document)["option"], shown(document)["moving_to"]) == (second, "runner-up")
    document = advise(
        *("--set", "existing-code=tensorflow-1", "--set", "goal=research"),
        *("--set", "team-experience=pytorch", "--set", "model-source=hugging-face"),
    )
    assert document["verdict"]["choice"] == "pytorch"
    assert (shown(document)["option"], shown(document)["moving_to"]) == ("pytorch", "choice")


def test_answers_pick_what_is_named(advise: Advise) -> None:
    def to_pytorch(*more: str) -> dict[str, Any]:
        document = advise(*STAY, *more)
        return next(move for move in document["migration"] if move["option"] == "pytorch")

    assert "TensorFlow Serving" not in texts(to_pytorch(), "redesign")
    estate = to_pytorch("--set", "existing-infrastructure=tf-serving")
    assert "TensorFlow Serving" in texts(estate, "redesign")
    assert "channel axis" in texts(to_pytorch("--set", "domain=vision"), "semantic")
    assert "channel axis" not in texts(to_pytorch("--set", "domain=text"), "semantic")
    assert "TPUStrategy" in texts(to_pytorch("--set", "training-hardware=tpu"), "redesign")


def test_semantic_items_say_what_was_measured(advise: Advise, knowledge: Knowledge) -> None:
    document = advise(*STAY, "--set", "domain=vision")
    move = next(move for move in document["migration"] if move["option"] == "pytorch")
    stored = knowledge.kind("verification")
    measured = [result for item in move["semantic"]["items"] for result in item["measured"]]
    assert measured
    for result in measured:
        assert result["error"] == stored[f"verified-{result['entry']}"].naive_error


def test_every_entry_of_a_move_leads_somewhere(knowledge: Knowledge) -> None:
    moves = knowledge.kind("move")
    assert len(moves) >= 9
    for move in moves.values():
        for effort in EFFORTS:
            for item in getattr(move, effort):
                assert all(knowledge.catalogue.get(name) for name in item.because)


def test_every_pair_of_code_and_option_is_a_move_or_a_stay(knowledge: Knowledge) -> None:
    pairs = [(s, move.option) for move in knowledge.kind("move").values() for s in move.from_]
    assert len(pairs) == len(set(pairs))
    sources = {choice.id for choice in knowledge.questions["existing-code"].choices} - {"nothing"}
    stays = {
        *(("pytorch", "pytorch"), ("jax", "jax"), ("tensorflow-2", "tensorflow")),
        ("keras", "tensorflow"),
    }
    assert {(s, o) for s in sources for o in knowledge.options} - stays == set(pairs)


def test_no_move_promises_days(knowledge: Knowledge) -> None:
    for move in knowledge.kind("move").values():
        words = f"{move.text} {move.open}".lower().split()
        assert not {"days", "weeks", "months", "hours"} & set(words)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_has_the_section(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("advise", "--set", "existing-code=keras", "--format", form)) == 0
    with_code = capsys.readouterr().out
    assert main(("advise", "--set", "goal=learn", "--format", form)) == 0
    without = capsys.readouterr().out
    for words in ("Mechanical", "Semantic"):
        assert words in with_code
        assert words not in without
