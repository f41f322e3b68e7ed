"""Each NumPy reference agrees with the same thing said in another way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d
from scipy.special import expit, softmax

from probes.bench.document import Case
from probes.bench.equality import relative_l2
from probes.bench.workloads import load_workload
from tests.probes.bench.plans import (
    CHANNELS_FIRST,
    CHANNELS_LAST,
    DENSE,
    DISPATCH,
    LOOK_UP,
    LSTM,
    NAIVE,
    SPARSE,
    TRAINED,
)


def arrays_of(case: Case) -> tuple[Any, list[Any], dict[str, Any]]:
    """Return the workload, the first set of inputs, and the weights in float64."""
    workload = load_workload(case.workload)
    inputs, weights = workload.arrays(dict(case.sizes), np.random.default_rng(0))
    first = [ring[0] for ring in inputs]
    return workload, first, {name: array.astype(np.float64) for name, array in weights.items()}


def test_attention_is_a_weighted_mean_of_what_came_before() -> None:
    workload, inputs, _ = arrays_of(NAIVE)
    q, k, v = (x.astype(np.float64) for x in inputs)
    batch, length, heads, depth = q.shape
    expected = np.empty((batch, length, heads * depth))
    for b, t, h in np.ndindex(batch, length, heads):
        shares = softmax(k[b, : t + 1, h] @ q[b, t, h] / np.sqrt(depth))
        expected[b, t, h * depth : (h + 1) * depth] = shares @ v[b, : t + 1, h]
    assert relative_l2(workload.reference({}, NAIVE.sizes, *inputs), expected) < 1e-13


def test_an_lstm_reads_each_sequence_by_itself() -> None:
    workload, (x, lengths), w = arrays_of(LSTM)
    hidden = LSTM.sizes["hidden"]

    def gate(name: int, x: Any, h: Any) -> Any:
        part = slice(name * hidden, (name + 1) * hidden)
        from_input = x @ w["kernel"][:, part] + w["bias"][part]
        return from_input + h @ w["recurrent"][:, part] + w["recurrent_bias"][part]

    expected = np.zeros((*x.shape[:2], hidden))
    for b, length in enumerate(lengths):
        h, c = np.zeros(hidden), np.zeros(hidden)
        for t in range(length):
            kept = expit(gate(1, x[b, t], h)) * c
            c = kept + expit(gate(0, x[b, t], h)) * np.tanh(gate(2, x[b, t], h))
            h = expit(gate(3, x[b, t], h)) * np.tanh(c)
            expected[b, t] = h
    assert sorted(lengths) == sorted(workload.lengths_of(dict(LSTM.sizes)))
    assert lengths.sum() == workload.work(LSTM.sizes)
    assert relative_l2(workload.reference(w, LSTM.sizes, x, lengths), expected) < 1e-13


@pytest.mark.parametrize("case", [LOOK_UP, DENSE, SPARSE], ids=lambda case: case.id)
def test_a_look_up_is_a_product_with_ones_and_noughts(case: Case) -> None:
    workload = load_workload(case.workload)
    inputs, weights = workload.arrays(dict(case.sizes), np.random.default_rng(0))
    before = weights["table"].astype(np.float64)
    ones = np.eye(len(before))[inputs[0]]
    found = workload.references(weights, case.sizes, *inputs)
    if not case.sizes["learns"]:
        assert relative_l2(np.stack(found), ones @ before) < 1e-13
        return
    table = before.copy()
    *rows, moved = found[0]
    for one, row, gradient in zip(ones, rows, inputs[1], strict=True):
        assert relative_l2(row, one @ table) < 1e-13
        table = table - 0.01 * one.T @ gradient.astype(np.float64)
    assert relative_l2(moved, table - before) < 1e-13


def test_ids_repeat_so_that_gradients_must_be_summed() -> None:
    ids = arrays_of(DENSE)[1][0]
    assert len(set(ids)) < 0.8 * len(ids)
    assert ids.min() >= 0 and ids.max() < DENSE.sizes["vocabulary"]


def features(x: Any, w: dict[str, Any], epsilon: float) -> Any:
    """The blocks, one image and one pair of channels after the other; channels first."""

    def convolve(x: Any, kernel: Any, stride: int) -> Any:
        side, _, inputs, outputs = kernel.shape
        whole = np.zeros((len(x), outputs, *x.shape[2:]))
        for b, o, i in np.ndindex(len(x), outputs, inputs):
            mode = "same" if side == 3 else "valid"
            whole[b, o] += correlate2d(x[b, i], kernel[:, :, i, o], mode)
        return whole[:, :, ::stride, ::stride]

    def norm(x: Any, name: str) -> Any:
        factor = w[f"{name}_scale"] / np.sqrt(w[f"{name}_variance"] + epsilon)
        shift = w[f"{name}_shift"] - w[f"{name}_mean"] * factor
        return x * factor[:, None, None] + shift[:, None, None]

    for n in range(3):
        stride = 2 if f"{n}_shortcut" in w else 1
        h = norm(convolve(x, w[f"{n}_convolution_1"], stride), f"{n}_norm_1")
        h = norm(convolve(h * (h > 0), w[f"{n}_convolution_2"], 1), f"{n}_norm_2")
        if stride == 2:
            x = norm(convolve(x, w[f"{n}_shortcut"], 2), f"{n}_norm_3")
        x = (x + h) * (x + h > 0)
    return x


@pytest.mark.parametrize("case", [CHANNELS_FIRST, CHANNELS_LAST], ids=lambda case: case.id)
def test_convolution_is_correlation_of_every_pair_of_channels(case: Case) -> None:
    workload, (x,), w = arrays_of(case)
    last = case.sizes["channels_last"]
    expected = features(x.transpose(0, 3, 1, 2) if last else x, w, 1e-5)
    result = workload.reference(w, case.sizes, x)
    assert relative_l2(result.transpose(0, 3, 1, 2) if last else result, expected) < 1e-13


def test_gradients_of_the_blocks_tell_where_the_loss_goes() -> None:
    """Central differences along one direction of each weight."""
    workload, (x, target), w = arrays_of(TRAINED)
    loss, *gradients = workload.reference(w, TRAINED.sizes, x, target)

    def loss_with(changes: dict[str, Any]) -> float:
        found = features(x.transpose(0, 3, 1, 2).astype(np.float64), w | changes, 1e-5)
        return float(((found.mean((2, 3)) - target) ** 2).mean())

    assert loss == pytest.approx(loss_with({}), rel=1e-13)
    generator = np.random.default_rng(1)
    for name, gradient in zip(workload.learned(w), gradients, strict=True):
        direction = generator.standard_normal(w[name].shape)
        rise = loss_with({name: w[name] + 1e-6 * direction})
        fall = loss_with({name: w[name] - 1e-6 * direction})
        along = float((gradient * direction).sum())
        assert along == pytest.approx((rise - fall) / 2e-6, rel=1e-4, abs=1e-7), name


def test_many_additions_are_a_product() -> None:
    workload, inputs, _ = arrays_of(DISPATCH)
    x, up, down = (array.astype(np.float64) for array in inputs)
    expected = x + DISPATCH.sizes["operations"] / 2 * (up - down)
    assert relative_l2(workload.reference({}, DISPATCH.sizes, *inputs), expected) < 1e-13
