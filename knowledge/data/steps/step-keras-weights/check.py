"""Self-check of the exercise about weights of PyTorch: compares with the network in NumPy."""

import numpy as np


def torch_network(state, x, epsilon=1e-5, both=True):
    def sigmoid(value):
        return 1 / (1 + np.exp(-value))

    hidden = cell = np.zeros((len(x), 4))
    rows = []
    bias = state["lstm.bias_ih_l0"] + both * state["lstm.bias_hh_l0"]
    for time in range(x.shape[1]):
        gates = x[:, time] @ state["lstm.weight_ih_l0"].T + hidden @ state["lstm.weight_hh_l0"].T
        enter, forget, candidate, leave = np.split(gates + bias, 4, axis=1)
        cell = sigmoid(forget) * cell + sigmoid(enter) * np.tanh(candidate)
        hidden = sigmoid(leave) * np.tanh(cell)
        rows.append(hidden)
    y = np.stack(rows, axis=1)
    y = (y - y.mean(-1, keepdims=True)) / np.sqrt(y.var(-1, keepdims=True) + epsilon)
    y = y * state["norm.weight"] + state["norm.bias"]
    return y @ state["head.weight"].T + state["head.bias"]


def check(solution):
    numbers = np.random.default_rng(0)
    shapes = {
        "lstm.weight_ih_l0": (16, 3),
        "lstm.weight_hh_l0": (16, 4),
        "lstm.bias_ih_l0": (16,),
        "lstm.bias_hh_l0": (16,),
        "norm.weight": (4,),
        "norm.bias": (4,),
        "head.weight": (2, 4),
        "head.bias": (2,),
    }
    state = {
        name: (0.4 * numbers.standard_normal(shape)).astype("float32")
        for name, shape in shapes.items()
    }
    x = numbers.standard_normal((2, 5, 3)).astype("float32")
    found = np.asarray(solution.model(state)(x))
    wanted = torch_network(state, x)
    yield found.shape == wanted.shape, f"the outputs are batch × time × 2 (yours: {found.shape})"
    if np.allclose(found, torch_network(state, x, both=False), atol=1e-4):
        yield False, "one of the two biases of nn.LSTM is lost; Keras wants their sum"
    elif np.allclose(found, torch_network(state, x, epsilon=1e-3), atol=1e-5):
        yield False, "LayerNormalization has epsilon 1e-3; nn.LayerNorm has 1e-5"
    else:
        yield np.allclose(found, wanted, atol=1e-5), "the outputs are those of PyTorch"
