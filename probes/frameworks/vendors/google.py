"""TPUs: judged by packages and open files, because listing one takes its exclusive lock."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.cards import Card
from probes.frameworks.case import Case
from probes.frameworks.reasons import recognise
from probes.frameworks.vendors.permission import forbidden_node
from probes.frameworks.vendors.without_build import no_build
from probes.interpreters import MODULES

_TRY = {
    "jax": "JAX_PLATFORMS=tpu {python} -c 'import jax; print(jax.devices())'",
    "pytorch": "PJRT_DEVICE=TPU {python} -c 'import torch_xla; print(torch_xla.devices())'",
}


def explain(case: Case, card: Card, stderr: str) -> Reason | None:
    """Return what stands between the framework and the TPU."""
    if not case.serves("tpu"):
        return no_build(case, card)
    locked = recognise(stderr, ("TPU_LOCKED",))
    owners = case.machine.tpu_owners
    if owners or locked:
        named = ", ".join(owners) or "Another process"
        pids = [owner.rpartition("PID ")[2].rstrip(")") for owner in owners]
        end = f"Wait for it, or end it: kill {' '.join(pids)}" if pids else "End the other process."
        return case.reason("TPU_LOCKED", locked[1] if locked else "", owners=named, end=end)
    if "libtpu" not in case.packages or recognise(stderr, ("TPU_RUNTIME_MISSING",)):
        return case.reason("TPU_RUNTIME_MISSING", stderr, install=case.install("tpu"))
    node = forbidden_node(case.machine, "/accel", "/vfio/")
    if node is not None:
        return case.reason("NO_PERMISSION", stderr, group=node["group"], node=node["path"])
    words = _TRY.get(case.framework, f"{{python}} -c 'import {MODULES[case.framework]}'")
    return case.reason("TPU_NOT_TRIED", try_it=words.replace("{python}", case.interpreter))
