"""Names of the frameworks, and which interpreter each of them is looked for in.

``--python torch=PATH`` gives a framework an interpreter of its own; without it, ours is used. The
path may be a virtual environment's or conda prefix's folder, or the name of such an environment.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from probes.errors import ProbeError

FRAMEWORKS = ("pytorch", "tensorflow", "jax")
MODULES = {"pytorch": "torch", "tensorflow": "tensorflow", "jax": "jax"}
# Keras is only an arm of the benchmark, in the interpreter of its backend.
NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX", "keras": "Keras"}
_INSIDE = ("bin/python", "Scripts/python.exe", "python.exe")
_ALIASES = {"torch": "pytorch", "tf": "tensorflow"}


def resolve_interpreters(interpreters: Mapping[str, str] | None) -> dict[str, str]:
    """Return an interpreter for every framework.

    Raises:
        ProbeError: A framework has no such name, or the path is no file that can be executed.
    """
    answer = dict.fromkeys(FRAMEWORKS, sys.executable)
    for name, path in (interpreters or {}).items():
        framework = framework_called(name)
        if framework not in answer:
            raise ProbeError(
                f"{name!r} is not a framework; expected one of {', '.join(FRAMEWORKS)}"
            )
        program = find_interpreter(path)
        if program is None:
            raise ProbeError(f"the interpreter given for {name}, {path}, cannot be executed")
        answer[framework] = program
    return answer


def framework_called(name: str) -> str:
    """Return the framework that a person calls so: pytorch for torch; other names as they are."""
    return _ALIASES.get(name, name)


def find_interpreter(text: str) -> str | None:
    """Return the interpreter meant by a path, a program, an environment's folder or its name."""
    given = Path(text).expanduser()
    folders = [given]
    if given.name == text and not given.exists():
        folders += [parent / text for parent in _homes_of_environments()]
    programs = [Path(shutil.which(text) or given)]
    programs += [folder / inside for folder in folders for inside in _INSIDE]
    for program in programs:
        # Not resolved further: a virtual environment is found by the link, not by its target.
        if program.is_file() and os.access(program, os.X_OK):
            return str(program)
    return None


def _homes_of_environments() -> list[Path]:
    """Return the folders in which conda, virtualenvwrapper and others keep environments."""
    home = Path.home()
    folders = [home / ".virtualenvs", home / ".conda" / "envs", home / ".pyenv" / "versions"]
    folders += [home / name / "envs" for name in ("miniconda3", "miniforge3", "anaconda3")]
    if "WORKON_HOME" in os.environ:
        folders.insert(0, Path(os.environ["WORKON_HOME"]))
    conda = os.environ.get("CONDA_EXE") or os.environ.get("MAMBA_EXE")
    if conda:
        folders.insert(0, Path(conda).parent.parent / "envs")
    if "CONDA_ENVS_PATH" in os.environ:
        folders[:0] = [Path(one) for one in os.environ["CONDA_ENVS_PATH"].split(os.pathsep) if one]
    return folders
