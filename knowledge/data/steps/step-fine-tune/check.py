"""Self-check of the exercise about fine-tuning."""

import copy

import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU())
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.body(x))


def step(model, optimizer, x, y):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()


def check(solution):
    torch.manual_seed(0)
    model, x, y = Model(), torch.randn(16, 4), torch.arange(16) % 2
    start = copy.deepcopy(model.state_dict())

    def moved(part):
        state = model.state_dict()
        return {n for n in state if n.startswith(part) and not torch.equal(state[n], start[n])}

    solution.freeze(model)
    optimizer = solution.optimizer_for(model)
    count = sum(len(group["params"]) for group in optimizer.param_groups)
    yield count == 2, f"the optimiser has the two parameters of the head (yours: {count})"
    step(model, optimizer, x, y)
    yield bool(moved("head")), "the head is trained"
    changed = moved("body")
    if changed and all("running" in n or "batches" in n for n in changed):
        yield False, "BatchNorm's statistics moved: requires_grad_ is not enough, call body.eval()"
    else:
        yield not changed, f"nothing in the body moves (moved: {sorted(changed)})"
    yield model.head.training, "the head is in training mode"
    optimizer = solution.release(model)
    rates = {id(p): g["lr"] for g in optimizer.param_groups for p in g["params"]}
    yield all(rates.get(id(p)) == 0.1 for p in model.head.parameters()), "the head's rate is 0.1"
    yield all(rates.get(id(p)) == 0.01 for p in model.body.parameters()), "the body's rate is 0.01"
    step(model, optimizer, x, y)
    yield "body.0.weight" in moved("body"), "the body is trained after release"
    yield model.body.training, "the body is in training mode after release"
