"""torch.export, saved and loaded."""

import json

import numpy as np
import torch
from torch import nn

numbers = np.random.default_rng(0)
kernels = [numbers.standard_normal(shape).astype("float32") for shape in ((4, 6), (6, 3))]
two = numbers.standard_normal((2, 4)).astype("float32")
five = numbers.standard_normal((5, 4)).astype("float32")
model = nn.Sequential(
    nn.Linear(4, 6), nn.ReLU(), nn.Dropout(0.5), nn.Linear(6, 3), nn.Softmax(dim=-1)
)
with torch.no_grad():
    for layer, kernel in zip((model[0], model[3]), kernels):
        layer.weight.copy_(torch.from_numpy(kernel.T))
        layer.bias.zero_()
model.eval()

rows = torch.export.Dim("rows")
program = torch.export.export(model, (torch.from_numpy(two),), dynamic_shapes=({0: rows},))
torch.export.save(program, "exported.pt2")
loaded = torch.export.load("exported.pt2").module()

with torch.no_grad():
    given = [torch.from_numpy(rows) for rows in (two, five)]
    outputs = [loaded(x) for x in given]
    same = all(torch.allclose(out, model(x), atol=1e-6) for out, x in zip(outputs, given))

print(json.dumps({"two": outputs[0].tolist(), "five": outputs[1].tolist(), "same_as_model": same}))
