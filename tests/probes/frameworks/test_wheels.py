"""What is installed, from metadata alone: the wheel often decides before anything is imported."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from probes.frameworks.wheels import cuda_major, installed_wheels


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages that is all this interpreter has."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    return tmp_path


def install(site: Path, name: str, version: str) -> None:
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def build(framework: str) -> str:
    return str(installed_wheels()["frameworks"][framework]["build"])


def test_nothing_installed_is_an_empty_answer(site: Path) -> None:
    assert installed_wheels()["frameworks"] == {}


@pytest.mark.parametrize(
    ("version", "expected"),
    [("2.13.0+cpu", "cpu"), ("2.13.0+cu130", "cu130"), ("2.9.1+rocm6.4", "rocm6.4")],
)
def test_torch_names_its_build_in_its_version(site: Path, version: str, expected: str) -> None:
    install(site, "torch", version)
    assert build("pytorch") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cuda: Optional[str] = '12.8'\nhip: Optional[str] = None\n", "cu128"),
        ("cuda: Optional[str] = None\nhip: Optional[str] = '6.4.1'\n", "rocm6.4.1"),
        ("cuda: Optional[str] = None\nhip: Optional[str] = None\n", "cpu"),
    ],
)
def test_torch_from_the_package_index_is_known_by_the_text_of_its_version_file(
    site: Path, text: str, expected: str
) -> None:
    install(site, "torch", "2.13.0")
    (site / "torch").mkdir()
    (site / "torch" / "version.py").write_text(text)
    assert build("pytorch") == expected


def test_tensorflow_with_and_without_its_cuda_packages(site: Path) -> None:
    install(site, "tensorflow", "2.21.0")
    assert build("tensorflow") == "default"
    install(site, "nvidia-cuda-runtime-cu12", "12.5.82")
    assert build("tensorflow") == "cu12"


def test_the_cpu_wheel_of_tensorflow_says_so_by_its_name(site: Path) -> None:
    install(site, "tensorflow-cpu", "2.21.0")
    assert build("tensorflow") == "cpu"


def test_jax_takes_its_build_from_its_plugin(site: Path) -> None:
    install(site, "jax", "0.9.0")
    assert build("jax") == "cpu"
    install(site, "jax-cuda13-plugin", "0.9.0")
    assert build("jax") == "cu13"


def test_the_cuda_runtime_without_a_suffix_tells_its_major_by_its_version() -> None:
    assert cuda_major({"nvidia-cuda-runtime": "13.0.48"}) == 13
    assert cuda_major({"numpy": "2.4.6"}) is None


def test_damaged_metadata_does_not_stop_the_look(site: Path) -> None:
    (site / "broken-1.0.dist-info").mkdir()
    install(site, "torch", "2.13.0+cpu")
    assert build("pytorch") == "cpu"
