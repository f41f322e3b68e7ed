"""Whatever is typed: an exit code of the contract, and nothing reaches the terminal raw."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from advisor.cli import knowledge_base, main
from knowledge.base import Knowledge
from knowledge.text import printable

often = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
anything = st.text(max_size=60) | st.text(
    st.sampled_from("\x1b[31m\x07\x9b\u202e\u200f\u2066🙂👩\u200d💻אבجد\udc80 pytorch-"),
    max_size=40,
)


@pytest.fixture(autouse=True)
def loaded_once(small: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(knowledge_base, "load", lambda *given, **named: small)
    yield


def checked(*given: str) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(given)
    assert code in (0, 2)
    for stream in (out, err):
        assert printable(stream.getvalue(), lines=True) == stream.getvalue()
        stream.getvalue().encode()
    if code == 2:
        assert out.getvalue() == "" and err.getvalue().count("\n") == 1
    return code, out.getvalue()


@often
@given(text=anything)
@example(text="\x1b]0;owned\x07 memory")
@example(text="memory \u202eyromem")
@example(text="x" * 10_000)
@example(text="🙂 " * 5_000)
@example(text="tensorflow " * 900)
@example(text="\x9b31m memory")
def test_search(text: str) -> None:
    checked("search", "--", text)
    code, out = checked("search", "--json", "--", text)
    if code == 0:
        json.loads(out)


@often
@given(text=anything)
@example(text="\x1b[2J")
def test_show(text: str) -> None:
    checked("show", "--", text)


@often
@given(text=anything, flag=st.sampled_from(["--seed", "--verdict", "--topic"]))
def test_claims(text: str, flag: str) -> None:
    checked("claims", f"{flag}={text}")


@often
@given(texts=st.lists(anything, max_size=3))
def test_compare(texts: list[str]) -> None:
    checked("compare", "--", *texts)
