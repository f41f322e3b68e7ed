"""KB2xx: whether statements rest on something."""

from __future__ import annotations

from ..errors import FileProblem
from ..loading.tree import Located, Tree
from ..model.rule import ValueRule, VetoRule
from .report import problem

NEEDS_SOURCES = ("system", "feature", "claim", "use-case", "adopter", "figure")
REGISTRIES = ("pypi" + ".org", "npmjs" + ".com", "pythonhosted" + ".org")


def check(tree: Tree) -> list[FileProblem]:
    """Return entries without evidence, dates that cannot be, and sources nobody uses."""
    found: list[FileProblem] = []
    used: set[str] = set()
    for located in tree.all():
        used.update(_sources(located))
        if located.kind in NEEDS_SOURCES and not _sources(located):
            found.append(problem(located, "", "KB203", "has no source"))
        # Weights are judgement and measurements are their own evidence; facts need a source.
        if isinstance(located.entry, (ValueRule, VetoRule)) and not located.entry.because:
            found.append(problem(located, "because", "KB204", "names no evidence"))
        if located.kind == "source":
            found += _source(located)
    for located in tree.entries["source"].values():
        if located.entry.id not in used:
            found.append(problem(located, "", "KB206", "is used by no entry"))
    return found


def _sources(located: Located) -> list[str]:
    names = list(located.entry.sources)
    for statement in getattr(located.entry, "statements", ()):
        names += statement.sources
    return names


def _source(located: Located) -> list[FileProblem]:
    source = located.entry
    found = []
    if any(host in source.url for host in REGISTRIES):
        found.append(
            problem(located, "url", "KB205", "names a package registry", "a package URL (pkg:…)")
        )
    published, accessed = source.published or "", source.accessed
    known = min(len(published), len(accessed))
    if published[:known] > accessed[:known]:
        found.append(problem(located, "published", "KB207", "is later than `accessed`"))
    if source.quote and len(source.quote.split()) > 25:
        found.append(problem(located, "quote", "KB208", "is longer than 25 words"))
    return found
