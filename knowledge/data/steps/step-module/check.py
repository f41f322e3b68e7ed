"""Self-check of the exercise about modules."""

import torch


def check(solution):
    layer = solution.Scale(3)
    names = {name for name, _ in layer.named_parameters()}
    yield "factor" in names, "factor is a parameter (nn.Parameter), so an optimiser finds it"
    if isinstance(layer.inner, list):
        yield False, "inner is a plain list: its weights are hidden; use nn.ModuleList"
    else:
        yield "inner.0.weight" in names and "inner.1.bias" in names, "inner holds two nn.Linear"
    yield "calls" not in names, "calls is not trained"
    yield "calls" in layer.state_dict(), "calls is stored (register_buffer)"
    x = torch.tensor([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])
    layer.train()
    layer(x)
    layer(x)
    layer.eval()
    found = layer(x)
    yield (
        float(layer.calls) == 2,
        f"calls counts in training only (2; yours: {float(layer.calls):g})",
    )
    wanted = layer.factor * layer.inner[1](layer.inner[0](x))
    yield torch.allclose(found, wanted), "forward goes through both inner layers, then scales"
