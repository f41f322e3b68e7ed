"""`advise --replay FILE`: what saved advice was asked, asked today."""

from __future__ import annotations

import argparse

import msgspec

from advisor.documents.advice import Advice
from advisor.engine.tables import Tables
from knowledge.base import Knowledge


def replayed(arguments: argparse.Namespace, knowledge: Knowledge) -> Advice:
    """Return today's advice with what became of the saved one."""
    from advisor.beside.replay import evidence_of, read_advice, replay
    from advisor.clock import now
    from advisor.explain.advice import advise
    from advisor.facts.answers import fitting

    saved = read_advice(arguments.replay)
    tables = Tables(knowledge)
    facts, unasked = fitting(saved.facts, knowledge.questions)
    measurements = evidence_of(saved)
    # What the reader or the merge left out then was left out before any rule was asked.
    kept = [item for item in saved.ignored if item.said not in knowledge.questions]
    seed, samples = saved.knowledge.seed, _bounded(saved.knowledge.samples)
    ended = [w for w in saved.warnings if " it is named because: " not in w]
    today = advise(
        tables,
        facts,
        created=now(),
        ignored=[*kept, *unasked],
        measurements=measurements,
        warnings=ended,
        seed=seed,
        samples=samples,
    )
    result = replay(tables, arguments.replay, saved, today, measurements)
    return msgspec.structs.replace(today, replayed=result)


def _bounded(samples: int) -> int:
    """Return a number of samples that a file may ask for."""
    return max(50, min(100_000, samples))
