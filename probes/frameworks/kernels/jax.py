"""JAX: devices, one matrix product on each, one jitted operation on each."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from probes.frameworks.kernels.timing import Emit, attempt

_KINDS = {"cpu": "cpu", "cuda": "cuda", "gpu": "cuda", "rocm": "rocm", "tpu": "tpu"}


def look(emit: Emit, compiled: bool) -> None:
    """Report stage by stage, so that a crash still tells how far it came."""
    started = time.perf_counter()
    import jax

    emit({"stage": "imported", "seconds": time.perf_counter() - started})
    emit({"stage": "facts", "version": str(jax.__version__), "build": {}})
    devices = [(_KINDS.get(str(device.platform), "cpu"), device) for device in jax.devices()]
    if not any(kind == "cpu" for kind, _ in devices):
        devices = [("cpu", device) for device in jax.devices("cpu")] + devices
    emit({"stage": "devices", "devices": [[kind, _name(kind, it)] for kind, it in devices]})
    for kind, it in devices:
        attempt(emit, "kernel", kind, _name(kind, it), partial(_kernel, jax, it))
    if compiled:
        for kind, it in devices:
            attempt(emit, "compiled", kind, _name(kind, it), partial(_compiled, jax, it))


def _name(kind: str, device: Any) -> str:
    return "cpu" if kind == "cpu" else str(device.device_kind)


def _kernel(jax: Any, device: Any) -> None:
    left = jax.device_put(jax.numpy.full((64, 64), 0.5), device)
    if float((left @ left).sum()) != 64 * 64 * 16.0:
        raise RuntimeError("the matrix product is wrong")


def _compiled(jax: Any, device: Any) -> None:
    operation = jax.jit(lambda x: jax.nn.relu(x * 2.0 - 1.0).sum())
    answer = float(operation(jax.device_put(jax.numpy.full((64,), 2.0), device)))
    if answer != 64 * 3.0:
        raise RuntimeError(f"the compiled operation is wrong: {answer}")
