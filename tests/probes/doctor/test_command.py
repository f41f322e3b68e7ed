"""`fw-advisor probe doctor` as people call it: replay, plan, redaction, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.cli import main

from .recorded import FOLDER

OLD_DRIVER = str(FOLDER / "nvidia-driver-too-old.json")


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["probe", "doctor", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_replayed_file_shows_verdicts_reason_fix_and_raw_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, page, _ = call(capsys, "--replay", OLD_DRIVER)
    assert code == 0
    assert "REPLAYED from a file" in page and "CONSTRUCTED" in page
    assert "DRIVER_TOO_OLD" in page and "--torch-backend=cu126" in page
    assert "| UserWarning: CUDA initialization" in page
    assert "What could be installed here" not in page


def test_a_plan_names_what_works_and_why_the_rest_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, page, _ = call(capsys, "--replay", OLD_DRIVER, "--plan")
    assert code == 0
    works, _, hindered = page.partition("What could not")
    assert "uv pip install torch==2.14.1 --torch-backend=cu126" in works
    assert "driver 550.54.15 is older than 580" in " ".join(hindered.split())


def test_assumed_facts_are_marked_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--replay", OLD_DRIVER, "--assume", "gpu=H100", "--assume", "driver=580")
    code, page, _ = call(capsys, *arguments)
    assert code == 0
    assert "ASSUMED, not observed: gpu=H100, driver=580" in page
    assert "580 (assumed)" in page and "(simulated)" in page
    _, text, _ = call(capsys, *arguments, "--json")
    document = json.loads(text)
    assert document["simulated"] and document["replayed"]
    assert document["assumed"] == {"gpu": "H100", "driver": "580"}
    assert document["plan"]


def test_the_document_replays(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, first, _ = call(capsys, "--replay", OLD_DRIVER, "--json")
    file = tmp_path / "doctor.json"
    file.write_text(first)
    _, second, _ = call(capsys, "--replay", str(file), "--json", "--redact")
    one, two = json.loads(first), json.loads(second)
    assert one["schema"] == "fw-advisor/doctor"
    assert one["frameworks"] == two["frameworks"]
    assert two["redacted"] and not one["redacted"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--replay", "/nowhere/at/all.json"), "no such file"),
        (("--assume", "gpu=GTX 9999"), "nearest"),
        (("--replay", OLD_DRIVER, "--python", "torch=/usr/bin/python3"), "--python"),
        (("--quick",), "measures no speed"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    code, page, complaint = call(capsys, *arguments)
    assert code == 2 and page == ""
    assert words in complaint.splitlines()[-1]
    assert "Traceback" not in complaint


def test_flags_of_the_doctor_do_not_go_with_other_parts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["probe", "hardware", "--plan"]) == 2
    assert "probe doctor" in capsys.readouterr().err
