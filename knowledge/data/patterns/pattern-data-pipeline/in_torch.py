"""A pipeline with Dataset and DataLoader: filter, transform, shuffle, batch."""

import json

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((50, 3)).astype("float32")
labels = numbers.integers(0, 4, 50)


class Rows(Dataset):
    def __init__(self, inputs: np.ndarray, labels: np.ndarray):
        kept = labels != 3
        self.inputs = torch.from_numpy(inputs[kept])
        self.labels = torch.from_numpy(labels[kept])

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        return self.inputs[index].clamp(-1.0, 1.0) * 2.0, self.labels[index]


def pipeline(seed: int) -> DataLoader:
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(Rows(inputs, labels), batch_size=8, shuffle=True, generator=generator)


def collect(data) -> tuple[list[int], np.ndarray, np.ndarray]:
    batches = [(x.numpy(), y.numpy()) for x, y in data]
    sizes = [len(x) for x, _ in batches]
    return sizes, np.concatenate([x for x, _ in batches]), np.concatenate([y for _, y in batches])


data = pipeline(7)
sizes, first, first_labels = collect(data)
_, second, _ = collect(data)
_, other, _ = collect(pipeline(7))
wanted = np.clip(inputs[labels != 3], -1, 1) * 2

print(
    json.dumps(
        {
            "mean": float(np.sort(first, axis=None).mean()),
            "maximum": float(first.max()),
            "batch_sizes": sizes,
            "labels": np.bincount(first_labels, minlength=4).tolist(),
            "every_row_once": bool(np.array_equal(np.sort(first, axis=0), np.sort(wanted, axis=0))),
            "new_order_each_epoch": not np.array_equal(first, second),
            "same_order_with_same_seed": bool(np.array_equal(first, other)),
        }
    )
)
