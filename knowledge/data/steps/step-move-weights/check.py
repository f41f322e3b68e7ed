"""Self-check of the exercise about moving weights: compares with a network in NumPy."""

import numpy as np
import torch
from torch import nn


def keras_network(images, kernel, bias, dense, dense_bias):
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    hidden = np.zeros((*images.shape[:3], kernel.shape[-1]), np.float32) + bias
    for row in range(3):
        for column in range(3):
            window = padded[:, row : row + images.shape[1], column : column + images.shape[2]]
            hidden += window @ kernel[row, column]
    return np.maximum(hidden, 0).reshape(len(images), -1) @ dense + dense_bias


def check(solution):
    numbers = np.random.default_rng(0)
    shapes = ((3, 3, 3, 5), (5,), (120, 2), (2,))
    weights = [numbers.standard_normal(shape).astype("float32") for shape in shapes]
    images = numbers.standard_normal((2, 6, 4, 3)).astype("float32")
    given = solution.to_channels_first(images)
    yield tuple(given.shape) == (2, 3, 6, 4), "images are batch × channels × height × width"
    right = images.transpose(0, 3, 1, 2)
    if given.shape == right.shape and np.allclose(given, images.reshape(2, 3, 6, 4)):
        yield False, "to_channels_first reshapes, which mixes channels and places; permute"
    else:
        yield np.allclose(given, right), "to_channels_first moves the axis of the channels"
    model = nn.Sequential(nn.Conv2d(3, 5, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(120, 2))
    found = solution.state([weight.copy() for weight in weights])
    model.load_state_dict(found)
    yield True, "the state fits into the network"
    conv = torch.tensor(weights[0].transpose(3, 2, 0, 1))
    if torch.allclose(model[0].weight, torch.tensor(weights[0].transpose(3, 2, 1, 0))):
        yield False, "height and width of the kernel are exchanged: permute(3, 2, 0, 1), not .T"
    else:
        yield torch.allclose(model[0].weight, conv), "the kernel is out × in × height × width"
    with torch.no_grad():
        outputs = model(torch.tensor(right)).numpy()
    if torch.allclose(model[3].weight, torch.tensor(weights[2].T)):
        yield False, "the Dense kernel is only transposed; Flatten orders its rows differently here"
    else:
        same = np.allclose(outputs, keras_network(images, *weights), atol=1e-3)
        yield same, "the outputs are those of the Keras network"
