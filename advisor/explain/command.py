"""The command that repeats an advice."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from advisor.documents.advice import KnowledgePart, Value
from advisor.engine.sampling import SAMPLES
from advisor.facts.fact import Fact, shown


def reproduce(
    facts: Iterable[Fact],
    knowledge: KnowledgePart | None = None,
    *,
    overlays: Sequence[str] = (),
    evidence: Sequence[str] = (),
) -> str:
    """Return the `fw-advisor advise` command line that gives the same answers.

    `overlays` are directories, `evidence` saved documents of `fw-advisor probe`.
    """
    words = ["fw-advisor", "advise"]
    for name in overlays:
        words += ["--knowledge", name]
    for name in evidence:
        words += ["--evidence", name]
    for fact in facts:
        words += ["--set", f"{fact.id}={_typed(fact.value)}"]
    if knowledge is not None and knowledge.seed:
        words += ["--seed", str(knowledge.seed)]
    if knowledge is not None and knowledge.samples != SAMPLES:
        words += ["--samples", str(knowledge.samples)]
    return shlex.join(words)


def _typed(value: Value) -> str:
    """Return an answer as it is typed after --set, without losing anything."""
    # An empty choice of several would read as "not answered".
    if value == ():
        return "none"
    return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else shown(value)
