"""KB60x: every place in every seed document is accounted for by a claim."""

from __future__ import annotations

from ..errors import FileProblem
from ..loading.tree import Tree
from .report import problem


def check(tree: Tree) -> list[FileProblem]:
    """Return the items of seeds that no claim names."""
    named = {
        (place.seed, place.section, place.item)
        for located in tree.entries["claim"].values()
        for place in located.entry.places
    }
    found = []
    for located in tree.entries["seed"].values():
        for index, section in enumerate(located.entry.sections):
            for item in section.items:
                if (located.entry.id, section.id, item) not in named:
                    words = f"no claim accounts for {section.id}/{item}"
                    found.append(problem(located, f"sections[{index}].items", "KB601", words))
    return found
