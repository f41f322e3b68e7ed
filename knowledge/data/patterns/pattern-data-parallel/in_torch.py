"""Two workers with DistributedDataParallel over gloo."""

import json
import os

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.nn.parallel import DistributedDataParallel

WORKERS, STEPS, RATE = 2, 6, 0.1
numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((16, 3)).astype("float32")
targets = (inputs @ np.array([[1.0], [2.0], [-1.0]])).astype("float32")


def work(rank: int, folder: str) -> None:
    dist.init_process_group(
        "gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=WORKERS
    )
    layer = nn.Linear(3, 1)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    model = DistributedDataParallel(layer)
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    half = len(inputs) // WORKERS
    rows = slice(rank * half, rank * half + half)
    x, y = torch.from_numpy(inputs[rows]), torch.from_numpy(targets[rows])

    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)  # the mean of the own rows
        loss.backward()  # takes the mean of the gradients of all workers
        optimizer.step()
        everywhere = loss.detach().clone()
        dist.all_reduce(everywhere)
        losses.append(everywhere.item() / WORKERS)
    weights = layer.weight.flatten().tolist()
    with open(f"worker-{rank}.json", "w") as file:
        json.dump({"losses": losses, "weights": weights}, file)
    dist.destroy_process_group()


def main() -> None:
    mp.spawn(work, args=(os.getcwd(),), nprocs=WORKERS)
    results = [json.load(open(f"worker-{rank}.json")) for rank in range(WORKERS)]
    print(json.dumps({**results[0], "same_on_both_workers": results[0] == results[1]}))


if __name__ == "__main__":
    main()
