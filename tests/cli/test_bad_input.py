"""What a user can get wrong: one line that helps, no output, the right exit code, no traces."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from tests.knowledge.test_overlays import RULE

from .program import Program

FLAGS = [
    (["--set", "gaol=research"], "--set: unknown question 'gaol'; did you mean 'goal'?"),
    (
        ["--set", "goal=reserch"],
        "goal: unknown value 'reserch' (one of research, product, run-only",
    ),
    (["--set", "goal=reserch"], "did you mean 'research'?"),
    (["--set", "goal"], "--set 'goal': expected FACT=VALUE, such as goal=research"),
    (["--set", ""], "expected FACT=VALUE"),
    (["--set", "=x"], "unknown question ''"),
    (["--set"], "argument --set: expected one argument"),
    (["--set", "model-size=big"], "'big' is not a number (of billion parameters)"),
    (["--set", "model-size=-1"], "'-1"),
    (["--set", "model-size=1e99"], "out of range"),
    (["--set", "model-size=nan"], "is not a number"),
    (["--set", "offline=maybe"], "'maybe' is not true or false"),
    (["--set", "targets=server,server"], "names 'server' twice"),
    (["--set", "targets=server,,phone"], "unknown value ''"),
    (["--set", "priorities=speed,reach,speed"], "names 'speed' twice"),
    (["--set", "goal=\x1b[2J\n\u202e"], "unknown value"),
    (["--set", "goal=" + "x" * 5000], "unknown value"),
    (["--seed", "one"], "--seed: 'one' is not a whole number"),
    (["--seed", "-1"], "--seed"),
    (["--seed", "1.5"], "not a whole number"),
    (["--seed", "9" * 5000], "not a whole number"),
    (["--samples", "0"], "0 is not between 50 and 100,000"),
    (["--samples", "1e3"], "not a whole number"),
    (["--samples", "²"], "not a whole number"),
    (["--fail-if", "choice"], "expected FIELD=VALUE, such as choice=tensorflow"),
    (["--fail-if", ""], "expected FIELD=VALUE"),
    (["--fail-if", "choise=jax"], "unknown field 'choise'"),
    (["--fail-if", "choice=pytorsh"], "did you mean 'pytorch'?"),
    (["--fail-if", "choice<pytorch"], "choice is compared with = or !="),
    (["--fail-if", "strength=sure"], "unknown strength 'sure' (one of none, depends"),
    (["--fail-if", "support<."], "support '.' is not a number from 0 to 1"),
    (["--fail-if", "support<1.5"], "not a number from 0 to 1"),
    (["--fail-if", "support<80"], "not a number from 0 to 1"),
    (["--fail-if", "__import__('os')"], "expected FIELD=VALUE"),
    (["--format", "pdf"], "--format: invalid choice"),
    (["--json", "--format", "markdown"], "--json and --format markdown exclude each other"),
    (["--sett", "goal=research"], "unknown flag '--sett' (see `fw-advisor advise --help`)"),
    (["--sett", "goal=research"], "did you mean '--set'?"),
    (["--sampels=90"], "did you mean '--samples'?"),
    (["--js"], "unknown flag '--js'"),
    (["--knowledge", "missing"], "missing: is no directory (expected an overlay)"),
    (["--knowledge", "x" * 300], "is no directory"),
    (["--answers", "missing.yaml"], "missing.yaml: no such file or directory"),
    (["--answers", "x" * 300], "file name too long"),
    (["--answers", "."], ".: is a directory (expected a file)"),
    (["--answers", "-", "--plain"], "both read standard input"),
    (["--evidence", "missing.json"], "missing.json: no such file or directory"),
    (["--evidence", "/dev/null"], "/dev/null: is not a regular file"),
    (["-o", "missing/file.md"], "missing/file.md: cannot be written: no such file or directory"),
    (["-o", "."], "cannot be written: is a directory"),
    (["-o", "x" * 300], "cannot be written: file name too long"),
]


@pytest.mark.parametrize(("flags", "words"), FLAGS, ids=range(len(FLAGS)))
def test_a_flag_that_cannot_be_is_refused(program: Program, flags: list[str], words: str) -> None:
    line = program.refused("advise", *flags)
    assert words in line
    assert len(line) < 1100


COMMANDS = [
    (["advize"], "unknown command 'advize' (one of advise"),
    (["advize"], "did you mean 'advise'?"),
    (["\x1b[2J"], "unknown command"),
    (["x" * 5000], "unknown command"),
    (["--jsn"], "unknown flag '--jsn' (see `fw-advisor --help`); did you mean '--json'?"),
    (["kb"], "part"),
    (["kb", "lnt"], "invalid choice: 'lnt'"),
    (["kb", "lint", "--knowledge", "missing"], "missing: is no directory"),
    (["schema", "advce"], "did you mean 'advice'?"),
    (["schema", "advice", "lint"], "unexpected argument 'lint'"),
    (["-o"], "-o/--output: expected one argument"),
    (["probe", "hardwear"], "invalid choice: 'hardwear'"),
]


@pytest.mark.parametrize(("given", "words"), COMMANDS, ids=range(len(COMMANDS)))
def test_a_command_that_cannot_be_is_refused(
    program: Program, given: list[str], words: str
) -> None:
    assert words in program.refused(*given)


BOMB = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*a, *a]\n" for c in "bcdefgh")
ANSWERS: list[tuple[str, str | bytes, str]] = [
    (
        "a.yaml",
        "goal: research\ngaol: x\n",
        "a.yaml:2: unknown question 'gaol'; did you mean 'goal'?",
    ),
    ("a.yaml", "goal: reserch\n", "a.yaml:1: goal: unknown value 'reserch'"),
    ("a.yaml", "goal: research\ngoal: product\n", "a.yaml:2: goal: stands twice (first in line 1)"),
    ("a.yaml", "goal: [research\n", "a.yaml:1: broken YAML"),
    ("a.yaml", "goal: research\n\toffline: true\n", "a.yaml:2: broken YAML"),
    ("a.yaml", "goal: research\n---\ngoal: product\n", "a.yaml:2: has a second document"),
    ("a.yaml", "- goal\n", "a.yaml:1: is no mapping (expected `question: answer`)"),
    ("a.yaml", "research\n", "a.yaml:1: is no mapping"),
    ("a.yaml", "model-size: true\n", "is not a number"),
    ("a.yaml", "model-size: {a: 1}\n", "is not a number"),
    ("a.yaml", "offline: 1\n", "is not true or false"),
    ("a.yaml", "goal: [research]\n", "is not one of research"),
    ("a.yaml", "targets: {server: true}\n", "is not a list"),
    ("a.yaml", "targets: [[server]]\n", "is not one of server"),
    ("a.yaml", "goal: !!python/name:os.system x\n", "a.yaml:1: the tag"),
    ("a.yaml", BOMB, "a.yaml:1: anchors and aliases are not allowed"),
    ("a.yaml", "goal: \x1b[2J\n", "a.yaml:1: holds the unseen character U+001B"),
    ("a.yaml", "", "a.yaml: is empty (expected answers such as `goal: research`)"),
    ("a.yaml", " \n \n", "a.yaml: is empty"),
    ("a.yaml", b"\x89PNG\r\n\x1a\n\x00\xff", "a.yaml:1: is not text (expected UTF-8)"),
    ("a.yaml", "goal: research\nx: \x00\n", "a.yaml:2: is not text"),
    ("a.yaml", b"\x00" * 50_000_000, "a.yaml: has 50,000,000 bytes (expected at most 1,000,000)"),
    ("a.json", '{"goal": "research",\n "goal": "product"}', "a.json:2: goal: stands twice"),
    ("a.json", '{"goal": "research",\n}', "a.json:2: broken JSON"),
    ("a.json", '["goal"]', "a.json:1: is no mapping"),
    ("a.json", '{"gaol": 1}', "a.json:1: unknown question 'gaol'"),
    ("a.json", '{"model-size": NaN}', "out of range"),
    ("a.json", '{"model-size": Infinity}', "out of range"),
    ("a.json", '{"model-size": 1' + "0" * 400 + "}", "out of range"),
    ("a.json", '{"model-size": 1' + "0" * 9000 + "}", "number of too many digits"),
    ("a.json", '{"goal": "\\ud800\\u001b[2J"}', "unknown value"),
    ("a.json", '{"\\ud800": 1}', "unknown question"),
    ("a.json", '{"targets": ' + "[" * 600 + "]" * 600 + "}", "is not one of server"),
    ("a.json", "[" * 100_000, "a.json: is nested too deeply"),
    ("a.json", '{"goal": {"goal": 1, "goal": 2}}', "goal: stands twice"),
]


@pytest.mark.parametrize(("name", "text", "words"), ANSWERS, ids=range(len(ANSWERS)))
def test_an_answer_file_that_cannot_be_is_refused(
    program: Program, name: str, text: str | bytes, words: str
) -> None:
    assert words in program.refused("advise", "--answers", program.write(name, text))


def test_answers_on_standard_input_are_checked_the_same(program: Program) -> None:
    line = program.refused("advise", "--answers", "-", typed="goal: research\ngaol: x\n")
    assert line.startswith("standard input:2: unknown question 'gaol'")
    line = program.refused("advise", "--answers", "-", typed='{"goal": 1, "goal": 2}')
    assert line.startswith("standard input:1: goal: stands twice")
    assert "is longer than" in program.refused("advise", "--answers", "-", typed=b"x" * 1_000_001)
    assert "is not text" in program.refused("advise", "--answers", "-", typed=b"\xff")
    assert "is empty" in program.refused("advise", "--answers", "-")


def test_a_pipe_is_no_answer_file_and_nobody_waits_for_it(program: Program) -> None:
    os.mkfifo(program.folder / "pipe.yaml")
    done = program("advise", "--answers", "pipe.yaml")
    assert (done.code, done.out) == (2, "")
    assert "is not a regular file" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(program: Program) -> None:
    program.write("a.yaml", "goal: research\n")
    (program.folder / "a.yaml").chmod(0)
    assert "permission denied" in program("advise", "--answers", "a.yaml").err


PROBE: dict[str, Any] = {
    "schema": "fw-advisor/probe",
    "schema_version": "1.0",
    "tool_version": "0.1.0",
    "created": "2026-11-20T09:00:00Z",
}
EVIDENCE: list[tuple[str | bytes, str]] = [
    ("", "is no document of 'fw-advisor probe --json'".replace("'", "`")),
    ("goal: research", "is no document"),
    ("[]", "is no document"),
    ("{}", "is no document"),
    (json.dumps({**PROBE, "schema": "fw-advisor/advice"}), "is no document"),
    (json.dumps({**PROBE, "schema_version": "2.0"}), "is no document"),
    (json.dumps({**PROBE, "hardware": []}), "hardware"),
    (json.dumps({**PROBE, "created": "yesterday"}), "created: 'yesterday' is no date"),
    (json.dumps({**PROBE, "hardware": {"\x1b[2J": {"status": "x"}}}), "is no document"),
    ("[" * 200_000, "is no document"),
    (b"\xff\xfe", "is not text"),
    (b" " * 50_000_001, "has 50,000,001 bytes (expected at most 50,000,000)"),
]


@pytest.mark.parametrize(("text", "words"), EVIDENCE, ids=range(len(EVIDENCE)))
def test_a_file_that_is_no_probe_document_is_refused(
    program: Program, text: str | bytes, words: str
) -> None:
    line = program.refused("advise", "--evidence", program.write("probe.json", text))
    assert line.startswith("probe.json")
    assert words in line


def test_an_invalid_overlay_is_refused_with_file_and_line(program: Program) -> None:
    def line_for(text: str) -> str:
        program.write("house/rules/house.yaml", text)
        return program.refused("advise", "--knowledge", "house", code=3)

    assert line_for("a: [") == "house/rules/house.yaml:1: broken YAML: " + (
        "did not find expected node content"
    )
    assert line_for(RULE.replace("criterion: reach", "criterion: reech")).startswith(
        "house/rules/house.yaml:5: house-rule.criterion: unknown criterion 'reech'; did you mean"
    )
    assert "can reach" in line_for(RULE.replace("[0.05, 0.1, 0.15]", "[0.2, 0.5, 0.9]"))
    assert "(and 1 more)" in line_for(RULE.replace("grade: B", "").replace("id:", "ID:"))


def test_a_refusal_leaves_an_older_file_as_it_was(program: Program) -> None:
    program.write("decision.md", "older\n")
    program.refused("advise", "--set", "goal=x", "-o", "decision.md")
    program.refused("advise", "--fail-if", "nonsense", "-o", "decision.md")
    assert (program.folder / "decision.md").read_text() == "older\n"
