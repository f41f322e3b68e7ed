"""The same classifier with a loop of its own: what fit and evaluate do, written out."""

import json

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((50, 5)).astype("float32")
labels = np.argmax(inputs[:, :3] + 0.3 * numbers.standard_normal((50, 3)), axis=1)
kernels = [numbers.standard_normal(shape).astype("float32") * 0.4 for shape in ((5, 8), (8, 3))]

model = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 3))
with torch.no_grad():
    for layer, kernel in zip((model[0], model[2]), kernels):
        layer.weight.copy_(torch.from_numpy(kernel.T))
        layer.bias.zero_()

everything = TensorDataset(torch.from_numpy(inputs), torch.from_numpy(labels))
training = torch.utils.data.Subset(everything, range(36))
validation = torch.utils.data.Subset(everything, range(36, 50))
optimizer = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9)
loss_function = nn.CrossEntropyLoss()


def train_epoch() -> tuple[float, float]:
    model.train()
    total, right, rows = 0.0, 0, 0
    for x, y in DataLoader(training, batch_size=8):
        optimizer.zero_grad()
        logits = model(x)
        loss = loss_function(logits, y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        right += (logits.argmax(1) == y).sum().item()
        rows += len(y)
    return total / rows, right / rows


@torch.no_grad()
def evaluate(data, batch_size: int) -> tuple[float, float]:
    model.eval()
    total, right, rows = 0.0, 0, 0
    for x, y in DataLoader(data, batch_size=batch_size):
        logits = model(x)
        total += loss_function(logits, y).item() * len(y)
        right += (logits.argmax(1) == y).sum().item()
        rows += len(y)
    return total / rows, right / rows


result = {"loss": [], "accuracy": [], "validation_loss": [], "validation_accuracy": []}
for _ in range(3):
    loss, accuracy = train_epoch()
    validation_loss, validation_accuracy = evaluate(validation, 8)
    result["loss"].append(loss)
    result["accuracy"].append(accuracy)
    result["validation_loss"].append(validation_loss)
    result["validation_accuracy"].append(validation_accuracy)
result["evaluated"] = evaluate(everything, 16)

print(json.dumps(result))
