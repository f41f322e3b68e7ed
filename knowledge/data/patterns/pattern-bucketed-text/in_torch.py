"""Buckets with a batch sampler of one's own."""

import bisect
import json
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Sampler

numbers = np.random.default_rng(0)
sentences = [numbers.integers(1, 100, size).tolist() for size in numbers.integers(1, 20, 60)]


class Buckets(Sampler[list[int]]):
    def __init__(self, lengths: Sequence[int], boundaries: Sequence[int], size: int):
        self.lengths, self.boundaries, self.size = lengths, boundaries, size

    def __iter__(self) -> Iterator[list[int]]:
        waiting: list[list[int]] = [[] for _ in range(len(self.boundaries) + 1)]
        for index, length in enumerate(self.lengths):
            bucket = waiting[bisect.bisect_right(self.boundaries, length)]
            bucket.append(index)
            if len(bucket) == self.size:
                yield bucket.copy()
                bucket.clear()
        yield from filter(None, waiting)


def collate(rows: list[list[int]]) -> torch.Tensor:
    return pad_sequence([torch.tensor(row) for row in rows], batch_first=True)


def share_of_padding(batches: list[torch.Tensor]) -> float:
    padding = sum((batch == 0).sum().item() for batch in batches)
    return padding / sum(batch.numel() for batch in batches)


sampler = Buckets([len(row) for row in sentences], [5, 10, 15], 8)
in_buckets = list(DataLoader(sentences, batch_sampler=sampler, collate_fn=collate))
plain = list(DataLoader(sentences, batch_size=8, collate_fn=collate))

print(
    json.dumps(
        {
            "shapes": [list(batch.shape) for batch in in_buckets],
            "padding_in_buckets": share_of_padding(in_buckets),
            "padding_without": share_of_padding(plain),
            "words": sum(batch.sum().item() for batch in in_buckets),
        }
    )
)
