"""An interpreter is found by its path, by the folder of an environment, and by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from probes.interpreters import find_interpreter, resolve_interpreters


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    program = tmp_path / "envs" / "tf" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return tmp_path / "envs" / "tf"


def test_a_folder_of_an_environment_is_enough(environment: Path) -> None:
    program = str(environment / "bin" / "python")
    assert find_interpreter(str(environment)) == find_interpreter(program) == program


@pytest.mark.parametrize("variable", ["WORKON_HOME", "CONDA_ENVS_PATH"])
def test_a_name_is_looked_for_where_environments_are_kept(
    environment: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(environment.parent))
    assert resolve_interpreters({"tf": "tf"})["tensorflow"] == str(environment / "bin" / "python")


def test_a_name_beside_conda_itself_is_found(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONDA_EXE", str(environment.parent.parent / "bin" / "conda"))
    assert find_interpreter("tf") == str(environment / "bin" / "python")


def test_what_is_no_interpreter_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("not executable")
    assert find_interpreter(str(tmp_path / "python")) is None
    assert find_interpreter("no-environment-is-called-so") is None
