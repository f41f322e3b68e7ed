"""Every verdict that a claim can get on a machine, and what it takes for each."""

from __future__ import annotations

import pytest

from probes.bench.document import Equality

from .claims import against, checks, compares, result
from .making import PC, PE, TE, TF, broken, cell, document, figure, workload


def trained(**fields):  # type: ignore[no-untyped-def]
    """A quiet run: PyTorch 20 ms eager and 13 compiled, TensorFlow 30 and 13."""
    arms = {PE: 0.020, PC: 0.0130, TE: 0.030, TF: 0.0130}
    return document({"train-step-small": workload("train-step", arms)}, **fields)


@pytest.mark.parametrize(
    ("comparison", "verdict"),
    [
        (against("a-less"), "borne-out"),
        (against("b-less"), "contradicted"),
        (against("no-difference"), "contradicted"),
        (against("a-less", PC, TF), "no-difference"),
        (against("no-difference", PC, TF), "borne-out"),
        (against("a-less", ratio=(0.6, 0.7)), "borne-out"),
        (against("a-less", ratio=(0.4, 0.5)), "contradicted"),
        (against("a-less", ratio=(0.667, 0.9)), "undecided"),
    ],
)
def test_one_comparison_decides(comparison, verdict) -> None:  # type: ignore[no-untyped-def]
    found = result(compares(comparison), trained())
    assert found.verdict == verdict
    (part,) = found.parts
    assert part.low < part.ratio < part.high  # type: ignore[operator]
    assert part.blocks == 6 and part.case == "train-step-small" and part.unit == "s"
    assert found.command == ""


def test_both_medians_stand_beside_the_ratio() -> None:
    (part,) = result(compares(against()), trained()).parts
    assert part.a_value == pytest.approx(0.020, rel=0.02)
    assert part.b_value == pytest.approx(0.030, rel=0.02)
    assert part.ratio == pytest.approx(2 / 3, rel=0.02)


def test_a_wide_interval_is_undecided_and_says_how_many_blocks_would_do() -> None:
    arms = {PE: cell(PE, 0.020, spread=0.06), TE: cell(TE, 0.0218, spread=0.06)}
    found = result(
        compares(against()), document({"train-step-small": workload("train-step", arms)})
    )
    assert found.verdict == "undecided"
    assert found.blocks_needed and found.blocks_needed > 6
    assert f"About {found.blocks_needed} blocks would decide" in found.text


def test_too_few_blocks_are_undecided() -> None:
    arms = {PE: cell(PE, 0.02, blocks=4), TE: cell(TE, 0.03, blocks=4)}
    found = result(
        compares(against()), document({"train-step-small": workload("train-step", arms)})
    )
    assert (found.verdict, found.blocks_needed) == ("undecided", 6)


def test_nothing_measured_says_what_would_measure_it() -> None:
    found = result(compares(against(workloads=("decode", "train-step"))), document({}))
    assert found.verdict == "not-measured"
    assert found.command == (
        "fw-advisor probe bench --workload decode --workload train-step "
        "--arm pytorch/eager --arm tensorflow/eager"
    )


def test_a_missing_arm_is_not_measured_and_leaves_the_claim_open() -> None:
    one = document({"train-step-small": workload("train-step", {PE: 0.02, TE: 0.03})})
    found = result(compares(against(), against("a-less", PC, TF)), one)
    assert [part.verdict for part in found.parts] == ["borne-out", "not-measured"]
    assert found.verdict == "undecided"
    assert found.command.endswith("--arm pytorch/compile --arm tensorflow/function")


def test_an_arm_that_broke_is_not_comparable_with_its_reason() -> None:
    arms = {PC: broken(PC), TF: 0.01, PE: 0.02}
    found = result(
        compares(against("a-less", PC, TF)),
        document({"train-step-small": workload("train-step", arms)}),
    )
    assert found.verdict == "not-comparable"
    assert "no C++ compiler was found" in found.text


def test_a_figure_is_compared_like_a_time() -> None:
    arms = {
        PE: cell(PE, 0.004, figures={"first-token": figure(0.2)}),
        TE: cell(TE, 0.004, figures={"first-token": figure(0.1)}),
    }
    one = document({"decode-small": workload("decode", arms)})
    found = result(compares(against("b-less", quantity="first-token")), one, workload="decode")
    assert found.verdict == "borne-out"
    assert found.parts[0].ratio == pytest.approx(2.0)


def test_a_figure_nobody_took_is_not_measured() -> None:
    found = result(compares(against(quantity="first-token")), trained())
    assert found.verdict == "not-measured"
    assert "holds no figure 'first-token'" in found.parts[0].note


def test_two_cases_of_one_arm_can_be_set_against_each_other() -> None:
    passes = {"padded": 0.5, "bucketed": 0.2}
    cases = {
        f"variable-length-{name}": workload(
            "variable-length", {PE: cell(PE, 0.02, first_pass_seconds=[seconds] * 6)}
        )
        for name, seconds in passes.items()
    }
    comparison = against("a-less", PE, PE, case="bucketed", b_case="padded", quantity="first-pass")
    found = result(compares(comparison), document(cases), workload="variable-length")
    assert found.verdict == "borne-out"
    assert found.parts[0].b_case == "variable-length-padded"
    assert found.parts[0].ratio == pytest.approx(0.4)


def test_bytes_are_compared_without_spread() -> None:
    arms = {arm: cell(arm, peak, 0.0) for arm, peak in {PE: 4e8, TE: 6e8}.items()}
    one = document({"memory-batch-1": workload("memory", arms, "bytes", batch=1)}, noise=0.0)
    found = result(compares(against("a-less")), one, workload="memory")
    assert found.verdict == "borne-out" and found.parts[0].unit == "bytes"


@pytest.mark.parametrize(
    ("says", "passed", "verdict"),
    [
        ("agrees", True, "borne-out"),
        ("agrees", False, "contradicted"),
        ("does-not-agree", True, "contradicted"),
        ("does-not-agree", False, "not-comparable"),
    ],
)
def test_the_equality_gate_can_be_the_test(says: str, passed: bool, verdict: str) -> None:
    gate = Equality(passed=passed, relative_l2=0.1, tolerance=1e-4)
    status = "ok" if passed else "not-comparable"
    arms = {TE: cell(TE, 0.02, equality=gate, status=status)}
    one = document({"train-step-small": workload("train-step", arms)}, copies=False)
    assert result(checks(TE, says), one).verdict == verdict


@pytest.mark.parametrize(
    ("says", "times", "verdict"),
    [
        ("recompiles", 3, "borne-out"),
        ("recompiles", 0, "contradicted"),
        ("never-recompiles", 0, "borne-out"),
        ("never-recompiles", 3, "contradicted"),
        ("recompiles", None, "not-measured"),
    ],
)
def test_recompiles_are_counted(says: str, times: int | None, verdict: str) -> None:
    arms = {TF: cell(TF, 0.02, recompiles=times)}
    one = document({"variable-length-bucketed": workload("variable-length", arms)})
    test = checks(TF, says, case="bucketed")
    assert result(test, one, workload="variable-length").verdict == verdict


@pytest.mark.parametrize(
    ("share", "copies", "verdict"),
    [
        (0.8, True, "borne-out"),
        (0.3, True, "contradicted"),
        (0.8, False, "undecided"),
        (None, True, "not-measured"),
    ],
)
def test_a_share_of_the_roof_is_read(share: float | None, copies: bool, verdict: str) -> None:
    arms = {PE: cell(PE, 0.02, roof_share=share)}
    one = document({"matmul-gemm-512": workload("matmul", arms)}, copies=copies)
    assert result(checks(PE, "half-of-the-roof"), one, workload="matmul").verdict == verdict


def test_a_claim_without_a_test_is_not_testable() -> None:
    from knowledge.model.tested import ClaimTest

    found = result(ClaimTest(missing="It takes a phone."), trained())
    assert (found.verdict, found.command) == ("not-testable", "")
    assert found.missing == "It takes a phone."
