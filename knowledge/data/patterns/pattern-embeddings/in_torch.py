"""Skip-gram with negatives in PyTorch."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

numbers = np.random.default_rng(0)
subjects = (["sun", "rain", "wind", "cloud"], ["bread", "salt", "soup", "plate"])
words = subjects[0] + subjects[1]
text = np.concatenate([numbers.integers(0, 4, 30) + 4 * (turn % 2) for turn in range(10)])
pairs = [(a, b) for block in np.split(text, 10) for a, b in zip(block, block[1:])]
centres = np.array([a for a, _ in pairs])
others = np.array([b for _, b in pairs])
negatives = numbers.integers(0, 8, (len(pairs), 3))
start = [numbers.standard_normal((8, 6)).astype("float32") * 0.3 for _ in range(2)]
middle, around = (nn.Embedding.from_pretrained(torch.from_numpy(t), freeze=False) for t in start)
optimizer = torch.optim.SGD([*middle.parameters(), *around.parameters()], lr=0.5)
centre_ids, other_ids, negative_ids = map(torch.from_numpy, (centres, others, negatives))

losses = []
for _ in range(25):
    optimizer.zero_grad()
    centre = middle(centre_ids)[:, None, :]
    right = (centre * around(other_ids[:, None])).sum(-1)
    wrong = (centre * around(negative_ids)).sum(-1)
    loss = F.softplus(-right).mean() + F.softplus(wrong).mean()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

with torch.no_grad():
    unit = F.normalize(middle.weight, dim=1)
    similar = unit @ unit.T
    neighbours = (similar - 2 * torch.eye(8)).argmax(1).tolist()

print(
    json.dumps(
        {
            "losses": losses,
            "within": similar[:4, :4].mean().item(),
            "between": similar[:4, 4:].mean().item(),
            "nearest": {word: words[index] for word, index in zip(words, neighbours)},
        }
    )
)
