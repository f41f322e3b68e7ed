"""What the names of a file stand for: imports, aliases, and module names that were assigned."""

from __future__ import annotations

import ast

FRAMEWORKS = frozenset(
    {
        "tensorflow",
        "tf_keras",
        "tf_slim",
        "keras",
        "keras_cv",
        "keras_nlp",
        "keras_hub",
        "keras_tuner",
        "torch",
        "torchvision",
        "torchaudio",
        "torchtext",
        "torchdata",
        "torchmetrics",
        "accelerate",
        "lightning",
        "pytorch_lightning",
    }
)
"""Top-level modules that belong to a framework; every `tensorflow_…` does, too."""


def is_framework(module: str) -> bool:
    """Say whether a dotted module name begins with a framework."""
    root = module.partition(".")[0]
    return root in FRAMEWORKS or root.startswith("tensorflow_")


class Names:
    """Name in the file → dotted name of what it stands for, for names that lead to frameworks.

    One table for the whole file: an import inside a function is rarely undone elsewhere.
    """

    def __init__(self) -> None:
        """Start with nothing known."""
        self.known: dict[str, str] = {}
        self.stars: list[tuple[int, str]] = []
        self.modules: dict[str, None] = {}

    def take(self, node: ast.AST) -> None:
        """Learn from an import or an assignment."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._import(alias)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            self._import_from(node, node.module)
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            whole = self.dotted(node.value)
            if isinstance(target, ast.Name) and whole and target.id not in self.known:
                self.known[target.id] = whole

    def dotted(self, node: ast.AST) -> str:
        """Return the full dotted name of an expression that leads to a framework, or ""."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.known:
            return ""
        return ".".join([self.known[node.id], *reversed(parts)])

    def _import(self, alias: ast.alias) -> None:
        if not is_framework(alias.name):
            return
        self.modules[alias.name] = None
        if alias.asname:
            self.known[alias.asname] = alias.name
        else:
            root = alias.name.partition(".")[0]
            self.known[root] = root

    def _import_from(self, node: ast.ImportFrom, module: str) -> None:
        if not is_framework(module):
            return
        self.modules[module] = None
        for alias in node.names:
            if alias.name == "*":
                self.stars.append((node.lineno, module))
            else:
                self.known[alias.asname or alias.name] = f"{module}.{alias.name}"
