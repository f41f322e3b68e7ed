"""Peak memory of the training step, in a process of its own, over batch sizes.

The step is that of ``train-step``. What counts is resident memory of the whole process, framework
included, at its highest while steps run that are already compiled; on a device it is the peak of
the allocator. Figures of their own: what was resident before the first step (the price of the
framework), what the steps added (this grows with the batch), and the peak up to the end of the
first step, which compiles.
"""

from __future__ import annotations

from typing import Any

from probes.bench.workloads import train_step

TITLE = "Peak memory of a training step"
METRIC = "bytes"
QUANTITY = "bytes"
FRESH = True
FRAMEWORKS = ("pytorch", "tensorflow")
TOLERANCE = 1e-3
PROCESS_SECONDS = {
    "pytorch/eager": 2.7,
    "pytorch/compile": 7.0,
    "tensorflow/eager": 4.5,
    "tensorflow/function": 6.0,
    "tensorflow/function-xla": 8.0,
}
COLD_SECONDS = {"pytorch/compile": 26.0}

# Long texts and a large vocabulary, so that the steps weigh something beside the framework.
_MODEL = {"length": 128, "width": 128, "heads": 4, "vocabulary": 4096}
CASES = {
    "batch-1": {"batch": 1} | _MODEL,
    "batch-4": {"batch": 4} | _MODEL,
    "batch-8": {"batch": 8} | _MODEL,
}
EFFORTS = {
    "quick": ("batch-4",),
    "standard": ("batch-1", "batch-4", "batch-8"),
    "thorough": ("batch-1", "batch-4", "batch-8"),
}
describe = train_step.describe
arrays = train_step.arrays


def work(sizes: dict[str, int]) -> float:
    """Return one: a peak is a peak."""
    return 1.0


def references(weights: dict[str, Any], sizes: dict[str, int], ring: Any) -> list[Any]:
    """Return the losses of five steps."""
    return [train_step.references(weights, sizes, ring)[0][0]]


def measure(job: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Run five steps from the weights in the file; the peak is that of all but the first one."""
    from probes.bench import peak_memory
    from probes.bench.building import opened

    with opened("train-step", job, case) as it:
        step, ring, backend = it.program.step, it.ring, it.backend
        on_device = backend.reset_peak_memory()
        before = backend.peak_memory_bytes() if on_device else peak_memory.resident_bytes()
        losses = [backend.checksum(step(*ring[0]))]
        backend.verify(job["arm_mode"])
        compiled = backend.peak_memory_bytes() if on_device else peak_memory.peak_bytes()
        counted = backend.reset_peak_memory() if on_device else peak_memory.reset_peak()
        losses += [backend.checksum(step(*ring[n % len(ring)])) for n in range(1, train_step.STEPS)]
        backend.synchronise()
        peak = backend.peak_memory_bytes() if on_device else peak_memory.peak_bytes()
        version = backend.version()
    if not counted or peak is None or before is None or compiled is None:
        raise RuntimeError("this system does not let a process reset its peak of resident memory")

    import numpy as np

    return {
        "value": float(peak),
        "outputs": [np.array(losses)],
        "version": version,
        "figures": {
            "before": (float(before), "bytes"),
            "added": (float(max(0, peak - before)), "bytes"),
            "first-step": (float(compiled), "bytes"),
        },
    }
