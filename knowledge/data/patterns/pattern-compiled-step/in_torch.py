"""torch.compile: graphs are counted by a backend that only counts."""

import json

import numpy as np
import torch

numbers = np.random.default_rng(0)
rows = [numbers.standard_normal((length, 3)).astype("float32") for length in (2, 5, 7, 4)]
factors = [1.0, 2.0, 3.0, 4.0]
graphs = []


def counting(graph: torch.fx.GraphModule, examples: list):
    graphs.append(graph)
    return graph.forward  # run it as it is; leave the argument out for TorchInductor


def body(x: torch.Tensor, factor: torch.Tensor | float) -> torch.Tensor:
    return (torch.tanh(x) * factor).sum()


tensors = [torch.from_numpy(x) for x in rows]
same_shape = torch.compile(body, backend=counting)
for factor in factors:
    same_shape(tensors[0], torch.tensor(factor))
with_tensors = len(graphs)

torch.compiler.reset()
graphs.clear()
numbers_given = torch.compile(body, backend=counting)
for factor in factors:
    numbers_given(tensors[0], factor)  # the second number makes it a variable of the graph
with_numbers = len(graphs)

torch.compiler.reset()
graphs.clear()
declared = torch.compile(body, backend=counting, dynamic=True)
values = [declared(x, torch.tensor(f)).item() for x, f in zip(tensors, factors)]

print(
    json.dumps(
        {
            "values": values,
            "traces_tensors": with_tensors,
            "traces_numbers": with_numbers,
            "traces_declared": len(graphs),
        }
    )
)
