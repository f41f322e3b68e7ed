"""Whatever stands in a file, it ends in entries or in one clear error, and soon."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.errors import KnowledgeError, nearest
from knowledge.loading.strict_yaml import Node, decode, parse
from knowledge.loading.tree import read_tree
from knowledge.loading.validate import Validator
from knowledge.model.claim import Claim
from knowledge.model.kinds import FOLDERS, KINDS
from knowledge.model.pick import Pick
from knowledge.model.question import Question
from knowledge.model.rule import ValueRule
from knowledge.model.system import System
from knowledge.text import printable

from .small_base import SMALL, copied, one_line

soon = settings(deadline=timedelta(seconds=2), max_examples=150)

YAML_PIECES = st.sampled_from(
    [
        *("- ", "  ", "\n", ": ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!!str ", "!x ", "|"),
        *(">", "'", '"', "#", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r\n", "<<", "~", "null"),
        *("no", "2.10", "2026-11-20", "id", "kind", "value", "when", "fact", "goal", "is", "\\"),
        *(
            "\x00",
            "\x1b[2J",
            "\u202e",
            "\ufeff",
            "\x85",
            "é",
            "🦊",
            "1e999",
            "0x10",
            "-",
            "pytorch",
        ),
    ]
)
YAML_ISH = st.lists(YAML_PIECES | st.text(max_size=6), max_size=60).map("".join)


def outcome(raw: bytes) -> Node | None:
    """Return what a file with these bytes holds, or None after looking at the error."""
    try:
        return parse(decode(raw, "file.yaml"), "file.yaml")
    except KnowledgeError as error:
        assert one_line(str(error))
        assert str(error).startswith("file.yaml")
        return None


@soon
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_value_or_an_error(raw: bytes) -> None:
    outcome(raw)


@soon
@given(YAML_ISH)
@example("? ? ? ? a")
@example("%TAG ! x\n---\n!a b")
@example("'\n\n\n")
def test_any_yaml_ish_text_ends_in_a_value_or_an_error(text: str) -> None:
    outcome(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "piece",
    [
        *("[", "{", "{a: ", "- ", "? ", "&a ", "*a ", "!t ", "'", '"\\', "a:\n ", "%A\n", "#"),
        *("|\n", "-\n", "a: [", "\n", "key: value\n", "- - - -\n", "[a, ", "? a\n: "),
    ],
)
def test_half_a_megabyte_of_anything_does_not_hang(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    start = time.process_time()
    outcome(text.encode())
    assert time.process_time() - start < 3


@soon
@given(YAML_ISH, st.sampled_from(["system", "question", "option", "pick", "claim"]))
def test_any_document_fits_an_entry_or_says_why_not(text: str, kind: str) -> None:
    node = outcome(text.encode("utf-8", "surrogatepass"))
    if node is None:
        return
    validator = Validator("file.yaml")
    made = validator.convert(node, KINDS[kind], kind)
    assert (made is None) == bool(validator.problems)
    assert all(one_line(str(problem)) and problem.line for problem in validator.problems)


SCALARS = st.sampled_from(
    ["", "x", "no", "1", "true", '"1"', "[]", "{}", "2026-11-20", "goal", "-1"]
)
LINES = (SMALL / "rules" / "rules.yaml").read_text().splitlines()


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_rule_file_with_a_few_lines_changed_loads_or_says_why_not(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    base = copied(tmp_path_factory.mktemp("fuzz"))
    lines = LINES[:]
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["drop", "twice", "value", "indent"]))
        if change == "drop":
            del lines[number]
        elif change == "twice":
            lines.insert(number, lines[number])
        elif change == "value":
            key, colon, _ = lines[number].partition(": ")
            lines[number] = key + colon + data.draw(SCALARS)
        else:
            lines[number] = " " + lines[number]
    (base / "rules" / "rules.yaml").write_text("\n".join(lines))
    tree = read_tree((), base)
    for problem in tree.problems:
        assert one_line(str(problem))
        assert problem.file == "base/data/rules/rules.yaml"
        assert problem.line is not None and 1 <= problem.line <= len(lines) + 1


@soon
@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=8))
def test_the_nearest_name_is_a_valid_one_or_none(word: str, valid: list[str]) -> None:
    assert nearest(word, valid) in {*valid, ""}


@soon
@given(st.text(st.characters(codec=None), max_size=80))
def test_printable_text_cannot_steer_a_terminal(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert printable(shown) == shown
    assert not set(shown) & {chr(c) for c in (*range(32), 127, *range(128, 160), 0x202E, 0x2066)}
    shown.encode()


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=30,
).filter(lambda text: printable(text) == text)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
DATES = st.sampled_from(["2026", "2026-11", "2026-11-20"])
NUMBERS = st.floats(-999, 999).map(lambda number: round(number, 6))


def entries(kind: type) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{f.name: value(f.type) for f in msgspec.structs.fields(kind)})


def value(wanted: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a field, by its type and by the names that the validator knows."""
    import types
    import typing

    from knowledge.model.common import Date, Id, Url

    named = {
        Id: IDS,
        Date: DATES,
        Url: st.just("https://example.org/a"),
        str: WORDS,
        bool: st.booleans(),
    }
    named |= {int: st.integers(-99, 99), float: NUMBERS}
    if wanted in named:
        return named[wanted]
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(value(arguments[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(value, arguments))
    if origin is dict:
        return st.dictionaries(value(arguments[0]), value(arguments[1]), max_size=3)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(value(a) if a is not type(None) else st.none() for a in arguments))
    return entries(wanted)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(*map(entries, (System, Claim, Pick, Question, ValueRule))))
def test_an_entry_written_as_yaml_is_read_as_the_same_entry(entry: Any) -> None:
    text = written(msgspec.to_builtins(entry))
    validator = Validator("file.yaml")
    found = validator.convert(parse(text, "file.yaml"), type(entry), "entry")
    assert not validator.problems, (text, [str(p) for p in validator.problems])
    assert found == entry


class Quoting(yaml.SafeDumper):
    """Writes text quoted and everything else plain, as the rules for files ask."""


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
Quoting.add_representer(
    float, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", f"{number:f}")
)
Quoting.ignore_aliases = lambda self, data: True  # type: ignore[method-assign]


def written(entry: Any) -> str:
    return str(yaml.dump(entry, Dumper=Quoting, allow_unicode=True))


def test_every_kind_has_a_folder() -> None:
    assert set(KINDS) == set(FOLDERS)
    assert len(set(FOLDERS.values())) == len(FOLDERS)


def test_the_small_base_lies_where_it_should() -> None:
    assert Path(SMALL, "rules", "rules.yaml").is_file()
