"""The document keeps to its schema, survives a round trip, and is put together by ``probe``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from probes import run as run_module
from probes.bench.controller import run_plan
from probes.bench.events import Progress
from probes.document import ProbeDocument
from probes.run import assemble_document, look_at_frameworks, look_at_hardware, probe
from tests.probes.bench.plans import tiny_plan


def validate(document: ProbeDocument) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(msgspec.json.encode(document))
    schema = msgspec.json.schema(ProbeDocument)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(parsed, schema, cls=jsonschema.Draft202012Validator)
    return parsed


@pytest.fixture
def document(bare_interpreter: str, children_on_path: None) -> ProbeDocument:
    hardware = look_at_hardware()
    interpreters = dict.fromkeys(("torch", "tensorflow", "jax"), bare_interpreter)
    frameworks = look_at_frameworks(hardware, interpreters)
    plan = tiny_plan(arms=["pytorch/eager", "tensorflow/function"])
    return assemble_document(hardware, frameworks, run_plan(plan, worker="misbehaving_worker"))


def test_a_whole_document_keeps_to_its_schema_and_comes_back_the_same(
    document: ProbeDocument,
) -> None:
    parsed = validate(document)
    assert parsed["schema"] == "fw-advisor/probe"
    assert parsed["schema_version"] == "1.0"
    assert parsed["created"] == "2026-11-20T10:00:00Z"
    assert parsed["claims"] == []
    assert msgspec.json.decode(msgspec.json.encode(document), type=ProbeDocument) == document


def test_the_smallest_document_is_whole(document: ProbeDocument) -> None:
    parsed = validate(assemble_document({}))
    assert parsed.keys() == validate(document).keys()
    assert parsed["aa"] is None


def test_the_schema_describes_its_fields() -> None:
    schema = msgspec.json.schema(ProbeDocument)
    for name in ("Reading", "Framework", "Device", "Reason", "Plan", "Cell", "Pair", "AaCheck"):
        assert schema["$defs"][name]["description"], name


def test_a_document_of_another_kind_is_refused(document: ProbeDocument) -> None:
    parsed = validate(document) | {"schema": "fw-advisor/advice"}
    with pytest.raises(msgspec.ValidationError, match="schema"):
        msgspec.convert(parsed, ProbeDocument)


def test_a_field_of_a_newer_minor_version_does_not_stop_the_reader(
    document: ProbeDocument,
) -> None:
    parsed = validate(document) | {"schema_version": "1.7", "something_new": 1}
    assert msgspec.convert(parsed, ProbeDocument).schema_version == "1.7"


def test_no_path_of_the_run_stays_in_the_benchmarks(
    document: ProbeDocument, tmp_path: Path
) -> None:
    text = msgspec.json.encode([document.benchmarks, document.environment, document.aa]).decode()
    assert "/tmp/" not in text and str(tmp_path) not in text


def test_probe_does_the_three_parts_in_order(
    bare_interpreter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Progress] = []
    interpreters = dict.fromkeys(("torch", "tensorflow", "jax"), bare_interpreter)
    whole = probe("quick", interpreters, on_progress=seen.append)
    phases = list(dict.fromkeys(progress.phase for progress in seen))
    assert phases == ["hardware", "frameworks", "finished"]
    assert {one.installed for one in whole.frameworks.values()} == {False}
    assert whole.benchmarks.plan is not None and whole.benchmarks.plan.arms == []
    validate(whole)


def test_probe_without_benchmark_has_no_plan(
    bare_interpreter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a benchmark was started")

    monkeypatch.setattr(run_module, "run_plan", refuse)
    interpreters = dict.fromkeys(("torch", "tensorflow", "jax"), bare_interpreter)
    whole = probe("quick", interpreters, benchmark=False)
    assert whole.benchmarks.plan is None
    assert not whole.benchmarks.interrupted
