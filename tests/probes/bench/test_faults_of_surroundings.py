"""The machine changes under a run: a framework goes, a disk is full, the controller is killed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.events import Progress
from probes.errors import ProbeError
from probes.frameworks.look import look_at_each_framework
from probes.verify.run import verify
from tests.probes.bench.plans import BLOCK, GEMM, tiny_plan
from tests.probes.bench.stand_in import WORKER, cell, kept, told
from tests.probes.pids import ends

pytestmark = pytest.mark.usefixtures("children_on_path", "no_process_left")
ROOT = Path(__file__).resolve().parents[3]
ARMS = ["pytorch/eager", "tensorflow/function"]


class Home:
    """An environment with an interpreter of its own, and a package in it that is called torch."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, symlinks=True)
        self.interpreter = folder / "bin" / "python"
        (packages,) = (folder / "lib").glob("python*/site-packages")
        outside = folder / "packages"
        self.framework = outside / "torch"
        self.framework.mkdir(parents=True)
        (self.framework / "__init__.py").write_text('__version__ = "2.0"\n')
        (packages / "outside.pth").write_text(f"{outside}\n")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def run_in(
    home: Home, monkeypatch: pytest.MonkeyPatch, *, go: Callable[[], None], at: int
) -> BenchmarkRun:
    """Measure three blocks; something goes when so many are finished (none: after the gates)."""
    told(monkeypatch, {"pytorch/eager": {"do": "import", "module": "torch"}})
    gone: list[None] = []

    def on_progress(progress: Progress) -> None:
        if progress.phase == "measuring" and progress.block == at + 1 and not gone:
            gone.append(go())

    plan = tiny_plan(arms=ARMS, copy_of=None, blocks=3)
    interpreters = {"torch": str(home.interpreter)}
    result = run_plan(plan, interpreters, worker=WORKER, on_progress=on_progress)
    assert gone
    for case in (GEMM.id, BLOCK.id):
        assert cell(result, case, "tensorflow/function").blocks == [1, 2, 3]
        assert cell(result, case, "pytorch/eager").equality is not None
    assert result.environment.versions["pytorch"] == "2.0"
    return result


@pytest.mark.parametrize("finished", [0, 2])
def test_a_framework_that_is_removed_half_way_is_named_and_its_blocks_stay(
    finished: int, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run_in(home, monkeypatch, go=lambda: shutil.rmtree(home.framework), at=finished)
    for case in (GEMM.id, BLOCK.id):
        lost = cell(result, case, "pytorch/eager")
        assert (lost.status, lost.code) == ("not-installed", "NOT_INSTALLED")
        assert lost.reason.startswith(f"in block {finished + 1}: PyTorch is not installed")
        assert lost.blocks == list(range(1, finished + 1))
        assert lost.samples == [[1e-3] * 3] * finished


def test_a_framework_of_which_a_part_is_removed_fails_in_its_own_words(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is left of it is a folder, and a folder can be imported.
    initial = home.framework / "__init__.py"
    result = run_in(home, monkeypatch, go=initial.unlink, at=2)
    lost = cell(result, GEMM.id, "pytorch/eager")
    assert (lost.status, lost.blocks) == ("failed", [1, 2])
    assert "AttributeError: module 'torch' has no attribute '__version__'" in lost.reason


def test_a_framework_that_is_replaced_half_way_is_not_mixed_in(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace() -> None:
        (home.framework / "__init__.py").write_text('__version__ = "2.10.1"\n')

    lost = cell(run_in(home, monkeypatch, go=replace, at=2), GEMM.id, "pytorch/eager")
    assert (lost.status, lost.blocks) == ("failed", [1, 2])
    assert lost.reason == "in block 3: 2.0 was measured before, now it is 2.10.1"


def test_an_interpreter_that_is_removed_half_way_could_not_be_started(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run_in(home, monkeypatch, go=home.interpreter.unlink, at=2)
    for case in (GEMM.id, BLOCK.id):
        lost = cell(result, case, "pytorch/eager")
        assert (lost.status, lost.blocks) == ("failed", [1, 2])
        assert lost.reason.startswith("in block 3: could not be started: ")
        assert "No such file" in lost.reason and str(home.interpreter) in lost.reason


def test_a_framework_that_fails_to_import_says_so_in_its_own_words(home: Home) -> None:
    (home.framework / "__init__.py").write_text('raise RuntimeError("of another processor")\n')
    plan = tiny_plan(arms=["pytorch/eager"], cases=[GEMM], copy_of=None)
    lost = cell(run_plan(plan, {"torch": str(home.interpreter)}), GEMM.id, "pytorch/eager")
    assert (lost.status, lost.reason) == ("failed", "RuntimeError: of another processor")


SMALL_FILES_ONLY = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
"""


@pytest.fixture
def full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let no process of the run write more than two kilobytes into a file, from a call on."""

    def fill() -> None:
        site = tmp_path / "site"
        site.mkdir()
        (site / "sitecustomize.py").write_text(SMALL_FILES_ONLY)
        path = os.pathsep.join((str(site), os.environ["PYTHONPATH"]))
        monkeypatch.setenv("PYTHONPATH", path)

    return fill


def test_a_full_disk_is_the_reason_where_inputs_cannot_be_written(
    full_disk: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, {name: {"do": "failed", "reason": "FileNotFoundError"} for name in ARMS})
    full_disk()
    result = run_plan(tiny_plan(arms=ARMS, copy_of=None), worker=WORKER)
    lost = cell(result, GEMM.id, "pytorch/eager")
    assert lost.status == "failed"
    assert "the inputs could not be written" in lost.reason and "File too large" in lost.reason


def test_a_run_whose_inputs_cannot_be_written_again_is_not_continued(
    full_disk: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch)
    plan = tiny_plan(arms=ARMS, copy_of=None, blocks=3)
    kept_runs: list[BenchmarkRun] = []
    run_plan(plan, worker=WORKER, on_checkpoint=lambda run: kept_runs.append(kept(run)))
    half = kept_runs[-1]
    before = kept(half)
    full_disk()
    seen: list[Progress] = []
    checkpoints: list[BenchmarkRun] = []
    with pytest.raises(ProbeError, match=r"cannot be continued: the inputs .*(?s:.)*too large"):
        run_plan(
            plan,
            worker=WORKER,
            previous=half,
            on_progress=seen.append,
            on_checkpoint=checkpoints.append,
        )
    # Nothing ran, and nothing was handed over to be kept in the place of what there was.
    assert {one.phase for one in seen} == {"preparing"}
    assert half == before and not checkpoints


@pytest.mark.parametrize("what", ["a file", "nothing"])
def test_without_a_temporary_folder_there_is_a_reason_that_names_it(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch)
    place = tmp_path / "place"
    if what == "a file":
        place.write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    reason = {"a file": "Not a directory", "nothing": "No such file"}[what]
    words = rf"temporary folder cannot be made in {place}: {reason}.*TMPDIR"
    with pytest.raises(ProbeError, match=words):
        run_plan(tiny_plan(arms=ARMS), worker=WORKER)
    with pytest.raises(ProbeError, match=words):
        look_at_each_framework({})
    with pytest.raises(ProbeError, match=words):
        verify([])


CONTROLLER = """
import sys
from probes.bench.controller import run_plan
from tests.probes.bench.plans import tiny_plan
run_plan(
    tiny_plan(arms=["pytorch/eager"], copy_of=None),
    worker="misbehaving_worker",
    on_progress=lambda progress: print(progress.case, flush=True),
)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it is an alarm")
def test_a_worker_ends_with_a_controller_that_is_killed(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    orders = {"pids": str(pids), "pytorch/eager": {"do": "hang"}}
    path = os.pathsep.join((str(ROOT), os.environ["PYTHONPATH"]))
    with subprocess.Popen(
        [sys.executable, "-c", CONTROLLER],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": path,
            "FAKE_WORKER": json.dumps(orders),
            "TMPDIR": str(tmp_path),
        },
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if line.strip() == GEMM.id)
        process.kill()
    (worker,) = map(int, pids.read_text().split())
    assert ends(worker)
