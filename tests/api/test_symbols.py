"""A symbol is found however a person writes it."""

from __future__ import annotations

import json
from types import SimpleNamespace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.cli import main
from advisor.documents.api import OTHER, api_document
from advisor.documents.schemas import schema
from knowledge.base import Knowledge
from knowledge.search.symbols import Symbols, canonical, side_of, symbols_of


def index(*rows: tuple[list[str], list[str], list[str]]) -> Symbols:
    made = [
        SimpleNamespace(id=f"api-{n}", aliases=(*left, *right), uses=tuple(uses))
        for n, (left, right, uses) in enumerate(rows)
    ]
    return symbols_of(made, [])  # type: ignore[arg-type]


SMALL = index(
    (["tf.nn.softmax", "keras.ops.softmax"], ["torch.softmax", "torch.Tensor.softmax"], []),
    (["keras.layers.Dense", "tf.layers.dense"], ["torch.nn.Linear"], []),
    (["tf.concat"], ["torch.cat"], []),
    (["keras.layers.Concatenate"], [], ["torch.cat"]),
    (["tf.reshape"], ["torch.reshape", "torch.Tensor.view"], []),
    (["keras.losses.Huber"], ["torch.nn.functional.huber_loss", "torch.nn.HuberLoss"], []),
    (["tensorflow_addons.optimizers.AdamW"], ["torch.optim.AdamW"], []),
)


@pytest.mark.parametrize(
    ("typed", "how", "row"),
    [
        ("tf.nn.softmax", "exact", 0),
        ("tensorflow.nn.softmax(x, axis=-1)", "exact", 0),
        (" softmax ", "ending", 0),
        ("nn.softmax", "ending", 0),
        ("Softmax", "letters", 0),
        ("keras.layers.Dense", "exact", 1),
        ("tf.keras.layers.Dense", "exact", 1),
        ("tensorflow.keras.layers.Dense", "exact", 1),
        ("layers.dense", "ending", 1),
        ("nn.Linear", "ending", 1),
        ("linear", "letters", 1),
        ("x.view", "ending", 4),
        ("F.huber_loss", "exact", 5),
        ("tf.nn.sofmax", "nearest", 0),
        ("torch.conact", "nearest", 2),
        ("tensorflow_addons.optimizers.AdamW", "exact", 6),
    ],
)
def test_spellings(typed: str, how: str, row: int) -> None:
    found = SMALL.find(typed)
    assert found.how == how
    assert found.places[0].row == row


def test_what_answers_for_a_symbol_comes_before_what_uses_it() -> None:
    assert [(p.row, p.owned) for p in SMALL.find("torch.cat").places] == [(2, True), (3, False)]


@pytest.mark.parametrize("typed", ["", ".", "zzzzqqq", "(", "x" * 5000, "\x00", "tf.", "日本"])
def test_nonsense_is_answered_with_nothing_or_with_something_near(typed: str) -> None:
    assert SMALL.find(typed).how in ("none", "nearest", "ending")


def test_one_side_only() -> None:
    assert {p.side for p in SMALL.find("softmax", "torch").places} == {"torch"}
    assert {p.side for p in SMALL.find("softmax", "tensorflow").places} == {"tensorflow"}


def symbols(knowledge: Knowledge) -> st.SearchStrategy[str]:
    return st.sampled_from(knowledge.symbols.names)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_ending_of_every_symbol_finds_its_row(
    data: st.DataObject, knowledge: Knowledge
) -> None:
    name = data.draw(symbols(knowledge))
    parts = name.split(".")
    ending = ".".join(parts[data.draw(st.integers(0, len(parts) - 1)) :])
    wanted = {place.row for place in knowledge.symbols.exact(name)}
    letters = data.draw(st.sampled_from([str, str.lower, str.upper]))
    found = knowledge.symbols.find(letters(ending))
    if canonical(letters(ending)) == letters(ending) and found.how != "exact":
        assert wanted <= {place.row for place in found.places} or letters is not str
        assert found.how in ("ending", "letters")


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_slip_of_the_keys_is_near_what_was_meant(
    data: st.DataObject, knowledge: Knowledge
) -> None:
    name = data.draw(symbols(knowledge).filter(lambda n: len(n.rpartition(".")[2]) >= 6))
    place = data.draw(st.integers(len(name) - 5, len(name) - 2))
    typed = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    found = knowledge.symbols.find(typed)
    assert found.how != "none"
    if found.how == "nearest":
        assert name in {p.symbol for p in found.places}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_document_fits_its_schema_and_shows_the_other_side(
    data: st.DataObject, knowledge: Knowledge
) -> None:
    name = data.draw(symbols(knowledge))
    document = api_document(knowledge, name)
    raw = json.loads(_encoded(document))
    jsonschema.validate(raw, schema("api"))
    assert document.found == "exact"
    assert document.framework == ("pytorch" if side_of(name) == "torch" else "tensorflow")
    for equivalent in document.equivalents:
        assert all(side_of(s) == OTHER[side_of(name)] for s in equivalent.symbols)
        assert equivalent.verified.how != "failed"


def _encoded(document: object) -> bytes:
    import msgspec

    return msgspec.json.encode(document)


def test_the_contract_of_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["api", "tf.nn.softmax", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {"symbol", "framework", "status", "equivalents", "nearest"} <= set(document)
    (first, *_) = document["equivalents"]
    assert {"symbol", "code", "notes", "gotchas", "verified"} <= set(first)
    assert {"how", "max_abs_error", "versions"} <= set(first["verified"])
    assert first["verified"]["how"] == "executed"


def test_an_unknown_symbol_is_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["api", "tf.nn.sofmax", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["status"] == "unknown"
    assert document["equivalents"] == []
    assert document["nearest"][0] == "tf.nn.softmax"
    assert main(["api", "tf.nn.sofmax"]) == 0
    assert "Spelt similarly: tf.nn.softmax" in capsys.readouterr().out


@pytest.mark.parametrize("given", [["api"], ["api", " "], ["api", "x", "--file", "y.py"]])
def test_wrong_usage_is_one_line(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given) == 2
    assert capsys.readouterr().err.count("\n") == 1
