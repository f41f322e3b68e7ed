"""KB40x: what is recommended must be alive."""

from __future__ import annotations

from ..errors import FileProblem
from ..loading.tree import Tree
from ..model.rule import VetoRule
from .report import problem


def check(tree: Tree) -> list[FileProblem]:
    """Return recommended systems that are not active and have no word of explanation."""
    found = []
    systems = tree.entries["system"]
    for located in tree.entries["pick"].values():
        pick = located.entry
        system = systems[pick.system].entry if pick.system in systems else None
        if system is None:
            continue
        if system.status != "active" and not pick.although:
            found.append(
                problem(
                    located,
                    "system",
                    "KB401",
                    f"{pick.system!r} is {system.status}; say why in `although`",
                )
            )
        if pick.role not in system.roles:
            found.append(
                problem(
                    located,
                    "role",
                    "KB402",
                    f"{pick.system!r} has no role {pick.role!r} ({', '.join(system.roles)})",
                )
            )
    for located in tree.entries["rule"].values():
        rule = located.entry
        for name in rule.instead if isinstance(rule, VetoRule) else ():
            system = systems[name].entry if name in systems else None
            if system is not None and system.status not in ("active", "maintenance"):
                found.append(problem(located, "instead", "KB403", f"{name!r} is {system.status}"))
    return found
