"""`--compare`, `--team`, `--replay`, `--toward` and `kb diff` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from advisor.cli import main
from advisor.documents.schemas import schema

ANNA = "goal: product\ntargets: [server]\nteam-experience: pytorch\ndomain: text\n"
BEN = "goal: product\ntargets: [microcontroller]\nteam-experience: tensorflow-keras\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "anna.yaml").write_text(ANNA)
    (tmp_path / "ben.yaml").write_text(BEN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def page(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    return " ".join(capsys.readouterr().out.split())


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_compare_stands_in_the_document_and_on_the_page(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("advise", "--answers", "anna.yaml", "--compare", "ben.yaml")
    document = run(capsys, *words, "--json")
    jsonschema.validate(document, schema("advice"))
    assert document["compared"]["name"] == "ben.yaml"
    assert {d["question"] for d in document["compared"]["differences"]} == {
        "targets",
        "team-experience",
        "domain",
    }
    said = page(capsys, *words)
    assert "Beside ben.yaml" in said and "What the differences do" in said


def test_team_prints_a_document_of_its_own(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("advise", "--answers", "anna.yaml", "--answers", "ben.yaml", "--team")
    document = run(capsys, *words, "--json")
    jsonschema.validate(document, schema("team"))
    assert document["schema"] == "fw-advisor/team"
    assert [member["name"] for member in document["members"]] == ["anna", "ben"]
    said = page(capsys, *words)
    assert "Who would choose what" in said and "Where you differ" in said
    assert page(capsys, *words, "--format", "markdown").startswith("# ")


def test_members_of_the_same_name_are_told_apart(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "two").mkdir()
    (files / "two" / "anna.yaml").write_text(BEN)
    words = ("advise", "--answers", "anna.yaml", "--answers", "two/anna.yaml", "--team", "--json")
    names = [member["name"] for member in run(capsys, *words)["members"]]
    assert names == ["anna.yaml", "two/anna.yaml"]


def test_replay_of_the_same_knowledge_is_identical(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = ("advise", "--answers", "anna.yaml", "--seed", "7", "--samples", "120")
    assert main((*first, "--json", "-o", "saved.json")) == 0
    capsys.readouterr()
    document = run(capsys, "advise", "--replay", "saved.json", "--json")
    jsonschema.validate(document, schema("advice"))
    assert document["replayed"]["identical"] and document["replayed"]["same_knowledge"]
    saved = json.loads((files / "saved.json").read_text())
    for name in set(saved) - {"created", "replayed"}:
        assert document[name] == saved[name], name


def test_replay_of_typed_words_keeps_what_was_not_used(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "we know Keras, 60 people, no GPU, the office is in Graz"
    assert main(("advise", text, "--json", "-o", "saved.json")) == 0
    capsys.readouterr()
    document = run(capsys, "advise", "--replay", "saved.json", "--json")
    assert document["replayed"]["identical"]


def test_replay_of_counted_code_is_identical_without_the_code(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "train.py").write_text("import tensorflow as tf\ny = tf.nn.softmax(tf.zeros(3))\n")
    assert main(("advise", "--code", "train.py", "--json", "-o", "saved.json")) == 0
    (files / "train.py").unlink()
    capsys.readouterr()
    document = run(capsys, "advise", "--replay", "saved.json", "--json")
    assert document["replayed"]["identical"]


def test_replay_sees_that_a_move_is_told_otherwise(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("advise", "--set", "existing-code=tensorflow-1", "--json", "-o", "saved.json")
    assert main(words) == 0
    capsys.readouterr()
    saved = json.loads((files / "saved.json").read_text())
    assert saved["migration"]
    saved["migration"] = []
    (files / "saved.json").write_text(json.dumps(saved))
    replayed = run(capsys, "advise", "--replay", "saved.json", "--json")["replayed"]
    assert not replayed["identical"] and replayed["moved"] == []
    assert "something beside its terms differs" in replayed["summary"]


def test_replay_says_what_has_moved(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("advise", "--answers", "anna.yaml", "--json", "-o", "saved.json")) == 0
    capsys.readouterr()
    saved = json.loads((files / "saved.json").read_text())
    strongest = saved["reasons"][0]["rule"]
    saved["reasons"][0]["push"] += 0.05
    saved["verdict"]["choice"] = "jax"
    saved["knowledge"]["hash"] = "another"
    (files / "saved.json").write_text(json.dumps(saved))
    document = run(capsys, "advise", "--replay", "saved.json", "--json")
    replayed = document["replayed"]
    assert not replayed["identical"] and not replayed["same_knowledge"]
    assert replayed["choice_changed"]
    assert replayed["moved"][0]["rule"] == strongest
    assert replayed["moved"][0]["now"] - replayed["moved"][0]["then"] == pytest.approx(-0.05)
    assert "the answer was JAX" in page(capsys, "advise", "--replay", "saved.json")


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "goal: research", '{"schema": "fw-advisor/advice"}', "\0", "[" * 9999],
)
def test_replay_of_something_else_is_one_line(
    files: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (files / "saved.json").write_text(content)
    assert "saved.json" in complaint(capsys, "advise", "--replay", "saved.json")


def test_toward_names_what_would_put_an_option_first(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("advise", "--answers", "anna.yaml", "--toward", "TensorFlow")
    document = run(capsys, *words, "--json")
    jsonschema.validate(document, schema("advice"))
    toward = document["toward"]
    assert toward["option"] == "tensorflow" and not toward["first"]
    assert toward["changes"] or toward["answers"] or toward["vetoes"] or toward["terms"]
    for step in toward["changes"]:
        flags = [
            f"{q}={','.join(v) if isinstance(v, list) else v}" for q, v in step["change"].items()
        ]
        changed = run(
            capsys,
            *("advise", "--answers", "anna.yaml", "--json"),
            *(word for flag in flags for word in ("--set", flag)),
        )
        assert changed["ranking"][0]["option"] == "tensorflow"
    assert "What would make it TensorFlow" in page(capsys, *words)


def test_an_excluded_choice_is_read_and_leaves_the_others_open(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = run(capsys, "advise", "--set", "targets=-android,-ios", "--json")
    [fact] = document["facts"]
    assert fact["value"] == ["-android", "-ios"]
    assert "not: On Android" in page(capsys, "advise", "--set", "targets=-android,-ios")
    open_questions = {item["question"] for item in document["next_questions"]}
    assert "targets" in open_questions


SLIPS = [
    (("--toward", "tensorlow"), "did you mean 'tensorflow'"),
    (("--team",), "two at least"),
    (("--team", "--answers", "anna.yaml"), "two at least"),
    (("--replay", "no.json"), "no.json"),
    (("--replay", "anna.yaml", "--set", "goal=learn"), "exclude each other"),
    (("--answers", "-", "--compare", "-"), "given twice"),
    (("--compare", "no.yaml"), "no.yaml"),
    (("--set", "targets=-andriod"), "did you mean 'android'"),
    (("--team", "--answers", "anna.yaml", "--answers", "ben.yaml", "--toward", "jax"), "exclude"),
    (("--team", "--answers", "anna.yaml", "--answers", "ben.yaml", "--format", "html"), "HTML"),
]


@pytest.mark.parametrize(("words", "expected"), SLIPS, ids=[" ".join(w) for w, _ in SLIPS])
def test_slips_are_one_line(
    files: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    assert expected in complaint(capsys, "advise", *words)


def test_kb_diff_of_a_house_overlay(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from .test_drift import HOUSE

    (files / "house" / "rules").mkdir(parents=True)
    (files / "house" / "rules" / "house.yaml").write_text(HOUSE)
    document = run(capsys, "kb", "diff", "house", "--json")
    jsonschema.validate(document, schema("kb-diff"))
    assert document["old"]["name"] == "built-in" and document["flipped"]
    assert "kb diff: needs OLD and NEW" in complaint(capsys, "kb", "diff")
    assert "nowhere" in complaint(capsys, "kb", "diff", "nowhere")


def test_house_rules_that_took_part_are_named(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from .test_drift import HOUSE

    (files / "house" / "rules").mkdir(parents=True)
    (files / "house" / "rules" / "house.yaml").write_text(HOUSE)
    words = ("advise", "--answers", "anna.yaml", "--knowledge", "house")
    document = run(capsys, *words, "--json")
    assert document["house_rules"] == [
        {
            "rule": "house-no-pytorch",
            "house": "house",
            "kind": "veto",
            "text": "We do not run PyTorch.",
        }
    ]
    assert "House rules that took part" in page(capsys, *words)
    assert run(capsys, "advise", "--answers", "anna.yaml", "--json")["house_rules"] == []
