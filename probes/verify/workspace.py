"""The files of a run: one real .py per piece of code, and where its arrays go."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from probes.verify.rows import SIDES, Row

_REMOVED = ("OMP_", "MKL_", "KMP_", "TF_", "XLA_", "TORCH_", "PYTORCH_", "KERAS_", "TORCHINDUCTOR_")


_SUBJECTS = {"": {}, "tf-keras": {"TF_USE_LEGACY_KERAS": "1"}}
"""Subject of a row → what its process finds in its environment: `tf-keras` is Keras 2."""


class Workspace:
    """A folder with the code of every row; rows are named by their place."""

    def __init__(self, folder: Path, rows: Sequence[Row]) -> None:
        """Write every file."""
        self.folder = folder
        self.rows = rows
        for place, row in enumerate(rows):
            for side in SIDES:
                for name, code in pieces_of(row, side).items():
                    self.code(place, side, name).write_text(code, encoding="utf-8")

    def inputs(self, place: int) -> Path:
        """Return where a row's inputs lie."""
        return self.folder / f"{place:04d}.inputs.npz"

    def code(self, place: int, side: str, name: str) -> Path:
        """Return where a piece of code lies."""
        return self.folder / f"row_{place:04d}_{side}_{name}.py"

    def arrays(self, place: int, side: str, name: str) -> Path:
        """Return where the arrays of a piece of code lie."""
        return self.folder / f"{place:04d}.{side}.{name}.npz"

    def sides_of(self, place: int) -> list[str]:
        """Return the sides on which a row has something to run."""
        row = self.rows[place]
        return [s for s in SIDES if pieces_of(row, s) or row.symbols.get(s)]

    def jobs(self, places: Sequence[int], side: str) -> list[dict[str, Any]]:
        """Return what a batch is told about these rows."""
        return [self._job(place, side) for place in places]

    def _job(self, place: int, side: str) -> dict[str, Any]:
        row = self.rows[place]
        return {
            "row": place,
            "inputs": str(self.inputs(place)),
            "folder": str(self.folder / f"cwd_{side}_{place:04d}"),
            "outputs": row.outputs,
            "gradients": row.gradients,
            "give": {name: recipe.get("give") or "tensor" for name, recipe in row.inputs.items()},
            "permute": row.permute if side == "torch" else {},
            "symbols": row.symbols.get(side, []),
            "seconds": row.seconds,
            "pieces": [
                {
                    "name": name,
                    "path": str(self.code(place, side, name)),
                    "folder": str(self.folder / f"cwd_{side}_{place:04d}_{name}"),
                    "arrays": str(self.arrays(place, side, name)),
                    "compare": name != "old",
                }
                for name in pieces_of(row, side)
            ],
        }


def pieces_of(row: Row, side: str) -> dict[str, str]:
    """Return the pieces of code of one side by what they are for."""
    setup = row.setup.get(side, "")
    pieces = {"code": row.code.get(side, "")}
    if row.naive and row.naive_side == side:
        pieces["naive"] = row.naive
    found = {
        name: f"{setup.rstrip()}\n{text}" if setup else text
        for name, text in pieces.items()
        if text.strip()
    }
    if row.old.get(side, "").strip():
        found["old"] = row.old[side]
    return found


def subject_environment(subject: str) -> dict[str, str]:
    """Return what the environment of a process adds for a subject."""
    return dict(_SUBJECTS[subject])


def child_environment(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment for a child: processor only, one thread, nothing of the user's tuning.

    oneDNN is off: its kernels round differently from one processor to the next, and what is
    compared here is meaning, not speed.
    """
    kept = {k: v for k, v in environment.items() if not k.startswith(_REMOVED)}
    return kept | {
        "CUDA_VISIBLE_DEVICES": "-1",
        "HIP_VISIBLE_DEVICES": "-1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": str(folder / "keras"),
        "TORCHINDUCTOR_COMPILE_THREADS": "1",
        "TORCHINDUCTOR_CACHE_DIR": str(folder / "inductor"),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(folder),
        "PATH": environment.get("PATH", os.defpath),
    }
