"""Why an operation on a listed device failed: no code for the card, no memory, no compiler."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.builds import builds_of
from probes.frameworks.cards import KINDS, Card
from probes.frameworks.case import Case
from probes.frameworks.holding import Code, code_of, code_told, needs
from probes.frameworks.reasons import recognise
from probes.frameworks.stages import Attempt, Stages
from probes.processes import ChildResult

_ARCHITECTURE = ("ARCH_NOT_IN_WHEEL", "ARCH_DROPPED")
_FOLLOWED_BY = "CUDA_ERROR_INVALID_HANDLE"


def failure_reason(
    case: Case, kind: str, what: str, attempt: Attempt, result: ChildResult, stages: Stages
) -> Reason:
    """Return why an operation failed, or was not reached, on a device of this kind."""
    if recognise(attempt.error, ("NO_CXX_COMPILER",)):
        return case.reason("NO_CXX_COMPILER", attempt.error)
    said = f"{attempt.error}\n{result.stderr}"
    card = _card(case, kind)
    memory = recognise(attempt.error or result.stderr, ("MEMORY_TAKEN",))
    if memory is not None and card is not None:
        return memory_reason(case, card, memory[1])
    if kind != "cpu":
        known = recognise(said, _ARCHITECTURE)
        line = known[1] if known else _line_with(said, _FOLLOWED_BY)
        if line:
            return architecture_reason(case, kind, card, line, stages)
        ended = attempt.state in ("ended", "not-reached")
        if card is not None and ended:
            fits = code_held(case, stages).fit(card)
            if fits in ("too-new", "too-old"):
                return architecture_reason(case, kind, card, result.stderr, stages)
    return _unknown(case, what, attempt, result)


def memory_reason(case: Case, card: Card, raw: str) -> Reason:
    """Return that the card's memory is taken, and by whom as far as it is known."""
    pids = [name.rpartition("PID ")[2].rstrip(")") for name in card.processes]
    return case.reason(
        "MEMORY_TAKEN",
        raw,
        card=card.name,
        free=_bytes(card.memory_free_bytes),
        total=_bytes(card.memory_total_bytes),
        owners=", ".join(card.processes) or "another process (nvidia-smi names it)",
        end=f"Wait for it, or end it: kill {' '.join(pids)}" if pids else "nvidia-smi",
    )


def code_held(case: Case, stages: Stages) -> Code:
    """Return what the installed build was compiled for: by its own words, else by data."""
    told = stages.build.get("architectures")
    code = code_told(told if isinstance(told, list) else [])
    if code != Code():
        return code
    for build in builds_of(case.framework, case.version, case.build, case.builds):
        return code_of(build)
    return Code()


def architecture_reason(
    case: Case, kind: str, card: Card | None, raw: str, stages: Stages
) -> Reason:
    """Return that the build has no code for the card: dropped, or not yet there."""
    code = code_held(case, stages)
    dropped = card is not None and code.fit(card) == "too-old"
    return case.reason(
        "ARCH_DROPPED" if dropped else "ARCH_NOT_IN_WHEEL",
        raw,
        card=card.name if card else "The card",
        needed=(needs(card) if card else "") or "a kind of code that is not known here",
        held=code.held(card) or "other cards",
        oldest=code.oldest or "a newer one",
        install=case.install(kind),
    )


def _card(case: Case, kind: str) -> Card | None:
    vendor = {device: vendor for vendor, device in KINDS.items()}.get(kind, "")
    cards = case.machine.of(vendor)
    return cards[0] if cards else None


def _line_with(said: str, word: str) -> str:
    return next((line.strip() for line in said.splitlines() if word in line), "")


def _unknown(case: Case, what: str, attempt: Attempt, result: ChildResult) -> Reason:
    if attempt.state == "failed":
        return case.reason("UNKNOWN", attempt.error, what=f"{what} failed.")
    if attempt.state == "ended":
        return case.reason("UNKNOWN", result.stderr, what=f"{what}: the process {result.ending}.")
    return case.reason(
        "UNKNOWN", result.stderr, what=f"{what} was not reached: the process {result.ending}."
    )


def _bytes(number: int | None) -> str:
    return "an unknown amount" if number is None else f"{number / 2**30:.1f} GiB"
