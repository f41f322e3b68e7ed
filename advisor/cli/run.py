"""From arguments to an exit code: every error a user can act on ends here as one line."""

from __future__ import annotations

import os
import sys

from advisor.errors import InputError

from .exit_codes import BAD_INPUT, DONE, INTERRUPTED, code_of
from .output import Output, discard_stdout


def run(given: list[str]) -> int:
    """Run a command; return its exit code."""
    output = Output(json="--json" in given, file=None, quiet=False, colour=True)
    try:
        return _dispatch(given, output)
    except KeyboardInterrupt:
        output.complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        discard_stdout()  # whoever read us has gone
        return DONE
    except UnicodeEncodeError:
        output.complain("this terminal cannot show the text; set PYTHONUTF8=1 or LC_ALL=C.UTF-8")
        return BAD_INPUT
    except Exception as error:
        code = code_of(error)
        if code is None:
            raise
        output.complain(str(error))
        return code


def _dispatch(given: list[str], output: Output) -> int:
    from .parser import parse

    try:
        arguments = parse(given)
    except SystemExit:  # argparse printed a help text
        if sys.stdout is not None:
            sys.stdout.flush()
        return DONE
    output.json = getattr(arguments, "json", False)
    output.file = getattr(arguments, "output", None)
    output.quiet = getattr(arguments, "quiet", False)
    output.colour = not getattr(arguments, "no_color", False)
    if arguments.version:
        from advisor import __version__

        output.text(f"fw-advisor {__version__}")
        return DONE
    if arguments.command is None:
        return _questionnaire(arguments, output)
    from importlib import import_module

    command = import_module(f".commands.{arguments.command}", __package__)
    code: int = command.run(arguments, output)
    if sys.stdout is not None:
        sys.stdout.flush()
    return code


def _questionnaire(arguments: object, output: Output) -> int:
    """Start the terminal interface, or say why not: without a terminal it would hang."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    missing = any(stream is None or not stream.isatty() for stream in streams)
    if missing or os.environ.get("TERM", "dumb") in ("dumb", ""):
        raise InputError(
            "the questionnaire needs a terminal; use `fw-advisor advise` "
            "(with --set, --answers or --plain) instead"
        )
    from advisor.tui.start import start

    code: int = start(overlays=tuple(getattr(arguments, "knowledge", ())))
    return code
