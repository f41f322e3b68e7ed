"""PyTorch: arms ``eager`` and ``compile``.

``compile`` demands one whole graph: a graph break or a missing compiler is an error that becomes a
cell, never a silent return to eager.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import torch


def load(threads: int, device: str) -> PytorchBackend:
    """Set PyTorch up; before any other use, because thread counts cannot be changed later."""
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)
    # TF32 would trade accuracy for speed on one side only; off on both.
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    return PytorchBackend(device)


class PytorchBackend:
    """See :class:`probes.bench.backends.Backend`."""

    def __init__(self, device: str) -> None:
        """Use ``device``: cpu or cuda."""
        self._device = device

    def version(self) -> str:
        """Return torch's version."""
        return str(torch.__version__)

    def threads(self) -> int:
        """Return the threads within one operation."""
        return int(torch.get_num_threads())

    def session(self) -> AbstractContextManager[Any]:
        """Forward only: no gradients are recorded, as in TensorFlow outside a tape."""
        context: AbstractContextManager[Any] = torch.inference_mode()
        return context

    def tensor(self, array: Any) -> Any:
        """Put an input on the device."""
        return torch.from_numpy(array.copy()).to(self._device)

    def weight(self, array: Any) -> Any:
        """Put a weight on the device."""
        return self.tensor(array)

    def build(self, step: Callable[..., Any], mode: str) -> Callable[..., Any]:
        """Return the function itself, or compiled as one graph for these very shapes."""
        if mode == "eager":
            return step
        import torch._dynamo as dynamo
        from torch._dynamo.utils import counters

        # Workloads of one process must not meet each other's compilations.
        dynamo.reset()
        counters.clear()
        dynamo.config.suppress_errors = False
        compiled: Callable[..., Any] = torch.compile(step, fullgraph=True, dynamic=False)
        return compiled

    def synchronise(self) -> None:
        """Wait for the device; the processor has nothing outstanding."""
        if self._device != "cpu":
            torch.cuda.synchronize()

    def checksum(self, output: Any) -> float:
        """Sum and fetch."""
        return float(output.sum().item())

    def to_numpy(self, output: Any) -> Any:
        """Fetch a whole output."""
        return output.cpu().numpy()

    def compilations(self, function: Callable[..., Any]) -> int | None:
        """Return the number of graphs compiled since the last :meth:`build`."""
        if not hasattr(function, "_torchdynamo_orig_callable"):
            return None
        from torch._dynamo.utils import counters

        return int(counters["stats"]["unique_graphs"])

    def verify(self, mode: str, function: Callable[..., Any]) -> None:
        """Raise if ``compile`` compiled nothing, as it does when a variable switches it off."""
        if mode == "compile" and not self.compilations(function):
            raise RuntimeError("torch.compile compiled nothing; it ran eagerly")

    def reset_peak_memory(self) -> bool:
        """Start counting the card's memory anew."""
        if self._device == "cpu":
            return False
        torch.cuda.reset_peak_memory_stats()
        return True

    def peak_memory_bytes(self) -> int | None:
        """Return the allocator's peak."""
        return int(torch.cuda.max_memory_allocated())
