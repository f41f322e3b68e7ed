"""What `advise` takes, and what it says of what it did not use."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.knowledge.test_overlays import RULE

from .program import Program
from .test_bad_input import PROBE


def test_the_later_of_two_flags_wins_and_the_other_is_reported(program: Program) -> None:
    done = program("advise", "--json", "--set", "goal=research", "--set", "goal=product")
    assert done.code == 0
    [fact] = done.document["facts"]
    assert (fact["value"], fact["source"], fact["said"]) == (
        "product",
        "flag",
        "--set goal=product",
    )
    assert done.document["ignored"] == [
        {"said": "goal = research (flag)", "why": "flag says product"}
    ]
    same = program("advise", "--json", "--set", "goal=product", "--set", "goal=product")
    assert same.document["ignored"] == []


def test_a_flag_goes_before_a_file_and_a_later_file_before_an_earlier(program: Program) -> None:
    program.write("a.yaml", "goal: research\noffline: true\n")
    program.write("b.json", '{"offline": false, "targets": ["phone"], "model-size": 7}')
    done = program(
        *("advise", "--json", "--set", "goal=product", "--answers", "a.yaml", "--answers", "b.json")
    )
    facts = {fact["id"]: (fact["value"], fact["said"]) for fact in done.document["facts"]}
    assert facts == {
        "goal": ("product", "--set goal=product"),
        "offline": (False, "b.json:1"),
        "targets": (["phone"], "b.json:1"),
        "model-size": (7, "b.json:1"),
    }
    assert len(done.document["ignored"]) == 2


ALIKE = [
    ("goal: research", '{"goal": "research"}', "goal=research"),
    ("goal: PAPER", '{"goal": "paper"}', "goal= Paper "),
    ("goal:", '{"goal": null}', "goal="),
    ("offline: true", '{"offline": true}', "offline=YES"),
    ("offline: 'no'", '{"offline": "no"}', "offline=false"),
    ("model-size: 7e0", '{"model-size": 7.0}', "model-size= 7 "),
    ("targets: [phone, server]", '{"targets": ["server", "phone"]}', "targets=Phone, server"),
    ("targets: []", '{"targets": []}', "targets=none"),
    ("priorities: [reach, speed]", '{"priorities": ["reach", "speed"]}', "priorities=reach,speed"),
    ("goal: does-not-apply", '{"goal": "does-not-apply"}', "goal=does-not-apply"),
]


@pytest.mark.parametrize(("yaml", "json_text", "flag"), ALIKE)
def test_a_file_and_a_flag_say_the_same(
    program: Program, yaml: str, json_text: str, flag: str
) -> None:
    program.write("a.yaml", "\ufeff" + yaml + "\r\n")
    program.write("a.json", json_text)
    runs = [
        program("advise", "--json", *given).document
        for given in (["--answers", "a.yaml"], ["--answers", "a.json"], ["--set", flag])
    ]
    for document in runs:
        for fact in document["facts"]:
            del fact["source"], fact["said"]
    assert runs[0] == runs[1] == runs[2]


def test_answers_come_from_standard_input_too(program: Program) -> None:
    for typed in ("goal: research\n", '{"goal": "research"}'):
        done = program("advise", "--json", "--answers", "-", typed=typed)
        assert done.document["facts"][0]["said"] == "standard input:1"


CONDITIONS = [
    ("choice=pytorch", 1),
    ("choice != PyTorch", 0),
    ("choice=tensorflow", 0),
    ("between=pytorch", 1),
    ("strength>=none", 1),
    ("strength<none", 0),
    ("support>0", 1),
    ("support<=1", 1),
    ("support<.000001", 0),
    ("support>1.0", 0),
]


@pytest.mark.parametrize(("condition", "code"), CONDITIONS)
def test_a_condition_that_holds_is_exit_code_1_and_said(
    program: Program, condition: str, code: int
) -> None:
    done = program("advise", "--json", "--set", "goal=research", "--fail-if", condition)
    assert done.code == code
    assert done.err == (f"fw-advisor: condition met: {condition}\n" if code else "")
    assert done.document["verdict"]["choice"] == "pytorch"


def test_house_rules_are_named_in_every_form(program: Program) -> None:
    program.write("house/rules/house.yaml", RULE)
    given = ("advise", "--knowledge", "house", "--set", "goal=product", "--set", "targets=phone")
    document = program(*given, "--json").document
    assert document["knowledge"]["overlays"] == ["house"]
    assert "house" in {reason["house"] for reason in document["reasons"]}
    assert "house rule of house" in " ".join(program(*given).out.split())
    record = program(*given, "--format", "markdown").out
    assert "house rule of house" in record
    assert "fw-advisor advise --knowledge house --set goal=product" in record


def test_the_command_of_a_record_repeats_it(program: Program) -> None:
    given = ("--set", "model-size=7.123456789", "--set", "targets=none", "--seed", "3")
    record = program("advise", *given, "--samples", "60", "--format", "markdown").out
    command = record.split("```sh\n")[1].split("\n```")[0].split()
    assert command[:2] == ["fw-advisor", "advise"]
    again = program(*command[1:], "--format", "markdown")
    assert again.out == record


def probed(**fields: Any) -> str:
    return json.dumps({**PROBE, **fields})


HARDWARE = {
    "operating-system": {"value": "linux", "source": "uname"},
    "gpus": {"value": [{"vendor": "amd", "name": "Card\x1b[2J|\n<b>"}], "source": "sysfs"},
}


def test_facts_of_a_probe_that_nobody_asks_for_are_reported(program: Program) -> None:
    program.write("probe.json", probed(hardware=HARDWARE))
    done = program("advise", "--json", "--evidence", "probe.json")
    assert done.code == 0
    [fact] = done.document["facts"]
    assert (fact["id"], fact["value"], fact["source"]) == ("training-hardware", "amd-gpu", "probe")
    assert b"\x1b" not in done.raw
    [ignored] = done.document["ignored"]
    assert ignored["said"] == "operating-system = linux (probe)"
    assert "unknown question" in ignored["why"]


def pairs(ratio: Any, low: Any, high: Any, band: float = 0.05) -> dict[str, Any]:
    cell = {
        "framework": "pytorch",
        "arm": "a",
        "device": "cpu",
        "dtype": "f32",
        "status": "ok",
        "median_seconds": 1.0,
    }
    return {
        "workloads": {
            "mlp": {
                "title": "t",
                "workload": "mlp",
                "metric": "ms",
                "size": "s",
                "sizes": {},
                "arms": {
                    "pytorch/eager": cell,
                    "tensorflow/graph": {**cell, "framework": "tensorflow"},
                },
                "pairs": [
                    {
                        "a": "pytorch/eager",
                        "b": "tensorflow/graph",
                        "ratio": ratio,
                        "low": low,
                        "high": high,
                        "band": band,
                        "verdict": "faster",
                    }
                ],
            }
        }
    }


@pytest.mark.parametrize(
    ("ratio", "low", "high", "band", "used"),
    [
        (0.5, 0.4, 0.6, 0.05, True),
        (-0.5, -0.6, -0.4, 0.05, False),
        (0.5, 0, 0.6, 0.05, False),
        (0.5, 1e-300, 1e300, 0.05, False),
        (1e-300, 1e-300, 1e-300, 0.05, False),
        (0.5, 0.6, 0.4, 0.05, False),
        (0.5, 0.4, 0.6, -1, False),
        (None, None, None, 0.05, False),
    ],
)
def test_only_figures_that_can_be_are_computed_with(
    program: Program, ratio: Any, low: Any, high: Any, band: float, used: bool
) -> None:
    program.write("probe.json", probed(benchmarks=pairs(ratio, low, high, band)))
    done = program("advise", "--json", "--set", "goal=product", "--evidence", "probe.json")
    assert done.code == 0, done
    assert [m["workload"] for m in done.document["measured"]] == (["mlp"] if used else [])


def test_old_evidence_is_used_with_a_warning(program: Program) -> None:
    for created in ("2020-01-01", "2020-01-01T00:00:00", "2020-01-01T00:00:00Z"):
        program.write("p.json", probed(benchmarks=pairs(0.5, 0.4, 0.6), created=created))
        done = program("advise", "--json", "--set", "goal=product", "--evidence", "p.json")
        assert "days old: measure again" in "".join(done.document["warnings"])


def test_lint_of_an_overlay_on_the_command_line(program: Program) -> None:
    done = program("kb", "lint")
    assert (done.code, done.out) == (0, "0 errors, 0 warnings\n")
    program.write("house/rules/house.yaml", RULE.replace("because: [tensorflow]", "because: []"))
    done = program("kb", "lint", "--knowledge", "house")
    assert done.code == 1
    assert done.out.splitlines() == [
        "house/rules/house.yaml:11: KB204 error: house-rule.because: names no evidence",
        "1 errors, 0 warnings",
    ]
    document = program("kb", "lint", "--knowledge", "house", "--json").document
    assert (document["schema"], document["errors"]) == ("fw-advisor/lint", 1)


def test_lint_keeps_one_line_per_finding_whatever_a_file_holds(program: Program) -> None:
    program.write("house/rules/h.yaml", '- {"\\e[2J\\nx": 1, id: "\\u202e\\n"}\n')
    done = program("kb", "lint", "--knowledge", "house")
    assert done.code == 1
    assert all(": KB" in line for line in done.out.splitlines()[:-1])
    assert not set(done.out) & {"\x1b", "\u202e"}
    assert b"\\u001b" not in program("kb", "lint", "--knowledge", "house", "--json").raw


def test_a_system_that_a_house_withdrew_is_recommended_nowhere(program: Program) -> None:
    given = ("advise", "--set", "goal=run-only", "--set", "offline=true", "--set", "targets=server")
    assert program(*given, "--json").document["instead"][0]["system"] == "small-runtime"
    program.write("house/withdrawn.yaml", "- {id: small-runtime, reason: Its licence.}\n")
    for form in ("text", "json", "markdown", "html"):
        done = program(*given, "--knowledge", "house", "--format", form)
        assert (done.code, done.err) == (0, "")
        assert "small-runtime" not in done.out
        assert "Small runtime" not in done.out


def test_an_overlay_adds_a_question_that_can_be_answered(program: Program) -> None:
    program.write(
        "house/questions/house.yaml",
        """\
- id: our-cluster
  group: machine
  order: 70
  kind: flag
  title: Our cluster
  ask: Does it run on our cluster?
  why: It has no network.
  find_out: Ask us.
  as_of: "2026-11-20"
""",
    )
    program.write(
        "house/rules/house.yaml",
        RULE.replace("fact: goal, is: product", "fact: our-cluster, is: true"),
    )
    given = ("advise", "--json", "--knowledge", "house", "--set", "our-cluster=yes")
    assert "house-rule" in {reason["rule"] for reason in program(*given).document["reasons"]}
    assert "unknown question" in program.refused("advise", "--set", "our-cluster=yes")
