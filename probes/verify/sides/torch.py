"""Child: PyTorch as a side."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from probes.verify.arrays import cotangent, named_arrays
from probes.verify.symbols import resolve


def make(subject: str) -> Side:
    """Import the framework; ImportError if it is not there. There is one subject only."""
    return Side()


class Side:
    """PyTorch on one thread."""

    def __init__(self) -> None:
        """Fix the number of threads."""
        self._torch: Any = importlib.import_module("torch")
        self._torch.set_num_threads(1)
        # A warning that is given once per process would be given to one row only.
        self._torch.set_warn_always(True)
        self._names = {
            "torch": self._torch,
            "nn": self._torch.nn,
            "F": importlib.import_module("torch.nn.functional"),
            "np": importlib.import_module("numpy"),
            "numpy": importlib.import_module("numpy"),
        }

    def prepare(self) -> None:
        """Import what optimisers import when they are first made: seconds, in every copy."""
        importlib.import_module("torch._dynamo")

    def versions(self) -> dict[str, str]:
        """Return versions without local build tags."""
        return {"torch": self._torch.__version__.partition("+")[0]}

    def names(self) -> dict[str, Any]:
        """Return what code finds imported."""
        return dict(self._names)

    def seed(self) -> None:
        """Start every random stream anew."""
        import random

        random.seed(0)
        self._names["np"].random.seed(0)
        self._torch.manual_seed(0)

    def reset(self) -> bool:
        """Undo what code may have set for the whole process; say whether all of it was undone."""
        torch = self._torch
        torch.set_default_dtype(torch.float32)
        torch.set_default_device(None)
        torch.set_grad_enabled(True)
        torch.set_num_threads(1)
        torch.use_deterministic_algorithms(False)
        torch.autograd.set_detect_anomaly(False)
        return True

    def resolves(self, symbol: str, *, imports: bool) -> bool | None:
        """Say whether a symbol is there; None if it is not this side's to say."""
        if not symbol.startswith("torch."):
            return None
        return resolve(self._torch, symbol, self._torch.zeros(1), imports=imports)

    def run(
        self, code: Callable[[dict[str, Any]], dict[str, Any]], inputs: Any, row: dict[str, Any]
    ) -> dict[str, tuple[Any, str]]:
        """Return arrays of the outputs (`value.…`) and of the gradients (`gradient.…`)."""
        torch, wanted = self._torch, row["gradients"]
        given = {name: self._give(array, row["give"][name]) for name, array in inputs.items()}
        for name in wanted:
            given[name].requires_grad_(True)
        outputs = code(dict(given))
        arrays: dict[str, tuple[Any, str]] = {}
        total: Any = 0.0
        for name, value in outputs.items():
            axes = row["permute"].get(name)
            if axes and isinstance(value, torch.Tensor):
                value = value.permute(*axes)
            arrays.update(named_arrays(f"value.{name}", value, self._array))
            for tensor in _tensors(value, torch) if wanted else ():
                if tensor.dtype.is_floating_point and tensor.requires_grad:
                    weights = torch.as_tensor(cotangent(tuple(tensor.shape)), dtype=tensor.dtype)
                    total = total + (tensor * weights).sum()
        if wanted:
            leaves = [given[name] for name in wanted]
            found = (
                torch.autograd.grad(total, leaves, allow_unused=True)
                if isinstance(total, torch.Tensor)
                else [None] * len(leaves)
            )
            for name, gradient in zip(wanted, found, strict=True):
                arrays.update(named_arrays(f"gradient.{name}", gradient, self._array))
        return arrays

    def _give(self, array: Any, how: str) -> Any:
        if how == "array":
            return array
        if how == "python" or array.dtype.kind in "US":
            return array.tolist()
        return self._torch.from_numpy(array.copy())

    def _array(self, value: Any) -> tuple[Any, str] | None:
        torch = self._torch
        if isinstance(value, torch.dtype):
            return self._names["np"].asarray(str(value).removeprefix("torch.")), "dtype"
        if not isinstance(value, torch.Tensor):
            return None
        value = value.detach()
        word = str(value.dtype).removeprefix("torch.")
        if value.is_sparse or value.layout != torch.strided:
            value = value.to_dense()
        if value.is_quantized:
            value = value.dequantize()
        if word in ("bfloat16", "float8_e4m3fn", "float8_e5m2"):
            value = value.float()
        return value.resolve_conj().resolve_neg().cpu().numpy(), word


def _tensors(value: Any, torch: Any) -> list[Any]:
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        return [t for key in sorted(value, key=str) for t in _tensors(value[key], torch)]
    if isinstance(value, (tuple, list)):
        return [t for item in value for t in _tensors(item, torch)]
    return []
