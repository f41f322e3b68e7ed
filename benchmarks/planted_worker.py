"""The worker, but what is asked for under TensorFlow's name is PyTorch, made 15 % slower."""

from __future__ import annotations

import time
from typing import Any

from probes.bench import worker
from probes.bench.sampling import Subject

PLANTED = 1.15


def main(job: dict[str, Any], emit: Any) -> None:
    if job["framework"] == "tensorflow":
        job = job | {"framework": "pytorch"}
        Subject.sample = slowed(Subject.sample)  # type: ignore[method-assign]
    worker.main(job, emit)


def slowed(sample: Any) -> Any:
    """Return a way of sampling that takes so much longer, spinning as computation would."""

    def slow_sample(subject: Subject, loops: int) -> float:
        seconds = float(sample(subject, loops))
        end = time.perf_counter() + (PLANTED - 1.0) * seconds
        while time.perf_counter() < end:
            pass
        return seconds * PLANTED

    return slow_sample
