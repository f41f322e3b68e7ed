"""KB32x: questions whose answers cannot be told apart."""

from __future__ import annotations

from ..errors import FileProblem
from ..loading.tree import Tree
from .report import problem


def check(tree: Tree) -> list[FileProblem]:
    """Return the words that a person may type for an answer and that stand for two of them."""
    found = []
    for located in tree.entries["question"].values():
        meanings: dict[str, str] = {}
        for index, choice in enumerate(located.entry.choices):
            words = dict.fromkeys(
                (choice.id, choice.label.lower(), *map(str.lower, choice.aliases))
            )
            for word in words:
                other = meanings.setdefault(word, choice.id)
                if other != choice.id:
                    message = f"{word!r} of {choice.id!r} also stands for {other!r}"
                    found.append(problem(located, f"choices[{index}]", "KB320", message))
    return found
