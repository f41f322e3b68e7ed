"""Residual blocks of a convolutional network, in both layouts, and one step of their training.

Three blocks (as in ResNet, the second halves the image and doubles the channels): convolution,
normalisation with kept statistics, ReLU, convolution, normalisation, and what went in added again.
Layouts: ``channels-first`` is PyTorch's usual one, ``channels-last`` TensorFlow's; a tensor of the
one means nothing in the other, so each is a case, in which both frameworks hold inputs, kernels
and results that way. Training returns the loss and all gradients, in the layout that TensorFlow
can train in on every device: last.

"same" padding means other pixels in each framework where a convolution takes every second one, so
all pad by one pixel on each side. Kernels lie in the file as [height, width, in, out]; each
framework gets them once, as it wants them. Epsilon is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from probes.bench.program import Program

TITLE = "Residual convolution blocks"
METRIC = "images/s"
# Of the features or the loss, then of each gradient: where a sum is nearly zero, ReLU lets it pass
# in one number format and not in the other.
TOLERANCE = (1e-4, 1e-3)
# Where nothing is trained, nothing asks for a gradient, so nothing is recorded.
GRADIENTS = True
BUILDS = True
CALL_SECONDS = 0.03
COMPILE_SECONDS = {
    "pytorch/compile": 1.0,
    "tensorflow/function": 0.3,
    "tensorflow/function-xla": 1.0,
}
COLD_SECONDS = {"pytorch/compile": 6.0}

EPSILON = 1e-5

_FIRST = {"channels_last": 0, "training": 0}
_LAST = {"channels_last": 1, "training": 0}
_TRAIN = {"channels_last": 1, "training": 1}
_32 = {"image": 32, "batch": 4, "width": 32}
_64 = {"image": 64, "batch": 8, "width": 32}
CASES = {
    "channels-first-32": _32 | _FIRST,
    "channels-last-32": _32 | _LAST,
    "train-32": _32 | _TRAIN,
    "channels-first-64": _64 | _FIRST,
    "channels-last-64": _64 | _LAST,
    "train-64": _64 | _TRAIN,
}
EFFORTS = {
    "quick": ("channels-last-32", "train-32"),
    "standard": ("channels-first-32", "channels-last-32", "train-32"),
    "thorough": tuple(CASES),
}


def blocks_of(sizes: dict[str, int]) -> list[tuple[int, int, int]]:
    """Return channels in, channels out and stride of every block."""
    width = sizes["width"]
    return [(width, width, 1), (width, 2 * width, 2), (2 * width, 2 * width, 1)]


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    layout = "channels last" if sizes["channels_last"] else "channels first"
    what = "forward and backward" if sizes["training"] else "forward"
    image, width = sizes["image"], sizes["width"]
    return (
        f"batch {sizes['batch']} of {image} × {image} pixels, {width} to {2 * width} channels, "
        f"{layout}, {what}, float32"
    )


def work(sizes: dict[str, int]) -> float:
    """Return the images of one call."""
    return float(sizes["batch"])


def arithmetic(sizes: dict[str, int]) -> float:
    """Return the convolutions of one call in 10⁹ operations: forward, and twice as many back.

    Less one of the first convolution: nothing asks for the gradient of the images.
    """
    side, total, first = sizes["image"], 0.0, 0.0
    for inputs, outputs, stride in blocks_of(sizes):
        side //= stride
        shortcut = inputs * outputs if stride > 1 else 0
        total += side * side * (9 * outputs * (inputs + outputs) + shortcut)
        first = first or side * side * 9.0 * inputs * outputs
    return 2.0 * sizes["batch"] * (3 * total - first if sizes["training"] else total) / 1e9


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return images (and what to learn), with the ring of four in front, and the weights."""
    batch, image, width = (sizes[n] for n in ("batch", "image", "width"))

    def normal(*shape: int) -> Any:
        return generator.standard_normal(shape, dtype="float32")

    def convolution(side: int, inputs: int, outputs: int) -> Any:
        return normal(side, side, inputs, outputs) * (0.2 / (side * side * inputs)) ** 0.5

    weights: dict[str, Any] = {}
    for n, (inputs, outputs, stride) in enumerate(blocks_of(sizes)):
        weights[f"{n}_convolution_1"] = convolution(3, inputs, outputs)
        weights[f"{n}_convolution_2"] = convolution(3, outputs, outputs)
        names = [f"{n}_norm_1", f"{n}_norm_2"]
        if stride > 1:
            weights[f"{n}_shortcut"] = convolution(1, inputs, outputs)
            names.append(f"{n}_norm_3")
        for name in names:
            weights[f"{name}_mean"] = 0.1 * normal(outputs)
            # Small, so that epsilon weighs in it and a wrong one is caught.
            weights[f"{name}_variance"] = 0.05 + 0.1 * normal(outputs) ** 2
            weights[f"{name}_scale"] = 1.0 + 0.1 * normal(outputs)
            weights[f"{name}_shift"] = 0.1 * normal(outputs)
    last = sizes["channels_last"]
    shape = (image, image, width) if last else (width, image, image)
    images = normal(4, batch, *shape)
    return [images, normal(4, batch, 2 * width)] if sizes["training"] else [images], weights


def learned(weights: dict[str, Any]) -> list[str]:
    """Return the names of the weights that training has gradients of: not the kept statistics."""
    return sorted(name for name in weights if not name.endswith(("_mean", "_variance")))


def reference(weights: dict[str, Any], sizes: dict[str, int], x: Any, target: Any = None) -> Any:
    """Compute in float64 with NumPy: every step forward keeps its step back."""
    import numpy as np

    w = {name: array.astype("float64") for name, array in weights.items()}
    gradients: dict[str, Any] = {}
    Back = Callable[[Any], Any]  # noqa: N806 - a type

    def convolution(x: Any, name: str, stride: int) -> tuple[Any, Back]:
        kernel = w[name]
        side, pad = kernel.shape[0], kernel.shape[0] // 2
        padded = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
        height, width = x.shape[1] // stride, x.shape[2] // stride

        def seen(i: int, j: int) -> tuple[slice, slice, slice]:
            """Return the pixels that row i and column j of the kernel meet."""
            rows = slice(i, i + stride * (height - 1) + 1, stride)
            return slice(None), rows, slice(j, j + stride * (width - 1) + 1, stride)

        def back(d: Any) -> Any:
            gradients[name] = np.zeros_like(kernel)
            to_padded = np.zeros_like(padded)
            for i, j in np.ndindex(side, side):
                gradients[name][i, j] = np.tensordot(padded[seen(i, j)], d, ((0, 1, 2),) * 2)
                to_padded[seen(i, j)] += d @ kernel[i, j].T
            return to_padded[:, pad : pad + x.shape[1], pad : pad + x.shape[2]]

        return sum(padded[seen(i, j)] @ kernel[i, j] for i, j in np.ndindex(side, side)), back

    def norm(x: Any, name: str) -> tuple[Any, Back]:
        deviation = np.sqrt(w[f"{name}_variance"] + EPSILON)
        unit = (x - w[f"{name}_mean"]) / deviation

        def back(d: Any) -> Any:
            gradients[f"{name}_scale"] = (d * unit).sum((0, 1, 2))
            gradients[f"{name}_shift"] = d.sum((0, 1, 2))
            return d * w[f"{name}_scale"] / deviation

        return unit * w[f"{name}_scale"] + w[f"{name}_shift"], back

    def relu(x: Any) -> tuple[Any, Back]:
        return np.maximum(x, 0.0), lambda d: np.where(x > 0.0, d, 0.0)

    def chain(x: Any, *parts: tuple[Callable[..., Any], Any]) -> tuple[Any, Back]:
        backs: list[Back] = []
        for function, arguments in parts:
            x, back_of_part = function(x, *arguments)
            backs.append(back_of_part)

        def back(d: Any) -> Any:
            for back_of_part in reversed(backs):
                d = back_of_part(d)
            return d

        return x, back

    x = x.astype("float64")
    x = x if sizes["channels_last"] else x.transpose(0, 2, 3, 1)
    way_back: list[tuple[Back, Back, Back]] = []
    for n, (_, _, stride) in enumerate(blocks_of(sizes)):
        h, branch = chain(
            x,
            (convolution, (f"{n}_convolution_1", stride)),
            (norm, (f"{n}_norm_1",)),
            (relu, ()),
            (convolution, (f"{n}_convolution_2", 1)),
            (norm, (f"{n}_norm_2",)),
        )
        shortcut: list[tuple[Callable[..., Any], Any]] = []
        if stride > 1:
            shortcut = [(convolution, (f"{n}_shortcut", stride)), (norm, (f"{n}_norm_3",))]
        x, straight = chain(x, *shortcut)
        x, rectified = relu(x + h)
        way_back.append((rectified, branch, straight))
    if target is None:
        return x if sizes["channels_last"] else x.transpose(0, 3, 1, 2)

    difference = x.mean((1, 2)) - target
    d = 2.0 * difference / difference.size / (x.shape[1] * x.shape[2])
    d = np.broadcast_to(d[:, None, None, :], x.shape)
    for rectified, branch, straight in reversed(way_back):
        d = rectified(d)
        d = branch(d) + straight(d)
    return [np.array((difference**2).mean()), *(gradients[name] for name in learned(weights))]


def pytorch(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the step in PyTorch; what is compiled: forward, with its backward in training."""
    import torch
    from torch.nn import functional

    layout = torch.channels_last if sizes["channels_last"] else torch.contiguous_format
    # [out, in, height, width], whatever the layout: that is only how they lie in memory.
    w = {
        name: array.permute(3, 2, 0, 1).contiguous(memory_format=layout)
        if array.ndim == 4
        else array.clone()
        for name, array in weights.items()
    }
    names = learned(weights) if sizes["training"] else []
    for name in names:
        w[name].requires_grad_()

    def norm(x: Any, name: str) -> Any:
        mean, variance = w[f"{name}_mean"], w[f"{name}_variance"]
        scale, shift = w[f"{name}_scale"], w[f"{name}_shift"]
        return functional.batch_norm(x, mean, variance, scale, shift, training=False, eps=EPSILON)

    def convolution(x: Any, name: str, stride: int, padding: int = 1) -> Any:
        return functional.conv2d(x, w[name], stride=stride, padding=padding)

    def features(x: Any) -> Any:
        for n, (_, _, stride) in enumerate(blocks_of(sizes)):
            h = torch.relu(norm(convolution(x, f"{n}_convolution_1", stride), f"{n}_norm_1"))
            h = norm(convolution(h, f"{n}_convolution_2", 1), f"{n}_norm_2")
            if stride > 1:
                x = norm(convolution(x, f"{n}_shortcut", stride, padding=0), f"{n}_norm_3")
            x = torch.relu(x + h)
        return x

    def forward(x: Any) -> Any:
        if not sizes["channels_last"]:
            return features(x)
        return features(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)

    def loss_of(x: Any, target: Any) -> Any:
        return (forward(x).mean((1, 2)) - target).square().mean()

    if not sizes["training"]:
        return Program(build(forward))
    built_loss = build(loss_of)

    def step(x: Any, target: Any) -> Any:
        loss = built_loss(x, target)
        gradients = torch.autograd.grad(loss, [w[name] for name in names])
        # As they lie in the file; nothing is copied for it.
        return [loss.detach(), *(g.permute(2, 3, 1, 0) if g.ndim == 4 else g for g in gradients)]

    return Program(step)


def tensorflow(
    weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]
) -> Program:
    """Return the step in TensorFlow; what is compiled: all of it, in one function."""
    import tensorflow as tf

    last = bool(sizes["channels_last"])
    layout = "NHWC" if last else "NCHW"
    w = {
        name: tf.Variable(array if last or len(array.shape) == 4 else tf.reshape(array, (-1, 1, 1)))
        for name, array in weights.items()
    }
    names = learned(weights)

    def norm(x: Any, name: str) -> Any:
        mean, variance = w[f"{name}_mean"], w[f"{name}_variance"]
        scale, shift = w[f"{name}_scale"], w[f"{name}_shift"]
        return tf.nn.batch_normalization(x, mean, variance, shift, scale, EPSILON)

    def convolution(x: Any, name: str, stride: int, padding: int = 1) -> Any:
        image, none = [[padding, padding], [padding, padding]], [[0, 0]]
        pads = [*none, *image, *none] if last else [*none, *none, *image]
        return tf.nn.conv2d(x, w[name], strides=stride, padding=pads, data_format=layout)

    def forward(x: Any) -> Any:
        for n, (_, _, stride) in enumerate(blocks_of(sizes)):
            h = tf.nn.relu(norm(convolution(x, f"{n}_convolution_1", stride), f"{n}_norm_1"))
            h = norm(convolution(h, f"{n}_convolution_2", 1), f"{n}_norm_2")
            if stride > 1:
                x = norm(convolution(x, f"{n}_shortcut", stride, padding=0), f"{n}_norm_3")
            x = tf.nn.relu(x + h)
        return x

    def train(x: Any, target: Any) -> Any:
        with tf.GradientTape() as tape:
            difference = tf.reduce_mean(forward(x), (1, 2)) - target
            loss = tf.reduce_mean(tf.square(difference))
        return [loss, *tape.gradient(loss, [w[name] for name in names])]

    return Program(build(train if sizes["training"] else forward))


def jax(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the step in JAX; what is compiled: all of it, in one function."""
    import jax
    import jax.numpy as jnp

    last = bool(sizes["channels_last"])
    layout = ("NHWC", "HWIO", "NHWC") if last else ("NCHW", "HWIO", "NCHW")
    names = learned(weights)

    def channels(array: Any) -> Any:
        return array if last else array.reshape(-1, 1, 1)

    def norm(w: dict[str, Any], x: Any, name: str) -> Any:
        mean, variance = channels(w[f"{name}_mean"]), channels(w[f"{name}_variance"])
        scale, shift = channels(w[f"{name}_scale"]), channels(w[f"{name}_shift"])
        return (x - mean) / jnp.sqrt(variance + EPSILON) * scale + shift

    def convolution(w: dict[str, Any], x: Any, name: str, stride: int, padding: int = 1) -> Any:
        return jax.lax.conv_general_dilated(
            x,
            w[name],
            window_strides=(stride, stride),
            padding=((padding, padding), (padding, padding)),
            dimension_numbers=layout,
        )

    def forward(w: dict[str, Any], x: Any) -> Any:
        for n, (_, _, stride) in enumerate(blocks_of(sizes)):
            h = convolution(w, x, f"{n}_convolution_1", stride)
            h = jax.nn.relu(norm(w, h, f"{n}_norm_1"))
            h = norm(w, convolution(w, h, f"{n}_convolution_2", 1), f"{n}_norm_2")
            if stride > 1:
                x = convolution(w, x, f"{n}_shortcut", stride, padding=0)
                x = norm(w, x, f"{n}_norm_3")
            x = jax.nn.relu(x + h)
        return x

    def train(w: dict[str, Any], x: Any, target: Any) -> Any:
        def loss_of(parameters: dict[str, Any]) -> Any:
            difference = forward(w | parameters, x).mean((1, 2)) - target
            return jnp.square(difference).mean()

        loss, gradients = jax.value_and_grad(loss_of)({name: w[name] for name in names})
        return [loss, *(gradients[name] for name in names)]

    return Program(build(partial(train if sizes["training"] else forward, weights)))


def keras(weights: dict[str, Any], sizes: dict[str, int], build: Callable[..., Any]) -> Program:
    """Return the step in Keras; what is compiled: forward.

    Raises:
        NotImplementedError: Keras's operations have no gradients that every backend can take.
    """
    from keras import ops

    if sizes["training"]:
        raise NotImplementedError("Keras takes gradients in Model.fit only, not of its operations")
    w, last = weights, bool(sizes["channels_last"])
    layout, axis = ("channels_last", -1) if last else ("channels_first", 1)

    def norm(x: Any, name: str) -> Any:
        mean, variance = w[f"{name}_mean"], w[f"{name}_variance"]
        scale, shift = w[f"{name}_scale"], w[f"{name}_shift"]
        return ops.batch_normalization(x, mean, variance, axis, shift, scale, EPSILON)

    def padded(x: Any) -> Any:
        # `ops.pad` counts its calls in a name, so torch.compile compiles it anew for each (3.15).
        for place in (1, 2) if last else (2, 3):
            edge = ops.zeros_like(ops.take(x, [0], axis=place))
            x = ops.concatenate([edge, x, edge], axis=place)
        return x

    def convolution(x: Any, name: str, stride: int, padding: int = 1) -> Any:
        return ops.conv(padded(x) if padding else x, w[name], stride, "valid", layout)

    def forward(x: Any) -> Any:
        for n, (_, _, stride) in enumerate(blocks_of(sizes)):
            h = ops.relu(norm(convolution(x, f"{n}_convolution_1", stride), f"{n}_norm_1"))
            h = norm(convolution(h, f"{n}_convolution_2", 1), f"{n}_norm_2")
            if stride > 1:
                x = norm(convolution(x, f"{n}_shortcut", stride, padding=0), f"{n}_norm_3")
            x = ops.relu(x + h)
        return x

    return Program(build(forward))
