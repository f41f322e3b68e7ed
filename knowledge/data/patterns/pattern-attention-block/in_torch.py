"""A transformer block as nn.TransformerEncoderLayer, with weights in the layout of Keras."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)


def draw(*shape: int) -> np.ndarray:
    return (numbers.standard_normal(shape) * 0.4).astype("float32")


SIZE, HEADS, HEAD, WIDE = 6, 2, 3, 10
inputs = draw(2, 5, SIZE)
lengths = [5, 3]
allowed = np.arange(5) < np.array(lengths)[:, None]  # True: a word, False: padding
projections = [(draw(SIZE, HEADS, HEAD), draw(HEADS, HEAD)) for _ in range(3)]  # as in Keras
output = (draw(HEADS, HEAD, SIZE), draw(SIZE))
wide, narrow = (draw(SIZE, WIDE), draw(WIDE)), (draw(WIDE, SIZE), draw(SIZE))
norms = [(1 + draw(SIZE), draw(SIZE)) for _ in range(2)]


block = nn.TransformerEncoderLayer(
    SIZE, HEADS, WIDE, dropout=0.0, activation="relu", batch_first=True, norm_first=True
)
tensor = torch.from_numpy
block.load_state_dict(
    {
        "self_attn.in_proj_weight": torch.cat(
            [tensor(kernel).reshape(SIZE, SIZE).T for kernel, _ in projections]
        ),
        "self_attn.in_proj_bias": torch.cat(
            [tensor(bias).reshape(SIZE) for _, bias in projections]
        ),
        "self_attn.out_proj.weight": tensor(output[0]).reshape(SIZE, SIZE).T,
        "self_attn.out_proj.bias": tensor(output[1]),
        "linear1.weight": tensor(wide[0]).T,
        "linear1.bias": tensor(wide[1]),
        "linear2.weight": tensor(narrow[0]).T,
        "linear2.bias": tensor(narrow[1]),
        "norm1.weight": tensor(norms[0][0]),
        "norm1.bias": tensor(norms[0][1]),
        "norm2.weight": tensor(norms[1][0]),
        "norm2.bias": tensor(norms[1][1]),
    }
)

x, mask = tensor(inputs).requires_grad_(), tensor(allowed)
outputs = block(x, src_key_padding_mask=~mask)
outputs[mask].pow(2).sum().backward()
alone = block(x[1:, :3])

print(
    json.dumps(
        {
            "outputs": outputs[mask].tolist(),
            "gradient_norm": x.grad.norm().item(),
            "same_without_padding": torch.allclose(alone[0], outputs[1, :3], atol=1e-5),
        }
    )
)
