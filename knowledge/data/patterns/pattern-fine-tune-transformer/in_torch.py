"""Fine-tuning in PyTorch: first the head, then everything."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return (numbers.standard_normal(shape) * 0.3).astype("float32")


published = {  # stands in for a file of published weights
    "words": draw(20, 8),
    "query": draw(8, 8),
    "key": draw(8, 8),
    "value": draw(8, 8),
    "wide": draw(8, 16),
    "narrow": draw(16, 8),
}
head_start = draw(8, 2)
ids = numbers.integers(0, 20, (32, 6))
labels = ((ids < 7).sum(1) > 2).astype("int64")


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(20, 8)
        self.query, self.key, self.value = (nn.Linear(8, 8, bias=False) for _ in "qkv")
        self.wide = nn.Linear(8, 16, bias=False)
        self.narrow = nn.Linear(16, 8, bias=False)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        x = self.words(ids)
        x = x + F.scaled_dot_product_attention(self.query(x), self.key(x), self.value(x))
        return x + self.narrow(F.gelu(self.wide(x)))


class Classifier(nn.Module):
    def __init__(self, encoder: Encoder):
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(8, 2, bias=False)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.head(self.encoder(ids).mean(1))


model = Classifier(Encoder())
model.encoder.load_state_dict(
    {
        f"{name}.weight": torch.from_numpy(value if name == "words" else value.T)
        for name, value in published.items()
    }
)
with torch.no_grad():
    model.head.weight.copy_(torch.from_numpy(head_start.T))
x, y = torch.from_numpy(ids), torch.from_numpy(labels)


def trainable() -> list[nn.Parameter]:
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def train(rate: float, steps: int) -> list[float]:
    optimizer = torch.optim.SGD(trainable(), lr=rate)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


model.encoder.requires_grad_(False)
counts = [len(trainable())]
head_losses = train(2.0, 8)
moved = np.abs(model.encoder.query.weight.numpy().T - published["query"]).max()
model.encoder.requires_grad_(True)
counts.append(len(trainable()))
all_losses = train(0.2, 8)
with torch.no_grad():
    accuracy = (model(x).argmax(1) == y).float().mean().item()

print(
    json.dumps(
        {
            "head_losses": head_losses,
            "all_losses": all_losses,
            "trainable_counts": counts,
            "body_moved_while_frozen": float(moved),
            "accuracy": accuracy,
        }
    )
)
