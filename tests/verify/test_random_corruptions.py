"""Rows of the base itself, spoilt at random: whatever changes what they compute is caught."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from advisor.verification.rows import runnable
from knowledge.base import BASE, Knowledge
from probes.verify.rows import Row
from probes.verify.run import verify

from .mutants import mutant, sites

DRAWN, AT_LEAST = 16, 10


def spoilt(knowledge: Knowledge, seed: int) -> list[tuple[Row, Row]]:
    """Return pairs of rows: what the change does to PyTorch's own result; the spoilt row."""
    random = Random(seed)
    entries = [
        entry
        for kind in ("api", "gotcha")
        for _, entry in sorted(knowledge.kind(kind).items())
        if entry.check and not entry.check.subject and not entry.check.isolate
        if entry.code.tensorflow and sites(entry.code.torch)
    ]
    pairs = []
    for entry in random.sample(entries, DRAWN):
        right = runnable("api", entry, BASE)
        assert isinstance(right, Row)
        wrong = mutant(right.code["torch"], random)
        alone = {"code": {"torch": right.code["torch"]}, "naive": wrong, "naive_side": "torch"}
        plain = replace(right, old={}, alive={}, symbols={}, naive="", naive_raises="")
        pairs.append(
            (
                replace(plain, id=f"{right.id} alone", **alone),
                replace(plain, code={**right.code, "torch": wrong}),
            )
        )
    return pairs


def test_ten_rows_spoilt_at_random_are_all_caught(knowledge: Knowledge) -> None:
    """A change such as minimum(b, a) for minimum(a, b) is none; PyTorch alone tells which are."""
    pairs = spoilt(knowledge, seed=7)
    run = verify([row for pair in pairs for row in pair])
    problems = {result.id: {one.code for one in result.problems} for result in run.results}
    meant = [row for alone, row in pairs if "naive-passes" not in problems[alone.id]]
    missed = [(row.id, row.code["torch"]) for row in meant if not problems[row.id]]
    assert missed == []
    assert len(meant) >= AT_LEAST
