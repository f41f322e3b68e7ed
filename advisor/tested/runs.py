"""Which stored documents speak of the same machine, so that their figures may stand together."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from advisor.facts.evidence import is_matched
from knowledge.text import printable
from probes.document import ProbeDocument

LONGEST = 80


class Conditions(Struct, frozen=True):
    """The machine as far as it decides what can be compared."""

    processor: str
    cards: tuple[str, ...]
    device: str
    threads: int | None

    @property
    def words(self) -> str:
        """Return the conditions in words."""
        on = ", ".join(self.cards) if self.device != "cpu" and self.cards else self.processor
        return f"{on}, {self.threads or '?'} threads, {self.device}"


class Runs(Struct, frozen=True):
    """Documents of one machine, newest first, and why others were left out."""

    documents: tuple[ProbeDocument, ...]
    conditions: Conditions | None
    left_out: tuple[str, ...]


def runs_of(documents: Sequence[ProbeDocument]) -> Runs:
    """Keep what was measured under the conditions of the newest document.

    Args:
        documents: Newest first. Their dates are not looked at: a clock may have been set back.
    """
    measured = [one for one in documents if one.benchmarks.workloads]
    matched = [one for one in measured if is_matched(one)]
    left_out = [
        f"{printable(one.created[:10])}: each framework as it came (profile default)"
        for one in measured
        if not is_matched(one)
    ]
    if not matched:
        return Runs((), None, tuple(left_out))
    newest = matched[0]
    here, kept = conditions_of(newest), []
    for one in matched:
        day = printable(one.created[:10])
        if conditions_of(one) != here:
            left_out.append(f"{day}: another machine or setting ({conditions_of(one).words})")
        elif _other_versions(one, newest):
            left_out.append(f"{day}: other versions of {', '.join(_other_versions(one, newest))}")
        else:
            kept.append(one)
    return Runs(tuple(kept), here, tuple(left_out))


def conditions_of(document: ProbeDocument) -> Conditions:
    """Return the conditions of a run."""
    plan = document.benchmarks.plan
    processor = document.hardware.get("cpu-model")
    cards = document.hardware.get("gpus")
    names = cards.value if cards is not None and isinstance(cards.value, list) else []
    return Conditions(
        _word(processor.value) if processor is not None and processor.available else "processor",
        tuple(sorted(_word(card.get("name")) for card in names if isinstance(card, dict))),
        plan.device if plan else "cpu",
        plan.threads if plan else document.environment.threads,
    )


def _other_versions(one: ProbeDocument, newest: ProbeDocument) -> list[str]:
    theirs, ours = one.environment.versions, newest.environment.versions
    return [printable(name) for name in sorted(theirs.keys() & ours) if theirs[name] != ours[name]]


def _word(value: object) -> str:
    return printable(" ".join(str(value).split()))[:LONGEST]
