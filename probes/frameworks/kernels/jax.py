"""JAX: devices, a matrix product per number format and a jitted operation on each."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from probes.frameworks.kernels.timing import (
    TF32_PROBE,
    TF32_SIZE,
    Emit,
    attempt,
    check_dtype,
    check_tf32,
    numbered,
)

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
    named = numbered([(kind, _name(kind, it), it) for kind, it in devices])
    emit({"stage": "devices", "devices": [[kind, name] for kind, name, _ in named]})
    for kind, name, it in named:
        attempt(emit, "kernel", kind, name, partial(_kernel, jax, it))
    for kind, name, it in named:
        for dtype in ("float16", "bfloat16"):
            product = partial(_product, jax, it, dtype)
            check_dtype(emit, kind, name, dtype, product, 32 * 32 * 8.0)
        check_tf32(emit, kind, name, partial(_wide_product, jax, it))
    if compiled:
        for kind, name, it in named:
            attempt(emit, "compiled", kind, name, partial(_compiled, jax, it))


def _name(kind: str, device: Any) -> str:
    return "cpu" if kind == "cpu" else str(device.device_kind)


def _kernel(jax: Any, device: Any) -> None:
    left = jax.device_put(jax.numpy.full((64, 64), 0.5), device)
    if float((left @ left).sum()) != 64 * 64 * 16.0:
        raise RuntimeError("the matrix product is wrong")


def _product(jax: Any, device: Any, dtype: str) -> float:
    left = jax.device_put(jax.numpy.full((32, 32), 0.5, dtype), device)
    return float((left @ left).astype("float32").sum())


def _wide_product(jax: Any, device: Any, allow: bool) -> float:
    left = jax.device_put(jax.numpy.full((TF32_SIZE, TF32_SIZE), TF32_PROBE), device)
    right = jax.device_put(jax.numpy.eye(TF32_SIZE), device)
    precision = "tensorfloat32" if allow else None
    return float(jax.numpy.matmul(left, right, precision=precision)[0, 0])


def _compiled(jax: Any, device: Any) -> None:
    operation = jax.jit(lambda x: jax.nn.relu(x * 2.0 - 1.0).sum())
    answer = float(operation(jax.device_put(jax.numpy.full((64,), 2.0), device)))
    if answer != 64 * 3.0:
        raise RuntimeError(f"the compiled operation is wrong: {answer}")
