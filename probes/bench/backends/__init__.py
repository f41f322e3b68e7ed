"""One file per framework: how its tensors are made, its arms built, its work waited for.

Loaded by the worker only, one per process. ``load_backend`` imports the framework.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

BACKENDS = {
    "pytorch": "probes.bench.backends.pytorch",
    "tensorflow": "probes.bench.backends.tensorflow",
    "jax": "probes.bench.backends.jax",
    "keras": "probes.bench.backends.keras",
}


class Backend(Protocol):
    """What the worker needs of a framework."""

    def version(self) -> str:
        """Return the framework's own version."""

    def runs_on(self) -> dict[str, str]:
        """Return the versions of other frameworks below it; none for most."""

    def threads(self) -> int:
        """Return the number of threads the framework says it uses within one operation."""

    def session(self, gradients: bool = False) -> AbstractContextManager[Any]:
        """Return the context of one case: device, and whether gradients are recorded."""

    def tensor(self, array: Any) -> Any:
        """Put an input on the device, in memory of its own."""

    def host_tensor(self, array: Any) -> Any:
        """Make an input a tensor in the host's memory."""

    def to_bfloat16(self, tensor: Any) -> Any:
        """Round a tensor."""

    def weight(self, array: Any) -> Any:
        """Put a weight on the device, the way models of this framework hold it."""

    def start(self) -> None:
        """Forget what earlier cases compiled."""

    def build(
        self, step: Callable[..., Any], mode: str, varying: bool = False
    ) -> Callable[..., Any]:
        """Return ``step`` as the arm calls it; compilation happens at the first call.

        ``varying``: the shapes of its inputs differ from call to call.
        """

    def synchronise(self) -> None:
        """Wait until the device has done everything asked of it."""

    def checksum(self, output: Any) -> float:
        """Sum the output (its first part, if it has several) on the device and fetch the number."""

    def to_numpy(self, output: Any) -> Any:
        """Fetch one part of an output, in a precision that NumPy has."""

    def recompiles(self) -> int | None:
        """Return how often anything built was compiled more than once; ``None`` if nothing was."""

    def verify(self, mode: str) -> None:
        """Raise ``RuntimeError`` if the arm did not run as it claims (such as eager unseen)."""

    def reset_peak_memory(self) -> bool:
        """Start counting device memory anew; false if the process itself must be watched."""

    def peak_memory_bytes(self) -> int | None:
        """Return the peak of the device's allocator since the reset."""


def load_backend(framework: str, threads: int | None, device: str, mode: str = "eager") -> Backend:
    """Import the framework and set it up; raises whatever its import raises.

    ``threads``: so many, and what makes frameworks unequal is switched off; None: each is left as
    it comes. ``mode`` is that of the arm: Keras chooses by it what it runs on, once per process.
    """
    keep_jax_out(framework, mode)
    module = importlib.import_module(BACKENDS[framework])
    backend: Backend = module.load(threads, device, mode)
    return backend


def keep_jax_out(framework: str, mode: str) -> None:
    """Let JAX look absent to all that does not run on it; before the framework is imported.

    TensorFlow (2.21, its converter for phones) and Keras (3.15, a callback) import JAX where it is
    installed, on any backend: a second framework in the process, in its memory and its start.
    """
    if "jax" not in (framework, mode):
        sys.modules["jax"] = None  # type: ignore[assignment]  # how Python spells "not to be found"


def allowed_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def first_part(output: Any) -> Any:
    """Return an output, or the first part of one that has several."""
    return output[0] if isinstance(output, (tuple, list)) else output
