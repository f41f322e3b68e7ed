"""`kb verify` as a command: exit codes, numbers, and a framework that is missing."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import jsonschema
import pytest

from advisor.cli import main
from advisor.documents.schemas import schema
from advisor.verification.choose import of_file
from advisor.verification.stored import verification, write
from probes.verify.rows import Problem, Result

from .test_choosing import ROW, written

WRONG = (
    ROW.replace("api-mine", "api-wrong")
    .replace("[tf.nn.softmax]", "[tf.math.softmax]")
    .replace("[torch.softmax]", "[torch.nn.functional.softmax]")
    .replace("torch.softmax(x, -1)", "torch.softmax(x, 0)")
)


def test_a_failure_is_exit_code_1_with_the_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, ROW + WRONG)
    assert main(["kb", "verify", str(path), "--run-overlay-code", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, schema("verify"))
    outcome = {result["id"]: result for result in document["results"]}
    assert outcome["api-mine"]["outcome"] == "agrees"
    assert outcome["api-mine"]["naive_error"] > 0.1
    assert outcome["api-wrong"]["outcome"] == "fails"
    assert "differs by 0." in outcome["api-wrong"]["problems"][0]
    assert document["count"] == 2 and document["failures"] == 1
    assert {"python", "torch", "tensorflow", "keras", "numpy"} == set(document["versions"])


def test_a_result_that_is_not_the_stored_one_is_told_with_both_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = ROW.replace("api-mine", "api-other").replace("softmax]", "log_softmax]")
    path = written(tmp_path, ROW + other)
    given = ["kb", "verify", str(path), "--run-overlay-code"]
    mine, unmoved = of_file(path, foreign=True)
    right, day = {"max_error": 1e-7, "naive_error": 0.5}, "2026-01-01"
    for edited in (False, True):
        versions = {"torch": "2.0.0"}
        found = {**right, "max_error": 0.25, "problems": [Problem("value", "y: differs")]}
        results = [
            (mine, verification(mine, Result(id="api-mine", **found), versions, day)),
            (
                unmoved,
                verification(unmoved, Result(id="api-other", **right), versions, day),
            ),
        ]
        if edited:
            write(results, tmp_path / "house", whole=True)
        assert main([*given, "--json"] if edited else given) == 0
        said = capsys.readouterr().out
        if not edited:
            assert "2 entries verified for the first time" in said
            assert re.search(r"2 of 2 entries agree in .* worst error .*\(api-\w+\)\s*$", said)
    document = json.loads(said)
    by_id = {result["id"]: " ; ".join(result["changed"]) for result in document["results"]}
    assert by_id["api-mine"].startswith("fails → agrees ; error 0.25 → ")
    assert "torch 2.0.0 → 2." in by_id["api-mine"]
    assert "verified for the first time" not in by_id["api-other"]
    moved = {change["package"]: change for change in document["version_changes"]}
    assert moved["torch"]["stored"] == "2.0.0" and moved["torch"]["entries"] == 2


def test_without_keras_2_its_entries_are_not_run_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tf_keras.py").write_text("raise ImportError('there is no tf_keras here')\n")
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n')
    script.chmod(0o755)
    old = ROW.replace("api-mine", "api-old").replace("softmax]", "log_softmax]")
    path = written(tmp_path, ROW + old.replace("check: {", "check: {subject: tf-keras, "))
    given = ["kb", "verify", str(path), "--run-overlay-code", "--python", f"tensorflow={script}"]
    assert main([*given, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [result["id"] for result in document["results"]] == ["api-mine"]
    assert document["not_run"] == ["api-old"]
    assert "there is no tf_keras here" in document["absent"]["tf-keras"]


def test_a_missing_framework_is_exit_code_4_and_stored_values_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "torch.py").write_text("raise ImportError('there is no torch here')\n")
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n')
    script.chmod(0o755)
    path = written(tmp_path)
    given = ["kb", "verify", str(path), "--run-overlay-code", "--python", f"torch={script}"]
    assert main(given) == 4
    assert "PyTorch cannot be used here: ImportError: there is no torch here" in (
        capsys.readouterr().out
    )
