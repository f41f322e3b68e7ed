"""pdb in a forward pass, and a hook that finds the first NaN."""

import io
import json
import pdb

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((4, 3)).astype("float32")
kernels = [numbers.standard_normal((3, 3)).astype("float32") for _ in range(3)]
script = "p float(hidden[0, 0])\ncontinue\n"  # what one would type
screen = io.StringIO()
debugger = pdb.Pdb(stdin=io.StringIO(script), stdout=screen)
debugger.use_rawinput = False
debugger.prompt = ""


def forward(x: torch.Tensor, stop: bool) -> torch.Tensor:
    hidden = x @ torch.from_numpy(kernels[0])
    if stop:
        debugger.set_trace()  # breakpoint() in daily work
    return torch.relu(hidden)


forward(torch.from_numpy(inputs), True)
shown = [line for line in screen.getvalue().splitlines() if not line.startswith((">", "->"))]
read = float(shown[-1])


class Log(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.log(x)


def block(kernel: np.ndarray, activation: nn.Module) -> nn.Module:
    layer = nn.Linear(3, 3, bias=False)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(kernel.T))
    return nn.Sequential(layer, activation)


model = nn.Sequential()
for name, kernel in zip(("first", "second", "third"), kernels):
    model.add_module(name, block(kernel, Log() if name == "second" else nn.ReLU()))

found: list[str] = []
for name, layer in model.named_children():

    def look(layer: nn.Module, given: tuple, output: torch.Tensor, name: str = name) -> None:
        if output.isnan().any():
            found.append(name)

    layer.register_forward_hook(look)
model(torch.from_numpy(inputs))

print(json.dumps({"read_by_pdb": read, "first_nan_layer": found[0]}))
