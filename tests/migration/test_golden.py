"""Three moves as they are printed: from answers, from answers about an estate, and from code.

`FW_ADVISOR_GOLDEN=write` stores what is printed; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from advisor.migration.code import read_code
from advisor.migration.moves import moves_for
from advisor.reports.content import text_lines
from advisor.reports.markdown import escape
from advisor.reports.migration import migration_lines, migration_sections
from advisor.reports.page import cells, plain
from knowledge.base import Knowledge

from .conftest import TF1

FOLDER = Path(__file__).parent / "golden"
MOVES = {
    "keras-to-pytorch": ("pytorch", {"existing-code": "keras", "domain": "vision"}),
    "estate-to-pytorch": (
        "pytorch",
        {"existing-code": "tensorflow-2", "existing-infrastructure": ("tf-serving", "tfx")},
    ),
    "keras-bridge": ("keras", {"existing-code": "keras", "training-scale": "one-machine"}),
}


def is_golden(text: str, name: str) -> None:
    path = FOLDER / name
    if os.environ.get("FW_ADVISOR_GOLDEN") == "write":
        path.write_text(text)
    assert text == path.read_text(), f"{path} differs"


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_printed_as_agreed(name: str, knowledge: Knowledge) -> None:
    option, answers = MOVES[name]
    moves = moves_for(knowledge, answers, [option])
    for width in (45, 80, 200):
        lines = [plain(line) for line in text_lines(migration_sections(moves, knowledge), width)]
        assert max(cells(line) for line in lines) <= width
        if width == 80:
            is_golden("\n".join(lines) + "\n", f"{name}.txt")


def test_a_record_says_the_same_in_markdown(knowledge: Knowledge) -> None:
    moves = moves_for(knowledge, {"existing-code": "keras"}, ["keras"])
    heading, lines = migration_lines(moves, knowledge)
    assert heading.startswith("Nearly no move")
    text = "\n".join(lines)
    for part in (moves[0].mechanical, moves[0].semantic):
        assert all(escape(item.text.rstrip(".")) in text for item in part.items)


def test_staying_is_called_a_saving(knowledge: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(TF1)
    code = read_code([str(path)], knowledge)
    answers = {"existing-code": "tensorflow-1"}
    moves = moves_for(knowledge, answers, ["no-option", "pytorch", "keras"], code)
    assert [move.moving_to for move in moves] == ["runner-up", "other"]
    (section,) = migration_sections(moves, knowledge)
    assert section.heading.startswith("What staying saves")
    counts = section.blocks[0].text
    for effort in ("mechanical", "semantic", "redesign"):
        assert f"{getattr(moves[0], effort).calls} {effort}" in counts
