"""Executable entries that are not run, prove little, or share a symbol are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.verification.choose import of_file
from advisor.verification.stored import verification, write
from knowledge.lint.run import lint
from probes.verify.rows import Result
from tests.knowledge.small_base import copied
from tests.knowledge.small_base import write as put

from .test_choosing import ROW

NAIVE = 'naive: "y = torch.softmax(x, 0)"'
ONE_SIDED = (
    ROW.replace("status: arguments", "status: missing")
    .replace("tensorflow: y = tf.nn.softmax(x), ", "")
    .replace(NAIVE, f"naive_side: torch, {NAIVE}")
)
CASES = [
    ("KB701", ROW.split("  check:")[0]),
    ("KB702", ROW.replace('torch: "y = torch.softmax(x, -1)"', "torch: ''")),
    ("KB703", ROW.replace(f", {NAIVE}", "")),
    ("KB703", ROW.replace(NAIVE, f"no_naive: None., {NAIVE}")),
    ("KB703", ONE_SIDED.replace("side: torch", "side: tensorflow")),
    ("KB704", ROW.replace(NAIVE, f"gradients: [z], {NAIVE}")),
    ("KB704", ROW.replace(NAIVE, f"permute: {{z: [1, 0]}}, {NAIVE}")),
    ("KB705", ROW.replace(NAIVE, f"tolerance: 1.0, {NAIVE}")),
    ("KB713", ROW.replace("[tf.nn.softmax]", "[softmax]")),
    ("KB713", ROW.replace("[tf.nn.softmax]", "[torch.Tensor.softmax]")),
    ("KB714", ROW + ROW.replace("api-mine", "api-again")),
]


def codes(base: Path) -> list[str]:
    return [finding.code for finding in lint(base=base) if finding.code.startswith("KB7")]


def stored(base: Path, **found: object) -> None:
    """Store a result for the row as it stands."""
    (row,) = of_file(base / "api" / "mine.yaml", foreign=True)
    result = Result(id="api-mine", **{"max_error": 1e-7, "naive_error": 0.5, **found})  # type: ignore[arg-type]
    write([(row, verification(row, result, {}, "2026-11-20"))], base, whole=True)


@pytest.mark.parametrize(("code", "text"), CASES)
def test_each_code_has_a_row_that_sets_it_off(code: str, text: str, tmp_path: Path) -> None:
    base = copied(tmp_path)
    put(base, "api/mine.yaml", text)
    assert code in codes(base)


def test_a_row_that_was_run_is_clean(tmp_path: Path) -> None:
    base = copied(tmp_path)
    put(base, "api/mine.yaml", ROW)
    assert codes(base) == ["KB707"]
    stored(base)
    assert codes(base) == []


def test_a_row_with_one_side_may_lack_naive_code_but_has_none_that_is_idle(
    tmp_path: Path,
) -> None:
    base = copied(tmp_path)
    put(base, "api/mine.yaml", ONE_SIDED.replace(f", naive_side: torch, {NAIVE}", ""))
    stored(base, naive_error=None)
    assert codes(base) == []
    put(base, "api/mine.yaml", ONE_SIDED)
    stored(base, naive_error=None)
    assert codes(base) == ["KB710"]
    stored(base)
    assert codes(base) == []


def test_what_the_runner_accepts_by_a_gradient_lint_accepts(tmp_path: Path) -> None:
    base = copied(tmp_path)
    wide = f"gradients: [x], tolerance: 1.0e-6, gradient_tolerance: 1.0e-4, {NAIVE}"
    put(base, "api/mine.yaml", ROW.replace(NAIVE, wide))
    stored(base, naive_error=2e-5, max_error=1e-7, max_gradient_error=1e-5)
    assert codes(base) == []


def test_an_edited_row_must_be_run_again(tmp_path: Path) -> None:
    base = copied(tmp_path)
    put(base, "api/mine.yaml", ROW)
    stored(base)
    put(base, "api/mine.yaml", ROW.replace("softmax(x, -1)", "softmax(x, -2)"))
    assert codes(base) == ["KB708"]


def test_a_naive_code_that_passes_and_a_loose_tolerance_are_refused(tmp_path: Path) -> None:
    base = copied(tmp_path)
    put(base, "api/mine.yaml", ROW)
    stored(base, naive_error=5e-6)
    assert codes(base) == ["KB710"]
    put(base, "api/mine.yaml", ROW.replace(NAIVE, f"tolerance: 1.0e-3, {NAIVE}"))
    stored(base)
    assert codes(base) == ["KB712"]


def test_a_result_of_nothing_and_a_pattern_without_programs_are_found(tmp_path: Path) -> None:
    base = copied(tmp_path)
    put(base, "api/mine.yaml", ROW)
    stored(base)
    (base / "api" / "mine.yaml").unlink()
    put(
        base,
        "patterns/pattern-new.yaml",
        "id: pattern-new\nas_of: '2026-11-20'\ntitle: New\ntopic: x\ntext: It is.\nresults: [a]\n",
    )
    assert sorted(codes(base)) == ["KB706", "KB706", "KB707", "KB711"]
