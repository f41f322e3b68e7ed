"""`fw-advisor fleet`: many machines: merge their probes, write launchers, probe a Ray cluster."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.cli import fleet_flags
from advisor.cli.exit_codes import CONDITION_MET, DONE, NOT_MEASURED
from advisor.cli.output import Output, write_atomically
from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.documents.fleet import Fleet
    from advisor.fleet.machine import Machine

EXAMPLES = """examples:
  fw-advisor fleet merge probes/*.json
  fw-advisor fleet merge probes --json --fail-if degraded --fail-if outliers
  fw-advisor fleet emit --for slurm --nodes 64 -o probe.sbatch
  fw-advisor fleet emit --for ssh --hosts hosts.txt --results probes -o probe.sh
  fw-advisor fleet emit --for kubernetes --image registry/ours:1 --gpus 8
  fw-advisor fleet run --ray auto --fail-if failed
"""
LIMIT_SECONDS = 600.0
LARGEST_HOSTS = 5_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts of this command."""
    fleet_flags.configure(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Do the part that was asked for."""
    fleet_flags.refuse(arguments)
    return {"merge": _merge, "emit": _emit, "run": _run}[arguments.part](arguments, output)


def _merge(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.clock import now
    from advisor.fleet.loading import load
    from advisor.fleet.merge import merge

    if not arguments.files:
        raise InputError("fleet merge: expected files of `fw-advisor probe --json`")
    loaded = load(arguments.files)
    if loaded.skipped and (arguments.strict or not loaded.machines):
        first, more = loaded.skipped[0], len(loaded.skipped) - 1
        others = f" (and {more} more)" if more else ""
        raise InputError(f"{first.file}: {first.why}{others}")
    for file in loaded.skipped:
        output.narrate(f"skipped {file.file}: {file.why}")
    return _show(merge(loaded.machines, created=now(), skipped=loaded.skipped), arguments, output)


def _emit(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.fleet.launchers import launcher
    from advisor.fleet.order import ENGINES, PARTS, Order, checked, hosts_from
    from knowledge.loading.strict_yaml import read_text

    if output.json:
        raise InputError("fleet emit writes a launcher file: --json does not go with it")
    engine = _one_of("--for", arguments.engine, ENGINES)
    part = _one_of("--part", arguments.probe_part or "doctor", PARTS)
    hosts: tuple[str, ...] = ()
    if arguments.hosts is not None:
        from knowledge.errors import KnowledgeError

        try:
            text = read_text(Path(arguments.hosts), largest=LARGEST_HOSTS)
        except KnowledgeError as error:
            raise InputError(str(error)) from None
        hosts = hosts_from(text, arguments.hosts)
    default = "/var/tmp/fleet-probes" if engine == "kubernetes" else "fleet-probes"
    order = Order(
        engine=engine,  # type: ignore[arg-type]
        part=part,  # type: ignore[arg-type]
        nodes=arguments.nodes,
        hosts=hosts,
        results=default if arguments.results is None else arguments.results,
        program="fw-advisor" if arguments.program is None else arguments.program,
        image=arguments.image,
        gpus=arguments.gpus or 0,
        minutes=30 if arguments.minutes is None else arguments.minutes,
    )
    output.text(launcher(checked(order)))
    return DONE


def _run(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.clock import now
    from advisor.fleet.merge import merge
    from advisor.fleet.node import PARTS
    from advisor.fleet.ray_run import probe_cluster

    if arguments.ray is None:
        raise InputError("fleet run: expected --ray ADDRESS (of a running cluster, such as auto)")
    limit = LIMIT_SECONDS if arguments.limit is None else arguments.limit
    if not 1 <= limit <= 86_400:
        raise InputError(f"--limit: {limit:g} is not between 1 and 86,400 seconds")
    probed = probe_cluster(
        arguments.ray,
        part=_one_of("--part", arguments.probe_part or "frameworks", PARTS),
        limit_seconds=limit,
        interpreter=arguments.python,
        tell=output.narrate,
    )
    if arguments.results is not None:
        _keep(probed.machines, Path(arguments.results))
    fleet = merge(probed.machines, created=now(), unprobed=probed.unprobed)
    code = _show(fleet, arguments, output)
    return code if probed.machines else NOT_MEASURED


def _keep(machines: Sequence[Machine], folder: Path) -> None:
    import msgspec

    from advisor.fleet.order import result_name

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = (error.strerror or "failed").lower()
        raise InputError(f"{folder}: cannot be written: {words}") from None
    for one in machines:
        raw = msgspec.json.format(msgspec.json.encode(one.document), indent=1).decode()
        write_atomically(folder / result_name(one.host), raw + "\n")


def _show(fleet: Fleet, arguments: argparse.Namespace, output: Output) -> int:
    if output.json:
        output.document(fleet)
    else:
        from advisor.reports.fleet import fleet_page
        from advisor.reports.width import page_width

        output.page(fleet_page(fleet, page_width()))
    met = {
        "failed": fleet.states["failed"] > 0,
        "degraded": fleet.states["failed"] + fleet.states["degraded"] > 0,
        "outliers": bool(fleet.outliers),
    }
    return CONDITION_MET if any(met[name] for name in arguments.fail_if or ()) else DONE


def _one_of(flag: str, word: str | None, valid: Sequence[str]) -> str:
    from knowledge.errors import nearest, shortened

    if word is None:
        raise InputError(f"expected {flag} (one of {', '.join(valid)})")
    if word in valid:
        return word
    near = nearest(word, valid)
    hint = f"; did you mean {near!r}?" if near else ""
    raise InputError(f"{flag}: unknown {shortened(word)!r} (one of {', '.join(valid)}){hint}")
