"""Self-check of the exercise about large batches."""

import copy

import torch
from torch import nn


def run(model, x, y, clip):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(2):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses, model.weight.detach()


def check(solution):
    torch.manual_seed(0)
    start = nn.Linear(3, 1)
    x = torch.randn(11, 3)
    y = x.sum(1, keepdim=True) * 3 + torch.arange(11.0)[:, None]
    for clip, name in ((1e9, "without clipping"), (0.5, "with clipping")):
        losses, weight = run(copy.deepcopy(start), x, y, clip)
        model, sizes = copy.deepcopy(start), []
        model.register_forward_hook(lambda m, given, out, sizes=sizes: sizes.append(len(out)))
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        found = [solution.step(model, optimizer, x, y, 4, clip) for _ in range(2)]
        yield max(sizes) <= 4, f"never more than 4 rows at a time (most: {max(sizes)})"
        right = torch.allclose(model.weight, weight, atol=1e-5)
        off = float((model.weight - weight).abs().max())
        yield right, f"{name}: the weights are those of one large batch (off by {off:.2g})"
        close = abs(found[0] - losses[0]) < 1e-3 * losses[0]
        mean = sum(
            nn.functional.mse_loss(start(a), b).item() for a, b in zip(x.split(4), y.split(4))
        )
        if not close and abs(found[0] - mean / 3) < 1e-3 * losses[0]:
            yield False, "the last piece has 3 rows, but counts like 4; weight pieces by their rows"
        else:
            yield close, f"{name}: the loss is that of all rows"
    found = solution.forward_in_bfloat16(start, x)
    yield found.dtype == torch.bfloat16, "the product is taken in bfloat16 (torch.autocast)"
    yield start.weight.dtype == torch.float32, "the weights stay float32"
