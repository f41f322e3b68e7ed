"""Import and first operation in a fresh process: what every script, test and worker pays.

The time begins when the interpreter runs and ends when the first matrix product has been fetched.
The files lie in memory by then, for the process at the gate has read them; the very first start
after a boot takes longer. JAX looks absent to TensorFlow, which would import it too.
"""

from __future__ import annotations

import time
from typing import Any

TITLE = "Import and first operation"
METRIC = "starts/s"
TOLERANCE = 1e-5
FRESH = True
FRAMEWORKS = ("pytorch", "tensorflow", "jax")
MODES = {"pytorch": ("eager",), "tensorflow": ("eager",)}
PROCESS_SECONDS = {"pytorch/eager": 2.2, "tensorflow/eager": 3.5, "jax/jit": 1.5}

CASES = {"first-product": {"width": 64}}
EFFORTS = {"quick": ("first-product",)}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    return f"import, then a product of {sizes['width']} × {sizes['width']}, float32"


def work(sizes: dict[str, int]) -> float:
    """Return the starts of one call."""
    return 1.0


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return neither inputs nor weights: reading them would import numpy first."""
    return [], {}


def references(weights: dict[str, Any], sizes: dict[str, int]) -> list[Any]:
    """Compute the product in float64 with NumPy."""
    import numpy as np

    width = sizes["width"]
    left = np.arange(width * width, dtype="float64").reshape(width, width) / width**2
    return [left @ left.T]


def measure(job: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Return the seconds, the product, and the memory that the process has taken by then."""
    from probes.bench.backends import keep_jax_out
    from probes.bench.peak_memory import resident_bytes

    framework, width = job["framework"], case["sizes"]["width"]
    keep_jax_out(framework, job["arm_mode"])
    started = time.perf_counter()
    version, product, imported = FIRST[framework](width, job["device"])
    seconds = time.perf_counter() - started
    figures = {"import": (imported - started, "s")}
    resident = resident_bytes()
    if resident is not None:
        figures["resident"] = (float(resident), "bytes")
    return {
        "value": seconds,
        "outputs": [product],
        "version": version,
        "figures": figures,
        "first_call_seconds": seconds - (imported - started),
    }


_First = tuple[str, Any, float]
"""The version, the product as a numpy array, and when the import was done."""


def _pytorch(width: int, device: str) -> _First:
    """Import PyTorch and multiply."""
    import torch

    imported = time.perf_counter()
    numbers = torch.arange(width * width, dtype=torch.float32, device=device)
    left = numbers.reshape(width, width) / width**2
    return str(torch.__version__), torch.matmul(left, left.T).cpu().numpy(), imported


def _tensorflow(width: int, device: str) -> _First:
    """Import TensorFlow and multiply."""
    import tensorflow as tf

    imported = time.perf_counter()
    with tf.device("/CPU:0" if device == "cpu" else "/GPU:0"):
        numbers = tf.range(width * width, dtype=tf.float32)
        left = tf.reshape(numbers, (width, width)) / width**2
        return str(tf.__version__), tf.matmul(left, left, transpose_b=True).numpy(), imported


def _jax(width: int, device: str) -> _First:
    """Import JAX and multiply."""
    import jax
    import jax.numpy as jnp
    import numpy as np

    imported = time.perf_counter()
    if device == "cpu":
        jax.config.update("jax_platforms", "cpu")
    left = jnp.arange(width * width, dtype="float32").reshape(width, width) / width**2
    return str(jax.__version__), np.asarray(jnp.matmul(left, left.T)), imported


FIRST = {"pytorch": _pytorch, "tensorflow": _tensorflow, "jax": _jax}
