"""`kb verify` as a command: exit codes, numbers, and a framework that is missing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import pytest

from advisor.cli import main
from advisor.documents.schemas import schema

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
