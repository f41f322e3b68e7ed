"""Pages fit their width, whatever words and however wide."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.reports.page import bar, bullet, cells, cut, table, wrap

WORD = st.text(st.sampled_from("aé汉🦊\u0301 -x"), max_size=30)
TEXT = st.lists(WORD | st.text(max_size=8), max_size=12).map(" ".join)
INDENT = st.integers(0, 50).map(lambda n: " " * n) | st.sampled_from(
    ["• ", "汉字 ", "a long one: "]
)


@given(TEXT, st.integers(4, 100), INDENT, INDENT)
@example("x" * 300, 40, "", "")
@example("汉" * 100, 41, "  ", "    ")
@example("short " + "y" * 99 + " end", 20, "- ", "  ")
def test_no_line_is_wider_than_asked_for(text: str, width: int, first: str, rest: str) -> None:
    lines = wrap(text, width, first=first, rest=rest)
    assert lines
    assert all(cells(line) <= width for line in lines)


@given(TEXT, st.integers(4, 100))
def test_nothing_of_a_text_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXT, st.integers(10, 100))
def test_words_that_fit_a_line_are_not_cut(text: str, width: int) -> None:
    words = [word for word in text.split() if cells(word) <= width]
    found = " ".join(wrap(text, width)).split()
    if len(words) == len(text.split()):
        assert found == words


@given(st.text(), st.integers(1, 30))
def test_a_cut_loses_nothing_and_takes_something(text: str, room: int) -> None:
    head, tail = cut(text, room)
    assert head + tail == text
    assert head or not text
    assert cells(head) <= room or len(head) == 1


@given(st.lists(st.tuples(WORD, WORD, TEXT), max_size=5), st.integers(12, 100))
def test_tables_and_lists_fit(rows: list[tuple[str, str, str]], width: int) -> None:
    assert all(cells(line) <= width for line in table(rows, width))
    for row in rows:
        assert all(cells(line) <= width for line in bullet(row[2], width))


def test_a_table_has_columns_where_there_is_room() -> None:
    rows = [("role", "system", "why it is there"), ("a", "b", "c d e")]
    assert table(rows, 60) == ["  role  system  why it is there", "  a     b       c d e"]
    assert table(rows, 20) == [
        "  role · system",
        "    why it is there",
        "  a · b",
        "    c d e",
    ]


@pytest.mark.parametrize(("share", "text"), [(0, "    "), (1, "████"), (0.5, "██  "), (9, "████")])
def test_a_bar_is_as_long_as_its_share(share: float, text: str) -> None:
    assert bar(share, 4) == text
