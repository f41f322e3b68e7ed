"""The job scheduler that started this process, and what it granted the job on this node.

A site may grant processors without binding the process to them; then only the variables tell.
Slurm alone is understood; its memory is counted in mebibytes, per node or per processor.
"""

from __future__ import annotations

from collections.abc import Mapping

from probes.evidence import Reading, absent, found
from probes.machine.plausible import whole

FACTS = ("scheduler", "scheduler-grant")
_SCHEDULERS = {"SLURM_JOB_ID": "slurm", "PBS_JOBID": "pbs", "LSB_JOBID": "lsf", "JOB_ID": "sge"}
_MEBIBYTE = 1 << 20


def look(environment: Mapping[str, str]) -> dict[str, Reading]:
    """Return ``scheduler`` (its name) and ``scheduler-grant`` (processors, memory, cards)."""
    for variable, name in _SCHEDULERS.items():
        if variable in environment:
            grant = _slurm(environment) if name == "slurm" else None
            return {
                "scheduler": found(name, variable),
                "scheduler-grant": (
                    found(grant, "SLURM_* variables")
                    if grant
                    else absent("variables", "the scheduler names no grant")
                ),
            }
    nothing = absent("variables", "no sign of a job scheduler")
    return {"scheduler": nothing, "scheduler-grant": nothing}


def granted_processors(environment: Mapping[str, str]) -> int | None:
    """Return how many processors the scheduler granted to each task, if it says so."""
    if "SLURM_JOB_ID" not in environment:
        return None
    return _count(environment, "SLURM_CPUS_PER_TASK") or _count(environment, "SLURM_CPUS_ON_NODE")


def _slurm(environment: Mapping[str, str]) -> dict[str, int] | None:
    memory = _count(environment, "SLURM_MEM_PER_NODE")
    per_processor = _count(environment, "SLURM_MEM_PER_CPU")
    processors = granted_processors(environment)
    if memory is None and per_processor is not None and processors is not None:
        memory = per_processor * processors
    grant = {
        "processors": processors,
        "memory_bytes": None if memory is None else memory * _MEBIBYTE,
        "gpus": _cards(environment),
    }
    return {name: number for name, number in grant.items() if number is not None} or None


def _cards(environment: Mapping[str, str]) -> int | None:
    number = _count(environment, "SLURM_GPUS_ON_NODE", lowest=0)
    if number is None and environment.get("SLURM_JOB_GPUS"):
        number = len(environment["SLURM_JOB_GPUS"].split(","))
    return number


def _count(environment: Mapping[str, str], name: str, lowest: int = 1) -> int | None:
    return whole(environment.get(name, ""), lowest, 1 << 40)
