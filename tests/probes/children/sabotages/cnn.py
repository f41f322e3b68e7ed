"""Residual blocks, ported wrongly."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_weights


def wrong_epsilon(workload: Any, framework: str) -> Any:
    # Keras's default; the reference in the file was made with the right one.
    return replaced(workload, "EPSILON", 1e-3)


def same_padding(workload: Any, framework: str) -> Any:
    """ "same" at stride 2: nothing before the image, one pixel behind it."""
    if framework == "pytorch":
        from torch.nn import functional

        convolve = functional.conv2d

        def conv2d(x: Any, kernel: Any, stride: int, padding: int) -> Any:
            if stride == 1 or padding == 0:
                return convolve(x, kernel, stride=stride, padding=padding)
            return convolve(functional.pad(x, (0, 1, 0, 1)), kernel, stride=stride)

        return replaced(functional, "conv2d", conv2d)
    import tensorflow as tf

    convolve_tf = tf.nn.conv2d

    def conv2d_tf(x: Any, kernel: Any, strides: int, padding: Any, data_format: str) -> Any:
        return convolve_tf(x, kernel, strides=strides, padding="SAME", data_format=data_format)

    return replaced(tf.nn, "conv2d", conv2d_tf)


def flipped_kernels(workload: Any, framework: str) -> Any:
    """Convolution as in signal processing, where frameworks correlate."""

    def flip(kernel: Any) -> Any:
        return kernel.flip(0, 1) if framework == "pytorch" else kernel[::-1, ::-1]

    def change(weights: dict[str, Any]) -> dict[str, Any]:
        return {n: flip(w) if len(w.shape) == 4 else w for n, w in weights.items()}

    return with_weights(workload, framework, change)


def height_and_width_exchanged(workload: Any, framework: str) -> Any:
    """Kernels turned the wrong way on their way from one layout to the other."""

    def turn(kernel: Any) -> Any:
        if framework == "pytorch":
            return kernel.transpose(0, 1)
        import tensorflow as tf

        return tf.transpose(kernel, (1, 0, 2, 3))

    def change(weights: dict[str, Any]) -> dict[str, Any]:
        return {n: turn(w) if len(w.shape) == 4 else w for n, w in weights.items()}

    return with_weights(workload, framework, change)


def variance_taken_for_deviation(workload: Any, framework: str) -> Any:
    def change(weights: dict[str, Any]) -> dict[str, Any]:
        return {n: w * w if n.endswith("_variance") else w for n, w in weights.items()}

    return with_weights(workload, framework, change)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "wrong epsilon": wrong_epsilon,
    "same padding at stride two": same_padding,
    "flipped kernels": flipped_kernels,
    "height and width exchanged": height_and_width_exchanged,
    "variance taken for deviation": variance_taken_for_deviation,
}
