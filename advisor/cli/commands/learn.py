"""`fw-advisor learn`: learning paths, step by step; remembers what is done."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.cli.exit_codes import CONDITION_MET, DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output, write_atomically
from advisor.cli.places import state_directory
from advisor.clock import now
from advisor.documents.learn import Checked, learn_document, steps_of
from advisor.errors import InputError
from advisor.learning import Progress, read_progress, text_of, with_step, without
from knowledge.base import Knowledge

EXAMPLES = """examples:
  fw-advisor learn                                  all paths, how far you are
  fw-advisor learn tensorflow-to-pytorch            one path with its steps
  fw-advisor learn step-tensors                     one step in full
  fw-advisor learn --exercise step-tensors -o tensors.py
  fw-advisor learn --check step-tensors tensors.py  runs and judges your file
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("name", nargs="?", metavar="PATH", help="a path or a step")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--done", metavar="STEP", help="note a step as done")
    what.add_argument(
        "--check", nargs=2, metavar=("STEP", "FILE"), help="run your own file through a self-check"
    )
    what.add_argument("--exercise", metavar="STEP", help="print the exercise file of a step")
    what.add_argument("--reset", action="store_true", help="forget what is done (of PATH, or all)")
    parser.add_argument(
        "--python", metavar="PATH", help="interpreter that has the framework of the step"
    )
    parser.add_argument(
        "--run-overlay-code", action="store_true", help="allow self-checks of overlays to run"
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Do what was asked; 1 if a self-check was not passed."""
    knowledge = open_knowledge(arguments)
    if arguments.exercise:
        return _exercise(arguments, knowledge, output)
    path = state_directory() / "learn.json"
    if arguments.reset:
        _reset(arguments, knowledge, path)
        return _show(arguments.name, knowledge, read_progress(path), output)
    progress = read_progress(path)
    if arguments.check:
        return _check(arguments, knowledge, progress, path, output)
    if arguments.done:
        step = _named(arguments.done, knowledge, ("step",))
        progress = with_step(progress, step, now(), "said")
        _store(path, progress)
        return _show(knowledge.kind("step")[step].path, knowledge, progress, output)
    return _show(arguments.name, knowledge, progress, output)


def _show(
    name: str | None,
    knowledge: Knowledge,
    progress: Progress,
    output: Output,
    checked: Checked | None = None,
) -> int:
    shown = _named(name, knowledge, ("path", "step")) if name else None
    steps = knowledge.kind("step")
    only = steps[shown].path if shown in steps else shown
    document = learn_document(knowledge, progress, shown, only, checked)
    if output.json:
        output.document(document)
    else:
        from advisor.reports.learn import learn_page
        from advisor.reports.width import page_width

        output.page(learn_page(document, page_width()))
    return DONE


def _check(
    arguments: argparse.Namespace,
    knowledge: Knowledge,
    progress: Progress,
    path: Path,
    output: Output,
) -> int:
    from advisor.verification.self_check import check_file

    name, file = arguments.check
    step = knowledge.kind("step")[_named(name, knowledge, ("step",))]
    if step.id in knowledge.house and not arguments.run_overlay_code:
        raise InputError(
            f"learn: the self-check of {step.id} comes from an overlay; "
            "--run-overlay-code allows to run it"
        )
    output.narrate(f"running {file}, your own code, for at most {step.seconds:g} s …")
    root = _root(arguments, knowledge, step.id)
    checked = check_file(step, Path(file), root, arguments.python)
    if checked.passed:
        progress = with_step(progress, step.id, now(), "checked")
        _store(path, progress)
    _show(step.id, knowledge, progress, output, checked)
    return DONE if checked.passed else CONDITION_MET


def _exercise(arguments: argparse.Namespace, knowledge: Knowledge, output: Output) -> int:
    from knowledge.executable import files_of_entry

    step = _named(arguments.exercise, knowledge, ("step",))
    file = files_of_entry("step", step, _root(arguments, knowledge, step))["exercise"]
    try:
        output.text(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise InputError(f"learn: the exercise of {step} cannot be read") from None
    return DONE


def _reset(arguments: argparse.Namespace, knowledge: Knowledge, path: Path) -> None:
    if arguments.name is None:
        _store(path, Progress())
        return
    wanted = _named(arguments.name, knowledge, ("path", "step"))
    steps = {step.id for step in steps_of(knowledge, wanted)} or {wanted}
    _store(path, without(read_progress(path), steps))


def _named(given: str, knowledge: Knowledge, kinds: tuple[str, ...]) -> str:
    """Return the id that was meant, also without its first word; InputError names the nearest."""
    known = [name for kind in kinds for name in knowledge.kind(kind)]
    word = given.strip().lower()
    for name in (word, *(f"{kind}-{word}" for kind in kinds)):
        if name in known:
            return name
    from advisor.cli.choices import one_of

    return one_of("learn", given, known)


def _root(arguments: argparse.Namespace, knowledge: Knowledge, step: str) -> Path:
    """Return the knowledge directory in which the files of a step lie."""
    from knowledge.base import BASE

    house = knowledge.house.get(step)
    overlays = (Path(name) for name in getattr(arguments, "knowledge", ()))
    return next((o for o in overlays if house and o.resolve().name == house), BASE)


def _store(path: Path, progress: Progress) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = (error.strerror or "failed").lower()
        raise InputError(f"{path.parent}: cannot be made: {words}") from None
    write_atomically(path, text_of(progress))
