"""The parser: names of commands and flags, nothing that runs.

A command is one module in `commands/` with HELP, EXAMPLES, configure(parser) and
run(arguments, output) → exit code; `COMMANDS` is the only list of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from importlib import import_module
from typing import Any, NoReturn

from advisor.errors import InputError
from knowledge.errors import shortened

COMMANDS: dict[str, str] = {
    "advise": "recommend a framework from your own words, answers, measurements and code",
    "probe": "look at this machine and measure both frameworks",
    "fleet": "merge the probes of many machines, or have many machines probed",
    "search": "find entries of the knowledge base",
    "show": "print one entry with its sources, its age and its links",
    "compare": "put options side by side, topic by topic",
    "claims": "list what is said about the frameworks, and what became of it",
    "api": "find the equivalent of a symbol in the other framework, or of all in a file",
    "learn": "follow a learning path, with exercises that check themselves",
    "kb": "check the knowledge base, and see how well it covers its field",
    "schema": "print the JSON Schema of a document",
}


class Parser(argparse.ArgumentParser):
    """Raises instead of printing usage: errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Turn argparse's message into an InputError."""
        raise InputError(f"{message} (see `{self.prog} --help`)")


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Breaks help between words only: half an id or half a flag cannot be copied."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        from textwrap import wrap

        return wrap(" ".join(text.split()), width, break_on_hyphens=False)


def parse(given: list[str]) -> argparse.Namespace:
    """Return parsed arguments; only the named command's module is imported."""
    common = _common()
    parser = Parser(
        prog="fw-advisor",
        allow_abbrev=False,
        parents=[common],
        description="PyTorch or TensorFlow, for us, on this machine, today?",
        epilog="Without a command: the interactive questionnaire.\n"
        "Try: fw-advisor advise --set goal=research",
        formatter_class=Formatter,
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    # Without `prog`, argparse formats a usage line here, and imports shutil and more for it.
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=Parser, prog="fw-advisor"
    )
    wanted = _command_in(given)
    flags = set(common._option_string_actions)
    for name, summary in COMMANDS.items():
        if name != wanted:
            commands.add_parser(name, help=summary, add_help=False)
            continue
        module: Any = import_module(f".commands.{name}", __package__)
        child = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            allow_abbrev=False,
            parents=[common],
            epilog=module.EXAMPLES,
            formatter_class=Formatter,
        )
        module.configure(child)
        flags |= set(child._option_string_actions)
    if wanted and wanted not in COMMANDS:
        raise InputError(
            f"unknown command {shortened(wanted)!r} (one of {', '.join(COMMANDS)})"
            + _did_you_mean(wanted, COMMANDS)
        )
    for word in given[: given.index("--") if "--" in given else None]:
        flag, _, value = word.partition("=")
        # argparse makes an empty list of it.
        if flag in flags and value == "--":
            raise InputError(f"{flag}: '--' is no value")
    arguments, unknown = parser.parse_known_args(given)
    if unknown:
        word = unknown[0].partition("=")[0]
        what = "unknown flag" if word.startswith("-") else "unexpected argument"
        prog = f"{parser.prog} {wanted}".strip()
        raise InputError(
            f"{what} {shortened(word)!r} (see `{prog} --help`)"
            + _did_you_mean(word, (flag for flag in flags if flag.startswith("--")))
        )
    return arguments


def _did_you_mean(word: str, valid: Iterable[str]) -> str:
    from knowledge.errors import nearest

    names = {name.lstrip("-"): name for name in valid}
    near = nearest(word.lstrip("-"), names)
    return f"; did you mean {names[near]!r}?" if near else ""


def _command_in(given: list[str]) -> str:
    """Return the first word that is neither a flag nor the value of one."""
    words = iter(given)
    for word in words:
        if word in ("-o", "--output", "--knowledge"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _common() -> Parser:
    """Return the flags every command takes; SUPPRESS keeps those given before the command."""
    off = argparse.SUPPRESS
    common = Parser(add_help=False, allow_abbrev=False)
    group = common.add_argument_group("output")
    group.add_argument("--json", action="store_true", default=off, help="one JSON document")
    group.add_argument("-o", "--output", metavar="FILE", default=off, help="write there instead")
    group.add_argument("--quiet", action="store_true", default=off, help="no narration")
    group.add_argument("--no-color", action="store_true", default=off, help="no colour")
    group.add_argument(
        "--knowledge",
        metavar="DIR",
        action="append",
        default=off,
        help="lay an overlay on the knowledge base (repeatable)",
    )
    return common
