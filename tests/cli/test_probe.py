"""`probe --fail-if` and `--redact` as scripts use them: real processes, exit codes, documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest

from advisor.documents.doctor import Doctor
from advisor.documents.schemas import schema
from tests.probes.doctor.recorded import FOLDER, recorded

from .program import Program

FOREIGN = "raise SystemExit('must not be imported')"
FIXTURES = {"ok": "nvidia-both-usable", "degraded": "nvidia-driver-too-old"}
FIXTURES |= {"failed": "nothing-installed-with-card"}


@pytest.fixture
def nothing_installed(tmp_path: Path) -> list[str]:
    """Flags that give every framework an interpreter with nothing but the standard library."""
    folder = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return [f"--python={name}={python}" for name in ("torch", "tensorflow", "jax")]


@pytest.mark.parametrize("state", FIXTURES)
def test_a_replayed_machine_meets_the_conditions_of_its_state(program: Program, state: str) -> None:
    replay = ("probe", "doctor", "--json", "--replay", str(FOLDER / f"{FIXTURES[state]}.json"))
    done = program(*replay)
    assert (done.code, done.document["state"]) == (0, state)
    assert bool(done.document["faults"]) == (state != "ok")
    assert program(*replay, "--fail-if", "degraded").code == (state != "ok")
    assert program(*replay, "--fail-if", "failed").code == (state == "failed")


def test_the_reason_for_the_exit_code_is_on_stderr_and_the_document_on_stdout(
    program: Program,
) -> None:
    file = str(FOLDER / "nvidia-driver-too-old.json")
    done = program("probe", "doctor", "--replay", file, "--json", "--fail-if=degraded")
    assert done.code == 1
    assert "--fail-if degraded: this machine is degraded (DRIVER_TOO_OLD)" in done.err
    document = msgspec.json.decode(done.raw, type=Doctor)
    assert {fault.code for fault in document.faults} == {"DRIVER_TOO_OLD"}
    assert all(fault.where == "pytorch" and fault.fix for fault in document.faults)
    page = program("probe", "doctor", "--replay", file, "--fail-if", "degraded").out
    assert "State: degraded" in page and "! PyTorch: DRIVER_TOO_OLD" in page


def test_hardware_alone_has_a_state(program: Program) -> None:
    done = program("probe", "hardware", "--json", "--fail-if", "failed")
    assert done.code == 0
    assert done.document["state"] in ("ok", "degraded")
    jsonschema.validate(done.document, schema("probe"))
    assert done.document["hardware"]["host-name"]["status"] == "ok"


def test_hardware_that_cannot_be_asked_degrades_the_machine(program: Program) -> None:
    program.write("foreign/pynvml.py", FOREIGN)
    first = f"{program.folder / 'foreign'}{os.pathsep}{program.path}"
    done = program("probe", "hardware", "--fail-if=degraded", "--quiet", PYTHONPATH=first)
    assert done.code == 1
    assert "State: degraded" in done.out and "FOREIGN_PYNVML" in done.out
    assert done.err == ""


def test_a_machine_without_a_framework_has_failed_whatever_could_be_measured(
    program: Program, nothing_installed: list[str]
) -> None:
    done = program("probe", *nothing_installed, "--json")
    assert (done.code, done.document["state"]) == (4, "failed")
    assert {fault["code"] for fault in done.document["faults"]} == {"NOT_INSTALLED"}
    assert program("probe", *nothing_installed, "--fail-if", "failed").code == 1


@pytest.mark.parametrize(
    ("part", "word", "words"),
    [
        ((), "degradet", "unknown 'degradet' (one of degraded, failed); did you mean 'degraded'?"),
        (("hardware",), "fail", "did you mean 'failed'?"),
        (("doctor",), "\x1b[2J", "(one of degraded, failed)"),
        (("hardware",), "", "unknown ''"),
    ],
)
def test_a_condition_that_does_not_exist_is_refused_before_anything_is_looked_at(
    program: Program, part: tuple[str, ...], word: str, words: str
) -> None:
    line = program.refused("probe", *part, "--fail-if", word)
    assert line.startswith("--fail-if: ") and words in line


def test_a_redacted_probe_names_neither_machine_nor_user(program: Program) -> None:
    done = program("probe", "hardware", "--json", "--redact", HOME="/home/lovelace")
    assert done.document["redacted"] is True
    assert done.document["hardware"]["host-name"]["value"] == "<name>"
    plain = program("probe", "hardware", "--json").document["hardware"]["host-name"]["value"]
    assert len(plain) < 3 or plain not in done.out


def test_a_saved_probe_of_this_version_can_be_read_again(program: Program) -> None:
    done = program("probe", "hardware", "--json", "-o", "probe.json")
    assert done.code == 0
    assert program("fleet", "merge", "probe.json", "--json").document["machines"][0]["host"]


def test_the_fixtures_are_what_their_names_say() -> None:
    for name in FIXTURES.values():
        assert recorded(name).expected


def test_what_a_terminal_would_obey_is_escaped_in_json(program: Program) -> None:
    problem = "lost\x9b2J\u202e"
    hardware = {"gpus": {"value": [{"name": "x", "problem": problem}]}}
    saved = {"tool_version": "0", "created": "2026-11-20T09:00:00Z", "hardware": hardware}
    program.write("probe.json", json.dumps(saved | {"schema": "fw-advisor/probe"}))
    done = program("fleet", "merge", "probe.json", "--json")
    assert "\x9b" not in done.out and "\u202e" not in done.out
    assert problem in done.document["machines"][0]["faults"][0]["text"]
