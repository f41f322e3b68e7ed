"""PyTorch: devices, a matrix product per number format and a compiled operation on each."""

from __future__ import annotations

import time
from collections.abc import Callable
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
    import torch

    emit({"stage": "imported", "seconds": time.perf_counter() - started})
    emit({"stage": "facts", "version": str(torch.__version__), "build": _build(torch)})
    devices = numbered(_devices(torch))
    emit({"stage": "devices", "devices": [[kind, name] for kind, name, _ in devices]})
    for kind, name, place in devices:
        attempt(emit, "kernel", kind, name, partial(_kernel, torch, place))
    for kind, name, place in devices:
        for dtype in ("float16", "bfloat16", "float8_e4m3fn"):
            product = partial(_product, torch, place, dtype)
            check_dtype(emit, kind, name, dtype, product, 32 * 32 * 8.0)
        check_tf32(emit, kind, name, partial(_wide_product, torch, place))
    if compiled:
        for kind, name, place in devices:
            attempt(emit, "compiled", kind, name, partial(_compiled, torch, place))


def _build(torch: Any) -> dict[str, Any]:
    cuda = torch.version.cuda
    return {
        "cuda": cuda,
        "hip": torch.version.hip,
        "architectures": torch.cuda.get_arch_list() if torch.cuda.is_available() else [],
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
    }


def _devices(torch: Any) -> list[tuple[str, str, str]]:
    found = [("cpu", "cpu", "cpu")]
    if torch.cuda.is_available():
        kind = "rocm" if torch.version.hip else "cuda"
        found += [
            (kind, torch.cuda.get_device_name(index), f"cuda:{index}")
            for index in range(torch.cuda.device_count())
        ]
    elif torch.version.cuda:
        # Asking for a device makes torch say on stderr why it has none.
        _say_why(lambda: torch.zeros(1, device="cuda"))
    if hasattr(torch, "xpu") and torch.xpu.is_available():
        found += [
            ("xpu", torch.xpu.get_device_name(index), f"xpu:{index}")
            for index in range(torch.xpu.device_count())
        ]
    if torch.backends.mps.is_available():
        found.append(("mps", "Apple GPU", "mps"))
    return found


def _say_why(call: Callable[[], Any]) -> None:
    import sys

    try:
        call()
    except (RuntimeError, AssertionError) as error:
        print(error, file=sys.stderr)


def _kernel(torch: Any, place: str) -> None:
    left = torch.full((64, 64), 0.5, device=place)
    if float((left @ left).sum().item()) != 64 * 64 * 16.0:
        raise RuntimeError("the matrix product is wrong")


def _product(torch: Any, place: str, dtype: str) -> float:
    left = torch.full((32, 32), 0.5, device=place).to(getattr(torch, dtype))
    if dtype.startswith("float8"):
        # There is no plain product in this format; the scaled one wants its right side by columns.
        scale = torch.ones((), device=place)
        right = left.t().contiguous().t()
        answer = torch._scaled_mm(left, right, scale, scale, out_dtype=torch.bfloat16)
    else:
        answer = left @ left
    return float(answer.float().sum().item())


def _wide_product(torch: Any, place: str, allow: bool) -> float:
    before = torch.get_float32_matmul_precision()
    if allow:
        torch.set_float32_matmul_precision("high")
    try:
        left = torch.full((TF32_SIZE, TF32_SIZE), TF32_PROBE, device=place)
        return float((left @ torch.eye(TF32_SIZE, device=place))[0, 0].item())
    finally:
        torch.set_float32_matmul_precision(before)


def _compiled(torch: Any, place: str) -> None:
    import torch._dynamo as dynamo

    dynamo.config.suppress_errors = False  # Falling back to eager unseen would be a lie.
    operation = torch.compile(lambda x: torch.relu(x * 2.0 - 1.0).sum(), fullgraph=True)
    answer = float(operation(torch.full((64,), 2.0, device=place)).item())
    if answer != 64 * 3.0:
        raise RuntimeError(f"the compiled operation is wrong: {answer}")
