"""The JSON of the knowledge commands fits the published schemas and the contract."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from advisor.cli import knowledge_base, main
from advisor.documents.schemas import schema
from knowledge.base import Knowledge
from knowledge.model.kinds import UNLISTED

from .conftest import Run

HEAD = {"schema", "schema_version", "tool_version", "created"}


@pytest.fixture
def whole(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    """Lay the shipped base under the commands, loaded once."""
    monkeypatch.setattr(knowledge_base, "load", lambda *given, **named: knowledge)
    return knowledge


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(name))


def document(capsys: pytest.CaptureFixture[str], name: str, *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == 0
    captured = capsys.readouterr()
    found: dict[str, Any] = json.loads(captured.out)
    assert captured.err == ""
    assert found["schema"] == f"fw-advisor/{name}" and found["schema_version"] == "1.0"
    assert set(found) >= HEAD
    validator(name).validate(found)
    return found


def test_search(whole: Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "search", "search", "pytroch", "serving", "--limit", "3")
    assert len(found["results"]) == 3
    for result in found["results"]:
        assert set(result) >= {"id", "kind", "title", "score", "matched"}
        assert whole.find(result["id"])
        assert result["matched"]
    scores = [result["score"] for result in found["results"]]
    assert scores == sorted(scores, reverse=True)


def test_an_entry_of_every_kind(whole: Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
    some = {row.kind: row.id for row in whole.catalogue.rows}
    for kind, name in some.items():
        found = document(capsys, "entry", "show", name)
        assert found["kind"] == kind or found["also"]
        assert found["entry"]["id"] == name
        assert found["as_of"] == found["entry"]["as_of"]
        validator(f"knowledge-{found['kind']}").validate(found["entry"])
        for link in (*found["links"], *found["linked_from"]):
            assert whole.find(link["id"])


def test_an_option_comes_with_the_system_of_the_same_id(
    whole: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(capsys, "entry", "show", "pytorch")
    assert found["kind"] == "option"
    assert [also["kind"] for also in found["also"]] == ["system"]
    assert found["sources"]


def test_compare(whole: Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "compare", "compare", "jax", "pytorch", "--topic", "performance")
    assert [option["id"] for option in found["options"]] == ["jax", "pytorch"]
    assert found["rows"]
    known = {source["id"] for source in found["sources"]}
    for row in found["rows"]:
        assert row["topic"] == "performance"
        assert [cell["option"] for cell in row["statements"]] == ["jax", "pytorch"]
        assert all(set(cell["sources"]) <= known for cell in row["statements"])


def test_claims(whole: Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "claims", "claims")
    assert len(found["claims"]) == len(whole.kind("claim")) == sum(found["verdicts"].values())
    known = {source["id"] for source in found["sources"]}
    for claim in found["claims"]:
        assert {"id", "seeds", "claim", "verdict", "reason", "as_of"} <= set(claim)
        assert set(claim["sources"]) <= known
        assert all({"file", "place", "said"} <= set(seed) for seed in claim["seeds"])
        assert claim["testable"] == (claim["tested_by"] is not None)


def test_stats_stale_and_paths(
    whole: Knowledge, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    stats = document(capsys, "stats", "kb", "stats")
    assert stats["total"] == sum(stats["entries"].values())
    # Results of verification are shown with what was run; they have no page of their own.
    unlisted = sum(stats["entries"][kind] for kind in UNLISTED)
    assert stats["total"] == len(whole.catalogue.rows) + unlisted
    assert [balance["option"] for balance in stats["balance"]] == list(whole.options)
    stale = document(capsys, "stale", "kb", "stale")
    assert len(stale["entries"]) == stats["stale"]["count"]
    paths = document(capsys, "paths", "kb", "paths", "--knowledge", str(tmp_path))
    assert paths["overlays"] == [str(tmp_path)]
    assert paths["cache"].startswith(str(tmp_path / "home"))


def test_filters_narrow_the_claims(run: Run) -> None:
    def ids(*flags: str) -> set[str]:
        code, out, _ = run("claims", *flags, "--json")
        assert code == 0
        return {claim["id"] for claim in json.loads(out)["claims"]}

    assert ids("--verdict", "outdated") == {"old-server-serves-pytorch"}
    assert ids("--topic", "memory") == ids("--testable") == {"tf-takes-less", "torch-takes-less"}
    assert ids("--contradictions") == {"tf-takes-less", "torch-takes-less"}
    assert ids("--seed", "seed-small", "--verdict", "depends") == {"tf-takes-less"}
    assert ids("--verdict", "holds") == set()


def test_pairs_of_contradictions_are_listed_once(run: Run) -> None:
    _, out, _ = run("claims", "--contradictions", "--verdict", "depends", "--json")
    assert json.loads(out)["contradictions"] == [["tf-takes-less", "torch-takes-less"]]
