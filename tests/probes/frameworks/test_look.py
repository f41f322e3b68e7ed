"""The real frameworks, a bare interpreter, and packages that crash, hang or fail at import."""

from __future__ import annotations

import os
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest

from probes.errors import ProbeError
from probes.evidence import Reading, found
from probes.frameworks import look as look_module
from probes.frameworks.gathered import Wheel, Wheels
from probes.frameworks.look import look_at_each_framework
from probes.interpreters import FRAMEWORKS, MODULES
from probes.run import look_at_frameworks, look_at_hardware

from . import broken

pytestmark = pytest.mark.usefixtures("no_process_left")


def test_every_framework_that_is_installed_runs_a_kernel_on_the_processor() -> None:
    # Compiled operations are exercised by the benchmark's tests; here they would cost 15 s.
    frameworks = look_at_frameworks(look_at_hardware(), compiled=False)
    installed = {name for name in FRAMEWORKS if find_spec(MODULES[name]) is not None}
    assert {name for name, one in frameworks.items() if one.installed} == installed
    for name in installed:
        framework = frameworks[name]
        assert framework.version
        assert framework.import_seconds is not None and framework.import_seconds > 0
        cpu = next(device for device in framework.devices if device.kind == "cpu")
        assert cpu.verdict == "usable"
        assert cpu.seconds is not None and cpu.seconds > 0
        assert cpu.tf32 == "absent"


def test_an_interpreter_with_nothing_has_no_framework_and_a_line_for_each(
    bare_interpreter: str,
) -> None:
    interpreters = dict.fromkeys(("torch", "tensorflow", "jax"), bare_interpreter)
    frameworks = look_at_frameworks(look_at_hardware(), interpreters)
    assert set(frameworks) == {"pytorch", "tensorflow", "jax"}
    for framework in frameworks.values():
        assert not framework.installed
        assert framework.devices[0].verdict == "not-installed"
        assert framework.reasons[0].code == "NOT_INSTALLED"
        assert framework.reasons[0].fix.startswith(f"{bare_interpreter} -m pip install")


@pytest.mark.parametrize(
    ("code", "limit", "reason", "words"),
    [
        (broken.CRASH, 60, "IMPORT_CRASHED", "signal 4"),
        (broken.EXIT, 60, "IMPORT_CRASHED", "status 3"),
        (broken.HANG, 1, "IMPORT_TIMED_OUT", "1 s"),
        (broken.MISSING_LIBRARY, 60, "LIBRARY_MISSING", "libcudnn-that-is-not-here.so.9"),
        (broken.WRONG_ARCHITECTURE, 60, "WRONG_ARCHITECTURE", "another kind of processor"),
        (broken.PLAIN_ERROR, 60, "UNKNOWN", "failed"),
        (broken.FLOOD, 60, "UNKNOWN", "failed"),
    ],
)
def test_a_broken_package_is_a_result_with_a_reason(
    bare_interpreter: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    limit: float,
    reason: str,
    words: str,
) -> None:
    broken.fake_torch(tmp_path, code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(look_module, "FRAMEWORKS", ("pytorch",))
    frameworks = look_at_each_framework({}, {"torch": bare_interpreter}, limit_seconds=limit)
    torch = frameworks["pytorch"]
    assert (torch.installed, torch.version) == (True, "9.9.9")
    assert [device.verdict for device in torch.devices] == ["visible-but-broken"]
    assert torch.reasons[0].code == reason
    assert words in torch.reasons[0].text


def test_tensorflow_is_not_imported_on_a_processor_without_avx(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a child was started")

    monkeypatch.setattr(look_module, "FRAMEWORKS", ("tensorflow",))
    monkeypatch.setattr(look_module, "run_child", refuse)
    monkeypatch.setattr(
        look_module,
        "read_wheels",
        lambda interpreter: Wheels(
            frameworks={
                "tensorflow": Wheel(distribution="tensorflow", version="2.21.0", build="cpu")
            }
        ),
    )
    facts: dict[str, Reading] = {
        "cpu-flags": found(["sse4_2"], "test"),
        "architecture": found("x86_64", "test"),
    }
    tensorflow = look_at_each_framework(facts)["tensorflow"]
    assert tensorflow.reasons[0].code == "CPU_WITHOUT_AVX"


def test_a_python_without_wheels_is_told_which_one_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(look_module, "FRAMEWORKS", ("tensorflow",))
    monkeypatch.setattr(look_module, "read_wheels", lambda interpreter: Wheels(python="3.15.0"))
    reason = look_at_each_framework({})["tensorflow"].reasons[0]
    assert reason.code == "PYTHON_TOO_NEW"
    assert "3.13" in reason.fix


def test_a_program_that_is_no_python_is_a_result(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho nonsense; exit 3\n")
    program.chmod(0o755)
    frameworks = look_at_each_framework(
        {}, {"torch": str(program)}, compiled=False, cancel=_after_first()
    )
    assert not frameworks["pytorch"].installed
    assert "status 3" in frameworks["pytorch"].reasons[0].raw


def _after_first() -> threading.Event:
    """An event that reads as set from the second question on: only one framework is looked at."""

    class Once(threading.Event):
        asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 1

    return Once()


def test_unknown_names_and_paths_are_refused_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(ProbeError, match="'theano' is not a framework"):
        look_at_each_framework({}, {"theano": sys.executable})
    with pytest.raises(ProbeError, match="cannot be executed"):
        look_at_each_framework({}, {"torch": os.fspath(tmp_path / "nowhere")})


def test_cancelled_before_it_starts_it_reports_nothing() -> None:
    cancel = threading.Event()
    cancel.set()
    assert look_at_each_framework({}, cancel=cancel) == {}
