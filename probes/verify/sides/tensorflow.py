"""Child: TensorFlow as a side, with Keras 3 or, for rows about it, with Keras 2."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from probes.verify.arrays import cotangent, named_arrays
from probes.verify.symbols import resolve


def make(subject: str) -> Side:
    """Import the framework; ImportError if it, or the Keras that the subject names, is missing."""
    return Side(subject)


class Side:
    """TensorFlow in eager mode, with Keras on top of it."""

    def __init__(self, subject: str) -> None:
        """Import TensorFlow and Keras; `tf-keras` is Keras 2."""
        self._subject = subject
        self._tf: Any = importlib.import_module("tensorflow")
        module = subject.replace("-", "_") or "keras"
        self._keras: Any = importlib.import_module(module)
        self._variable: Any = getattr(self._keras, "Variable", ())
        numpy = importlib.import_module("numpy")
        # Deprecations are logged once per process: the memory of that is private, and may move.
        deprecation = importlib.import_module("tensorflow.python.util.deprecation")
        self._warned: Any = getattr(deprecation, "_PRINTED_WARNING", None)
        self._names = {"tf": self._tf, module: self._keras, "np": numpy, "numpy": numpy}

    def prepare(self) -> None:
        """Nothing that takes long is left for later."""

    def versions(self) -> dict[str, str]:
        """Return versions without local build tags."""
        return {
            "tensorflow": self._tf.__version__.partition("+")[0],
            self._subject or "keras": self._keras.__version__.partition("+")[0],
        }

    def names(self) -> dict[str, Any]:
        """Return what code finds imported."""
        return dict(self._names)

    def seed(self) -> None:
        """Start every random stream anew, and let every row hear its warnings."""
        self._keras.utils.set_random_seed(0)
        if self._warned is not None:
            self._warned.clear()

    def reset(self) -> bool:
        """Undo what code may have set for the whole process; say whether all of it was undone."""
        if self._subject or not self._tf.executing_eagerly():
            return False
        self._tf.config.run_functions_eagerly(False)
        self._keras.config.set_floatx("float32")
        self._keras.config.set_image_data_format("channels_last")
        self._keras.mixed_precision.set_global_policy("float32")
        # Freeing memory here would mean a full collection after every row: 0.13 s each.
        self._keras.utils.clear_session(free_memory=False)
        return True

    def resolves(self, symbol: str, *, imports: bool) -> bool | None:
        """Say whether a symbol is there; None if it is not this side's to say."""
        root = symbol.partition(".")[0]
        if root == "tf":
            return resolve(self._tf, symbol, self._tf.constant([0.0]), imports=imports)
        if root == "keras":
            return resolve(self._keras, symbol, None, imports=imports)
        return None

    def run(
        self, code: Callable[[dict[str, Any]], dict[str, Any]], inputs: Any, row: dict[str, Any]
    ) -> dict[str, tuple[Any, str]]:
        """Return arrays of the outputs (`value.…`) and of the gradients (`gradient.…`)."""
        tf, wanted = self._tf, row["gradients"]
        given = {name: self._give(array, row["give"][name]) for name, array in inputs.items()}
        if not wanted:
            return self._values(code(dict(given)))
        leaves = [given[name] for name in wanted]
        with tf.GradientTape() as tape:
            tape.watch(leaves)
            outputs = code(dict(given))
            total = tf.constant(0.0, tf.float64)
            for tensor in (t for value in outputs.values() for t in self._tensors(value)):
                if tensor.dtype.is_floating:
                    weights = tf.constant(cotangent(tuple(tensor.shape)), tensor.dtype)
                    total += tf.cast(tf.reduce_sum(tensor * weights), tf.float64)
        arrays = self._values(outputs)
        for name, gradient in zip(wanted, tape.gradient(total, leaves), strict=True):
            dense = None if gradient is None else tf.convert_to_tensor(gradient)
            arrays.update(named_arrays(f"gradient.{name}", dense, self._array))
        return arrays

    def _values(self, outputs: dict[str, Any]) -> dict[str, tuple[Any, str]]:
        arrays: dict[str, tuple[Any, str]] = {}
        for name, value in outputs.items():
            arrays.update(named_arrays(f"value.{name}", value, self._array))
        return arrays

    def _give(self, array: Any, how: str) -> Any:
        if how == "array":
            return array
        if how == "python":
            return array.tolist()
        if array.dtype.kind in "US":
            return self._tf.constant(array.tolist())
        return self._tf.constant(array)

    def _array(self, value: Any) -> tuple[Any, str] | None:
        tf, numpy = self._tf, self._names["np"]
        if isinstance(value, tf.DType):
            return numpy.asarray(value.name), "dtype"
        if isinstance(value, tf.TensorShape):
            return numpy.asarray(value.as_list()), "python"
        if isinstance(value, tf.RaggedTensor):
            value = value.to_tensor()
        if isinstance(value, tf.SparseTensor):
            value = tf.sparse.to_dense(tf.sparse.reorder(value))
        if isinstance(value, tf.IndexedSlices):
            value = tf.convert_to_tensor(value)
        if isinstance(value, self._variable):
            value = value.value
        if not isinstance(value, (tf.Tensor, tf.Variable)):
            return None
        word = value.dtype.name
        if word == "string":
            array = numpy.asarray(value.numpy())
            texts = [item.decode("utf-8", "replace") for item in array.reshape(-1)]
            return numpy.asarray(texts, dtype=str).reshape(array.shape), "string"
        if word == "bfloat16" or word.startswith("float8"):
            value = tf.cast(value, tf.float32)
        return numpy.asarray(value.numpy()), word

    def _tensors(self, value: Any) -> list[Any]:
        if isinstance(value, self._variable):
            return [value.value]
        if isinstance(value, (self._tf.Tensor, self._tf.Variable)):
            return [value]
        if isinstance(value, dict):
            return [t for key in sorted(value, key=str) for t in self._tensors(value[key])]
        if isinstance(value, (tuple, list)):
            return [t for item in value for t in self._tensors(item)]
        return []
