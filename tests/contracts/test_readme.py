"""What the README quotes is what the program says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from advisor.cli import main
from advisor.cli.parser import parse

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(), re.DOTALL)


def test_the_statistics_are_those_of_the_knowledge_base(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["kb", "stats"]) == 0
    said = {" ".join(line.split()) for line in capsys.readouterr().out.splitlines()}
    (quoted,) = blocks(PAGES[0], "stats")
    for line in quoted.strip().splitlines():
        assert " ".join(line.split()) in said, line


def commands() -> list[str]:
    found = []
    for page in PAGES:
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                command = line.split("#")[0].split("|")[0].strip()
                if command.startswith("fw-advisor "):
                    found.append(command)
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_shown_is_one(command: str) -> None:
    words = shlex.split(command)[1:]
    assert parse(words).command == words[0]


def test_there_are_commands_to_check() -> None:
    assert len(commands()) > 8
