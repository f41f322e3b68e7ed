"""The command that repeats an advice."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from advisor.documents.advice import KnowledgePart
from advisor.engine.sampling import SAMPLES
from advisor.facts.fact import Fact, shown


def reproduce(facts: Iterable[Fact], knowledge: KnowledgePart | None = None) -> str:
    """Return the `fw-advisor advise` command line that gives the same answers."""
    words = ["fw-advisor", "advise"]
    for fact in facts:
        # An empty choice of several would read as "not answered".
        value = "none" if fact.value == () else shown(fact.value)
        words += ["--set", f"{fact.id}={value}"]
    if knowledge is not None and knowledge.seed:
        words += ["--seed", str(knowledge.seed)]
    if knowledge is not None and knowledge.samples != SAMPLES:
        words += ["--samples", str(knowledge.samples)]
    return shlex.join(words)
