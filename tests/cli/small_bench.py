"""The command `probe bench` on a made-up machine: a small plan, and workers without a framework.

All else is real: processes, the controller, the store, signals. As a program of its own it stops
after every block until it is told to go on, so that it can be killed there.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from msgspec import structs

from advisor.cli import main
from advisor.cli.commands import advise, probe
from advisor.cli.store_access import store_path
from knowledge.base import Knowledge
from probes.bench import controller
from probes.bench.assembly import BenchmarkRun
from probes.bench.document import BlockConditions, Plan
from probes.bench.events import Progress
from probes.bench.workers import Workers
from probes.document import Framework
from probes.interpreters import resolve_interpreters
from probes.store import Kept, Store, Stored, open_store
from tests.probes.bench.plans import tiny_plan
from tests.probes.conftest import CHILDREN
from tests.store.making import hardware

ARMS = ("pytorch/eager", "tensorflow/eager", "tensorflow/function")
BLOCKS = 3
RESUME = ("probe", "bench", "--resume")


class SmallBench:
    """What the machine is, what happens while it is measured, and what was measured."""

    def __init__(self, patch: pytest.MonkeyPatch, knowledge: Knowledge | None) -> None:
        self.frameworks = {
            "pytorch": Framework(installed=True, version="2.13.0", interpreter=""),
            "tensorflow": Framework(installed=True, version="2.21.0", interpreter=""),
        }
        self.hardware = hardware()
        self.blocks = BLOCKS
        self.at_look: Callable[[], None] = lambda: None
        self.at_start: Callable[[], None] = lambda: None
        self.at_block: Callable[[int], None] = lambda blocks: None
        """Called after each checkpoint, with the number of blocks that are finished by then."""
        self.looked_with: list[dict[str, str]] = []
        self.measured: list[Plan] = []
        self.measured_with: list[dict[str, str]] = []
        patch.setenv("PYTHONPATH", str(CHILDREN))
        patch.setenv("FAKE_WORKER", "{}")
        patch.setattr("probes.run.look_at_hardware", lambda **_: self.hardware)
        patch.setattr("probes.run.look_at_frameworks", self._look)
        patch.setattr("probes.run.run_plan", self._run)
        patch.setattr("probes.planning.make_plan", self._plan)
        patch.setattr(Workers, "prepare", lambda _: None)
        patch.setattr(Workers, "roof", lambda _: None)
        patch.setattr(controller, "conditions_between", _quiet)
        for command in (probe, advise):
            patch.setattr(command, "open_knowledge", lambda _: knowledge)

    def __call__(self, *arguments: str) -> int:
        return main(arguments)

    def stopped_after(self, blocks: int, *arguments: str) -> Stored:
        """Return a run that Ctrl-C ended when so many blocks were finished."""
        before, self.at_block = self.at_block, at(blocks, interrupt)
        assert main(arguments or ("probe", "bench", "--quiet")) == 130
        self.at_block = before
        return self.stored()

    def change(self, framework: str, **fields: Any) -> None:
        self.frameworks[framework] = structs.replace(self.frameworks[framework], **fields)

    @property
    def store(self) -> Store:
        return open_store(store_path())

    def kept(self) -> list[Kept]:
        return self.store.runs()

    def stored(self, run: str = "") -> Stored:
        """Return one run, the newest if none is named, whatever its state."""
        return self.store.read(run or self.kept()[0].id)

    def _look(
        self,
        hardware: object,
        interpreters: dict[str, str],
        *,
        on_progress: Callable[[Progress], None],
        cancel: threading.Event,
    ) -> dict[str, Framework]:
        self.looked_with.append(dict(interpreters))
        on_progress(Progress(phase="frameworks", text="looking at PyTorch"))
        self.at_look()
        if cancel.is_set():
            return {}
        paths = resolve_interpreters(interpreters)
        return {
            name: structs.replace(one, interpreter=paths[name])
            for name, one in self.frameworks.items()
        }

    def _plan(self, effort: str, *, frameworks: Sequence[str], seed: int, **asked: Any) -> Plan:
        plan = tiny_plan(
            effort=effort,
            arms=[arm for arm in ARMS if arm.partition("/")[0] in frameworks],
            blocks=self.blocks,
            seed=seed,
        )
        names = asked["workloads"]
        cases = [case for case in plan.cases if not names or case.workload in names]
        return structs.replace(plan, cases=cases)

    def _run(
        self,
        plan: Plan,
        interpreters: dict[str, str],
        *,
        on_checkpoint: Callable[[BenchmarkRun], None],
        **options: Any,
    ) -> BenchmarkRun:
        self.measured.append(plan)
        self.measured_with.append(dict(interpreters))
        self.at_start()

        def checkpoint(run: BenchmarkRun) -> None:
            on_checkpoint(run)
            self.at_block(len(run.environment.blocks))

        return controller.run_plan(
            plan, interpreters, worker="misbehaving_worker", on_checkpoint=checkpoint, **options
        )


def at(blocks: int, act: Callable[[], None]) -> Callable[[int], None]:
    """Return what does this once, when so many blocks are finished."""
    done: list[int] = []

    def reached(now: int) -> None:
        if now == blocks and not done:
            done.append(now)
            act()

    return reached


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


def blocks_of(stored: Stored) -> list[int]:
    """Return the blocks that every measured arm has."""
    cells = [
        c for case in stored.document.benchmarks.workloads.values() for c in case.arms.values()
    ]
    (blocks,) = {tuple(cell.blocks) for cell in cells if cell.status == "ok"}
    return list(blocks)


def one_line(captured: pytest.CaptureFixture[str]) -> str:
    """Return the one line that was said, by a command that printed nothing."""
    out, err = captured.readouterr()
    assert out == "" and err.count("\n") == 1, err
    assert err.startswith("fw-advisor: ")
    return err.removeprefix("fw-advisor: ").removesuffix("\n")


def _quiet(block: int, *_: object) -> BlockConditions:
    return BlockConditions(block=block, seconds=1.0, foreign_share=0.0, steal_share=0.0)


def _wait_at_every_block() -> int:
    """Be the program: say every block that is finished, and wait for a line before the next."""

    def say_and_wait(blocks: int) -> None:
        print(json.dumps(blocks), flush=True)
        sys.stdin.readline()

    with pytest.MonkeyPatch.context() as patch:
        bench = SmallBench(patch, None)
        bench.at_block = say_and_wait
        return bench(*sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_wait_at_every_block())
