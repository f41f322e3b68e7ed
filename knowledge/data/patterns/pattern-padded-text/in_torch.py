"""Padded sentences, an Embedding, a packed LSTM and a masked mean."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

numbers = np.random.default_rng(0)
sentences = [[4, 2, 7], [1, 5], [3, 3, 6, 2, 1]]
table = numbers.standard_normal((8, 4)).astype("float32")
kernel = numbers.standard_normal((4, 12)).astype("float32")
recurrent = numbers.standard_normal((3, 12)).astype("float32")
bias = numbers.standard_normal(12).astype("float32")

embedding = nn.Embedding.from_pretrained(torch.from_numpy(table), freeze=False)
lstm = nn.LSTM(4, 3, batch_first=True)
with torch.no_grad():
    lstm.weight_ih_l0.copy_(torch.from_numpy(kernel.T))
    lstm.weight_hh_l0.copy_(torch.from_numpy(recurrent.T))
    lstm.bias_ih_l0.copy_(torch.from_numpy(bias))
    lstm.bias_hh_l0.zero_()


def read(length: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    rows = [torch.tensor(sentence) for sentence in sentences]
    lengths = torch.tensor([len(row) for row in rows])
    ids = pad_sequence(rows, batch_first=True, padding_value=0)
    ids = nn.functional.pad(ids, (0, max(0, length - ids.shape[1])))
    embedded = embedding(ids)
    packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
    _, (hidden, _) = lstm(packed)
    mask = torch.arange(ids.shape[1]) < lengths[:, None]
    mean = (embedded * mask[:, :, None]).sum(1) / lengths[:, None]
    return hidden[0], mean


with torch.no_grad():
    last_states, means = read()
    more_states, more_means = read(9)
same = torch.allclose(last_states, more_states, atol=1e-6) and torch.allclose(
    means, more_means, atol=1e-6
)

print(
    json.dumps(
        {
            "last_states": last_states.tolist(),
            "means": means.tolist(),
            "same_with_more_padding": same,
        }
    )
)
