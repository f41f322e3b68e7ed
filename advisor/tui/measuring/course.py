"""How far a measurement is, block by block and arm by arm, from what the controller tells. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from probes.bench.arms import COPY_SUFFIX
from probes.bench.document import Cell, Plan
from probes.bench.plan import runs_case
from probes.bench.workloads import WORKLOADS, load_workload

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.bench.events import Progress

State = Literal["done", "again", "running", "waiting", "failed"]
GATE = 0
"""The column of the check that results agree, before the first block."""
Spot = tuple[str, int]
"""A slot (an arm, or the A/A copy), and a column: the check, or a block."""


@dataclass(frozen=True)
class Course:
    """What is done, running and failed by now; made anew with every event."""

    plan: Plan
    event: Progress | None = None
    done: frozenset[Spot] = frozenset()
    running: Spot | None = None
    again: frozenset[int] = frozenset()
    """Blocks that were disturbed and are measured once more."""
    failed: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    """Slot and case → what became of it."""

    @property
    def blocks(self) -> int:
        """How many blocks there are, with those that are measured once more."""
        begun = [column for _, column in self.done]
        return max([self.plan.blocks, *begun, self.running[1] if self.running else 0])

    @property
    def samples_now(self) -> bool:
        """Whether the process of the last event is itself the sample: drawing would disturb it."""
        case = self.event.case if self.event is not None else None
        names = [one.workload for one in self.plan.cases if one.id == case]
        return any(name in WORKLOADS and load_workload(name).FRESH for name in names)

    def moved(self, event: Progress) -> Course:
        """Return the course after an event of the controller."""
        if event.arm is None or event.phase not in ("equality", "measuring"):
            return replace(self, event=event)
        now = event.arm, GATE if event.block is None else event.block
        done = self.done
        if self.running is not None and self.running != now:
            done |= {self.running}
        return replace(self, event=event, done=done, running=now)

    def knowing(self, run: BenchmarkRun) -> Course:
        """Return the course with what the finished blocks tell: failures, blocks to do again."""
        failed: dict[tuple[str, str], Cell] = {}
        done = set(self.done)
        for case, workload in run.benchmarks.workloads.items():
            for arm, cell in workload.arms.items():
                done |= {(arm, GATE)} if cell.equality is not None else set()
                done |= {(arm, block) for block in cell.blocks}
                if cell.status != "ok":
                    failed[arm, case] = cell
        for copy in (run.aa.cases if run.aa else {}).values():
            slot = f"{run.aa.arm if run.aa else ''}{COPY_SUFFIX}"
            done |= {(slot, block) for block in copy.cell.blocks}
        again = frozenset(one.block for one in run.environment.blocks if one.dirty)
        running = None if self.running in done else self.running
        return replace(self, done=frozenset(done), running=running, again=again, failed=failed)

    def state(self, slot: str, column: int) -> State:
        """Return how a slot stands in a column."""
        if (slot, column) == self.running:
            return "running"
        if (slot, column) in self.done and not (column == GATE and self.fails(slot)):
            return "again" if column in self.again else "done"
        return "failed" if self.fails(slot) else "waiting"

    def fails(self, slot: str) -> bool:
        """Whether nothing of an arm can be measured."""
        arm = slot.removesuffix(COPY_SUFFIX)
        return bool(self.plan.cases) and all(
            (arm, case.id) in self.failed
            for case in self.plan.cases
            if case.workload not in WORKLOADS or runs_case(arm, case, self.plan.device)
        )
