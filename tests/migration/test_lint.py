"""A move that rests on nothing, or on what is not there, does not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.loading.references import check_references
from knowledge.loading.tree import read_tree

QUESTION = """\
- id: existing-code
  group: team
  order: 1
  kind: one
  title: Existing code
  ask: What is there?
  why: It may move.
  find_out: Look.
  change: fixed
  as_of: "2026-11-20"
  choices:
    - {id: nothing, label: Nothing, prior: 0.5}
    - {id: keras, label: Keras, prior: 0.5}
"""
API = """\
- {id: api-one, as_of: "2026-11-20", topic: math, status: same, text: One., tensorflow: [tf.one]}
"""
MOVE = """\
- id: move-one
  as_of: "2026-11-20"
  from: [keras]
  option: pytorch
  title: One
  text: A move.
  mechanical:
    - {text: First., because: [api-one]}
"""


def problems(root: Path, move: str) -> list[str]:
    for folder, text in (("questions", QUESTION), ("api", API), ("moves", move)):
        (root / folder).mkdir()
        (root / folder / "all.yaml").write_text(text)
    tree = read_tree((), root)
    found = tree.problems or check_references(tree)
    return [str(problem) for problem in found if "move" in problem.file]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[api-one]", "[api-two]", "unknown id 'api-two'"),
        ("[api-one]", "[]", "names no entry"),
        ("[keras]", "[kera]", "'kera' is no answer to 'existing-code'"),
        (
            "mechanical:",
            "redesign:\n    - {text: A., because: [api-one]}\n  mechanical:",
            "already",
        ),
        ("[api-one]}", "[api-one], when: [{fact: gaol, is: a}]}", "unknown question 'gaol'"),
        ("A move.\n", "A move.\n  days: 3\n", "unknown key"),
    ],
)
def test_what_is_wrong_with_a_move_is_named(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert any(expected in said for said in problems(tmp_path, MOVE.replace(old, new)))


def test_two_moves_for_the_same_code_and_option_are_refused(tmp_path: Path) -> None:
    twice = MOVE + MOVE.replace("move-one", "move-two")
    assert any("'move-one' has 'keras', too" in said for said in problems(tmp_path, twice))


def test_a_whole_move_is_no_problem_but_for_its_option(tmp_path: Path) -> None:
    try:
        said = problems(tmp_path, MOVE)
    except KnowledgeError as error:
        said = [str(error)]
    assert all("unknown option" in text for text in said)
