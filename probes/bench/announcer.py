"""Tells the face where a run stands and how long it still takes."""

from __future__ import annotations

import time

from probes.bench.arms import framework_of
from probes.bench.document import Plan
from probes.bench.estimate import Clock, estimate_seconds, gate_seconds
from probes.bench.events import OnProgress, Phase, Progress


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

    def blocks_left(self, blocks: int, rest: list[str], slots: list[str]) -> float:
        """Return the expected seconds of the slots in ``rest`` and of ``blocks`` more blocks."""
        later = max(0, blocks) * sum(self._clock.expected(slot) for slot in slots)
        return later + sum(self._clock.expected(slot) for slot in rest)

    def gates_left(self, arm: str) -> float:
        """Return the expected seconds from the gate of ``arm`` to the end."""
        arms = self._plan.arms
        gates = sum(gate_seconds(self._plan, one) for one in arms[arms.index(arm) :])
        everything = sum(gate_seconds(self._plan, one) for one in arms)
        return self.estimate - everything + gates

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
