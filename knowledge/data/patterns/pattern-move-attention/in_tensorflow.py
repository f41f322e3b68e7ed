"""The Keras side: MultiHeadAttention with weights of its own and of nn.MultiheadAttention."""

import json

import keras
import numpy as np

numbers = np.random.default_rng(0)
SIZE, HEADS, HEAD = 6, 2, 3


def draw(*shape: int) -> np.ndarray:
    return (numbers.standard_normal(shape) * 0.6).astype("float32")


queries, keys, values = draw(2, 5, SIZE), draw(2, 5, SIZE), draw(2, 5, SIZE)
past = np.tril(np.ones((5, 5), bool))  # True: may be looked at
keras_weights = [draw(SIZE, HEADS, HEAD), draw(HEADS, HEAD)]  # query kernel, query bias
keras_weights += [draw(SIZE, HEADS, HEAD), draw(HEADS, HEAD)]  # key
keras_weights += [draw(SIZE, HEADS, HEAD), draw(HEADS, HEAD)]  # value
keras_weights += [draw(HEADS, HEAD, SIZE), draw(SIZE)]  # output
torch_state = {
    "in_proj_weight": draw(3 * SIZE, SIZE),
    "in_proj_bias": draw(3 * SIZE),
    "out_proj.weight": draw(SIZE, SIZE),
    "out_proj.bias": draw(SIZE),
}


def to_torch(weights: list[np.ndarray]) -> dict[str, np.ndarray]:
    kernels, biases = weights[0:6:2], weights[1:6:2]
    return {
        "in_proj_weight": np.concatenate([kernel.reshape(SIZE, SIZE).T for kernel in kernels]),
        "in_proj_bias": np.concatenate([bias.reshape(SIZE) for bias in biases]),
        "out_proj.weight": weights[6].reshape(SIZE, SIZE).T,
        "out_proj.bias": weights[7],
    }


def to_keras(state: dict[str, np.ndarray]) -> list[np.ndarray]:
    weights = []
    for kernel, bias in zip(
        np.split(state["in_proj_weight"], 3), np.split(state["in_proj_bias"], 3)
    ):
        weights += [kernel.T.reshape(SIZE, HEADS, HEAD), bias.reshape(HEADS, HEAD)]
    return [
        *weights,
        state["out_proj.weight"].T.reshape(HEADS, HEAD, SIZE),
        state["out_proj.bias"],
    ]


back = to_keras(to_torch(keras_weights))
round_trip = max(float(np.abs(a - b).max()) for a, b in zip(back, keras_weights))


def run(weights: list[np.ndarray]) -> list:
    layer = keras.layers.MultiHeadAttention(num_heads=HEADS, key_dim=HEAD)
    layer(queries, values, keys)
    layer.set_weights(weights)
    return layer(queries, values, key=keys, attention_mask=past[None]).numpy().tolist()


print(
    json.dumps(
        {
            "from_keras": run(keras_weights),
            "from_torch": run(to_keras(torch_state)),
            "round_trip": round_trip,
        }
    )
)
