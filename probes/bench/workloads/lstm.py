"""An LSTM over sequences of different lengths, as users of each framework write it.

PyTorch packs (``pack_padded_sequence``, ``nn.LSTM``) and so computes valid steps only; TensorFlow
masks (``keras.layers.LSTM``) and computes every step. Results are compared, and counted, at valid
steps; at the others both give zero.

The weights in the file have the two biases that PyTorch holds; Keras has one, so it gets their sum,
which also settles its forget gate, to whose bias it would add one by default. Both hold the gates
in the order input, forget, cell, output; PyTorch holds its matrices transposed. ``torch.compile``
refuses to trace packing (2.13), and the loop of Keras's layer too, which are failed cells.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

TITLE = "LSTM over sequences of different lengths"
METRIC = "valid tokens/s"
TOLERANCE = 1e-4
CALL_SECONDS = 0.1
COMPILE_SECONDS = {"tensorflow/function": 0.3, "tensorflow/function-xla": 0.9}

CASES = {
    "32x128": {"length": 32, "batch": 16, "inputs": 128, "hidden": 128},
    "64x256": {"length": 64, "batch": 32, "inputs": 256, "hidden": 256},
    "128x512": {"length": 128, "batch": 32, "inputs": 512, "hidden": 512},
}
EFFORTS = {
    "quick": ("32x128",),
    "standard": ("32x128", "64x256"),
    "thorough": ("32x128", "64x256", "128x512"),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    lengths = lengths_of(sizes)
    return (
        f"{min(lengths)} to {max(lengths)} steps, batch {sizes['batch']}, {sizes['inputs']} "
        f"inputs, {sizes['hidden']} hidden, float32"
    )


def lengths_of(sizes: dict[str, int]) -> list[int]:
    """Return the lengths of the sequences of a batch: evenly from a quarter to the whole."""
    longest, batch = sizes["length"], sizes["batch"]
    shortest = max(1, longest // 4)
    return [shortest + n * (longest - shortest) // (batch - 1) for n in range(batch)]


def work(sizes: dict[str, int]) -> float:
    """Return the valid tokens of one call."""
    return float(sum(lengths_of(sizes)))


def arithmetic(sizes: dict[str, int]) -> float:
    """Return the matrix products of the valid steps of one call, in 10⁹ operations."""
    products = (sizes["inputs"] + sizes["hidden"]) * 4 * sizes["hidden"]
    return 2.0 * work(sizes) * products / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return padded sequences and their lengths, with the ring of four in front, and the weights.

    Every batch has the same lengths in another order. What stands behind a sequence is noise, so
    that whoever reads it is found out.
    """
    import numpy as np

    batch, length, inputs, hidden = (sizes[n] for n in ("batch", "length", "inputs", "hidden"))
    lengths = np.array(lengths_of(sizes), dtype="int64")

    def normal(*shape: int) -> Any:
        return generator.standard_normal(shape, dtype="float32")

    weights = {
        "kernel": normal(inputs, 4 * hidden) * inputs**-0.5,
        "recurrent": normal(hidden, 4 * hidden) * hidden**-0.5,
        "bias": 0.5 * normal(4 * hidden),
        "recurrent_bias": 0.5 * normal(4 * hidden),
    }
    ring = np.stack([generator.permutation(lengths) for _ in range(4)])
    return [normal(4, batch, length, inputs), ring], weights


def reference(weights: dict[str, Any], sizes: dict[str, int], x: Any, lengths: Any) -> Any:
    """Compute in float64 with NumPy."""
    import numpy as np

    w = {name: array.astype("float64") for name, array in weights.items()}
    x = x.astype("float64")

    def sigmoid(z: Any) -> Any:
        return 1.0 / (1.0 + np.exp(-z))

    h = np.zeros((sizes["batch"], sizes["hidden"]))
    c = np.zeros_like(h)
    outputs = np.zeros((*x.shape[:2], sizes["hidden"]))
    for t in range(sizes["length"]):
        z = x[:, t] @ w["kernel"] + w["bias"] + h @ w["recurrent"] + w["recurrent_bias"]
        i, f, g, o = np.split(z, 4, axis=-1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs[:, t] = np.where(t < lengths[:, None], h, 0.0)
    return outputs


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in PyTorch."""
    import torch
    from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

    length, inputs, hidden = (sizes[n] for n in ("length", "inputs", "hidden"))
    layer = torch.nn.LSTM(inputs, hidden, batch_first=True, device=weights["kernel"].device)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(weights["kernel"].T)
        layer.weight_hh_l0.copy_(weights["recurrent"].T)
        layer.bias_ih_l0.copy_(weights["bias"])
        layer.bias_hh_l0.copy_(weights["recurrent_bias"])

    def step(x: Any, lengths: Any) -> Any:
        # It wants the lengths in the host's memory, wherever the sequences are.
        packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
        outputs, _ = layer(packed)
        return pad_packed_sequence(outputs, batch_first=True, total_length=length)[0]

    return step


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in TensorFlow."""
    import tensorflow as tf

    length, inputs, hidden = (sizes[n] for n in ("length", "inputs", "hidden"))
    layer = tf.keras.layers.LSTM(hidden, return_sequences=True, zero_output_for_mask=True)
    layer.build((sizes["batch"], length, inputs))
    bias = weights["bias"] + weights["recurrent_bias"]
    layer.set_weights([weights["kernel"].numpy(), weights["recurrent"].numpy(), bias.numpy()])

    def step(x: Any, lengths: Any) -> Any:
        return layer(x, mask=tf.sequence_mask(lengths, length))

    return step


def keras(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in Keras."""
    from keras import layers, ops

    length, inputs, hidden = (sizes[n] for n in ("length", "inputs", "hidden"))
    layer = layers.LSTM(hidden, return_sequences=True, zero_output_for_mask=True)
    layer.build((sizes["batch"], length, inputs))
    bias = weights["bias"] + weights["recurrent_bias"]
    layer.set_weights(
        [ops.convert_to_numpy(one) for one in (weights["kernel"], weights["recurrent"], bias)]
    )

    def step(layer: Any, x: Any, lengths: Any) -> Any:
        places = ops.arange(length, dtype=lengths.dtype)
        return layer(x, mask=places < ops.expand_dims(lengths, -1))

    return partial(step, layer)
