"""The flags of `fleet`, and which of its parts each of them goes with."""

from __future__ import annotations

import argparse

from advisor.errors import InputError

CONDITIONS = ("failed", "degraded", "outliers")
BELONGS = {
    "files": ("merge",),
    "strict": ("merge",),
    "fail_if": ("merge", "run"),
    "engine": ("emit",),
    "nodes": ("emit",),
    "hosts": ("emit",),
    "image": ("emit",),
    "gpus": ("emit",),
    "minutes": ("emit",),
    "program": ("emit",),
    "probe_part": ("emit", "run"),
    "results": ("emit", "run"),
    "ray": ("run",),
    "limit": ("run",),
    "python": ("run",),
}
"""Flag → the parts it goes with."""
SPELLED = {"engine": "--for", "probe_part": "--part", "files": "FILE", "fail_if": "--fail-if"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and flags of this command."""
    parser.add_argument(
        "part",
        choices=("merge", "emit", "run"),
        help="merge: like machines together, outliers named; "
        "emit: a launcher file for an engine you run; "
        "run: probe every node of a Ray cluster",
    )
    add = parser.add_argument_group("merge").add_argument
    files = add("files", nargs="+", metavar="FILE", help="saved `probe --json`, or a folder")
    # Only merge takes files; with "*" argparse would find none behind a flag.
    files.required = False
    add("--strict", action="store_true", default=None, help="refuse if one file cannot be used")
    add(
        "--fail-if",
        action="append",
        choices=CONDITIONS,
        help="exit with 1 if there are any (degraded: or failed; repeatable; also for run)",
    )
    add = parser.add_argument_group("emit").add_argument
    add("--for", dest="engine", metavar="ENGINE", help="slurm, kubernetes or ssh")
    add("--nodes", type=int, metavar="N", help="how many nodes (slurm, kubernetes)")
    add("--hosts", metavar="FILE", help="these nodes: one per line")
    add("--results", metavar="DIR", help="where probes are kept, one file per host (also for run)")
    add(
        "--part",
        dest="probe_part",
        metavar="PART",
        help="hardware; doctor (emit) or frameworks (run): also what frameworks can use, the "
        "default; quick: with a benchmark",
    )
    add("--program", metavar="PATH", help="fw-advisor on the nodes, if it is not found by name")
    add("--image", metavar="IMAGE", help="container image with fw-advisor (kubernetes)")
    add("--gpus", type=int, metavar="N", help="cards to ask for per node (slurm, kubernetes)")
    add("--minutes", type=int, metavar="N", help="time limit of one probe (30)")
    add = parser.add_argument_group("run").add_argument
    add("--ray", metavar="ADDRESS", help="a running cluster, such as auto or host:6379")
    add("--limit", type=float, metavar="SECONDS", help="time limit of one probe (600)")
    add("--python", metavar="PATH", help="interpreter on the nodes that has fw-advisor")


def refuse(arguments: argparse.Namespace) -> None:
    """Raise InputError if a flag was given to a part that it does not go with."""
    for name, parts in BELONGS.items():
        given = getattr(arguments, name)
        if given not in (None, []) and arguments.part not in parts:
            flag = SPELLED.get(name, f"--{name}")
            raise InputError(f"{flag} does not go with `fleet {arguments.part}`")
