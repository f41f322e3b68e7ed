"""JAX: arm ``jit``, the way JAX is meant to be run.

A closed-over array becomes a constant of the compiled program, which XLA may fold; weights are
arguments in every JAX program. Hence the builders return ``functools.partial(step, weights)``, and
what is compiled is ``step`` with both. A step that is jitted already, because it gives up its old
state (``donate_argnums``), is taken as it is.

Threads: XLA's pool has as many as the variable NPROC says (as many as there are processors
otherwise), read when the first device is made. Its other threads wait or carry work over; with
dispatch in order they add none. Nothing else bounds it: ``--xla_cpu_multi_thread_eigen=false``
does not (jaxlib 0.10.2).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import jax

from probes.bench.backends import allowed_processors, first_part

_POOL = "XLAEigen"


def load(threads: int | None, device: str, mode: str) -> JaxBackend:
    """Set JAX up; before its first use, because the pool cannot be changed later."""
    if device == "cpu":
        jax.config.update("jax_platforms", "cpu")
    if threads is not None:
        _match(threads, device)
    return JaxBackend(device, waits=device != "cpu" or threads is None)


def _match(threads: int, device: str) -> None:
    """Make it equal to the other frameworks."""
    os.environ["NPROC"] = str(threads)
    if device == "cpu":
        # Else independent calls run beside each other, on more threads than the other arms have;
        # those return when their work is done.
        jax.config.update("jax_cpu_enable_async_dispatch", False)
    else:
        # TF32 would trade accuracy for speed on one side only; off on all.
        jax.config.update("jax_default_matmul_precision", "float32")


class JaxBackend:
    """See :class:`probes.bench.backends.Backend`."""

    def __init__(self, device: str, waits: bool) -> None:
        """Use ``device``: cpu or cuda; ``waits``: whether calls return before the work is done."""
        self._device = jax.devices(device)[0]
        self._waits = waits
        self._built: list[Any] = []
        self._last: Any = None

    def version(self) -> str:
        """Return JAX's version."""
        return str(jax.__version__)

    def runs_on(self) -> dict[str, str]:
        """JAX runs on no other framework."""
        return {}

    def threads(self) -> int:
        """Return the threads of XLA's pool: counted, where the system shows them."""
        return _pool_threads() or int(os.environ.get("NPROC", allowed_processors()))

    def session(self, gradients: bool = False) -> AbstractContextManager[Any]:
        """Everything on one device; a gradient is a function of its own."""
        context: AbstractContextManager[Any] = jax.default_device(self._device)
        return context

    def tensor(self, array: Any) -> Any:
        """Put an input on the device of the session.

        Not with ``device_put``: an array that is tied to its device is, to ``jit``, of another
        kind than those computed without one, and a state made of both is compiled twice.
        """
        return jax.numpy.array(array)

    def host_tensor(self, array: Any) -> Any:
        """Return the array: JAX takes what lies in the host's memory as it is."""
        return array.copy()

    def to_bfloat16(self, tensor: Any) -> Any:
        """Round a tensor."""
        return tensor.astype(jax.numpy.bfloat16)

    def weight(self, array: Any) -> Any:
        """Put a weight on the device."""
        return self.tensor(array)

    def start(self) -> None:
        """Forget what earlier cases compiled."""
        self._built = []
        self._last = None
        jax.clear_caches()

    def build(
        self, step: Callable[..., Any], mode: str, varying: bool = False
    ) -> Callable[..., Any]:
        """Return the function compiled; anew for each shape, as JAX does."""
        whole = step.func if isinstance(step, partial) else step
        compiled: Any = whole if hasattr(whole, "lower") else jax.jit(whole)
        self._built.append(compiled)
        call = partial(compiled, *step.args) if isinstance(step, partial) else compiled
        return self._remembering(call) if self._waits else call

    def _remembering(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function keeping its output: on a card that is what can be waited for."""

        def remembering(*inputs: Any) -> Any:
            self._last = call(*inputs)
            return self._last

        return remembering

    def synchronise(self) -> None:
        """Wait for the card, which works in order; the processor has nothing outstanding."""
        if self._last is not None:
            jax.block_until_ready(self._last)

    def checksum(self, output: Any) -> float:
        """Sum and fetch."""
        return float(jax.numpy.sum(first_part(output)))

    def to_numpy(self, output: Any) -> Any:
        """Fetch one part of an output."""
        import numpy as np

        half = output.dtype == jax.numpy.bfloat16
        return np.asarray(output.astype(jax.numpy.float32) if half else output)

    def recompiles(self) -> int | None:
        """Return how often functions were compiled since :meth:`start` beyond once for each."""
        if not self._built:
            return None
        return sum(max(0, int(one._cache_size()) - 1) for one in self._built)

    def verify(self, mode: str) -> None:
        """Raise if nothing was compiled, as when a variable switches ``jit`` off."""
        if not any(one._cache_size() for one in self._built):
            raise RuntimeError("jax.jit compiled nothing; it ran eagerly")

    def reset_peak_memory(self) -> bool:
        """Say that a card is used: JAX cannot start counting anew."""
        return self._waits

    def peak_memory_bytes(self) -> int | None:
        """Return nothing: a peak of earlier cases would be booked on this one."""
        return None


def _pool_threads() -> int:
    """Return the threads of this process that belong to XLA's pool; 0 if none can be seen."""
    try:
        return sum(
            _POOL in (task / "comm").read_text(encoding="utf-8", errors="replace")
            for task in Path("/proc/self/task").iterdir()
        )
    except OSError:
        return 0
