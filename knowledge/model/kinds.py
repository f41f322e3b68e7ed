"""The kinds of entry: one row says folder, module and type, and everything else follows from it.

A new kind is one file of types and one row here. A type is imported when it is first asked for:
advice needs a third of them, and a quick command should not pay for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

ROWS: dict[str, tuple[str, str, str]] = {
    "option": ("options", "option", "Option"),
    "criterion": ("criteria", "criterion", "Criterion"),
    "question": ("questions", "question", "Question"),
    "rule": ("rules", "rule", "RULE_TYPES"),
    "pick": ("picks", "pick", "Pick"),
    "system": ("systems", "system", "System"),
    "feature": ("features", "feature", "Feature"),
    "claim": ("claims", "claim", "Claim"),
    "use-case": ("use-cases", "use_case", "UseCase"),
    "adopter": ("adopters", "adopter", "Adopter"),
    "figure": ("figures", "figure", "Figure"),
    "term": ("terms", "term", "Term"),
    "api": ("api", "api", "Api"),
    "gotcha": ("gotchas", "gotcha", "Gotcha"),
    "pattern": ("patterns", "pattern", "Pattern"),
    "move": ("moves", "move", "Move"),
    "path": ("paths", "path", "Path"),
    "step": ("steps", "path", "Step"),
    "build": ("builds", "build", "Build"),
    "chip": ("chips", "build", "Chip"),
    "verification": ("verified", "verification", "Verification"),
    "phrase": ("phrases", "reading", "Phrase"),
    "reading": ("readings", "reading", "Reading"),
    "seed": ("seeds", "seed", "Seed"),
    "source": ("sources", "source", "Source"),
}
"""Kind → folder below `data`, module here, and the name of its type in that module."""

UNLISTED = frozenset({"verification", "phrase", "reading", "build", "chip"})
"""Kinds that belong to other entries, to the reader or to the doctor: not searched or listed."""

FOLDERS: dict[str, str] = {kind: folder for kind, (folder, _, _) in ROWS.items()}


class _Kinds(Mapping[str, Any]):
    """Kind → type; for a kind with variants, a mapping from its `kind` key to the type."""

    def __getitem__(self, kind: str) -> Any:
        _, module, name = ROWS[kind]
        return getattr(import_module(f".{module}", __package__), name)

    def __iter__(self) -> Iterator[str]:
        return iter(ROWS)

    def __len__(self) -> int:
        return len(ROWS)


KINDS = _Kinds()
