"""TensorFlow: arms ``eager``, ``function`` (a graph) and ``function-xla`` (compiled by XLA).

``jit_compile=True`` demands XLA for the whole function; what XLA cannot compile is an error that
becomes a cell.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import tensorflow as tf

from probes.bench.backends import allowed_processors, first_part


def load(threads: int | None, device: str, mode: str) -> TensorflowBackend:
    """Set TensorFlow up; before any other use, because thread counts cannot be changed later."""
    # Its layers are Keras's, which would run on whatever the user's file of settings names.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    if threads is not None:
        _match(threads)
    return TensorflowBackend(device)


def _match(threads: int) -> None:
    """Make it equal to the other frameworks."""
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    # On by default, and off by default in PyTorch; off on both.
    tf.config.experimental.enable_tensor_float_32_execution(False)
    for card in tf.config.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(card, True)


class TensorflowBackend:
    """See :class:`probes.bench.backends.Backend`."""

    def __init__(self, device: str) -> None:
        """Use ``device``: cpu or cuda."""
        self._device = "/CPU:0" if device == "cpu" else "/GPU:0"
        self._built: list[Any] = []
        # XLA compiles every shape of its own, also where one trace serves them all.
        self._counted = True

    def version(self) -> str:
        """Return TensorFlow's version."""
        return str(tf.__version__)

    def runs_on(self) -> dict[str, str]:
        """TensorFlow runs on no other framework."""
        return {}

    def threads(self) -> int:
        """Return the threads within one operation: as many as processors where none are set."""
        return int(tf.config.threading.get_intra_op_parallelism_threads()) or allowed_processors()

    def session(self, gradients: bool = False) -> AbstractContextManager[Any]:
        """Everything on one device; gradients are recorded where a step opens a tape."""
        context: AbstractContextManager[Any] = tf.device(self._device)
        return context

    def tensor(self, array: Any) -> Any:
        """Put an input on the device."""
        return tf.constant(array)

    def host_tensor(self, array: Any) -> Any:
        """Make an input a tensor in the host's memory."""
        with tf.device("/CPU:0"):
            return tf.constant(array)

    def to_bfloat16(self, tensor: Any) -> Any:
        """Round a tensor."""
        return tf.cast(tensor, tf.bfloat16)

    def weight(self, array: Any) -> Any:
        """Put a weight on the device: a variable, as in every TensorFlow model, never folded."""
        return tf.Variable(array, trainable=False)

    def start(self) -> None:
        """Forget what earlier cases compiled."""
        self._built = []
        self._counted = True

    def build(
        self, step: Callable[..., Any], mode: str, varying: bool = False
    ) -> Callable[..., Any]:
        """Return the function itself, as a graph, or as a graph compiled by XLA."""
        if mode == "eager":
            return step
        graph: Callable[..., Any] = tf.function(
            step, jit_compile=True if mode.endswith("xla") else None, reduce_retracing=varying
        )
        self._built.append(graph)
        self._counted &= not (varying and mode.endswith("xla"))
        return graph

    def synchronise(self) -> None:
        """Wait for the device."""
        if not self._device.startswith("/CPU"):
            tf.test.experimental.sync_devices()

    def checksum(self, output: Any) -> float:
        """Sum and fetch."""
        return float(tf.reduce_sum(first_part(output)).numpy())

    def to_numpy(self, output: Any) -> Any:
        """Fetch one part of an output."""
        part = tf.convert_to_tensor(output)
        return (tf.cast(part, tf.float32) if part.dtype == tf.bfloat16 else part).numpy()

    def recompiles(self) -> int | None:
        """Return how often functions were traced since :meth:`start` beyond once for each.

        None where traces are not what is compiled: with XLA, and shapes that vary.
        """
        if not self._built or not self._counted:
            return None
        return max(0, self._traces() - len(self._built))

    def _traces(self) -> int:
        return sum(int(graph.experimental_get_tracing_count()) for graph in self._built)

    def verify(self, mode: str) -> None:
        """Raise if a graph was never traced."""
        if mode != "eager" and not self._traces():
            raise RuntimeError("tf.function traced nothing; it ran eagerly")

    def reset_peak_memory(self) -> bool:
        """Start counting the card's memory anew."""
        if self._device.startswith("/CPU"):
            return False
        tf.config.experimental.reset_memory_stats("GPU:0")
        return True

    def peak_memory_bytes(self) -> int | None:
        """Return the allocator's peak."""
        return int(tf.config.experimental.get_memory_info("GPU:0")["peak"])
