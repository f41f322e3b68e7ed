"""Every error in an entry names file, line, key, what was expected, and the nearest valid name."""

from __future__ import annotations

from pathlib import Path

import pytest

from .small_base import SMALL, copied, loaded, problems_of, write

SYSTEM = """\
- id: new-system
  name: New system
  what: Does something.
  roles: [serving]
  serves: [pytorch]
  status: active
  status_basis: documented
  last_release: {version: "1.0", date: "2026-10-28"}
  as_of: "2026-11-20"
  sources: [first-source]
"""
RULE = """\
- id: new-rule
  kind: value
  when:
    - {fact: goal, is: product}
  criterion: reach
  effects:
    pytorch: [0.01, 0.02, 0.03]
  text: A reason.
  basis: documented
  grade: B
  because: [pytorch]
  as_of: "2026-11-20"
"""
QUESTION = """\
- id: new-question
  group: project
  order: 90
  kind: one
  title: New
  ask: What else?
  why: It matters.
  find_out: Look.
  choices:
    - {id: this, label: This, prior: 0.5}
    - {id: that, label: That, prior: 0.5}
  as_of: "2026-11-20"
"""


@pytest.mark.parametrize(
    ("folder", "text"), [("systems", SYSTEM), ("rules", RULE), ("questions", QUESTION)]
)
def test_the_entries_that_are_broken_below_are_valid_as_they_stand(
    tmp_path: Path, folder: str, text: str
) -> None:
    base = copied(tmp_path)
    write(base, f"{folder}/new.yaml", text)
    assert loaded(base)


CASES = [
    # what is wrong: folder, entry, old, new, line, code, words
    ("systems", SYSTEM, 'version: "1.0"', "version: 2.10", 8, "KB114", 'quotes: "2.10"'),
    ("systems", SYSTEM, '"2026-11-20"', "2026-11-20", 9, "KB114", 'quotes: "2026-11-20"'),
    ("systems", SYSTEM, '"2026-11-20"', '"20.11.2026"', 9, "KB110", "a quoted date such as"),
    ("systems", SYSTEM, '"2026-11-20"', '"2026-13-01"', 9, "KB110", "a quoted date"),
    ("systems", SYSTEM, "name: New system", "name: no", 2, "KB114", "'no' is not clearly text"),
    ("systems", SYSTEM, "name: New system", "name: On", 2, "KB114", "quotes"),
    ("systems", SYSTEM, "name: New system", "name: ~", 2, "KB114", "quotes"),
    ("systems", SYSTEM, "name: New system", "name: [x]", 2, "KB110", "is a list (expected text)"),
    ("systems", SYSTEM, "name: New system", "nome: x", 2, "KB111", "did you mean 'name'?"),
    ("systems", SYSTEM, "  name: New system\n", "", 1, "KB112", "lacks the key 'name'"),
    ("systems", SYSTEM, "[serving]", "[serving, servin]", 4, "KB113", "did you mean 'serving'?"),
    ("systems", SYSTEM, "[serving]", "serving", 4, "KB110", "(expected a list)"),
    ("systems", SYSTEM, "status: active", "status: alive", 6, "KB113", "one of active, maint"),
    ("systems", SYSTEM, "status: active", "status: {a: 1}", 6, "KB110", "is a mapping"),
    ("systems", SYSTEM, "new-system", "New_System", 1, "KB110", "lower-case kebab"),
    ("systems", SYSTEM, "new-system", "pytorch", 1, "KB108", "is taken by"),
    ("systems", SYSTEM, "Does something.", '"\\e[31m"', 3, "KB110", "control characters"),
    ("systems", SYSTEM, "Does something.", '"\\u202E"', 3, "KB110", "control characters"),
    ("systems", SYSTEM, "first-source", "frist-source", 10, "KB202", "mean 'first-source'?"),
    ("rules", RULE, "kind: value", "kind: valu", 2, "KB113", "did you mean 'value'?"),
    ("rules", RULE, "  kind: value\n", "", 1, "KB113", "new-rule.kind: is missing"),
    ("rules", RULE, "fact: goal", "fact: gaol", 4, "KB201", "did you mean 'goal'?"),
    ("rules", RULE, "is: product", "is: produkt", 4, "KB201", "did you mean 'product'?"),
    ("rules", RULE, "is: product", "is: true", 4, "KB201", "True is no answer to 'goal'"),
    ("rules", RULE, "is: product", "includes: product", 4, "KB201", "does not suit 'goal'"),
    ("rules", RULE, ", is: product", "", 4, "KB201", "makes no test"),
    ("rules", RULE, "is: product", "is: product, is_not: research", 4, "KB201", "makes 2 tests"),
    ("rules", RULE, "criterion: reach", "criterion: reech", 5, "KB201", "mean 'reach'?"),
    ("rules", RULE, "pytorch: [", "torch: [", 7, "KB113", "did you mean 'pytorch'?"),
    ("rules", RULE, "pytorch: [", "jax: [", 7, "KB201", "unknown option 'jax'"),
    ("rules", RULE, "0.01, 0.02, 0.03", "0.01, 0.02", 7, "KB110", "exactly 3"),
    ("rules", RULE, "0.01, 0.02, 0.03", '0.01, 0.02, "0.03"', 7, "KB110", "(expected a number)"),
    ("rules", RULE, "0.01, 0.02, 0.03", "0.01, 0.02, 9e999", 7, "KB110", "(expected a number)"),
    ("rules", RULE, "0.01, 0.02, 0.03", "0.01, 0.02, .nan", 7, "KB110", "(expected a number)"),
    ("rules", RULE, "grade: B", "grade: F", 10, "KB113", "one of A, B, C, D"),
    ("rules", RULE, "because: [pytorch]", "because: [pytroch]", 11, "KB202", "mean 'pytorch'?"),
    ("questions", QUESTION, "order: 90", "order: 9.5", 3, "KB110", "a whole number"),
    ("questions", QUESTION, "kind: one", "kind: number", 1, "KB201", "needs bands"),
    ("questions", QUESTION, "id: that", "id: unknown", 11, "KB201", "a meaning of its own"),
    ("questions", QUESTION, "id: that", "id: this", 11, "KB201", "names a choice twice"),
    ("questions", QUESTION, "That, prior: 0.5", "That, prior: -1", 11, "KB201", "not between 0"),
    ("questions", QUESTION, "kind: one", "kind: ranking\n  most: 0", 5, "KB201", "not between 1"),
    ("questions", QUESTION, "find_out: Look.", "applies: [{fact: goat, is: x}]", 8, "", ""),
]


@pytest.mark.parametrize(("folder", "text", "old", "new", "line", "code", "words"), CASES)
def test_an_error_names_its_place_and_what_is_valid(
    tmp_path: Path, folder: str, text: str, old: str, new: str, line: int, code: str, words: str
) -> None:
    assert text.count(old) == 1
    base = copied(tmp_path)
    write(base, f"{folder}/zz.yaml", text.replace(old, new))
    found = problems_of(base)
    mine = [p for p in found if p.file == f"base/data/{folder}/zz.yaml"]
    assert mine == list(found)
    if code:
        matching = [p for p in mine if p.code == code and words in str(p)]
        assert matching, [str(p) for p in mine]
        assert matching[0].line == line
        assert str(matching[0]).startswith(f"base/data/{folder}/zz.yaml:{line}: ")
        assert matching[0].key


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ("[{below: 1, share: 1}]", "the last one without `below`"),
        ("[]", "needs bands"),
        ("[{below: 5, share: 0.5}, {below: 5, share: 0.2}, {share: 0.3}]", "does not end above 5"),
        ("[{below: 0, share: 0.5}, {share: 0.5}]", "does not end above 0"),
        ("[{share: 0.5}, {share: 0.5}]", "does not end above 0"),
        ("[{below: 5, share: -0.5}, {share: 0.5}]", "not between 0 and 1"),
    ],
)
def test_bands_follow_one_another(tmp_path: Path, bands: str, words: str) -> None:
    base = copied(tmp_path)
    text = QUESTION.replace("kind: one", f"kind: number\n  bands: {bands}")
    write(base, "questions/new.yaml", text[: text.index("  choices")] + '  as_of: "2026-11-20"\n')
    assert any(words in str(p) for p in problems_of(base))


def test_every_error_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    base = copied(tmp_path)
    write(base, "systems/a.yaml", SYSTEM.replace("name: New", "nome: New"))
    write(base, "systems/b.yaml", "broken: [")
    write(base, "rules/c.yaml", RULE.replace("kind: value", "kind: x"))
    codes = {(p.file.rsplit("/", 1)[1], p.code) for p in problems_of(base)}
    assert codes == {
        ("a.yaml", "KB111"),
        ("a.yaml", "KB112"),
        ("b.yaml", "KB102"),
        ("c.yaml", "KB113"),
    }


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("system/new.yaml", SYSTEM, "KB106", "did you mean 'systems'?"),
        ("new.yaml", SYSTEM, "KB106", "unknown folder"),
        ("systems/new.yml", SYSTEM, "KB106", "would not be read (expected new.yaml)"),
        ("systems/other.yaml", SYSTEM[2:].replace("\n  ", "\n"), "KB107", "(expected other)"),
        ("systems/new.yaml", "just text", "KB110", "(expected an entry or a list of entries)"),
        ("systems/new.yaml", "- just text", "KB110", "(expected a mapping)"),
        ("systems/new.yaml/x.yaml", SYSTEM, "KB101", "is a directory"),
    ],
)
def test_a_file_in_the_wrong_place_is_named(
    tmp_path: Path, name: str, text: str, code: str, words: str
) -> None:
    base = copied(tmp_path)
    write(base, name, text)
    assert any(p.code == code and words in str(p) for p in problems_of(base))


def test_hostile_keys_and_ids_make_short_printable_messages(tmp_path: Path) -> None:
    base = copied(tmp_path)
    write(base, "systems/new.yaml", '- {id: "\\e[2J\\n' + "x" * 5000 + '", "\\e]0;x\\a": 1}\n')
    for problem in problems_of(base):
        assert len(str(problem)) < 700


def test_the_small_base_is_what_it_seems() -> None:
    knowledge = loaded(SMALL)
    assert list(knowledge.options) == ["pytorch", "tensorflow", "keras"]
    assert list(knowledge.criteria) == ["speed", "reach"]
    assert knowledge.systems["pytorch"].last_release.version == "2.10"  # type: ignore[union-attr]
    assert knowledge.as_of == "2026-11-20"
    assert knowledge.find("nothing") is None
    assert knowledge.name_of("small-runtime") == "Small runtime"
