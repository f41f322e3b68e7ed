"""Profiling with torch.profiler, timing with a clock."""

import json
import pathlib
import statistics
import time

import numpy as np
import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile, record_function

numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((64, 32)).astype("float32")
targets = np.sin(inputs.sum(1, keepdims=True))
kernels = [numbers.standard_normal(s).astype("float32") * 0.05 for s in ((32, 1024), (1024, 1))]
wide = numbers.standard_normal((600, 600)).astype("float32")
model = nn.Sequential(nn.Linear(32, 1024), nn.Tanh(), nn.Linear(1024, 1))
with torch.no_grad():
    for layer, kernel in zip((model[0], model[2]), kernels):
        layer.weight.copy_(torch.from_numpy(kernel.T))
        layer.bias.zero_()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
x, y = torch.from_numpy(inputs), torch.from_numpy(targets)


def step() -> float:
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()  # waits for the value


losses = [step() for _ in range(3)]  # warm-up

times = []
with profile(activities=[ProfilerActivity.CPU]) as profiler:
    for _ in range(5):
        with record_function("train"):
            began = time.perf_counter()
            losses.append(step())
            times.append(time.perf_counter() - began)
profiler.export_chrome_trace("trace.json")
print(profiler.key_averages().table(sort_by="self_cpu_time_total", row_limit=5))


def median(function) -> float:
    spent = []
    for _ in range(7):
        began = time.perf_counter()
        function().numpy()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


big = torch.from_numpy(wide)
parts = {"product": median(lambda: big @ big), "sum": median(lambda: x.sum())}
print(
    json.dumps(
        {
            "trace_written": pathlib.Path("trace.json").stat().st_size > 0,
            "slower_part": max(parts, key=parts.get),
            "losses": losses,
            "timed_steps": len(times),
            "median_seconds": statistics.median(times),
        }
    )
)
