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
    for place, array in enumerate(inputs):
        arrays[f"input_{place}"] = array
    for index in range(RING):
        one = [array[index] for array in inputs]
        arrays[f"reference_{index}"] = workload.reference(weights, case["sizes"], *one)
    np.savez(path, **arrays)


class CaseArrays:
    """The arrays of one case."""

    def __init__(self, path: str) -> None:
        """Read the file."""
        import numpy as np

        with np.load(path, allow_pickle=False) as stored:
            self.weights = {
                name.removeprefix("weight_"): stored[name]
                for name in stored.files
                if name.startswith("weight_")
            }
            names = sorted(name for name in stored.files if name.startswith("input_"))
            self.inputs = [stored[name] for name in names]
            self.references = [stored[f"reference_{index}"] for index in range(RING)]
