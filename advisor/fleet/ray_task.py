"""What runs inside a Ray worker: starts the probe in a process of its own and waits for it.

Sent to the node by value, so the worker needs none of our packages. Standard library only.
"""

from __future__ import annotations

from typing import Any

MOST_WORDS = 4000


def probe_here(interpreter: str | None, part: str, limit_seconds: float) -> dict[str, Any]:
    """Return how the probe of this node ended, and what it printed."""
    import contextlib
    import os
    import signal
    import subprocess
    import sys

    python = interpreter or sys.executable
    # Ray hides all cards, by an empty variable, from tasks that ask for none.
    hiding = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES")
    environment = {name: value for name, value in os.environ.items() if value or name not in hiding}
    environment["PYTHONSAFEPATH"] = "1"  # the worker's directory may hold anything
    command = [python, "-m", "advisor.fleet.node", part, str(limit_seconds)]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        return {"ended": "not-started", "words": f"{python}: {error.strerror}", "python": python}
    ended = "finished"
    try:
        out, err = process.communicate(timeout=limit_seconds)
    except subprocess.TimeoutExpired:
        ended, out, err = "timed-out", b"", b""
    finally:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    words = err.decode("utf-8", "replace")[-MOST_WORDS:]
    return {
        "ended": ended,
        "status": process.returncode,
        "document": out.decode("utf-8", "replace"),
        "words": words,
        "python": python,
    }
