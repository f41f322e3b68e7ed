"""Claims made in code, and a knowledge base that holds nothing else."""

from __future__ import annotations

from typing import Any

from advisor.tested.results import judge
from knowledge.model.claim import Claim
from knowledge.model.tested import Check, ClaimTest, Comparison
from probes.claims import ClaimResult
from probes.document import ProbeDocument

from .making import PE, TE


class Nothing:
    """Stands in for the knowledge base: neither seeds nor figures."""

    def kind(self, name: str) -> dict[str, Any]:
        return {}


def claim(test: ClaimTest, workload: str = "train-step") -> Claim:
    return Claim(
        id="said",
        claim="It is said.",
        topic="speed",
        verdict="depends",
        reason="It depends.",
        today="Measure it.",
        tested_by=workload,
        test=test,
        as_of="2026-11-20",
    )


def result(test: ClaimTest, *documents: ProbeDocument, workload: str = "train-step") -> ClaimResult:
    return judge(claim(test, workload), Nothing(), documents)  # type: ignore[arg-type]


def against(says: str = "a-less", a: str = PE, b: str = TE, **fields: Any) -> Comparison:
    return Comparison(a=a, b=b, says=says, **fields)  # type: ignore[arg-type]


def compares(*comparisons: Comparison, needs: str = "every") -> ClaimTest:
    return ClaimTest(compare=comparisons, needs=needs, shows="Something.")  # type: ignore[arg-type]


def checks(arm: str, says: str, **fields: Any) -> ClaimTest:
    return ClaimTest(check=(Check(arm=arm, says=says, **fields),), shows="Something.")  # type: ignore[arg-type]
