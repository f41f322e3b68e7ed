"""PyTorch: arms ``eager`` and ``compile``.

``compile`` demands one whole graph: a graph break or a missing compiler is an error that becomes a
cell, never a silent return to eager.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import torch

from probes.bench.backends import first_part


def load(threads: int | None, device: str, mode: str) -> PytorchBackend:
    """Set PyTorch up; before any other use, because thread counts cannot be changed later."""
    if threads is not None:
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
        self._built = 0

    def version(self) -> str:
        """Return torch's version."""
        return str(torch.__version__)

    def runs_on(self) -> dict[str, str]:
        """PyTorch runs on no other framework."""
        return {}

    def threads(self) -> int:
        """Return the threads within one operation."""
        return int(torch.get_num_threads())

    def session(self, gradients: bool = False) -> AbstractContextManager[Any]:
        """Record gradients or do without them altogether, as TensorFlow does outside a tape."""
        context: AbstractContextManager[Any] = (
            torch.enable_grad() if gradients else torch.inference_mode()
        )
        return context

    def tensor(self, array: Any) -> Any:
        """Put an input on the device."""
        return self.host_tensor(array).to(self._device)

    def host_tensor(self, array: Any) -> Any:
        """Make an input a tensor in the host's memory."""
        return torch.from_numpy(array.copy())

    def to_bfloat16(self, tensor: Any) -> Any:
        """Round a tensor."""
        return tensor.to(torch.bfloat16)

    def weight(self, array: Any) -> Any:
        """Put a weight on the device."""
        return self.tensor(array)

    def start(self) -> None:
        """Forget what earlier cases compiled: they must not meet each other's graphs."""
        self._built = 0
        import torch._dynamo as dynamo
        from torch._dynamo.utils import counters

        dynamo.reset()
        counters.clear()

    def build(
        self, step: Callable[..., Any], mode: str, varying: bool = False
    ) -> Callable[..., Any]:
        """Return the function itself, or compiled as one graph: for these shapes, or for all."""
        if mode == "eager":
            return step
        import torch._dynamo as dynamo

        self._built += 1
        dynamo.config.suppress_errors = False
        compiled: Callable[..., Any] = torch.compile(
            step, fullgraph=True, dynamic=None if varying else False
        )
        return compiled

    def synchronise(self) -> None:
        """Wait for the device; the processor has nothing outstanding."""
        if self._device != "cpu":
            torch.cuda.synchronize()

    def checksum(self, output: Any) -> float:
        """Sum and fetch."""
        return float(first_part(output).sum().item())

    def to_numpy(self, output: Any) -> Any:
        """Fetch one part of an output."""
        part = output.detach().cpu()
        return (part.float() if part.dtype == torch.bfloat16 else part).numpy()

    def recompiles(self) -> int | None:
        """Return the graphs compiled since :meth:`start` beyond one per function built."""
        return max(0, _graphs() - self._built) if self._built else None

    def verify(self, mode: str) -> None:
        """Raise if ``compile`` compiled nothing, as it does when a variable switches it off."""
        if mode == "compile" and not (self._built and _graphs()):
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


def _graphs() -> int:
    from torch._dynamo.utils import counters

    return int(counters["stats"]["unique_graphs"])
