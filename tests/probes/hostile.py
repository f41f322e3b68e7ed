"""Values that no honest machine has, for every reader of the probes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

LONG = "A" * 1_000_000
STRINGS = st.one_of(
    st.sampled_from(
        [
            "\x1b[2J\x1b]0;owned\x07",
            "\x9b31m c1",
            "\u202etxt.exe\u2066",
            "a\nb\rc\x00d\te",
            "NVIDIA \ufeff\u200b\u2028 card",
            "汉" * 800,
            "{framework} {0} %s $(reboot) `id` '; rm -rf /",
            "/home/ada/" + "../" * 400,
            "",
            "B" * 5000,
        ]
    ),
    st.text(max_size=40),
)
NUMBERS = st.sampled_from(
    [0, -1, 1, 10**30, -(10**30), 2**63, 2**64 - 1, -(2**63) - 1, 1e308, -1e308, 5e-324]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, STRINGS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(STRINGS.map(lambda t: t[:30]), inner)
    ),
    max_leaves=6,
)


def nested(depth: int) -> Any:
    """Return lists in tables in lists."""
    value: Any = 1
    for _ in range(depth // 2):
        value = {"value": [value]}
    return value


VALUES = st.one_of(VALUES, st.sampled_from([nested(30), nested(300), nested(900)]))


def raw_characters(text: str) -> set[str]:
    """Return the characters of a text that could steer a terminal; tabs and line ends cannot."""
    return {
        letter
        for letter in text
        if letter not in "\n\t"
        and (unicodedata.category(letter) in ("Cc", "Cs") or letter in "\u202e\u2066\u2028\u2029")
    }


def check_texts(texts: Iterable[str]) -> None:
    for text in texts:
        assert not raw_characters(text), repr(text[:80])
