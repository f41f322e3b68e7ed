"""stdout is data, stderr is narration; closed pipes, odd terminals and locales do no harm."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from advisor.cli.parser import COMMANDS
from advisor.reports.page import cells

from .program import Program

ADVISE = ("advise", "--set", "goal=research")


def test_a_good_run_says_nothing_on_stderr(program: Program) -> None:
    done = program(*ADVISE)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("PyTorch")


def test_without_a_terminal_the_questionnaire_names_its_twin(program: Program) -> None:
    assert "`fw-advisor advise`" in program.refused()
    assert "`fw-advisor advise`" in program.refused("--knowledge", ".", "--quiet")
    assert "`fw-advisor advise`" in program.refused(shell='"$@" <&-')


@pytest.mark.parametrize("terminal", ["dumb", "", None])
def test_a_dumb_terminal_gets_no_questionnaire(program: Program, terminal: str | None) -> None:
    import pty

    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            program.command(),
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=program.environment({"TERM": terminal}),
            cwd=program.folder,
            timeout=60,
            check=False,
        )
        os.set_blocking(leader, False)
        assert done.returncode == 2
        said = os.read(leader, 10_000)
        assert b"`fw-advisor advise`" in said
        assert b"\x1b" not in said
    finally:
        os.close(leader)
        os.close(follower)


@pytest.mark.parametrize(
    "script",
    ['"$@" | head -1', '"$@" | true', '"$@" --json | head -1', '"$@" --format html | head -c 1'],
)
def test_a_reader_that_leaves_early_is_no_error(program: Program, script: str) -> None:
    done = program(*ADVISE, shell=script)
    assert done.err == ""


@pytest.mark.parametrize("given", [("--help",), ("advise", "--help"), ("--version",), ("schema",)])
def test_short_texts_survive_a_reader_that_leaves(program: Program, given: tuple[str, ...]) -> None:
    assert program(*given, shell='"$@" | true').err == ""


def test_a_closed_or_full_stdout_is_named(program: Program) -> None:
    closed = program(*ADVISE, shell='"$@" >&-')
    assert (closed.code, closed.err) == (2, "fw-advisor: standard output is closed\n")
    full = program(*ADVISE, shell='"$@" >/dev/full')
    assert full.code == 2
    assert full.err == ("fw-advisor: standard output cannot be written: no space left on device\n")
    assert program(*ADVISE, shell='"$@" 2>&-').code == 0
    assert program("advise", "--set", "x", shell='"$@" 2>&-').code == 2


def test_a_closed_stdin_is_like_an_empty_one(program: Program) -> None:
    assert program(*ADVISE, shell='"$@" <&-').code == 0
    done = program("advise", "--answers", "-", shell='"$@" <&-')
    assert (done.code, done.err) == (2, "fw-advisor: standard input: is closed\n")
    assert program("advise", "--plain", shell='"$@" <&-').code == 0


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_the_locale_c_shows_what_any_other_shows(program: Program, form: str) -> None:
    here = program(*ADVISE, "--format", form)
    there = program(*ADVISE, "--format", form, LC_ALL="C", LANG="C", PYTHONUTF8=None)
    assert there.code == 0
    assert there.raw == here.raw


def test_an_output_that_cannot_show_the_text_says_what_to_set(program: Program) -> None:
    line = program.refused(*ADVISE, PYTHONIOENCODING="ascii")
    assert line == "this terminal cannot show the text; set PYTHONUTF8=1 or LC_ALL=C.UTF-8"
    done = program(*ADVISE, "-o", "advice.txt", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "█" in (program.folder / "advice.txt").read_text(encoding="utf-8")
    assert program("advise", "--plain", typed="q\n", PYTHONIOENCODING="utf-8:strict").code == 0


@pytest.mark.parametrize(("columns", "most"), [("20", 40), ("60", 59), ("300", 100), ("x", 79)])
def test_no_line_is_wider_than_the_page(program: Program, columns: str, most: int) -> None:
    done = program(*ADVISE, "--set", "targets=phone,server", COLUMNS=columns)
    assert done.code == 0
    assert max(cells(line) for line in done.out.splitlines()) <= most


def test_colour_is_asked_for_or_left_out(program: Program) -> None:
    assert "\x1b[" not in program(*ADVISE, NO_COLOR=None).out
    assert "\x1b[1m" in program(*ADVISE, NO_COLOR=None, FORCE_COLOR="1").out
    assert "\x1b[" not in program(*ADVISE, NO_COLOR="1", FORCE_COLOR="1").out
    assert "\x1b[" not in program(*ADVISE, "--no-color", NO_COLOR=None, FORCE_COLOR="1").out
    assert "\x1b[" not in program(*ADVISE, "--json", NO_COLOR=None, FORCE_COLOR="1").out
    done = program(*ADVISE, "-o", "a.txt", NO_COLOR=None, FORCE_COLOR="1")
    assert done.code == 0
    assert "\x1b[" not in (program.folder / "a.txt").read_text()


def test_colour_changes_nothing_but_colour(program: Program) -> None:
    import re

    coloured = program(*ADVISE, NO_COLOR=None, FORCE_COLOR="1").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == program(*ADVISE).out


def test_a_file_is_replaced_as_a_whole(program: Program) -> None:
    program.write("advice.json", "older")
    done = program(*ADVISE, "--json", "-o", "advice.json")
    assert (done.code, done.out, done.err) == (0, "", "wrote advice.json\n")
    path = program.folder / "advice.json"
    assert json.loads(path.read_text())["schema"] == "fw-advisor/advice"
    assert list(program.files()) == ["advice.json"]
    assert program(*ADVISE, "--json", "--quiet", "-o", "advice.json").err == ""
    assert program("-o", "other.txt", *ADVISE).code == 0
    assert (program.folder / "other.txt").read_text() == program(*ADVISE).out


def test_a_link_stays_a_link_and_a_directory_stays_a_directory(program: Program) -> None:
    program.write("real.txt", "older")
    (program.folder / "latest.txt").symlink_to("real.txt")
    (program.folder / "ring").symlink_to("ring")
    assert program(*ADVISE, "-o", "latest.txt").code == 0
    assert (program.folder / "latest.txt").is_symlink()
    assert (program.folder / "real.txt").read_text().startswith("PyTorch")
    assert program(*ADVISE, "-o", "ring").code == 2
    program.write("folder/inside", "x")
    assert "is a directory" in program.refused(*ADVISE, "-o", "folder")


def test_dash_and_devices_are_written_to(program: Program) -> None:
    assert program(*ADVISE, "-o", "-").out == program(*ADVISE).out
    assert program(*ADVISE, "--quiet", "-o", "/dev/stdout").out == program(*ADVISE).out
    assert program(*ADVISE, "-o", "/dev/null").code == 0


def test_a_home_that_cannot_be_written_is_no_obstacle(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for home in (str(file), str(file / "deeper"), "/proc/nothing", "x" * 300):
        done = program(*ADVISE, FW_ADVISOR_HOME=home)
        assert (done.code, done.err) == (0, "")


def test_nothing_is_written_but_the_cache_below_home(program: Program, tmp_path: Path) -> None:
    home = tmp_path / "fresh"
    assert program(*ADVISE, FW_ADVISOR_HOME=str(home)).code == 0
    assert [path.name for path in home.iterdir()] == ["cache"]
    assert program.files() == {}
    xdg = tmp_path / "xdg"
    assert program(*ADVISE, FW_ADVISOR_HOME=None, XDG_CACHE_HOME=str(xdg)).code == 0
    assert [path.name for path in xdg.iterdir()] == ["fw-advisor"]


def test_an_interrupt_is_130_and_one_line(program: Program) -> None:
    process = subprocess.Popen(
        program.command("advise", "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=program.folder,
        env=program.environment({}),
    )
    assert process.stdin and process.stdout and process.stderr
    for line in process.stderr:
        if line.startswith(b"  1. "):
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.decode().splitlines()[-1] == "fw-advisor: interrupted"
    assert b"Traceback" not in err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_with_examples(program: Program, command: str) -> None:
    for columns in ("20", "80"):
        done = program(command, "--help", COLUMNS=columns)
        assert (done.code, done.err) == (0, "")
        assert "examples:\n" in done.out
        assert f"fw-advisor {command}" in done.out
    assert program("--help").out.count(f"\n    {command} ") == 1


def test_the_version_is_said_in_every_way(program: Program) -> None:
    from advisor import __version__

    for given in (["--version"], ["-V"], ["--quiet", "-V"]):
        assert program(*given).out == f"fw-advisor {__version__}\n"


def test_a_write_that_fails_half_way_leaves_the_old_file_and_nothing_beside_it(
    program: Program,
) -> None:
    program.write("advice.txt", "older")
    line = program.refused(*ADVISE, "-o", "advice.txt", shell='ulimit -f 0; "$@"')
    assert line == "advice.txt: cannot be written: file too large"
