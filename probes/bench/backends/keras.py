"""Keras 3, the portable layer: arms ``torch``, ``tensorflow`` and ``jax``, which it runs on.

Compiled by the means that Keras itself uses with ``jit_compile=True``: ``torch.compile`` (by
default Keras runs eagerly on PyTorch), ``tf.function(jit_compile=True)``, and ``jax.jit`` of the
stateless function. Everything else is its backend's own, so that the arms differ from
``pytorch/compile``, ``tensorflow/function-xla`` and ``jax/jit`` by Keras alone.

A builder whose step calls a layer returns ``functools.partial(step, layer)``: the layer's variables
are arguments for JAX too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

from probes.bench.arms import KERAS_HOSTS
from probes.bench.backends import Backend, load_backend

_HOST_MODES = {"torch": "compile", "tensorflow": "function-xla", "jax": "jit"}


def load(threads: int | None, device: str, mode: str) -> KerasBackend:
    """Set the backend up, then Keras on it: it chooses once, when it is imported."""
    host = load_backend(KERAS_HOSTS[mode], threads, device, _HOST_MODES[mode])
    os.environ["KERAS_BACKEND"] = mode
    return KerasBackend(host, mode)


class KerasBackend:
    """See :class:`probes.bench.backends.Backend`."""

    def __init__(self, host: Backend, mode: str) -> None:
        """Use Keras on a framework that has been set up."""
        import keras

        if keras.backend.backend() != mode:
            raise RuntimeError(f"Keras runs on {keras.backend.backend()}, not on {mode}")
        self._keras = keras
        self._host = host
        self._mode = mode
        self._variables: list[Any] = []

    def version(self) -> str:
        """Return Keras's version."""
        return str(self._keras.__version__)

    def runs_on(self) -> dict[str, str]:
        """Return the backend's version."""
        return {KERAS_HOSTS[self._mode]: self._host.version()}

    def threads(self) -> int:
        """Return the backend's threads."""
        return self._host.threads()

    def session(self, gradients: bool = False) -> AbstractContextManager[Any]:
        """Enter the backend's session, without the variables of the one before."""
        return self._session(gradients)

    @contextmanager
    def _session(self, gradients: bool) -> Iterator[None]:
        self._variables = []
        with self._host.session(gradients):
            yield

    def tensor(self, array: Any) -> Any:
        """Put an input on the device."""
        return self._host.tensor(array)

    def host_tensor(self, array: Any) -> Any:
        """Make an input a tensor in the host's memory."""
        return self._host.host_tensor(array)

    def to_bfloat16(self, tensor: Any) -> Any:
        """Round a tensor."""
        return self._host.to_bfloat16(tensor)

    def weight(self, array: Any) -> Any:
        """Put a weight on the device: a variable, as in every Keras model."""
        variable = self._keras.Variable(array, trainable=False, dtype=str(array.dtype))
        self._variables.append(variable)
        return variable

    def start(self) -> None:
        """Forget what earlier cases compiled."""
        self._host.start()

    def build(
        self, step: Callable[..., Any], mode: str, varying: bool = False
    ) -> Callable[..., Any]:
        """Return the function compiled by the backend; JAX gets the variables as arguments."""
        layers = step.args if isinstance(step, partial) else ()
        whole = step.func if isinstance(step, partial) else step

        def bound(*inputs: Any) -> Any:
            return whole(*layers, *inputs)

        if self._mode != "jax":
            return self._host.build(bound, _HOST_MODES[self._mode], varying)
        variables = [*self._variables, *(one for layer in layers for one in layer.variables)]
        values = [variable.value for variable in variables]
        stateless = partial(self._stateless(bound, variables), values)
        return self._host.build(stateless, _HOST_MODES[self._mode], varying)

    def _stateless(self, step: Callable[..., Any], variables: list[Any]) -> Callable[..., Any]:
        scope = self._keras.StatelessScope

        def stateless(values: list[Any], *inputs: Any) -> Any:
            with scope(state_mapping=list(zip(variables, values, strict=True))):
                return step(*inputs)

        return stateless

    def synchronise(self) -> None:
        """Wait as the backend does."""
        self._host.synchronise()

    def checksum(self, output: Any) -> float:
        """Sum and fetch as the backend does."""
        return self._host.checksum(output)

    def to_numpy(self, output: Any) -> Any:
        """Fetch one part of an output."""
        return self._host.to_numpy(output)

    def recompiles(self) -> int | None:
        """Return what the backend counted."""
        return self._host.recompiles()

    def verify(self, mode: str) -> None:
        """Raise if the backend compiled nothing."""
        self._host.verify(_HOST_MODES[self._mode])

    def reset_peak_memory(self) -> bool:
        """Start counting the card's memory anew, where the backend can."""
        return self._host.reset_peak_memory()

    def peak_memory_bytes(self) -> int | None:
        """Return the peak of the backend's allocator."""
        return self._host.peak_memory_bytes()
