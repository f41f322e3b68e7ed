"""manual_seed, a generator for the loader and use_deterministic_algorithms."""

import json
import random

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((40, 3)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
torch.use_deterministic_algorithms(True)
data = TensorDataset(torch.from_numpy(inputs), torch.from_numpy(targets))


def train(seed: int) -> list[float]:
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(3, 16), nn.Tanh(), nn.Dropout(0.1), nn.Linear(16, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    order = torch.Generator().manual_seed(seed)
    loader = DataLoader(data, batch_size=8, shuffle=True, generator=order)
    losses = []
    for _ in range(6):
        total = 0.0
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
        losses.append(total / len(data))
    return losses


first, second, other = train(1), train(1), train(2)
print(
    json.dumps(
        {
            "same_seed_equal": first == second,
            "other_seed_equal": first == other,
            "steps": len(first),
            "falls": first[-1] < first[0],
        }
    )
)
