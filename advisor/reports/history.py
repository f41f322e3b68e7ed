"""The runs that are kept as a page: one entry per run, with its badge and where it was measured."""

from __future__ import annotations

from advisor.documents.history import History, HistoryRun
from probes.interpreters import NAMES

from .page import Line, table, title, wrap

STYLES = {"running": "strong", "interrupted": "strong"}
MOST_WORKLOADS = 6


def history_page(document: History, width: int, what: str = "") -> list[Line]:
    """Return the lines of the page; `what` became of these runs, if they are not simply listed."""
    count = len(document.runs)
    runs = "1 run" if count == 1 else f"{count} runs"
    if not count:
        nothing = f"no run {what}" if what else "No run is kept yet."
        return [*wrap(nothing, width)]
    lines: list[Line] = [(("title", line),) for line in wrap(f"{runs} {what or 'kept'}", width)]
    for run in document.runs:
        lines += ["", *run_page(run, width, same=run.fingerprint == document.fingerprint != "")]
    return lines


def run_page(run: HistoryRun, width: int, *, same: bool = False) -> list[Line]:
    """Return the lines of one run; `same`: on the machine that the page is about."""
    style, words = badge_words(run)
    head = f"{run.id}  {run.created[:16].replace('T', ' ')}"
    lines: list[Line] = [title(head)]
    lines += [((style, line),) for line in wrap(words, width, first="  ", rest="    ")]
    rows = [
        ("measured", _measured(run)),
        ("frameworks", _versions(run)),
        # Not said of what was imported: it was another machine, however much alike.
        ("machine", "this one" if same and run.stale is not None else run.machine),
        ("source", run.source),
    ]
    return lines + list(table([row for row in rows if row[1]], width))


def badge_words(run: HistoryRun) -> tuple[str, str]:
    """Return the style and the words of the state and the badge of a run."""
    if run.stale is None:
        return "faint", f"{run.state}, from elsewhere: not a result of this machine"
    if run.stale:
        return "bad", f"{run.state}, stale: {run.reason}"
    return STYLES.get(run.state, "good"), run.state


def _measured(run: HistoryRun) -> str:
    if not run.workloads:
        return "nothing: hardware and frameworks only"
    more = len(run.workloads) - MOST_WORKLOADS
    named = ", ".join(run.workloads[:MOST_WORKLOADS]) + (f" and {more} more" if more > 0 else "")
    noise = {None: "noise not checked", True: "quiet machine", False: "noisy machine"}[run.quiet]
    threads = "" if run.threads is None else _counted(run.threads, "thread")
    parts = (run.effort or "", f"{named} with {_counted(len(run.arms), 'arm')}", threads, noise)
    return "; ".join(part for part in parts if part)


def _versions(run: HistoryRun) -> str:
    return ", ".join(f"{NAMES.get(name, name)} {one}" for name, one in run.versions.items())


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
