"""Names of the frameworks, and which interpreter each of them is looked for in.

``--python torch=PATH`` gives a framework an interpreter of its own; without it, ours is used.
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
NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX"}
_ALIASES = {"torch": "pytorch", "tf": "tensorflow"}


def resolve_interpreters(interpreters: Mapping[str, str] | None) -> dict[str, str]:
    """Return an interpreter for every framework.

    Raises:
        ProbeError: A framework has no such name, or the path is no file that can be executed.
    """
    answer = dict.fromkeys(FRAMEWORKS, sys.executable)
    for name, path in (interpreters or {}).items():
        framework = _ALIASES.get(name, name)
        if framework not in answer:
            raise ProbeError(
                f"{name!r} is not a framework; expected one of {', '.join(FRAMEWORKS)}"
            )
        program = shutil.which(path) or str(Path(path).expanduser())
        # Not resolved further: a virtual environment is found by the link, not by its target.
        if not (Path(program).is_file() and os.access(program, os.X_OK)):
            raise ProbeError(f"the interpreter given for {name}, {path}, cannot be executed")
        answer[framework] = program
    return answer
