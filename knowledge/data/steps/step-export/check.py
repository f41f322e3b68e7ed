"""Self-check of the exercise about exporting."""

import pathlib
import tempfile

import torch
from torch import nn


def check(solution):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 2))
    model(torch.randn(16, 3))
    model.train()
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "model.pt2")
        solution.export(model, torch.randn(2, 3), path)
        yield pathlib.Path(path).exists(), "a file is written"
        yield model.training, "the model is still in training mode"
        loaded = solution.load(path)
        model.eval()
        x = torch.randn(2, 3)
        same = torch.allclose(loaded(x), model(x), atol=1e-6)
        yield same, "the loaded model answers as in evaluation (no dropout, running statistics)"
        try:
            more = loaded(torch.randn(7, 3)).shape
        except Exception:
            more = None
        yield more == (7, 2), "seven rows work, too (the example had two: dynamic_shapes)"
