"""Accumulation in the loop."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((64, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(shape).astype("float32") * 0.5 for shape in ((3, 6), (6, 1))]
x_all, y_all = torch.from_numpy(inputs), torch.from_numpy(targets)


def train(batch: int, accumulate: int) -> list:
    model = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1))
    with torch.no_grad():
        for layer, kernel in zip((model[0], model[2]), kernels):
            layer.weight.copy_(torch.from_numpy(kernel.T))
            layer.bias.zero_()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9)
    for _ in range(3):
        for index, (x, y) in enumerate(zip(x_all.split(batch), y_all.split(batch)), start=1):
            loss = nn.functional.mse_loss(model(x), y) / accumulate
            loss.backward()
            if index % accumulate == 0:
                optimizer.step()
                optimizer.zero_grad()
    return model[0].weight.T.tolist()


print(json.dumps({"accumulated": train(8, 4), "one_large_batch": train(32, 1)}))
