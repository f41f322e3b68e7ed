"""TensorFlow: devices, a matrix product per number format and an XLA operation on each."""

from __future__ import annotations

import platform
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


def look(emit: Emit, compiled: bool) -> None:
    """Report stage by stage, so that a crash still tells how far it came."""
    started = time.perf_counter()
    import tensorflow as tf

    emit({"stage": "imported", "seconds": time.perf_counter() - started})
    emit({"stage": "facts", "version": str(tf.__version__), "build": _build(tf)})
    devices = numbered(_devices(tf))
    emit({"stage": "devices", "devices": [[kind, name] for kind, name, _ in devices]})
    for kind, name, place in devices:
        attempt(emit, "kernel", kind, name, partial(_kernel, tf, place))
    for kind, name, place in devices:
        for dtype in ("float16", "bfloat16"):
            product = partial(_product, tf, place, dtype)
            check_dtype(emit, kind, name, dtype, product, 32 * 32 * 8.0)
        check_tf32(emit, kind, name, partial(_wide_product, tf, place))
    if compiled:
        for kind, name, place in devices:
            attempt(emit, "compiled", kind, name, partial(_compiled, tf, place))


def _build(tf: Any) -> dict[str, Any]:
    information = dict(tf.sysconfig.get_build_info())
    return {
        "cuda": str(information.get("cuda_version") or "") or None,
        "hip": "rocm" if information.get("is_rocm_build") else None,
        "architectures": [str(name) for name in information.get("cuda_compute_capabilities", [])],
        "cuda_build": bool(information.get("is_cuda_build")),
    }


def _devices(tf: Any) -> list[tuple[str, str, str]]:
    found = [("cpu", "cpu", "/CPU:0")]
    kind = "rocm" if tf.test.is_built_with_rocm() else "cuda"
    if platform.system() == "Darwin":
        kind = "mps"  # The Metal plug-in.
    for index, device in enumerate(tf.config.list_physical_devices("GPU")):
        # One process must not take the whole card from everybody else.
        tf.config.experimental.set_memory_growth(device, True)
        details = tf.config.experimental.get_device_details(device)
        found.append((kind, str(details.get("device_name", device.name)), f"/GPU:{index}"))
    return found


def _kernel(tf: Any, place: str) -> None:
    with tf.device(place):
        left = tf.fill((64, 64), 0.5)
        answer = float(tf.reduce_sum(tf.matmul(left, left)).numpy())
    if answer != 64 * 64 * 16.0:
        raise RuntimeError("the matrix product is wrong")


def _product(tf: Any, place: str, dtype: str) -> float:
    with tf.device(place):
        left = tf.cast(tf.fill((32, 32), 0.5), dtype)
        return float(tf.reduce_sum(tf.cast(tf.matmul(left, left), tf.float32)).numpy())


def _wide_product(tf: Any, place: str, allow: bool) -> float:
    before = tf.config.experimental.tensor_float_32_execution_enabled()
    if allow:
        tf.config.experimental.enable_tensor_float_32_execution(True)
    try:
        with tf.device(place):
            left = tf.fill((TF32_SIZE, TF32_SIZE), TF32_PROBE)
            return float(tf.matmul(left, tf.eye(TF32_SIZE)).numpy()[0, 0])
    finally:
        tf.config.experimental.enable_tensor_float_32_execution(before)


def _compiled(tf: Any, place: str) -> None:
    operation = tf.function(lambda x: tf.reduce_sum(tf.nn.relu(x * 2.0 - 1.0)), jit_compile=True)
    with tf.device(place):
        answer = float(operation(tf.fill((64,), 2.0)).numpy())
    if answer != 64 * 3.0:
        raise RuntimeError(f"the compiled operation is wrong: {answer}")
