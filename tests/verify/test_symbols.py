"""Whether a symbol is there depends neither on a value nor on what was looked for before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from probes.verify.symbols import resolve


class Value:
    @property
    def picky(self) -> None:
        raise RuntimeError("not for this value")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A package in which `lazy` is no module, until a module of that name is imported."""
    package = tmp_path / "framed"
    (package / "lazy").mkdir(parents=True)
    (package / "__init__.py").write_text("class Shade:\n    pass\n\nlazy = Shade()\n")
    (package / "lazy" / "__init__.py").write_text("cell = 1\n")
    (package / "sub.py").write_text("inner = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    import framed  # type: ignore[import-not-found]

    yield framed
    for name in [name for name in sys.modules if name.partition(".")[0] == "framed"]:
        del sys.modules[name]


def test_an_attribute_that_raises_for_this_value_is_there(root: ModuleType) -> None:
    assert resolve(root, "framed.Tensor.picky", Value(), imports=False)
    assert not resolve(root, "framed.Tensor.missing", Value(), imports=False)


def test_a_submodule_is_found_by_importing_it(root: ModuleType) -> None:
    assert not resolve(root, "framed.sub.inner", None, imports=False)
    assert resolve(root, "framed.sub.inner", None, imports=True)
    assert not resolve(root, "framed.sub.outer", None, imports=True)


def test_looking_for_a_symbol_does_not_make_it_appear(root: ModuleType) -> None:
    answers = [resolve(root, "framed.lazy.cell", None, imports=True) for _ in range(2)]
    assert answers == [False, False]
