"""A fact that is not available prints, formats and computes as such; it is never zero."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.evidence import absent, failed, found, unknown
from probes.plain_text import clean_line, clean_text


@pytest.mark.parametrize("make", [absent, unknown, failed])
def test_what_is_not_available_says_so_everywhere(make: object) -> None:
    reading = make("file", "no such thing")  # type: ignore[operator]
    assert str(reading) == "not available (no such thing)"
    assert f"{reading:.1f}" == "not available (no such thing)"
    assert math.isnan(float(reading))
    assert math.isnan(reading.number() * 2 + 1)
    assert reading.integer() is None


def test_a_value_prints_and_computes_as_itself() -> None:
    reading = found(7, "file")
    assert f"{reading:>4}" == "   7"
    assert float(reading) == 7.0
    assert reading.integer() == 7
    assert math.isnan(found("text", "file").number())


@given(st.text())
def test_no_control_character_survives_cleaning(text: str) -> None:
    cleaned = clean_text(text)
    assert not any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in cleaned)
    assert "\n" not in clean_line(text)


def test_escape_sequences_go_as_a_whole() -> None:
    assert clean_text("\x1b[1;31mred\x1b[0m \x1b]0;title\x07plain") == "red plain"


def test_long_text_keeps_its_beginning_and_its_end() -> None:
    text = "first " + "x" * 10_000 + " last"
    cleaned = clean_text(text, 300)
    assert cleaned.startswith("first") and cleaned.endswith("last")
    assert len(cleaned) < 400
