"""Whatever is typed: an exit code of the contract, one printable line, and never an exception."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import advisor.cli.commands.advise as command
from advisor.cli import main
from advisor.engine.tables import Tables
from advisor.errors import InputError
from advisor.explain.advice import advise
from advisor.facts.answers import answer_from
from advisor.facts.fact import Fact
from advisor.reports.markdown import decision_record
from advisor.reports.text import advice_page
from knowledge.base import load
from knowledge.errors import KnowledgeError
from knowledge.text import printable
from tests.knowledge.small_base import SMALL, one_line

KNOWLEDGE = load(base=SMALL)
often = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(command, "open_knowledge", lambda arguments: KNOWLEDGE)
    yield


def run(*given: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--samples", "50", *given] if given[0] != "advise" else list(given))
    return code, out.getvalue(), err.getvalue()


def checked(*given: str) -> int:
    code, out, err = run(*given)
    assert code in (0, 1, 2, 3)
    if code == 2:
        assert out == ""
        assert err.startswith("fw-advisor: ") and err.count("\n") == 1 and err.endswith("\n")
    assert printable(err, lines=True) == err
    assert printable(out, lines=True) == out
    err.encode()
    out.encode()
    return code


ANY = st.text(st.characters(codec=None), max_size=40)
NAMES = st.sampled_from([*KNOWLEDGE.questions, "", "gaol", "GOAL"]) | ANY
WORDS = st.sampled_from(
    [c.id for q in KNOWLEDGE.questions.values() for c in q.choices]
    + ["7", "-1", "1e9", "1e8", "true", "none", "dont-know", "does-not-apply", "unknown", "", ","]
)
VALUES = WORDS | ANY | st.lists(WORDS | ANY, max_size=4).map(",".join)


@often
@given(st.lists(st.tuples(NAMES, VALUES).map("=".join) | ANY, max_size=4))
@example(["model-size=0"])
@example(["goal=research\x85"])
@example(["targets=none", "targets=server"])
def test_any_flags_end_in_an_exit_code(texts: list[str]) -> None:
    checked("advise", "--samples", "50", *(f"--set={text}" for text in texts))


@often
@given(
    st.lists(
        ANY | st.sampled_from(["advise", "kb", "schema", "--json", "-o", "--help", "--", "-"]),
        min_size=1,
        max_size=4,
    )
)
def test_any_words_end_in_an_exit_code(words: list[str]) -> None:
    if "-o" not in words and not any(word.startswith(("-o", "--o", "--k")) for word in words):
        code, _, err = run("--quiet", *words)
        assert code in (0, 1, 2, 3)
        assert printable(err, lines=True) == err


@often
@given(ANY | st.tuples(ANY, st.sampled_from("=<>"), ANY).map("".join))
@example("support<.")
@example("support<1.")
def test_any_condition_ends_in_an_exit_code(text: str) -> None:
    checked("advise", "--samples", "50", f"--fail-if={text}")


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | VALUES
JSON_VALUES = st.recursive(
    LEAVES, lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(ANY, deeper, max_size=2)
)
DOCUMENTS = st.dictionaries(NAMES, JSON_VALUES, max_size=3) | JSON_VALUES


@often
@given(document=DOCUMENTS)
def test_any_json_ends_in_an_exit_code(
    tmp_path_factory: pytest.TempPathFactory, document: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "answers.json"
    path.write_text(json.dumps(document))
    checked("advise", "--samples", "50", "--answers", str(path))


PIECES = st.sampled_from(
    ["goal", ": ", "research", "\n", "- ", "[", "]", "targets", ", ", "'", "#", "\t"]
)


@often
@given(raw=st.binary(max_size=60) | st.lists(PIECES | NAMES, max_size=20).map("".join))
def test_any_file_ends_in_an_exit_code(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes | str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    for name in ("answers.yaml", "answers.json"):
        (folder / name).write_bytes(content)
        checked("advise", "--samples", "50", "--answers", str(folder / name))
    (folder / "probe.json").write_bytes(content)
    assert checked("advise", "--evidence", str(folder / "probe.json")) == 2


@often
@given(name=ANY)
def test_any_file_name_ends_in_an_exit_code(tmp_path: Path, name: str) -> None:
    wanted = f"{tmp_path}/none/{name}"
    for flag in ("--answers", "--evidence"):
        assert checked("advise", "--samples", "50", f"{flag}={wanted}") == 2
    assert checked("advise", "--samples", "50", f"-o{wanted}") in (0, 2)


PROBES = st.fixed_dictionaries(
    {
        "schema": st.just("fw-advisor/probe"),
        "schema_version": st.just("1.0"),
        "tool_version": ANY,
        "created": st.just("2026-11-20T09:00:00Z") | ANY,
    },
    optional={
        "hardware": st.dictionaries(
            st.sampled_from(["gpus", "tpu", "wsl", "operating-system"]) | ANY,
            st.fixed_dictionaries(
                {"value": JSON_VALUES | st.sampled_from(["linux", "macos"])},
                optional={"status": st.sampled_from(["ok", "absent", "unknown"]), "source": ANY},
            ),
            max_size=3,
        )
    },
)


@often
@given(document=PROBES)
def test_any_probe_document_ends_in_an_exit_code(
    tmp_path_factory: pytest.TempPathFactory, document: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "probe.json"
    path.write_text(json.dumps(document))
    for form in ("text", "json", "markdown"):
        checked("advise", "--samples", "50", "--format", form, "--evidence", str(path))


FILES = [
    "rules/rules.yaml",
    "questions/questions.yaml",
    "criteria/criteria.yaml",
    "options/pytorch.yaml",
]
SCALARS = st.sampled_from(
    [
        *("0", "1", "-1", "0.5", "1e-9", "999", "true", "x", '"x"', "[]", "[goal]", "{}", "none"),
        *("[0, 0, 0]", "[-1, 0, 1]", "several", "one", "number", "ranking", "flag", "research"),
    ]
)


@settings(deadline=None, max_examples=120)
@given(data=st.data())
def test_an_overlay_that_loads_never_breaks_an_advice(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    house = tmp_path_factory.mktemp("house")
    name = data.draw(st.sampled_from(FILES))
    lines = (SMALL / name).read_text().splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[number].rpartition(": ")
        if data.draw(st.booleans()) and len(lines) > 1:
            del lines[number]
        else:
            lines[number] = key + colon + data.draw(SCALARS)
    (house / name).parent.mkdir()
    (house / name).write_text("\n".join(lines))
    try:
        knowledge = load((house,), base=SMALL)
    except KnowledgeError as error:
        assert one_line(str(error))
        return
    tables = Tables(knowledge)
    asked = data.draw(st.sampled_from(sorted(knowledge.questions)))
    question = knowledge.questions[asked]
    typed = data.draw(st.sampled_from([c.id for c in question.choices] + ["7", "true", "none"]))
    try:
        facts = [Fact(asked, answer_from(question, typed), "asked")]
    except InputError:
        facts = []
    advice = advise(tables, facts, created="2026-11-20T10:00:00Z", samples=50)
    assert all(0 <= ranked.score <= 1 for ranked in advice.ranking)
    assert abs(sum(weight.weight for weight in advice.weights) - 1) < 1e-9
    advice_page(advice, knowledge, 60)
    decision_record(advice, knowledge)
