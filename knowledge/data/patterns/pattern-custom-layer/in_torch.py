"""A gated layer of one's own in PyTorch."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = torch.from_numpy(numbers.standard_normal((3, 4)).astype("float32"))
kernel = numbers.standard_normal((4, 4)).astype("float32")
gate = numbers.standard_normal(4).astype("float32")


class Gated(nn.Module):
    def __init__(self, size: int, sharpness: float = 1.0):
        super().__init__()
        self.sharpness = sharpness
        self.kernel = nn.Parameter(torch.empty(size, size))
        self.gate = nn.Parameter(torch.zeros(size))
        self.register_buffer("calls", torch.tensor(0))
        nn.init.xavier_uniform_(self.kernel)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        share = torch.sigmoid(self.sharpness * self.gate)
        return share * (x @ self.kernel) + (1 - share) * x

    def extra_repr(self) -> str:
        return f"sharpness={self.sharpness}"


layer = Gated(4, 2.0)
with torch.no_grad():
    layer.kernel.copy_(torch.from_numpy(kernel))
    layer.gate.copy_(torch.from_numpy(gate))
outputs = layer(inputs)
outputs.pow(2).sum().backward()
layer(inputs)

print(
    json.dumps(
        {
            "outputs": outputs.tolist(),
            "gradient": layer.gate.grad.tolist(),
            "trainable": sorted(name for name, _ in layer.named_parameters()),
            "stored": sorted(layer.state_dict()),
            "calls": layer.calls.item(),
        }
    )
)
