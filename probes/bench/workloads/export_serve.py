"""Export a transformer block, reload it in another process, call it there: what serving runs.

The arms: ``torch.export`` saved and loaded (eager), a package of AOTInductor (compile, needs a C++
compiler), a SavedModel (function), and one whose function XLA must compile (function-xla). The
first process of an arm exports, for the export alone can take minutes; what is timed, and held
against the reference, is the model as it was reloaded. Its first call stands in the cell.

Figures: ``reload`` of every process; ``export`` and ``artifact`` once per arm.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from probes.bench.program import Figures, Program
from probes.bench.workloads import transformer_block

TITLE = "Exported transformer block"
METRIC = transformer_block.METRIC
TOLERANCE = transformer_block.TOLERANCE
MODES = {"pytorch": ("eager", "compile"), "tensorflow": ("function", "function-xla")}
BUILDS = True
COMPILE_SECONDS = {
    "pytorch/compile": 0.5,
    "tensorflow/function": 0.7,
    "tensorflow/function-xla": 2.0,
}
COLD_SECONDS = {
    "pytorch/eager": 4.0,
    "pytorch/compile": 60.0,
    "tensorflow/function": 2.0,
    "tensorflow/function-xla": 2.0,
}

CASES = {
    "128x256": transformer_block.CASES["128x256"],
    "256x512": transformer_block.CASES["256x512"],
}
EFFORTS = {"quick": ("128x256",), "thorough": ("128x256", "256x512")}

describe = transformer_block.describe
work = transformer_block.work
arrays = transformer_block.arrays
reference = transformer_block.reference


def pytorch(weights: dict[str, Any], sizes: dict[str, int], build: Any) -> Program:
    """Return the model that ``torch.export`` or AOTInductor has written, reloaded."""
    import torch

    class Block(torch.nn.Module):  # type: ignore[misc]  # torch is not there when types are checked
        """The block, holding its weights."""

        def __init__(self) -> None:
            super().__init__()
            self.weights = torch.nn.ParameterDict(
                {
                    name: torch.nn.Parameter(weight, requires_grad=False)
                    for name, weight in weights.items()
                }
            )

        def forward(self, x: Any) -> Any:
            # Built anew while it is traced, so that the weights are those of the module.
            return transformer_block.pytorch(dict(self.weights.items()), sizes)(x)

    def export(path: str) -> None:
        x = torch.zeros(_shape(sizes), device=weights["query"].device)
        program = torch.export.export(Block().eval(), (x,))
        if build.mode == "eager":
            torch.export.save(program, path)
        else:
            torch._inductor.aoti_compile_and_package(program, package_path=path)

    def reload(path: str) -> tuple[Any, Any]:
        if build.mode == "eager":
            model = torch.export.load(path).module()
        else:
            model = torch._inductor.aoti_load_package(path)
        return model, model

    return _served(sizes, build, "pt2", export, reload)


def tensorflow(weights: dict[str, Any], sizes: dict[str, int], build: Any) -> Program:
    """Return the function of a SavedModel, reloaded."""
    import tensorflow as tf

    def export(path: str) -> None:
        module = tf.Module()
        module.weights = weights
        module.serve = build(transformer_block.tensorflow(weights, sizes))
        signature = module.serve.get_concrete_function(tf.TensorSpec(_shape(sizes), tf.float32))
        tf.saved_model.save(module, path, signatures=signature)

    def reload(path: str) -> tuple[Any, Any]:
        model = tf.saved_model.load(path)
        graph = model.serve.get_concrete_function(tf.TensorSpec(_shape(sizes), tf.float32))
        if build.mode.endswith("xla") and not graph.function_def.attr["_XlaMustCompile"].b:
            raise RuntimeError("the reloaded function no longer asks for XLA")
        return model, model.serve

    return _served(sizes, build, "saved-model", export, reload)


def _shape(sizes: dict[str, int]) -> tuple[int, int, int]:
    return sizes["batch"], sizes["length"], sizes["width"]


class _Served(Program):
    """A reloaded model's function, with the model: without it, TensorFlow frees the variables."""

    def __init__(self, model: Any, function: Any, figures: Callable[[Any], Figures]) -> None:
        super().__init__(function, figures=figures, ready=True)
        self._model = model


def _served(
    sizes: dict[str, int],
    build: Any,
    kind: str,
    export: Callable[[str], None],
    reload: Callable[[str], tuple[Any, Any]],
) -> Program:
    """Return the reloaded model, exported before if no process of this run has done that."""
    folder = Path(build.folder or tempfile.mkdtemp(prefix="fw-advisor-export-"))
    name = "-".join([build.mode, *map(str, sizes.values())])
    artifact, note = folder / f"{name}.{kind}", folder / f"{name}.json"
    if not artifact.exists():
        # Under another name first: half an artifact must not be taken for one.
        unfinished = folder / f"{name}-unfinished.{kind}"
        started = time.perf_counter()
        export(str(unfinished))
        seconds = time.perf_counter() - started
        unfinished.rename(artifact)
        note.write_text(
            json.dumps({"export": [seconds, "s"], "artifact": [_bytes(artifact), "bytes"]})
        )
    started = time.perf_counter()
    model, function = reload(str(artifact))
    reloaded = time.perf_counter() - started

    def figures(ring: Any) -> Figures:
        found: dict[str, tuple[float, str]] = {"reload": (reloaded, "s")}
        if note.exists():
            # Taken, so that one export is one observation, and not one in every block.
            found |= {
                key: (value, unit) for key, (value, unit) in json.loads(note.read_text()).items()
            }
            note.unlink()
        return found

    program = _Served(model, function, figures)
    if build.folder is None:
        weakref.finalize(program, shutil.rmtree, folder, ignore_errors=True)
    return program


def _bytes(artifact: Path) -> int:
    files = [artifact] if artifact.is_file() else artifact.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())
