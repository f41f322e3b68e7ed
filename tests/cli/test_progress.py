"""Progress on stderr: a line per step, a bar on a terminal that fits it, nothing when quiet."""

from __future__ import annotations

import sys

import pytest

from advisor.cli.output import Output
from advisor.cli.progress import ProgressLine
from advisor.reports.page import cells
from probes.bench.events import Progress

EVENTS = (
    Progress(phase="frameworks", text="looking at PyTorch", framework="pytorch", done=0.0),
    Progress(phase="preparing", text="writing the inputs", done=0.1, seconds_left=89.4),
    Progress(
        phase="measuring",
        text="pytorch/eager: matmul-gemm-512",
        block=2,
        blocks=6,
        done=0.5,
        seconds_left=125.0,
    ),
    Progress(phase="measuring", text="x", block=8, blocks=6, done=0.9, seconds_left=7200.0),
)
LINES = (
    "looking at PyTorch",
    "writing the inputs · 89 s left",
    "block 2 of 6 · pytorch/eager: matmul-gemm-512 · 2 min 05 s left",
    "block 2 more, for disturbed ones · x · 2.0 h left",
)
Captured = pytest.CaptureFixture[str]


def line(*, quiet: bool = False) -> ProgressLine:
    return ProgressLine(Output(json=False, file=None, quiet=quiet, colour=False))


def on_terminal(patch: pytest.MonkeyPatch, *, quiet: bool = False) -> ProgressLine:
    patch.setattr(sys.stderr, "isatty", lambda: True)
    return line(quiet=quiet)


def test_every_step_is_a_line_and_the_same_one_is_said_once(capsys: Captured) -> None:
    shown = line()
    for event in EVENTS:
        shown.show(event)
        shown.show(event)
    shown.close()
    out, err = capsys.readouterr()
    assert (out, tuple(err.splitlines())) == ("", LINES)


def test_on_a_terminal_each_step_replaces_the_one_before(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = on_terminal(monkeypatch)
    for event in EVENTS:
        shown.show(event)
    shown.close()
    err = capsys.readouterr().err
    assert "\n" not in err
    *steps, rest = err.removeprefix("\r\x1b[K").split("\r\x1b[K")
    assert rest == ""
    assert [step[20:].strip() for step in steps] == list(LINES)
    assert [step[:20].count("█") for step in steps] == [0, 2, 10, 18]


@pytest.mark.parametrize("width", [10, 30, 49, 50, 79])
def test_it_stays_on_one_line_of_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = on_terminal(monkeypatch)
    for event in EVENTS:
        shown.show(event)
    steps = capsys.readouterr().err.split("\r\x1b[K")[1:]
    assert len(steps) == len(EVENTS)
    assert max(map(cells, steps)) < width
    assert ("█" in "".join(steps)) == (width > 50), "the words go before the bar"


def test_what_is_said_meanwhile_gets_a_line_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    shown = on_terminal(monkeypatch)
    shown.show(EVENTS[0])
    shown.output.narrate("2 cases: about 4 min")
    shown.show(EVENTS[1])
    err = capsys.readouterr().err
    assert "looking at PyTorch\r\x1b[K2 cases: about 4 min\n\r\x1b[K" in err


def test_quiet_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    shown = on_terminal(monkeypatch, quiet=True)
    for event in EVENTS:
        shown.show(event)
    shown.output.narrate("2 cases")
    shown.close()
    assert capsys.readouterr() == ("", "")


def test_a_text_from_elsewhere_cannot_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    on_terminal(monkeypatch).show(Progress(phase="measuring", text="a\x1b[2Jb\r\n"))
    assert capsys.readouterr().err.count("\x1b") == 1, "only what clears the line"


def test_a_terminal_that_is_gone_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

        def flush(self) -> None:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stderr", Gone())
    shown = line()
    shown.show(EVENTS[0])
    shown.output.narrate("2 cases")
    shown.close()
