"""Real processes: many writers at once, writers that are killed, locks, and no room to write."""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from probes.store import Store, StoreError, Wanted, open_store
from probes.store.owner import FORGOTTEN_SECONDS, Owner, is_gone, this_process
from tests.store.conftest import Child, Start, line
from tests.store.making import large, measured


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        foreign = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found == [("ok",)] and not foreign


def ended(child: Child) -> list[str]:
    out, err = child.communicate(timeout=120)
    assert child.returncode == 0, err
    return out.split("\n")[:-1]


def tell(child: Child) -> None:
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def heard(child: Child, seconds: float) -> bool:
    """Whether a child says something, or ends, within this time."""
    return bool(select.select([child.stdout], [], [], seconds)[0])


def shell_that_may(mount: str) -> tuple[str, ...]:
    """Return a shell in which this can be mounted unseen by others: as a user, or as root."""
    unshare = shutil.which("unshare")
    for flags in ("-rm", "-m"):
        asked = (unshare or "", flags, "sh", "-c")
        if unshare and not subprocess.run([*asked, mount], capture_output=True).returncode:
            return asked
    pytest.skip("neither a user nor root may mount a small file system here")


def test_writers_at_once_lose_nothing_and_share_no_id(start: Start, path: Path) -> None:
    children = [start("write_many", name) for name in "abcd"]
    ids = [run for child in children for run in ended(child)]
    assert len(set(ids)) == 16
    store = open_store(path)
    kept = {run.id: run for run in store.runs()}
    assert set(kept) == set(ids) and {run.state for run in kept.values()} == {"finished"}
    assert {run.tool_version for run in kept.values()} == {
        f"{n} {i}" for n in "abcd" for i in range(4)
    }
    assert sorted(run.number for run in kept.values()) == list(range(1, 17))
    assert all(store.read(run).document for run in ids)
    assert whole(path)


def test_a_writer_killed_in_mid_transaction_leaves_what_was_before(
    start: Start, path: Path, said: list[str]
) -> None:
    open_store(path).keep(measured())
    child = start("hold_a_write")
    run = line(child)
    child.send_signal(signal.SIGKILL)
    child.wait()
    store = open_store(path, narrate=said.append)
    assert store.read(run).run.state == "interrupted"
    assert store.read(run).document.environment == large("before").environment
    assert [one.created for one in store.runs()] == [measured().created] * 2
    assert any(run in text and "ended from outside" in text for text in said)
    assert whole(path)


def test_a_killed_run_keeps_its_finished_blocks(start: Start, path: Path) -> None:
    child = start("begin_and_wait")
    run = line(child)
    store = open_store(path)
    assert [one.state for one in store.runs()] == ["running"]
    child.kill()
    # Not waited for: a process that has ended but was not collected is gone, too.
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert store.runs()[0].state == "interrupted"
    assert store.runs(Wanted(states=("running",))) == []
    assert open_store(path).read(run).document.tool_version == "one block"
    assert open_store(path).read(run).document.benchmarks.interrupted
    store.finish(run, measured())  # the judgement was wrong: nothing is lost
    assert store.runs()[0].state == "finished"


def test_whatever_was_said_to_be_kept_is_there_after_kills(start: Start, path: Path) -> None:
    ids: list[str] = []
    for round_ in range(4):
        children = [start("write_until_killed", f"{round_} {n}") for n in range(2)]
        ids += [line(child) for child in children for _ in range(1 + round_)]
        for child in children:
            child.kill()
            out, _ = child.communicate()
            ids += re.findall(r"^(r\d+-\w{3})$", out, re.MULTILINE)
    store = open_store(path)
    kept = {run.id: run.state for run in store.runs()}
    assert all(kept[run] == "finished" for run in ids)
    assert "running" not in kept.values()
    assert all(store.read(run).document for run in kept)
    assert whole(path)


def test_a_store_that_stays_locked_is_an_error_with_a_reason(
    start: Start, store: Store, path: Path
) -> None:
    store.keep(measured())
    child = start("lock")
    assert line(child) == "locked"
    with pytest.raises(StoreError, match="another process keeps it locked") as caught:
        store.keep(measured())
    assert caught.value.reason == "locked"
    assert len(store.runs()) == 1  # readers need not wait
    child.communicate("go\n")
    store.keep(measured())
    assert len(store.runs()) == 2


def test_a_writer_waits_for_a_lock_that_is_given_back(start: Start, path: Path) -> None:
    open_store(path).keep(measured())
    writer, locker = start("write_when_told"), start("lock")
    assert (line(writer), line(locker)) == ("ready", "locked")
    tell(writer)
    assert not heard(writer, 0.5), "it wrote or gave up while another process held the lock"
    locker.communicate("go\n")
    assert len(ended(writer)) == 4


def test_files_that_may_not_grow_are_an_error_with_a_reason(start: Start, path: Path) -> None:
    *kept, last = ended(start("with_small_files"))
    assert kept and last.startswith("full: ") and "a limit on file sizes is reached" in last
    store = open_store(path)
    assert [run.id for run in store.runs()] == kept[::-1]
    store.keep(measured())
    assert whole(path)


def test_a_full_disk_is_an_error_with_a_reason(start: Start, path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    here, copy = shlex.quote(str(path.parent)), tmp_path / "copy"
    mount = f"mount -t tmpfs -o size=1m none {here}"
    # The mount is seen by this child alone, so it is copied before it goes.
    script = f'{mount} && "$@"; code=$?; cp -R {here} {shlex.quote(str(copy))}; exit $code'
    shell = (*shell_that_may(mount), script, "sh")
    *kept, last = ended(start("write_until_refused", prefix=shell))
    assert kept and last.startswith("full: ") and "the disk is full" in last
    assert not path.exists(), "it was not written to the small file system"
    store = open_store(copy / path.name)
    assert [run.id for run in store.runs()] == kept[::-1]
    assert all(store.read(run).document for run in kept)
    store.keep(measured())
    assert whole(copy / path.name)


def test_a_number_that_another_process_has_now_is_not_the_process_that_measured() -> None:
    here = this_process()
    assert not is_gone(here, 0.0)
    assert not is_gone(here, 10 * FORGOTTEN_SECONDS)
    assert is_gone(None, 0.0)
    assert is_gone(Owner(here.pid, "1", here.host, here.boot, here.space), 0.0)
    assert is_gone(Owner(2**22 + 1, "1", here.host, here.boot, here.space), 0.0)


def test_a_process_on_another_host_is_given_a_day() -> None:
    here = this_process()
    there = Owner(here.pid, here.start, f"not-{here.host}", here.boot, here.space)
    assert not is_gone(there, -1e6)  # the clock was set back
    assert not is_gone(there, 0.0)
    assert is_gone(there, FORGOTTEN_SECONDS + 1)


def test_a_run_from_before_the_last_start_of_the_system_is_gone() -> None:
    here = this_process()
    if sys.platform == "linux":
        assert here.boot
    elif not here.boot:
        pytest.skip("this system does not tell its starts apart")
    assert is_gone(Owner(here.pid, here.start, here.host, "another", here.space), 0.0)
