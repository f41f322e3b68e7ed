"""Tells the face where a run stands and how long it still takes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from msgspec import structs

from probes.bench.arms import framework_of
from probes.bench.document import Plan
from probes.bench.estimate import Clock, estimate_seconds, gate_seconds
from probes.bench.events import OnProgress, Phase, Progress
from probes.bench.order import slots


class Announcer:
    """Progress of one run; ``estimate`` is what the plan promised before it started."""

    def __init__(self, plan: Plan, on_progress: OnProgress) -> None:
        """Start the clock."""
        self.estimate = estimate_seconds(plan)
        self._plan = plan
        self._on_progress = on_progress
        self._clock = Clock(plan)
        self._started = time.monotonic()

    def elapsed(self) -> float:
        """Return the seconds since the run started."""
        return time.monotonic() - self._started

    def learn(self, slot: str, seconds: float) -> None:
        """Take in how long a measuring process took."""
        self._clock.learn(slot, seconds)

    def blocks_left(self, blocks: int, rest: Sequence[str], slots: Sequence[str]) -> float:
        """Return the expected seconds of the slots in ``rest`` and of ``blocks`` more blocks."""
        later = max(0, blocks) * sum(self._clock.expected(slot) for slot in slots)
        return later + sum(self._clock.expected(slot) for slot in rest)

    def gates_left(self, gates: Mapping[str, Sequence[str]], blocks: int) -> float:
        """Return the expected seconds of these gates (cases by arm) and of the blocks after."""
        return self.blocks_left(blocks, (), slots(self._plan)) + sum(
            gate_seconds(self._only(cases), arm) for arm, cases in gates.items()
        )

    def _only(self, cases: Sequence[str]) -> Plan:
        chosen = [case for case in self._plan.cases if case.id in cases]
        return structs.replace(self._plan, cases=chosen)

    def tell(
        self,
        phase: Phase,
        text: str,
        left: float,
        block: int | None = None,
        arm: str | None = None,
        case: str | None = None,
    ) -> None:
        """Send one progress event."""
        left, passed = max(0.0, left), self.elapsed()
        self._on_progress(
            Progress(
                phase=phase,
                text=text,
                framework=framework_of(arm) if arm else None,
                block=block,
                blocks=self._plan.blocks,
                arm=arm,
                case=case,
                done=passed / (passed + left) if passed + left > 0 else 0.0,
                seconds_left=round(left, 1),
            )
        )
