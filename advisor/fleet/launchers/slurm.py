"""A batch script for Slurm: an array over any nodes, or one job over named ones.

Directives hold numbers and checked host names only: Slurm reads them in its own way, so nothing
else may stand there. Whatever is free text is quoted for the shell.
"""

from __future__ import annotations

from shlex import join, quote

from advisor.fleet.order import Order, as_path, result_name

ARRAY = """\
# One element of the array per node, each alone on its node. Slurm may give a node to a second
# element when the first has ended there; `fleet merge` counts the newest probe of each node.
# To visit every node exactly once, name them with --hosts."""
NAMED = """\
# One task on each of the named nodes; the job waits until all of them are free at once."""


def slurm_script(order: Order) -> str:
    """Return the script; hand it to sbatch, with partition and account where they are needed."""
    named = bool(order.hosts)
    directives = ["--job-name=fw-advisor-probe"]
    if named:
        directives += [f"--nodes={len(order.hosts)}", f"--nodelist={','.join(order.hosts)}"]
    else:
        directives += [f"--array=0-{(order.nodes or 1) - 1}", "--nodes=1"]
    directives += ["--ntasks-per-node=1", "--exclusive", f"--time={order.minutes}"]
    if order.gpus:
        directives.append(f"--gpus-per-node={order.gpus}")
    lines = [
        "#!/bin/bash",
        *(f"#SBATCH {directive}" for directive in directives),
        "#",
        "# Probes nodes with fw-advisor and keeps one JSON file per node. Submit it with",
        "#   sbatch [--partition=NAME] [--account=NAME] FILE",
        "# and then read all of them together: fw-advisor fleet merge FOLDER",
        "#",
        *(NAMED if named else ARRAY).splitlines(),
        "",
        "set -u",
        "# On a file system that all nodes share.",
        f"results={quote(as_path(order.results))}",
        'mkdir -p -- "$results" || exit 1',
        "",
        "# Runs on the node: its name is known there only. A probe that cannot measure ends with",
        "# a status of its own, and its document still says why.",
        "export results",
        f"probe={quote(_one_node(order))}",
        *(['srun --kill-on-bad-exit=0 bash -c "$probe"'] if named else ['bash -c "$probe"']),
        "",
    ]
    return "\n".join(lines)


def _one_node(order: Order) -> str:
    """Return the program of one node; the variables in it are quoted there."""
    before, _, after = result_name("NODE").partition("NODE")
    return (
        'node=${SLURMD_NODENAME:-$(hostname)}; part="$results/.$node.part"; '
        f'{join(order.arguments)} > "$part"; status=$?; '
        f'if [ -s "$part" ]; then mv -- "$part" "$results/{before}$node{after}"; '
        'else rm -f -- "$part"; fi; exit $status'
    )
