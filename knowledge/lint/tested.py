"""KB602: a claim's test can be carried out, or says why not."""

from __future__ import annotations

from ..errors import FileProblem
from ..loading.tree import Located, Tree
from ..model.tested import ClaimTest
from .report import problem


def check(tree: Tree) -> list[FileProblem]:
    """Return claims whose test contradicts itself or says nothing."""
    return [
        problem(located, "test" if located.entry.test else "tested_by", "KB602", words)
        for located in tree.entries["claim"].values()
        for words in _faults(located)
    ]


def _faults(located: Located) -> list[str]:
    claim = located.entry
    test: ClaimTest | None = claim.test
    if test is None:
        return [] if claim.tested_by is None else ["names a workload, but no `test` on it"]
    if claim.tested_by is None:
        return ["has a test, but no `tested_by` that names the workload"]
    if not test.possible:
        return [] if test.missing else ["compares nothing, checks nothing and says not why"]
    found = [] if test.shows else ["says not what the outcome would show"]
    if test.needs == "differ" and test.check:
        found.append("asks whether checks differ; only comparisons can")
    for one in test.compare:
        if one.a == one.b and one.case == one.b_case:
            found.append(f"compares {one.a} with itself")
        if one.b_case is not None and one.case is None:
            found.append("names a case for b, but none for a")
        if one.ratio is not None:
            found += _faults_of_ratio(one.says, *one.ratio)
    return found


def _faults_of_ratio(says: str, low: float, high: float) -> list[str]:
    if not 0 < low < high:
        return [f"has no range between {low:g} and {high:g}"]
    fits = {"a-less": high <= 1, "b-less": low >= 1, "no-difference": low < 1 < high}
    return [] if fits[says] else [f"says {says}, which {low:g} to {high:g} is not"]
