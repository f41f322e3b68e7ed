"""What a person gets wrong: one line that says what is valid, exit code 2."""

from __future__ import annotations

import pytest

from .conftest import Run

SLIPS = {
    ("show", "old-sevrer"): "did you mean 'old-server'",
    ("show", "OldServr"): "did you mean 'old-server'",
    ("show", "🙂"): "there is no entry",
    ("show", ""): "there is no entry",
    ("search", "x", "--kind", "sistem"): "did you mean 'system'?",
    ("search", "x", "--limit", "0"): "is not between 1 and 1000",
    ("search", "x", "--limit", "٣"): "is not between 1 and 1000",
    ("search", "🙂 ‮ !"): "there is no word",
    ("search",): "TEXT",
    ("compare", "pytorch"): "two options",
    ("compare", "pytorch", "pytorch"): "two options",
    ("compare", "pytorch", "tensorflw"): "did you mean 'tensorflow'?",
    ("compare", "--topic", "perfomance"): "did you mean 'performance'?",
    ("claims", "--verdict", "outdatd"): "did you mean 'outdated'?",
    ("claims", "--seed", "seed-smal"): "did you mean 'seed-small'?",
    ("claims", "--topic", "memry"): "did you mean 'memory'?",
    ("claims", "--seed=--"): "'--' is no value",
    ("kb", "statz"): "choose from",
    ("kb", "paths", "--knowledge", "/nowhere"): "is no directory",
}


@pytest.mark.parametrize("arguments", SLIPS)
def test_a_slip_is_answered_with_one_line(arguments: tuple[str, ...], run: Run) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert SLIPS[arguments] in err
    assert err.startswith("fw-advisor: ") and err.count("\n") == 1


def test_an_id_may_be_written_with_capitals(run: Run) -> None:
    assert run("show", "PyTorch")[0] == 0


def test_nothing_found_is_a_result(run: Run) -> None:
    code, out, _ = run("search", "zzzzzzzz", "--kind", "term")
    assert code == 0
    assert "Nothing of kind term fits" in out


def test_a_long_query_is_cut_and_that_is_said(run: Run) -> None:
    code, out, err = run("search", "memory " * 2000)
    assert code == 0
    assert out.startswith("Memory management")
    assert "first 400 characters" in err
