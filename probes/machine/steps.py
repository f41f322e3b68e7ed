"""Runs the steps of the hardware look side by side, each under its own time limit.

A driver that hangs must cost its limit and become ``unknown``; it must neither stop the look nor
the program's exit. Hence daemon threads: a stuck one is left behind, its late answer ignored.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from probes.evidence import Reading, unknown
from probes.machine.sanitise import plain, sanitise

Readings = dict[str, Reading]
Step = Callable[[], Readings]


class StepSpec:
    """One step: the facts it promises, so that a failed step still names each of them."""

    def __init__(self, facts: tuple[str, ...], step: Step) -> None:
        """Take the facts and the function that reads them."""
        self.facts = facts
        self.step = step


def run_steps(steps: Mapping[str, StepSpec], limit_seconds: float) -> Readings:
    """Run all steps at once; return their readings, made harmless, in the order of ``steps``."""
    answers: dict[str, Readings | BaseException] = {}
    threads: dict[str, threading.Thread] = {}
    deadline = time.monotonic() + limit_seconds
    for name, spec in steps.items():
        thread = threading.Thread(
            target=_answer, args=(name, spec.step, answers), name=f"probe {name}", daemon=True
        )
        threads[name] = thread
        thread.start()
    readings: Readings = {}
    for name, spec in steps.items():
        threads[name].join(max(0.0, deadline - time.monotonic()))
        settled = _settle(name, spec, answers.get(name), limit_seconds)
        readings |= {fact: sanitise(fact, reading) for fact, reading in settled.items()}
    return readings


def _answer(name: str, step: Step, answers: dict[str, Readings | BaseException]) -> None:
    try:
        answers[name] = step()
    except Exception as error:
        answers[name] = error


def _settle(
    name: str, spec: StepSpec, answer: Readings | BaseException | None, limit_seconds: float
) -> Readings:
    if isinstance(answer, dict):
        missing = {
            fact: unknown(name, "this step did not report it")
            for fact in spec.facts
            if fact not in answer
        }
        return answer | missing
    if answer is None:
        why = f"no answer within {limit_seconds:g} s"
    else:
        why = plain(f"{type(answer).__name__}: {answer}")
    return {fact: unknown(name, why) for fact in spec.facts}
