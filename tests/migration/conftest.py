"""Small trees of code, and the advice on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.cli import knowledge_base, main
from knowledge.base import Knowledge

Advise = Callable[..., dict[str, Any]]

TF1 = """\
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 784])
w = tf.get_variable("w", [784, 10])
logits = tf.matmul(x, w)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=x, logits=logits))
step = tf.train.RMSPropOptimizer(0.01).minimize(loss)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
"""
TF2 = """\
import tensorflow as tf
from tensorflow.keras import layers

model = tf.keras.Sequential([layers.Dense(10), layers.LayerNormalization()])
data = tf.data.Dataset.from_tensor_slices([1.0]).map(tf.nn.relu).batch(2)
model.compile(optimizer=tf.keras.optimizers.Adam())
y = tf.made_up_name(tf.nn.relu(tf.math.add(1.0, 2.0)))


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        return tf.while_loop(lambda i: i < 3, lambda i: i + 1, [x])
"""
KERAS = """\
import keras
from keras import layers

model = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.BatchNormalization()])
model.compile(optimizer=keras.optimizers.Adam(), loss=keras.losses.MeanSquaredError())
keras.callbacks.EarlyStopping(patience=3)
"""
TORCH = """\
import torch
from torch import nn
from torch.utils.data import DataLoader


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU())

    def forward(self, x):
        return torch.cat([self.inner(x), x.view(3)])


optimizer = torch.optim.Adam(Net().parameters())
"""


@pytest.fixture
def compiled_once(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge_base, "load", lambda *overlays, **how: knowledge)


@pytest.fixture
def advise(compiled_once: None, capsys: pytest.CaptureFixture[str]) -> Advise:
    """Return the advice as JSON for arguments of `advise`."""

    def run(*arguments: str | Path) -> dict[str, Any]:
        assert main(("advise", *map(str, arguments), "--json")) == 0
        document: dict[str, Any] = json.loads(capsys.readouterr().out)
        return document

    return run


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """Return a directory with these files."""

    def make(**files: str) -> Path:
        root = tmp_path / "code"
        root.mkdir(exist_ok=True)
        for name, text in files.items():
            (root / f"{name}.py").write_text(text)
        return root

    return make
