"""A noisy machine never decides, whatever the ratio; and many comparisons must be surer."""

from __future__ import annotations

import pytest

from advisor.tested.comparing import Compared
from advisor.tested.surer import corrected
from probes.bench.document import BlockConditions
from probes.bench.statistics import Interval

from .claims import against, checks, compares, result
from .making import PE, TE, cell, document, workload

TWICE = {PE: 0.02, TE: 0.04}


def test_a_noisy_case_decides_nothing_however_large_the_difference() -> None:
    one = document({"train-step-small": workload("train-step", TWICE)}, noise=0.2)
    assert one.benchmarks.workloads["train-step-small"].pairs[0].verdict == "faster"
    found = result(compares(against()), one)
    assert found.verdict == "undecided"
    assert "two runs of the same arm differ by up to" in found.text
    assert found.parts[0].ratio == pytest.approx(0.5, rel=0.02)  # shown all the same


def test_without_an_a_a_copy_nothing_is_decided() -> None:
    one = document({"train-step-small": workload("train-step", TWICE)}, copies=False)
    found = result(compares(against()), one)
    assert (found.verdict, found.blocks_needed) == ("undecided", None)
    assert "no A/A copy tells how noisy this machine was" in found.text


def test_noise_of_one_case_does_not_silence_another() -> None:
    noisy = document({"decode-small": workload("decode", TWICE)}, noise=0.2)
    quiet = document({"train-step-small": workload("train-step", TWICE)})
    test = compares(against(workloads=("train-step", "decode")))
    found = result(test, quiet, noisy)
    assert [part.verdict for part in found.parts] == ["borne-out", "undecided"]
    assert found.verdict == "undecided"


def test_equality_is_no_matter_of_noise() -> None:
    one = document({"train-step-small": workload("train-step", TWICE)}, noise=0.3)
    assert result(checks(TE, "agrees"), one).verdict == "borne-out"


def test_disturbed_blocks_do_not_count() -> None:
    levels = [0.02] * 8 + [0.9]
    arms = {
        PE: cell(PE, 0.02, blocks=9, samples=[[level] * 3 for level in levels]),
        TE: cell(TE, 0.03, blocks=9),
    }
    conditions = [
        BlockConditions(block=n, seconds=1.0, dirty=["another program"] if n == 9 else [])
        for n in range(1, 10)
    ]
    cases = {"train-step-small": workload("train-step", arms)}
    found = result(compares(against()), document(cases, conditions=conditions))
    assert (found.verdict, found.parts[0].blocks) == ("borne-out", 8)


def of_margin(standard_errors: float) -> Compared:
    """Return a decided comparison that lies this far beyond the edge that decided it."""
    interval = Interval(1.5, 1.2, 1.9, 6, deviation=0.01 * 6**0.5)
    return Compared(interval=interval, verdict="slower", margin=0.01 * standard_errors)


def test_what_would_do_alone_is_not_enough_as_one_of_eight() -> None:
    """Holm: t of 3 with five degrees of freedom is 1.5 %, below 2.5 % and above an eighth of it."""
    assert corrected([of_margin(3.0)])[0].verdict == "slower"
    eight = corrected([of_margin(3.0), *[Compared(interval=of_margin(0).interval)] * 7])
    assert eight[0].verdict == "undecided"
    assert "one of 8 comparisons made at once" in eight[0].note
    assert corrected([of_margin(30.0)] * 8)[7].verdict == "slower"


def test_correcting_never_decides_anything_anew() -> None:
    undecided = Compared(interval=of_margin(0).interval, blocks_needed=12, note="no end is near")
    given = [*(of_margin(m) for m in (0.5, 2.5, 3.0, 8.0)), undecided, Compared()]
    answers = corrected(given)
    for before, after in zip(given, answers, strict=True):
        assert after == before or after.verdict == "undecided"
    # What was open stays as it was, with its own reason and what would decide it.
    assert answers[4:] == given[4:]
