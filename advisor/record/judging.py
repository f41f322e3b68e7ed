"""What counts as a good answer to a golden scenario."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.documents.advice import Advice
from knowledge.base import Knowledge
from knowledge.model.system import ALIVE

from .scenarios import Scenario, listed


def first_choice_is_right(scenario: Scenario, advice: Advice) -> bool:
    """Say whether the choice is one of those expected; a toss-up between right ones is right."""
    choice = advice.verdict.choice
    if choice in scenario.choices:
        return True
    best = {ranked.option for ranked in advice.ranking[:2]}
    return choice == "either" and best <= set(scenario.choices)


def violations(scenario: Scenario, advice: Advice) -> Iterator[str]:
    """Yield options that come first and must not."""
    if advice.verdict.choice in scenario.expect.get("must_not", []):
        yield f"{advice.verdict.choice} must not come first"


def other_slips(scenario: Scenario, advice: Advice) -> Iterator[str]:
    """Yield what else is not as expected: the word, the classic question."""
    expect = scenario.expect
    if advice.verdict.strength not in listed(expect.get("strength", advice.verdict.strength)):
        yield f"{advice.verdict.strength} instead of {expect['strength']}"
    between = advice.between_pytorch_and_tensorflow.choice
    if between not in listed(expect.get("between", between)):
        yield f"between the two: {between} instead of {expect['between']}"


def stack_hits(scenario: Scenario, advice: Advice) -> Iterator[tuple[str, bool]]:
    """Yield each system that is expected, and whether it is named."""
    stack = {part.role: part.system for part in advice.stack}
    for role, systems in scenario.expect.get("stack", {}).items():
        yield f"{role}: {stack.get(role)} of {listed(systems)}", stack.get(role) in listed(systems)
    instead = {part.system for part in advice.instead}
    for system in scenario.expect.get("instead_includes", []):
        yield f"instead: {system} in {sorted(instead)}", system in instead


def stale(scenario: Scenario, advice: Advice, knowledge: Knowledge) -> Iterator[str]:
    """Yield systems that are named although they have ended or the case forbids them."""
    allowed = set(scenario.answers.get("existing-infrastructure", []))
    named = {part.system for part in advice.stack} | {part.system for part in advice.instead}
    for system in sorted(named - allowed):
        ended = knowledge.systems[system].status not in ALIVE
        if ended or system in scenario.expect.get("must_not_name", []):
            yield system


def brier(scenario: Scenario, advice: Advice) -> float:
    """Return the Brier score of the support: 0 is perfect, 2 is certain and wrong."""
    shares = {ranked.option: ranked.support for ranked in advice.ranking}
    shares["none"] = max(0.0, 1.0 - sum(shares.values()))
    right = [c for c in scenario.choices if c in shares]
    if "either" in scenario.choices:
        right = [ranked.option for ranked in advice.ranking[:2]]
    # Where several are right, the share they have together is the share of a right answer.
    together = sum(shares[name] for name in right)
    rest = [share for name, share in shares.items() if name not in right]
    return (1.0 - together) ** 2 + sum(share**2 for share in rest)
