from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from advisor.cli import history_flags
from advisor.cli.history import history
from advisor.cli.output import Output
from advisor.cli.parser import Parser
from advisor.cli.store_access import store_path
from probes.evidence import Reading
from probes.store import Store, open_store
from tests.store.making import hardware


class Ran(msgspec.Struct, frozen=True):
    """What a command printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return msgspec.json.decode(self.out)


Run = Callable[..., Ran]


def parsed(words: list[str]) -> argparse.Namespace:
    """Arguments as `probe` will get them."""
    parser = Parser()
    parser.add_argument("part", nargs="?")
    history_flags.configure(parser)
    for flag in ("--json", "--quiet", "--redact"):
        parser.add_argument(flag, action="store_true")
    arguments = parser.parse_args(words)
    history_flags.refuse(arguments)
    return arguments


@pytest.fixture
def store() -> Store:
    return open_store(store_path())


@pytest.fixture(autouse=True)
def this_machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, Reading]:
    """The machine that documents are made up for."""
    facts = hardware()
    monkeypatch.setattr("probes.run.look_at_hardware", lambda: facts)
    monkeypatch.setattr("advisor.cli.present._version", lambda *pair: VERSIONS.get(pair[0]))
    return facts


VERSIONS = {"pytorch": "2.13.0", "tensorflow": "2.21.0"}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def start(*words: str) -> Ran:
        arguments = parsed(["history", *words])
        arguments.chart = None
        output = Output(json=arguments.json, file=None, quiet=arguments.quiet, colour=False)
        code = history(arguments, output)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return start
