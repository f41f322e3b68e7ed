"""The golden scenarios: decisions of real organisations and hard technical facts."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import msgspec

import knowledge
from advisor.errors import InputError
from advisor.facts.answers import answer_from, question_named
from advisor.facts.fact import Fact
from knowledge.base import Knowledge

FOLDER = Path(knowledge.__file__).parent / "scenarios"


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case: as somebody would type it, as answers, and what a good answer says.

    `expect`: the first choices that are right (`choice`), options that must not come first
    (`must_not`), the classic question (`between`), the word (`strength`), systems of the stack,
    systems named instead of a framework, systems that must not be named.
    """

    title: str
    text: str
    answers: dict[str, Any]
    expect: dict[str, Any]
    kind: Literal["decision", "technical", "toss-up", "outdated"]
    basis: str
    decided: str
    sources: tuple[str, ...]
    name: str = ""

    def facts(self, knowledge: Knowledge) -> list[Fact]:
        """Return the answers as facts; what this knowledge base does not ask is left out."""
        found = []
        for name, value in self.answers.items():
            with suppress(InputError):
                question = question_named(knowledge.questions, name)
                found.append(Fact(name, answer_from(question, value), "file"))
        return found

    @property
    def choices(self) -> list[str]:
        """Return the first choices that are right; empty if only the rest is judged."""
        return listed(self.expect.get("choice", []))


def scenarios(folder: Path = FOLDER) -> list[Scenario]:
    """Return all scenarios, by name."""
    import yaml

    found = []
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found.append(msgspec.convert({**content, "name": path.stem}, Scenario))
    return found


def listed(value: Any) -> list[Any]:
    """Return a value, or the values of a list."""
    return list(value) if isinstance(value, (list, tuple)) else [value]
