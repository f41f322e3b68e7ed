"""Runs a learner's own file through the self-check of a step, in a process with a limit."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from advisor.documents.learn import Checked, Verdict
from advisor.errors import InputError
from knowledge.executable import files_of_entry
from knowledge.model.path import Step
from knowledge.text import printable
from probes.errors import ProbeError
from probes.interpreters import resolve_interpreters
from probes.temporary import temporary_folder
from probes.verify.programs import check_solution
from probes.verify.rows import FRAMEWORK_OF
from probes.verify.workspace import child_environment

MODULES = ("torch", "tensorflow", "keras", "numpy")


def check_file(
    step: Step,
    file: Path,
    root: Path,
    python: str | None,
    cancel: threading.Event | None = None,
) -> Checked:
    """Return what the self-check says; setting `cancel` ends it early.

    Raises:
        InputError: There is no such file.
        ProbeError: The interpreter, a framework in it, or a temporary folder is missing.
    """
    if not file.is_file():
        raise InputError(f"there is no file {file}")
    framework = FRAMEWORK_OF[step.side]
    interpreter = resolve_interpreters({framework: python} if python else None)[framework]
    check = files_of_entry("step", step.id, root)["check"]
    with temporary_folder("fw-advisor-learn-") as name:
        started = time.monotonic()
        verdicts, stopped, _ = check_solution(
            str(check),
            str(file.resolve()),
            interpreter,
            Path(name),
            child_environment(Path(name), os.environ),
            step.seconds,
            cancel or threading.Event(),
        )
        seconds = time.monotonic() - started
    for module in MODULES:
        if f"No module named '{module}'" in stopped:
            words = (
                f"the interpreter {interpreter} has no {module}; "
                "fw-advisor learn --check with --python takes another one"
            )
            raise ProbeError(words)
    said = tuple(Verdict(ok, printable(text)) for ok, text in verdicts)
    passed = bool(said) and not stopped and all(verdict.ok for verdict in said)
    return Checked(step.id, str(file), passed, said, printable(stopped), round(seconds, 2))
