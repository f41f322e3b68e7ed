"""Names as older code writes them: the module a symbol was once kept in, and where it is today.

Only modules whose content moved as a whole stand here; a symbol that changed has a row.
"""

from __future__ import annotations

ARRAYS = ("array_ops", "check_ops", "clip_ops", "control_flow_ops", "math_ops", "random_ops")
STATE = ("gradients_impl", "resource_variable_ops", "state_ops", "tensor_array_ops")
SCOPES = ("variable_scope", "variables")

MOVED = {
    "tensorflow.compat.v1.python.": "tensorflow.python.",
    "tensorflow.contrib.keras.api.keras.": "tensorflow.keras.",
    "tensorflow.contrib.keras.": "tensorflow.keras.",
    "tensorflow.contrib.framework.python.ops.": "tensorflow.contrib.framework.",
    "tensorflow.contrib.layers.python.layers.layers.": "tensorflow.contrib.layers.",
    "tensorflow.python.data.": "tensorflow.data.",
    "tensorflow.python.keras.": "tensorflow.keras.",
    "tensorflow_datasets.public_api.": "tensorflow_datasets.",
    "tf_keras.": "tensorflow.keras.",
    "tf_slim.": "tensorflow.contrib.slim.",
    "tensorflow.python.framework.constant_op.": "tensorflow.",
    "tensorflow.python.framework.dtypes.": "tensorflow.",
    "tensorflow.python.framework.ops.": "tensorflow.",
    "tensorflow.python.framework.tensor_shape.": "tensorflow.",
    **{f"tensorflow.python.ops.{module}.": "tensorflow." for module in (*ARRAYS, *STATE, *SCOPES)},
    "tensorflow.python.ops.image_ops.": "tensorflow.image.",
    "tensorflow.python.ops.init_ops.": "tensorflow.initializers.",
    "tensorflow.python.ops.nn.": "tensorflow.nn.",
    "tensorflow.python.ops.nn_ops.": "tensorflow.nn.",
    "tensorflow.python.ops.rnn.": "tensorflow.nn.",
    "tensorflow.python.ops.rnn_cell.": "tensorflow.nn.rnn_cell.",
    "tensorflow.python.ops.rnn_cell_impl.": "tensorflow.nn.rnn_cell.",
    "tensorflow.python.platform.gfile.": "tensorflow.gfile.",
    "tensorflow.python.util.nest.": "tensorflow.nest.",
    "keras.backend.tensorflow_backend.": "keras.backend.",
    "keras.layers.merge.": "keras.layers.",
    "keras.utils.generic_utils.": "keras.utils.",
    "tensorflow.keras.utils.generic_utils.": "tensorflow.keras.utils.",
    "torch.distributed._tensor.": "torch.distributed.tensor.",
    "torch.nn.parallel.distributed.": "torch.nn.parallel.",
    "torchvision.transforms.transforms.": "torchvision.transforms.",
}
"""Beginning of a name → what it is today; applied in order."""

FILED = {
    "keras.layers.": "keras.layers.",
    "tensorflow.keras.layers.": "tensorflow.keras.layers.",
    "torch.nn.modules.": "torch.nn.",
}
"""Packages whose classes were also reached by the file they are written in."""

_CHANGED = (*MOVED, *FILED)
_VERSION = ".__version__"


def named_today(symbol: str) -> str:
    """Return a dotted name with its module as it is called today.

    >>> named_today("keras.layers.convolutional.Conv2D")
    'keras.layers.Conv2D'
    """
    if _VERSION in symbol:
        # What follows is a method of a text.
        return symbol.partition(_VERSION)[0] + _VERSION
    if not symbol.startswith(_CHANGED):
        return symbol
    for old, today in MOVED.items():
        if symbol.startswith(old):
            symbol = today + symbol[len(old) :]
    for holder, today in FILED.items():
        file, _, name = symbol.removeprefix(holder).rpartition(".")
        in_file = not file or file.islower()
        if symbol.startswith(holder) and in_file and name[:1].isupper():
            symbol = today + name
    return symbol
