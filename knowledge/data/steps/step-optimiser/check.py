"""Self-check of the exercise about optimisers."""

import math

import torch
from torch import nn


def check(solution):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    optimizer, scheduler = solution.make(model)
    yield isinstance(optimizer, torch.optim.AdamW), "the optimiser is AdamW (Adam decays otherwise)"
    decays = {id(p): g["weight_decay"] for g in optimizer.param_groups for p in g["params"]}
    yield len(decays) == 4, "all four parameters belong to a group"
    weights = [decays.get(id(model[index].weight)) for index in (0, 2)]
    biases = [decays.get(id(model[index].bias)) for index in (0, 2)]
    yield weights == [0.1, 0.1], f"weights decay by 0.1 (yours: {weights})"
    yield biases == [0.0, 0.0], f"biases do not decay (yours: {biases})"
    yield all(g["eps"] == 1e-7 for g in optimizer.param_groups), "epsilon is 1e-7, as in Keras"
    rates = []
    for _ in range(16):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    wanted = [0.01 * (1 + math.cos(math.pi * min(k / 10, 1))) / 2 for k in range(16)]
    if rates[14] > 1e-6 and abs(rates[5] - 0.005) < 1e-9:
        yield False, "the rate climbs again after ten batches (gotcha-cosine-climbs)"
    else:
        close = all(abs(a - b) < 1e-9 for a, b in zip(rates, wanted))
        yield close, "the rate falls from 0.01 to 0 within ten batches and stays there"
