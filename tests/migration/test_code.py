"""`advise --code`: what is written in what, and how many uses fall into which class."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.documents.schemas import schema
from advisor.migration.code import read_code
from advisor.migration.counting import counted
from advisor.migration.era import code_facts
from knowledge.base import Knowledge
from knowledge.model.move import EFFORTS

from .conftest import KERAS, TF1, TF2, TORCH, Advise

Tree = Callable[..., Path]
CODES = {"tensorflow-1": TF1, "tensorflow-2": TF2, "keras": KERAS, "pytorch": TORCH}


def facts_of(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in document["facts"]}


def move_to(document: dict[str, Any], option: str) -> dict[str, Any]:
    return next(move for move in document["migration"] if move["option"] == option)


def symbols_in(move: dict[str, Any], effort: str) -> str:
    return " ".join(item["text"] for item in move[effort]["items"])


@pytest.mark.parametrize("source", CODES)
def test_code_says_what_it_is_written_in(advise: Advise, tree: Tree, source: str) -> None:
    document = advise("--code", tree(one=CODES[source], plain="import os\n"))
    jsonschema.validate(document, schema("advice"))
    facts = facts_of(document)
    assert facts["existing-code"]["value"] == source
    assert facts["existing-code"]["source"] == "repository"
    assert "in 1 of 2 files read" in facts["existing-code"]["said"]
    lines = sum(bool(line.strip()) for line in CODES[source].splitlines())
    assert facts["existing-code-size"]["value"] == pytest.approx(lines / 1000)


def test_jax_is_known_by_its_imports(advise: Advise, tree: Tree) -> None:
    document = advise("--code", tree(one="import jax.numpy as jnp\nfrom flax import nnx\n"))
    assert facts_of(document)["existing-code"]["value"] == "jax"
    assert {move["basis"] for move in document["migration"]} == {"answers"}


def test_a_mixture_is_the_major_one_and_names_the_minor(advise: Advise, tree: Tree) -> None:
    fact = facts_of(advise("--code", tree(a=TF1, b=TF1, c=TORCH)))["existing-code"]
    assert fact["value"] == "tensorflow-1"
    assert "also pytorch in 1" in fact["said"]
    assert fact["confidence"] < 0.99


def test_one_compat_call_does_not_make_tensorflow_1(advise: Advise, tree: Tree) -> None:
    old = "import tensorflow as tf\ntf.compat.v1.logging.set_verbosity(1)\ntf.nn.relu(1.0)\n"
    fact = facts_of(advise("--code", tree(a=TF2, b=old)))["existing-code"]
    assert fact["value"] == "tensorflow-2"


def test_what_a_person_says_wins(advise: Advise, tree: Tree) -> None:
    document = advise("--code", tree(one=TF2), "--set", "existing-code=pytorch")
    assert facts_of(document)["existing-code"]["source"] == "flag"
    assert any("existing-code = tensorflow-2" in item["said"] for item in document["ignored"])
    assert {move["basis"] for move in document["migration"]} == {"answers"}


@pytest.mark.parametrize("source", CODES)
def test_classes_and_unknown_partition_the_uses(advise: Advise, tree: Tree, source: str) -> None:
    document = advise("--code", tree(a=CODES[source], b=CODES[source]))
    assert document["migration"]
    for move in document["migration"]:
        parts = [move[effort] for effort in (*EFFORTS, "unknown")]
        assert move["basis"] == "code"
        assert sum(part["calls"] for part in parts) == move["calls"] > 0
        assert sum(part["share"] for part in parts) == pytest.approx(1, abs=1e-3)
        assert move["files"] == 2


def test_symbols_fall_into_the_class_that_running_them_says(advise: Advise, tree: Tree) -> None:
    move = move_to(advise("--code", tree(one=TF2)), "pytorch")
    assert "tf.nn.relu → torch.nn.functional.relu" in symbols_in(move, "mechanical")
    assert any("api-dataset-map" in item["entries"] for item in move["redesign"]["items"])
    assert [item["symbol"] for item in move["unknown"]["symbols"]] == ["tf.made_up_name"]
    semantic = [name for item in move["semantic"]["items"] for name in item["entries"]]
    assert "gotcha-layernorm-epsilon" in semantic
    assert all(result["error"] for i in move["semantic"]["items"] for result in i["measured"])


def test_sessions_are_a_redesign_and_counted(advise: Advise, tree: Tree) -> None:
    for option in ("pytorch", "tensorflow", "keras"):
        move = move_to(advise("--code", tree(one=TF1)), option)
        sessions = next(i for i in move["redesign"]["items"] if "Sessions" in i["text"])
        assert sessions["calls"] >= 2
        assert sessions["entries"][0] in ("api-tf1-session", "api-tf1-placeholder")


def test_keras_code_stays_on_another_backend(advise: Advise, tree: Tree) -> None:
    move = move_to(advise("--code", tree(one=KERAS)), "keras")
    assert move["light"]
    assert move["mechanical"]["calls"] == move["calls"]


def test_jax_has_no_rows_and_says_so(advise: Advise, tree: Tree) -> None:
    move = move_to(advise("--code", tree(one=TORCH)), "jax")
    assert move["unknown"]["calls"] == move["calls"]


def test_methods_of_unknown_values_are_named_as_not_counted(advise: Advise, tree: Tree) -> None:
    move = move_to(advise("--code", tree(one=TORCH)), "tensorflow")
    assert any("in none of the counts" in text for text in move["open"])
    (item,) = [i for i in move["mechanical"]["items"] if "api-view" in i["entries"]]
    assert (item["calls"], item["perhaps"], item["entries"][0]) == (None, 1, "api-view")


def test_fit_of_a_model_is_named_as_a_loop_to_write(advise: Advise, tree: Tree) -> None:
    move = move_to(advise("--code", tree(one=KERAS)), "pytorch")
    (item,) = [i for i in move["redesign"]["items"] if "api-fit" in i["entries"]]
    assert item["perhaps"] == 1
    assert item["calls"] == 1


def test_cells_of_a_notebook_count(advise: Advise, tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["import tensorflow as tf"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip install torch\n"]},
        {"cell_type": "code", "source": ["import torch\n", "if True:\n", "    !ls\n"]},
        {"cell_type": "code", "source": "torch.relu?\ny = torch.relu(torch.zeros(3))"},
        {"cell_type": "code", "source": "%%bash\nimport jax"},
    ]
    path = tmp_path / "book.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}))
    document = advise("--code", path)
    assert facts_of(document)["existing-code"]["value"] == "pytorch"
    assert move_to(document, "tensorflow")["calls"] == 2
    assert document["ignored"] == []


@given(
    picks=st.lists(
        st.sampled_from(
            [
                *("tf.nn.relu(1.0)", "tf.Session()", "keras.layers.Dense(3)", "tf.no_such(1)"),
                *("tf.data.Dataset.range(3)", "tf.contrib.layers.nothing", "tf.cast(1, tf.int32)"),
                *("tf.compat.v1.placeholder(tf.float32)", "torch.view_as_real", "tf.string"),
            ]
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_mixture_of_uses_adds_up(
    knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory, picks: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "one.py"
    path.write_text("import tensorflow as tf, keras, torch\n" + "\n".join(picks))
    code = read_code([str(path)], knowledge)
    assert len(list(code_facts(code))) == 2
    uses = sum(text.count("tf.") + text.count("keras.") for text in picks)
    for move in knowledge.kind("move").values():
        if "tensorflow-2" in move.from_:
            found = counted(knowledge, move, {"existing-code": "tensorflow-2"}, "other", code)
            if found is None:
                assert uses == 0
                continue
            parts = [getattr(found, effort) for effort in (*EFFORTS, "unknown")]
            assert sum(part.calls for part in parts) == found.calls == uses
