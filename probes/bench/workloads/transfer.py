"""Copies between the host's memory and the device's, in both directions; only with a device.

Memory of the host is ordinary (pageable) on both sides, as it is unless somebody asks for more. A
copy is no computation, so there is nothing to compile, and only the eager arms do it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TITLE = "Copies between host and device"
METRIC = "GB/s"
TOLERANCE = 0.0
DEVICE_ONLY = True
MODES = {"pytorch": ("eager",), "tensorflow": ("eager",)}

CASES = {
    f"{where}-{megabytes}": {"megabytes": megabytes, "from_host": int(where == "to-device")}
    for megabytes in (1, 64)
    for where in ("to-device", "to-host")
}
EFFORTS = {
    "quick": ("to-device-64", "to-host-64"),
    "standard": tuple(CASES),
    "thorough": tuple(CASES),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    way = "from host to device" if sizes["from_host"] else "from device to host"
    return f"{sizes['megabytes']} MB {way}, float32"


def work(sizes: dict[str, int]) -> float:
    """Return the bytes copied by one call, in 10⁹."""
    return sizes["megabytes"] / 1e3


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return what is copied, with the ring of four in front, and one number that says where to."""
    shape = (4, sizes["megabytes"] * 250_000)
    there = generator.standard_normal(1, dtype="float32")
    return [generator.standard_normal(shape, dtype="float32")], {"there": there}


def reference(weights: dict[str, Any], sizes: dict[str, int], x: Any) -> Any:
    """Return the same numbers."""
    return x.astype("float64")


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in PyTorch."""
    target = weights["there"].device if sizes["from_host"] else "cpu"

    def step(x: Any) -> Any:
        return x.to(target, copy=True)

    return step


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Callable[..., Any]:
    """Return the function timed in TensorFlow."""
    import tensorflow as tf

    card = weights["there"].device
    source, target = ("/CPU:0", card) if sizes["from_host"] else (card, "/CPU:0")

    def step(x: Any) -> Any:
        # A tensor remembers its copies; a new one over the same memory has none to hand out.
        with tf.device(source):
            x = tf.identity(x)
        with tf.device(target):
            return tf.identity(x)

    return step
