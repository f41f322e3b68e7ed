"""Early stopping written out."""

import copy
import json
import math

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((30, 6)).astype("float32")
targets = (inputs[:, :1] + 0.8 * numbers.standard_normal((30, 1))).astype("float32")
kernels = [numbers.standard_normal(shape).astype("float32") * 0.5 for shape in ((6, 16), (16, 1))]
x, y = torch.from_numpy(inputs), torch.from_numpy(targets)

model = nn.Sequential(nn.Linear(6, 16), nn.Tanh(), nn.Linear(16, 1))
with torch.no_grad():
    for layer, kernel in zip((model[0], model[2]), kernels):
        layer.weight.copy_(torch.from_numpy(kernel.T))
        layer.bias.zero_()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def evaluate() -> float:
    model.eval()
    with torch.no_grad():
        return nn.functional.mse_loss(model(x[12:]), y[12:]).item()


lowest, lowest_epoch, kept, losses = math.inf, 0, {}, []
for epoch in range(60):
    model.train()
    optimizer.zero_grad()
    nn.functional.mse_loss(model(x[:12]), y[:12]).backward()
    optimizer.step()
    losses.append(evaluate())
    if losses[-1] < lowest:
        lowest, lowest_epoch = losses[-1], epoch
        kept = copy.deepcopy(model.state_dict())
        torch.save(kept, "lowest.pt")
    elif epoch - lowest_epoch >= 3:
        break

model.load_state_dict(kept)
restored = evaluate()
model.load_state_dict(torch.load("lowest.pt", weights_only=True))
print(
    json.dumps(
        {
            "validation_losses": losses,
            "stopped_after": len(losses),
            "lowest_epoch": lowest_epoch,
            "restored_loss": restored,
            "checkpoint_loss": evaluate(),
        }
    )
)
