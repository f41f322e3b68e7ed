"""One file per framework: how its tensors are made, its arms built, its work waited for.

Loaded by the worker only, one per process. ``load_backend`` imports the framework.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

BACKENDS = {
    "pytorch": "probes.bench.backends.pytorch",
    "tensorflow": "probes.bench.backends.tensorflow",
}


class Backend(Protocol):
    """What the worker needs of a framework."""

    def version(self) -> str:
        """Return the framework's own version."""

    def threads(self) -> int:
        """Return the number of threads the framework says it uses within one operation."""

    def session(self) -> AbstractContextManager[Any]:
        """Return the context in which everything runs: device, no gradients."""

    def tensor(self, array: Any) -> Any:
        """Put an input on the device."""

    def weight(self, array: Any) -> Any:
        """Put a weight on the device, the way models of this framework hold it."""

    def build(self, step: Callable[..., Any], mode: str) -> Callable[..., Any]:
        """Return ``step`` as the arm calls it; compilation happens at the first call."""

    def synchronise(self) -> None:
        """Wait until the device has done everything asked of it."""

    def checksum(self, output: Any) -> float:
        """Sum the output on the device and fetch the one number."""

    def to_numpy(self, output: Any) -> Any:
        """Fetch a whole output."""

    def compilations(self, function: Callable[..., Any]) -> int | None:
        """Return how often ``function`` was compiled or traced; ``None`` if it never is."""

    def verify(self, mode: str, function: Callable[..., Any]) -> None:
        """Raise ``RuntimeError`` if the arm did not run as it claims (such as eager unseen)."""

    def reset_peak_memory(self) -> bool:
        """Start counting device memory anew; false if the process itself must be watched."""

    def peak_memory_bytes(self) -> int | None:
        """Return the peak of the device's allocator since the reset."""


def load_backend(framework: str, threads: int, device: str) -> Backend:
    """Import the framework and set it up; raises whatever its import raises."""
    module = importlib.import_module(BACKENDS[framework])
    backend: Backend = module.load(threads, device)
    return backend
