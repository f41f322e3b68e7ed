"""A solution of the exercise about batches of text."""

import torch
from torch.nn.utils.rnn import pad_sequence


def collate(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    ids = pad_sequence([torch.tensor(row, dtype=torch.int64) for row in rows], batch_first=True)
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(ids.shape[1]) < lengths[:, None]


def average(embedded: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    counts = mask.sum(1, keepdim=True).clamp(min=1)
    return (embedded * mask[:, :, None]).sum(1) / counts


def attend(query: torch.Tensor, keys: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    scores = (keys @ query[:, :, None]).squeeze(-1)
    return scores.masked_fill(~mask, float("-inf")).softmax(-1)
