"""Started as a script under any interpreter: makes ``probes`` importable and runs one module of it.

Why not ``-m``: the interpreter may belong to another environment, where ``probes`` is not
installed, and putting our parent folder on its path would shadow its own packages with ours. Only
the package ``probes`` is made visible. Standard library only; Python 3.9 or newer.

Protocol: the job is one JSON object on stdin. Every line of the result is the job's token followed
by one JSON object, on the pipe that was stdout; stdout itself is turned into stderr first, so that
whatever a framework prints can never be mistaken for a result.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_PR_SET_PDEATHSIG = 1


def main() -> NoReturn:
    """Read the job, run the ``main(job, emit)`` of its module, end the process."""
    # The folder of this script and the working directory must not shadow the user's packages.
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - before any import
    sys.path[:] = [entry for entry in sys.path if entry and os.path.abspath(entry) != here]  # noqa: PTH100
    _end_with_parent()
    message = json.loads(sys.stdin.buffer.read())
    emit = _own_pipe(message["token"])
    if hasattr(signal, "alarm"):
        # A last resort for systems that do not tell a child when its controller was killed.
        signal.alarm(int(message["limit_seconds"]) + 15)
    _make_probes_importable(here)
    module = importlib.import_module(message["module"])
    module.main(message["job"], emit)
    # Everything has been sent. A framework's own tear-down takes a third of a second, and a crash
    # within it would say nothing about the work that was done.
    sys.stderr.flush()
    os._exit(0)


def _end_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends (Linux).

    That thread waits for this process, so it ends first only if the controller was killed: by
    a closed terminal, say. This process leads a session of its own and would not be told.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        return  # The alarm is left.


def _own_pipe(token: str) -> Callable[[dict[str, Any]], None]:
    sys.stdout.flush()
    descriptor = os.dup(1)
    os.dup2(2, 1)
    stream = os.fdopen(descriptor, "w", encoding="utf-8")

    def emit(line: dict[str, Any]) -> None:
        stream.write(token + json.dumps(line) + "\n")
        stream.flush()

    return emit


def _make_probes_importable(folder: str) -> None:
    specification = importlib.util.spec_from_file_location(
        "probes",
        os.path.join(folder, "__init__.py"),  # noqa: PTH118 - pathlib is not needed for this
        submodule_search_locations=[folder],
    )
    if specification is None or specification.loader is None:
        raise ImportError("the package probes cannot be loaded")
    package = importlib.util.module_from_spec(specification)
    sys.modules["probes"] = package
    specification.loader.exec_module(package)


if __name__ == "__main__":
    main()
