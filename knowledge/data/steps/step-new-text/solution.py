"""A solution of the exercise about text, with PyTorch."""

import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(30, 8, padding_idx=0)
        self.head = nn.Linear(8, 1)

    def forward(self, texts: list[list[int]]) -> torch.Tensor:
        ids = pad_sequence([torch.tensor(text) for text in texts], batch_first=True)
        counts = (ids != 0).sum(dim=1, keepdim=True)
        return self.head(self.words(ids).sum(dim=1) / counts)[:, 0]


def train(texts: list[list[int]], labels: list[int]):
    torch.manual_seed(0)
    model = Model()
    wanted = torch.tensor(labels, dtype=torch.float32)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(80):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(model(texts), wanted).backward()
        optimizer.step()

    def score(rows: list[list[int]]) -> torch.Tensor:
        with torch.no_grad():
            return model(rows)

    return score
