"""The command line. Importing it loads nothing heavy: each command imports what it needs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `fw-advisor` with these arguments; return the exit code of the contract."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]) and sys.stdout is not None:
        from advisor import __version__

        try:
            sys.stdout.write(f"fw-advisor {__version__}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            from .output import discard_stdout

            discard_stdout()
        return 0
    # A quick command lives for a tenth of a second: the collector would only walk what stays.
    # Commands that live longer switch it on again.
    gc.disable()
    try:
        from .run import run

        return run(given)
    finally:
        gc.enable()
