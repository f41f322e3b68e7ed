"""Inputs, weights and references of one case, in one file that every arm reads.

Needs numpy, so only children use it. Plain arrays: pickled objects are refused on reading.
"""

from __future__ import annotations

import zlib
from typing import Any

RING = 4


def write_case(path: str, case: dict[str, Any], seed: int) -> None:
    """Make the arrays of a case from the seed, compute its references, save all in ``path``."""
    import numpy as np

    from probes.bench.workloads import load_workload

    workload = load_workload(case["workload"])
    # Its own stream per case: leaving a case out must not change the others.
    generator = np.random.default_rng([seed, zlib.crc32(case["id"].encode())])
    inputs, weights = workload.arrays(case["sizes"], generator)
    arrays: dict[str, Any] = {f"weight_{name}": array for name, array in weights.items()}
    for place, ring in enumerate(inputs):
        for index in range(RING):
            arrays[f"input_{place}_{index}"] = ring[index]
    for number, reference in enumerate(_references(workload, case["sizes"], weights, inputs)):
        for part, array in enumerate(parts(reference)):
            arrays[f"reference_{number}_{part}"] = array
    np.savez(path, **arrays)


def _references(workload: Any, sizes: dict[str, int], weights: Any, inputs: Any) -> list[Any]:
    """Return one reference per set of inputs, or what the workload says its outputs are."""
    if hasattr(workload, "references"):
        return list(workload.references(weights, sizes, *inputs))
    return [
        workload.reference(weights, sizes, *(ring[index] for ring in inputs))
        for index in range(RING)
    ]


def parts(output: Any) -> list[Any]:
    """Return an output as the list of its parts; most have one."""
    return list(output) if isinstance(output, (tuple, list)) else [output]


class CaseArrays:
    """The arrays of one case."""

    def __init__(self, path: str, with_references: bool = True) -> None:
        """Read the file; without its references where memory is what is measured."""
        import numpy as np

        self.weights: dict[str, Any] = {}
        inputs: dict[int, dict[int, Any]] = {}
        references: dict[int, dict[int, Any]] = {}
        with np.load(path, allow_pickle=False) as stored:
            for name in stored.files:
                kind, _, rest = name.partition("_")
                if kind == "reference" and not with_references:
                    continue
                if kind == "weight":
                    self.weights[rest] = stored[name]
                    continue
                first, second = (int(number) for number in rest.split("_"))
                group = inputs if kind == "input" else references
                group.setdefault(first, {})[second] = stored[name]
        self.inputs = [_in_order(ring) for ring in _in_order(inputs)]
        self.references = [_in_order(one) for one in _in_order(references)]


def _in_order(numbered: dict[int, Any]) -> list[Any]:
    return [numbered[number] for number in sorted(numbered)]
