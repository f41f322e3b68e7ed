"""ONNX from PyTorch."""

import json

import numpy as np
import onnxruntime
import torch
from torch import nn

numbers = np.random.default_rng(0)
kernel = numbers.standard_normal((4, 3)).astype("float32")
inputs = numbers.standard_normal((2, 4)).astype("float32")
model = nn.Linear(4, 3)
with torch.no_grad():
    model.weight.copy_(torch.from_numpy(kernel.T))
    model.bias.zero_()
rows = torch.export.Dim("rows")
program = torch.onnx.export(
    model.eval(), (torch.from_numpy(inputs),), dynamic_shapes=({0: rows},), dynamo=True
)
program.save("model.onnx")

session = onnxruntime.InferenceSession("model.onnx")
outputs = session.run(None, {session.get_inputs()[0].name: inputs})[0]
print(json.dumps({"outputs": outputs.tolist()}))
