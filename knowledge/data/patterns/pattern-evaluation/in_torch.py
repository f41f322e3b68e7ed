"""Evaluation of a network with BatchNorm1d and Dropout."""

import json

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((45, 4)).astype("float32")
labels = np.argmax(inputs[:, :3] + 0.8 * numbers.standard_normal((45, 3)), axis=1)
kernels = [numbers.standard_normal((4, 6)) * 0.7, numbers.standard_normal((6, 3)) * 0.7]
scale, shift, mean = (numbers.standard_normal(6) for _ in range(3))
variance = numbers.uniform(0.01, 0.5, 6)

model = nn.Sequential(
    nn.Linear(4, 6), nn.BatchNorm1d(6, eps=1e-3), nn.Dropout(0.5), nn.Linear(6, 3)
)
model.load_state_dict(
    {
        "0.weight": torch.tensor(kernels[0].T),
        "0.bias": torch.zeros(6),
        "1.weight": torch.tensor(scale),
        "1.bias": torch.tensor(shift),
        "1.running_mean": torch.tensor(mean),
        "1.running_var": torch.tensor(variance),
        "1.num_batches_tracked": torch.tensor(0),
        "3.weight": torch.tensor(kernels[1].T),
        "3.bias": torch.zeros(3),
    }
)

data = TensorDataset(torch.from_numpy(inputs), torch.from_numpy(labels))
model.eval()
with torch.no_grad():
    logits = torch.cat([model(x) for x, _ in DataLoader(data, batch_size=16)])
    again = model(torch.from_numpy(inputs))
loss = nn.functional.cross_entropy(logits, torch.from_numpy(labels))
predicted = logits.argmax(1)
cells = torch.from_numpy(labels) * 3 + predicted
confusion = torch.bincount(cells, minlength=9).reshape(3, 3)
f1 = 2 * confusion.diagonal() / (confusion.sum(0) + confusion.sum(1))

print(
    json.dumps(
        {
            "loss": loss.item(),
            "confusion": confusion.tolist(),
            "accuracy": (confusion.trace() / confusion.sum()).item(),
            "macro_f1": f1.mean().item(),
            "same_twice": bool(torch.allclose(logits, again, atol=1e-5)),
        }
    )
)
