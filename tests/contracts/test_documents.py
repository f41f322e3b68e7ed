"""The documents are what their published schemas say, field by field of the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from advisor.cli import main
from advisor.documents.schemas import names, schema

ADVICE_FIELDS = {
    "schema",
    "schema_version",
    "tool_version",
    "created",
    "facts",
    "ignored",
    "verdict",
    "between_pytorch_and_tensorflow",
    "ranking",
    "stack",
    "instead",
    "reasons",
    "why_not",
    "flips",
    "next_questions",
    "uncertainty",
    "measured",
    "warnings",
    "knowledge",
}
CASES = {
    "nothing": {},
    "research": {"goal": "research", "domain": "text", "model-source": "hugging-face"},
    "estate": {
        "goal": "maintain",
        "existing-code": "tensorflow-2",
        "existing-infrastructure": ["tfx", "tf-serving"],
        "team-experience": "tensorflow-keras",
        "model-stability": "stable",
        "existing-code-size": 40,
    },
    "tables": {"goal": "product", "domain": "tabular", "targets": ["batch"], "model-size": None},
    "phone": {"goal": "run-only", "targets": ["android"], "priorities": ["longevity"]},
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(arguments) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture(params=CASES)
def answers(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(CASES[request.param]))
    return str(path)


def test_advice_fits_its_schema_and_its_pushes_add_up(
    answers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = run(capsys, "advise", "--answers", answers, "--json")
    jsonschema.validate(document, schema("advice"))
    assert set(document) >= ADVICE_FIELDS
    total = sum(reason["push"] for reason in document["reasons"])
    assert total == pytest.approx(document["margin"], abs=1e-9)
    if document["verdict"]["choice"] != "none":
        first, second = document["ranking"][:2]
        assert document["margin"] == pytest.approx(first["score"] - second["score"], abs=1e-9)


def test_the_same_answers_give_the_same_bytes(
    answers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = []
    for _ in range(2):
        assert main(["advise", "--answers", answers, "--json"]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]


def test_every_id_in_an_advice_leads_somewhere(
    answers: str, capsys: pytest.CaptureFixture[str], knowledge: Any
) -> None:
    document = run(capsys, "advise", "--answers", answers, "--json")
    named = {part["system"] for part in (*document["stack"], *document["instead"])}
    assert named <= set(knowledge.systems)
    for reason in document["reasons"]:
        assert reason["rule"].startswith("base/") or reason["rule"] in knowledge.rules
        assert all(knowledge.find(name) for name in reason["because"])
        assert set(reason["sources"]) <= set(knowledge.sources)
    assert all(knowledge.questions[item["question"]] for item in document["next_questions"])


def test_every_recommended_system_is_alive_or_explained(
    answers: str, capsys: pytest.CaptureFixture[str], knowledge: Any
) -> None:
    document = run(capsys, "advise", "--answers", answers, "--json")
    for part in document["stack"]:
        system = knowledge.systems[part["system"]]
        explained = knowledge.picks[part["pick"]].although
        assert system.status == "active" or explained, part


@pytest.mark.parametrize("name", names())
def test_every_schema_is_a_valid_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_knowledge_files_fit_their_schemas(knowledge: Any) -> None:
    import msgspec

    for kind in ("rule", "system", "question", "source"):
        validator = jsonschema.Draft202012Validator(schema(f"knowledge-{kind}"))
        for entry in list(knowledge.kind(kind).values())[:40]:
            validator.validate(json.loads(msgspec.json.encode(entry)))


def test_the_lint_document_fits_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    main(["kb", "lint", "--json"])
    jsonschema.validate(json.loads(capsys.readouterr().out), schema("lint"))
