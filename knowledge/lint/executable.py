"""KB7xx: entries with code are run, their checks tell right from nearly right, results are stored.

Nothing is run here: what running found is read from the stored results, and a hash says whether
they are about the code as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import FileProblem
from ..executable import EXECUTABLE, code_hash, files_of_entry, is_executable
from ..loading.tree import Located, Tree
from ..model.api import Api
from ..model.gotcha import Gotcha
from ..model.verification import Verification
from ..search.symbols import canonical, side_of
from .report import problem

DISCRIMINATES = 10.0
LOOSE = 100.0
TIGHTEST = 1e-6
SYMBOL = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")


def check(tree: Tree) -> list[FileProblem]:
    """Return what is wrong with executable entries."""
    stored = {located.entry.of: located for located in tree.entries["verification"].values()}
    known = {located.entry.id for kind in EXECUTABLE for located in tree.entries[kind].values()}
    found: list[FileProblem] = []
    for kind in EXECUTABLE:
        for located in tree.entries[kind].values():
            if isinstance(located.entry, (Api, Gotcha)):
                found += _shape(located)
            found += _files(tree, located)
            if is_executable(located.entry) and not located.origin:
                found += _stored(tree, located, stored.get(located.entry.id))
    for name, located in stored.items():
        if name not in known:
            found.append(problem(located, "of", "KB711", f"{name!r} is no executable entry"))
    return [*found, *_symbols(tree)]


def _shape(located: Located) -> Iterator[FileProblem]:
    entry = located.entry
    check, code = entry.check, entry.code
    if check is None:
        if not entry.needs or not entry.reason:
            words = "has no check and does not say why in `needs` and `reason`"
            yield problem(located, "", "KB701", words)
        return
    if not code.tensorflow and not code.torch:
        yield problem(located, "code", "KB702", "has a check and no code")
    elif not (code.tensorflow and code.torch) and getattr(entry, "status", "") != "missing":
        yield problem(located, "code", "KB702", "has code for one side only, but is not missing")
    yield from _naive(located, check, code)
    for name in check.gradients:
        if name not in check.inputs:
            yield problem(located, "check.gradients", "KB704", f"{name!r} is no input")
    for field in ("dtypes", "permute"):
        for name in getattr(check, field):
            if name.partition(".")[0] not in check.outputs:
                yield problem(located, f"check.{field}.{name}", "KB704", f"{name!r} is no output")
    if not 0 < check.tolerance <= 0.1:
        words = f"{check.tolerance:g} is not above 0 and at most 0.1"
        yield problem(located, "check.tolerance", "KB705", words)


def _naive(located: Located, check: Any, code: Any) -> Iterator[FileProblem]:
    """Naive code needs right code to miss; only a row with one side may do without any."""
    one_sided = not (code.tensorflow and code.torch)
    both, neither = check.naive and check.no_naive, not check.naive and not check.no_naive
    if both or (neither and not one_sided):
        words = "needs naive code that fails, or `no_naive` with a reason: one of them"
        yield problem(located, "check", "KB703", words)
        return
    if one_sided and check.naive and not check.naive_raises and not getattr(code, check.naive_side):
        words = f"{check.naive_side} has no code that the naive code could be compared with"
        yield problem(located, "check.naive_side", "KB703", words)


def _files(tree: Tree, located: Located) -> Iterator[FileProblem]:
    for word, path in files_of_entry(located.kind, located.entry.id, _root(tree, located)).items():
        if not path.is_file():
            name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
            yield problem(located, "", "KB706", f"has no {word} file", name)


def _stored(tree: Tree, located: Located, stored: Located | None) -> Iterator[FileProblem]:
    if stored is None:
        words = "was never run: `fw-advisor kb verify FILE --write`"
        yield problem(located, "", "KB707", words)
        return
    result: Verification = stored.entry
    if result.code_hash != code_hash(located.kind, located.entry, _root(tree, located)):
        words = "was edited after it was run: `fw-advisor kb verify FILE --write`"
        yield problem(located, "", "KB708", words)
        return
    if result.outcome != "agrees":
        first = result.problems[0] if result.problems else "fails"
        yield problem(located, "", "KB709", f"failed when it was run: {first}")
        return
    check = getattr(located.entry, "check", None)
    if check is not None:
        yield from _discriminates(located, check, result)


def _discriminates(located: Located, check: Any, result: Verification) -> Iterator[FileProblem]:
    gradient = check.gradient_tolerance
    limit = check.tolerance if gradient is None else min(check.tolerance, gradient)
    passes = result.naive_error is None or result.naive_error <= DISCRIMINATES * limit
    if check.naive and passes and not result.naive_note:
        yield problem(located, "check.naive", "KB710", "passes as well: the check proves little")
    errors = [error for error in (result.max_error, result.max_gradient_error) if error is not None]
    worst = max(errors, default=0.0)
    if check.tolerance > max(TIGHTEST, LOOSE * worst):
        words = f"is far above the largest error, {worst:g}"
        yield problem(located, "check.tolerance", "KB712", words, "the tightest that holds")


def _symbols(tree: Tree) -> Iterator[FileProblem]:
    """A spelling is answered for by one row, is qualified, and stands on its own side."""
    seen: dict[str, str] = {}
    for located in tree.entries["api"].values():
        row: Api = located.entry
        if not row.aliases and not row.uses:
            yield problem(located, "", "KB713", "answers for no symbol")
        for side, names in (("tensorflow", row.tensorflow), ("torch", row.torch)):
            for index, name in enumerate(names):
                key = f"{side}[{index}]"
                if not SYMBOL.fullmatch(name):
                    words = f"{name!r} is not fully qualified"
                    yield problem(located, key, "KB713", words, "tf.…, keras.… or torch.…")
                elif side_of(name) != side:
                    yield problem(located, key, "KB713", f"{name!r} stands on the wrong side")
                other = seen.setdefault(canonical(name), row.id)
                if other != row.id:
                    words = f"{name!r} is answered for by {other!r}"
                    yield problem(located, key, "KB714", words)
        for name in row.gone:
            if name not in row.aliases:
                yield problem(located, "gone", "KB713", f"{name!r} is no symbol of this row")


def _root(tree: Tree, located: Located) -> Path:
    return tree.roots[located.origin]
