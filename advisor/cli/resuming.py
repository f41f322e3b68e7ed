"""`--resume`: which run goes on, with which interpreters, and why it cannot.

A run that cannot go on as it was begun stays as it is: to measure its rest with something else
would end it with failures, and nobody could ever finish it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .output import Output
from .store_access import opened_store, refusing

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.bench.document import Plan
    from probes.document import Framework, ProbeDocument
    from probes.evidence import Reading
    from probes.store import Kept

AS_IT_WAS = "it goes on once that is as it was"


@dataclass(frozen=True)
class Stopped:
    """A run that goes on, with the interpreters to measure its rest with."""

    run: Kept
    document: ProbeDocument
    interpreters: dict[str, str]

    @property
    def plan(self) -> Plan:
        """Return what is measured."""
        return _plan(self.document)

    @property
    def previous(self) -> BenchmarkRun:
        """Return what the controller goes on from."""
        from probes.bench.assembly import BenchmarkRun

        document = self.document
        return BenchmarkRun(document.benchmarks, document.aa, document.environment)


def stopped_run(
    hardware: Mapping[str, Reading], given: Mapping[str, str], output: Output
) -> Stopped:
    """Return the newest run that was interrupted on this machine.

    Args:
        hardware: What this machine is.
        given: Interpreters that were asked for; those of the run are used where none is.
        output: Told what the store says.

    Raises:
        InputError: There is none, another process measures it, or an interpreter is another one.
    """
    with refusing():
        store = opened_store(output)
        run = _newest(store.runs(), hardware)
        document = store.read(run.id).document
    return Stopped(run, document, _interpreters(run, _plan(document).arms, given))


def refuse_changed(
    stopped: Stopped, hardware: Mapping[str, Reading], frameworks: Mapping[str, Framework]
) -> None:
    """Raise InputError if this machine is not what the run was begun on."""
    from advisor.history.continuing import hindrance

    why = hindrance(stopped.run, hardware, frameworks, stopped.plan.arms)
    if why:
        raise _refused(stopped.run, f"{why}; {AS_IT_WAS}")


def _refused(run: Kept, why: str) -> InputError:
    return InputError(
        f"--resume: {run.id} cannot be continued: {why}, or begin anew without --resume"
    )


def _newest(runs: list[Kept], hardware: Mapping[str, Reading]) -> Kept:
    from probes.store.fingerprint import fingerprint, machine_facts

    begun = [run for run in runs if run.here and run.state != "finished" and run.arms]
    if not begun:
        raise InputError("--resume: no run of this machine was interrupted")
    here = fingerprint(machine_facts(hardware))
    run = next((one for one in begun if one.fingerprint == here), None)
    if run is None:
        raise _refused(begun[0], f"the machine is another one now; {AS_IT_WAS}")
    if run.state == "running":
        raise InputError(f"--resume: {run.id} is being measured now, by another process")
    return run


def _plan(document: ProbeDocument) -> Plan:
    plan = document.benchmarks.plan
    if plan is None:
        raise InputError("--resume: the run has no plan to go on with")
    return plan


def _interpreters(run: Kept, arms: list[str], given: Mapping[str, str]) -> dict[str, str]:
    from advisor.history.continuing import framework_name, recorded_interpreters
    from probes.interpreters import find_interpreter, framework_called, resolve_interpreters

    resolved = resolve_interpreters(given)
    asked = {name: resolved[name] for name in map(framework_called, given)}
    recorded = recorded_interpreters(run, arms)
    for framework, path in recorded.items():
        with_what = f"{framework_name(framework)} was measured with {path}"
        if find_interpreter(path) is None:
            raise _refused(run, f"{with_what}, which is not there any more; {AS_IT_WAS}")
        if asked.get(framework, path) != path:
            raise _refused(run, f"{with_what}: leave its --python out")
    return {**asked, **recorded}
