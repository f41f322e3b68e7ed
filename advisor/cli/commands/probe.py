"""`fw-advisor probe`: what is in this machine, what each framework can use, how fast they are."""

from __future__ import annotations

import argparse

from advisor.cli import doctoring
from advisor.cli.exit_codes import DONE, INTERRUPTED, NOT_MEASURED
from advisor.cli.output import Output
from advisor.cli.probing import save, with_progress
from advisor.cli.progress import duration
from advisor.errors import InputError
from probes.document import ProbeDocument

EXAMPLES = """examples:
  fw-advisor probe                       hardware, frameworks and a quick benchmark
  fw-advisor probe hardware --json
  fw-advisor probe bench --quick --workload matmul
  fw-advisor probe doctor                why a framework does not see a card, and the fix
  fw-advisor probe doctor --plan --assume gpu="RTX 4090" --assume driver=550
  fw-advisor probe doctor --redact --json -o doctor.json
  fw-advisor probe --python tensorflow=/opt/tf/bin/python -o probe.json --json
"""
PARTS = ("hardware", "bench", "doctor")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and flags of this command."""
    parser.add_argument(
        "part",
        nargs="?",
        choices=PARTS,
        help="hardware: look only; bench: measure longer; doctor: what each framework can use and "
        "why not; without: all of it, quickly",
    )
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="FRAMEWORK=PATH",
        help="interpreter of one framework: torch, tensorflow or jax (repeatable)",
    )
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument(
        "--quick",
        dest="effort",
        action="store_const",
        const="quick",
        help="about three minutes on two cores",
    )
    effort.add_argument(
        "--thorough", dest="effort", action="store_const", const="thorough", help="an hour or more"
    )
    parser.add_argument("--workload", action="append", metavar="ID", help="only this one")
    parser.add_argument(
        "--arm", action="append", metavar="ID", help="only this one, such as pytorch/eager"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed of order and data")
    doctoring.configure(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Probe, show, keep; 4 if what was asked could not be measured, 130 if interrupted."""
    asked = arguments.workload or arguments.arm or arguments.effort or arguments.python
    if arguments.part == "hardware" and asked:
        raise InputError(
            "`probe hardware` runs no framework: --python, --workload, --arm, --quick and "
            "--thorough do not go with it"
        )
    if arguments.part == "doctor":
        return _doctor(arguments, output)
    if doctoring.given(arguments):
        raise InputError(f"{doctoring.given(arguments)[0]} goes with `probe doctor` only")
    document, interrupted = with_progress(
        lambda show, stop: _work(arguments, output, show, stop), output
    )
    if arguments.part != "hardware":
        save(document, output)
    if output.json:
        output.document(document)
    else:
        from advisor.reports.probe import probe_page
        from advisor.reports.width import page_width

        output.page(probe_page(document, page_width()))
    if interrupted:
        output.complain("interrupted; finished blocks are kept")
        return INTERRUPTED
    return DONE if arguments.part == "hardware" or _measured(document) else NOT_MEASURED


def _doctor(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.workload or arguments.arm or arguments.effort:
        raise InputError(
            "`probe doctor` measures no speed: --workload, --arm, --quick and --thorough do not "
            "go with it"
        )
    if arguments.replay and arguments.python:
        raise InputError("--replay reads a file: --python does not go with it")
    interpreters = dict(map(_interpreter, arguments.python))
    document, interrupted = with_progress(
        lambda show, stop: doctoring.doctor(arguments, interpreters, output, show, stop), output
    )
    if output.json:
        output.document(document)
    else:
        from advisor.reports.doctor import doctor_page
        from advisor.reports.width import page_width

        output.page(doctor_page(document, page_width()))
    return INTERRUPTED if interrupted else DONE


def _work(arguments: argparse.Namespace, output: Output, show, stop) -> ProbeDocument:  # type: ignore[no-untyped-def]
    from probes.bench.estimate import estimate_seconds
    from probes.run import (
        assemble_document,
        look_at_frameworks,
        look_at_hardware,
        plan_benchmarks,
        run_benchmarks,
    )

    interpreters = dict(map(_interpreter, arguments.python))
    hardware = look_at_hardware(on_progress=show)
    if arguments.part == "hardware":
        return assemble_document(hardware, interrupted=stop.is_set())
    frameworks = look_at_frameworks(hardware, interpreters, on_progress=show, cancel=stop)
    if stop.is_set():
        return assemble_document(hardware, frameworks, interrupted=stop.is_set())
    effort = arguments.effort or ("standard" if arguments.part == "bench" else "quick")
    plan = plan_benchmarks(
        effort,
        hardware,
        frameworks,
        workloads=arguments.workload,
        arms=arguments.arm,
        seed=arguments.seed,
    )
    if plan.arms:
        output.narrate(
            f"{len(plan.cases)} cases, {len(plan.arms)} arms and a copy, {plan.blocks} blocks: "
            f"about {duration(estimate_seconds(plan))}; Ctrl-C keeps what is done"
        )
    measured = run_benchmarks(plan, interpreters, on_progress=show, cancel=stop)
    return assemble_document(hardware, frameworks, measured, interrupted=stop.is_set())


def _interpreter(text: str) -> tuple[str, str]:
    name, sign, path = text.partition("=")
    if not sign or not path:
        raise InputError(f"--python {text[:80]!r}: expected FRAMEWORK=PATH")
    return name, path


def _measured(document: ProbeDocument) -> bool:
    return any(
        cell.status == "ok"
        for case in document.benchmarks.workloads.values()
        for cell in case.arms.values()
    )
