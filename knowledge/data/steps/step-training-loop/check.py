"""Self-check of the exercise about the training loop."""

import torch
from torch import nn


def expected(model, inputs, targets, steps, empty=True):
    losses = []
    for _ in range(steps):
        if empty:
            model.zero_grad()
        loss = nn.functional.mse_loss(model(inputs), targets)
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.1 * parameter.grad
        losses.append(loss.item())
    return losses


def check(solution):
    generator = torch.Generator().manual_seed(0)
    inputs = torch.randn(16, 3, generator=generator)
    targets = inputs.sum(1, keepdim=True)
    torch.manual_seed(0)
    start = nn.Linear(3, 1).state_dict()

    def fresh():
        model = nn.Linear(3, 1)
        model.load_state_dict(start)
        return model

    wanted = expected(fresh(), inputs, targets, 6)
    found = solution.train(fresh(), inputs, targets, 6)
    yield isinstance(found, list) and len(found) == 6, "train returns one loss per step"
    yield found[-1] < found[0], "the loss falls"
    piled = expected(fresh(), inputs, targets, 6, empty=False)
    if torch.allclose(torch.tensor(found), torch.tensor(piled)):
        yield False, "gradients pile up: nothing empties .grad between the steps"
    yield (
        torch.allclose(torch.tensor(found), torch.tensor(wanted), atol=1e-5),
        "the losses are those of SGD with learning rate 0.1 on the mean squared error",
    )
