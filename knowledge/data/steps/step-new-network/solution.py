"""A solution of the exercise about a first network, with PyTorch."""

import torch
from torch import nn


def train(inputs, labels):
    torch.manual_seed(0)
    x, y = torch.from_numpy(inputs), torch.from_numpy(labels)
    model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(200):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    model.eval()

    def predict(rows):
        with torch.no_grad():
            return model(torch.from_numpy(rows)).argmax(dim=1)

    return predict
