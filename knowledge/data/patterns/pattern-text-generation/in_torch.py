"""Learning and writing a sentence in PyTorch."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SENTENCE = "the rain in spain falls on the plain. "
letters = sorted(set(SENTENCE))
ids = np.array([letters.index(letter) for letter in SENTENCE])
COUNT, SIZE = len(letters), 24
numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return (numbers.standard_normal(shape) * 0.3).astype("float32")


table, kernel, recurrent = draw(COUNT, 8), draw(8, 3 * SIZE), draw(SIZE, 3 * SIZE)
biases, head = draw(2, 3 * SIZE), draw(SIZE, COUNT)


def reorder(gates: np.ndarray) -> torch.Tensor:
    update, reset, candidate = np.split(gates, 3, axis=-1)
    return torch.from_numpy(np.concatenate([reset, update, candidate], axis=-1).T.copy())


embedding = nn.Embedding.from_pretrained(torch.from_numpy(table), freeze=False)
gru = nn.GRU(8, SIZE, batch_first=True)
last = nn.Linear(SIZE, COUNT, bias=False)
with torch.no_grad():
    gru.weight_ih_l0.copy_(reorder(kernel))
    gru.weight_hh_l0.copy_(reorder(recurrent))
    gru.bias_ih_l0.copy_(reorder(biases[0]))
    gru.bias_hh_l0.copy_(reorder(biases[1]))
    last.weight.copy_(torch.from_numpy(head.T))
model = nn.ModuleList([embedding, gru, last])
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
given, wanted = torch.from_numpy(ids[None, :-1]), torch.from_numpy(ids[None, 1:])

losses = []
for _ in range(150):
    optimizer.zero_grad()
    outputs, _ = gru(embedding(given))
    loss = F.cross_entropy(last(outputs).flatten(0, 1), wanted.flatten())
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

letter, state, text = int(ids[0]), None, letters[ids[0]]
with torch.no_grad():
    for _ in range(len(ids) - 1):
        outputs, state = gru(embedding(torch.tensor([[letter]])), state)
        letter = last(outputs)[0, -1].argmax().item()
        text += letters[letter]

print(json.dumps({"losses": losses[::10], "text": text}))
