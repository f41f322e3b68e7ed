"""Older names of modules lead to the rows of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.documents.api_file import api_file_document, method_names, starred_names
from advisor.source.uses import read_uses
from knowledge.base import Knowledge


@pytest.mark.parametrize(
    ("line", "written", "symbol"),
    [
        ("from torch.nn.modules.linear import Linear", "Linear", "torch.nn.Linear"),
        ("from torch import nn", "nn.modules.Conv2d", "torch.nn.Conv2d"),
        ("from keras.layers.convolutional import Conv2D", "Conv2D", "keras.layers.Conv2D"),
        ("from tensorflow.python.ops import array_ops", "array_ops.concat", "tf.concat"),
        ("import tf_keras", "tf_keras.layers.Dense", "keras.layers.Dense"),
        ("import torch", "torch.__version__.startswith", "torch.__version__"),
        ("from tensorflow.python.keras.layers.core import Dense", "Dense", "keras.layers.Dense"),
        # These are as they were.
        ("from torch.nn.modules import batchnorm", "batchnorm._N", "torch.nn.modules.batchnorm._N"),
        ("import torch.nn as nn", "nn.init.zeros_", "torch.nn.init.zeros_"),
        ("from tensorflow import keras", "keras.layers.deserialize", "keras.layers.deserialize"),
    ],
)
def test_a_name_leads_to_where_the_symbol_is_today(
    tmp_path: Path, knowledge: Knowledge, line: str, written: str, symbol: str
) -> None:
    path = tmp_path / "code.py"
    path.write_text(f"{line}\nx = {written}(1)\n")
    symbols = knowledge.symbols
    uses = read_uses(path, method_names(symbols), starred_names(symbols))
    document = api_file_document(knowledge, str(path), uses)
    assert [(use.written, use.symbol) for use in document.uses] == [(written, symbol)]
