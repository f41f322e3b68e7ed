"""One thing changed in a piece of code, drawn at random: a number by name, or two arguments."""

from __future__ import annotations

import ast
from random import Random

Site = tuple[int, str]
"""Which node of the tree, and what to change there: the name of a keyword, or `swap`."""


def sites(code: str) -> list[Site]:
    """Return every place where something can be changed."""
    found: list[Site] = []
    for place, node in enumerate(ast.walk(ast.parse(code))):
        if isinstance(node, ast.Call):
            found += [(place, k.arg) for k in node.keywords if k.arg and _number(k.value)]
            first = [ast.dump(one) for one in node.args[:2]]
            if len(set(first)) == 2 and not any(isinstance(a, ast.Starred) for a in node.args):
                found.append((place, "swap"))
    return found


def mutant(code: str, random: Random) -> str:
    """Return the code with one place of it changed."""
    place, what = random.choice(sites(code))
    tree = ast.parse(code)
    call = list(ast.walk(tree))[place]
    assert isinstance(call, ast.Call)
    if what == "swap":
        call.args[0], call.args[1] = call.args[1], call.args[0]
    else:
        (keyword,) = (k for k in call.keywords if k.arg == what)
        value = ast.literal_eval(keyword.value)
        changed = value + 1 if isinstance(value, int) else 3 * value + 0.1 * (value == 0)
        keyword.value = ast.Constant(changed)
    return ast.unparse(tree)


def _number(node: ast.expr) -> bool:
    try:
        return type(ast.literal_eval(node)) in (int, float)
    except ValueError:
        return False
