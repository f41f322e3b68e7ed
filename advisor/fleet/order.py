"""What a launcher is written for: checked once, so that no writer has to doubt its values."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from advisor.errors import InputError
from knowledge.errors import shortened
from knowledge.text import has_control_characters, printable

Engine = Literal["slurm", "kubernetes", "ssh"]
Part = Literal["hardware", "doctor", "quick"]
ENGINES = ("slurm", "kubernetes", "ssh")
PARTS = ("hardware", "doctor", "quick")
MOST_NODES = 100_000
MOST_HOSTS = 20_000
MOST_GPUS = 1024
LONGEST = 4000
HOST = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9_][A-Za-z0-9._:-]*")
"""A host name, an address, or an alias of the ssh configuration, with or without a user.

It cannot begin like an option, and holds nothing that a shell, a file name or YAML reads in
another way.
"""
NODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One launcher that is wanted."""

    engine: Engine
    part: Part = "doctor"
    nodes: int | None = None
    hosts: tuple[str, ...] = ()
    results: str = "fleet-probes"
    program: str = "fw-advisor"
    image: str | None = None
    gpus: int = 0
    minutes: int = 30

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the command that probes one machine and prints its document."""
        what = "--quick" if self.part == "quick" else self.part
        return (self.program, "probe", what, "--json", "--quiet")


def checked(order: Order) -> Order:
    """Return the order if a launcher can be written for it; InputError says what is wrong."""
    _within("--nodes", order.nodes, MOST_NODES)
    _within("--minutes", order.minutes, 7 * 24 * 60)
    _within("--gpus", order.gpus or None, MOST_GPUS)
    for flag, text in (
        ("--results", order.results),
        ("--program", order.program),
        ("--image", order.image),
    ):
        if text is not None:
            _plain(flag, text)
    if order.program.startswith("-"):
        raise InputError(f"--program: {shortened(order.program)!r} is no program")
    if order.nodes is not None and order.hosts:
        raise InputError("--nodes and --hosts exclude each other: the file says how many")
    _needs(order)
    return order


def _needs(order: Order) -> None:
    odd = next((host for host in order.hosts if not NODE.fullmatch(host)), None)
    if order.engine != "ssh" and odd is not None:
        raise InputError(
            f"--hosts: {odd!r} is no node name (those of {order.engine} have no @ or :)"
        )
    if order.engine == "ssh" and not order.hosts:
        raise InputError("--for ssh needs --hosts FILE (one host per line)")
    if order.engine == "slurm" and not order.hosts and order.nodes is None:
        raise InputError("--for slurm needs --nodes N or --hosts FILE")
    if order.engine == "ssh" and order.gpus:
        raise InputError("--gpus is for slurm and kubernetes: ssh sees all cards of a host")
    if order.engine == "kubernetes":
        if not order.image:
            raise InputError("--for kubernetes needs --image IMAGE (one that has fw-advisor)")
        parts = PurePosixPath(order.results).parts
        if not order.results.startswith("/") or ".." in parts:
            raise InputError(
                "--for kubernetes: --results is a folder on each node, given in full "
                "(such as /var/tmp/fleet-probes)"
            )
    elif order.image:
        raise InputError(f"--image is for kubernetes, not for {order.engine}")


def _within(flag: str, number: int | None, most: int) -> None:
    if number is not None and not 1 <= number <= most:
        raise InputError(f"{flag}: {number} is not between 1 and {most:,}")


def _plain(flag: str, text: str) -> None:
    surrogate = any("\ud800" <= character <= "\udfff" for character in text)
    if not text.strip() or "\n" in text or "\t" in text:
        raise InputError(f"{flag}: {shortened(text)!r} is no name")
    if has_control_characters(text) or surrogate or len(text) > LONGEST:
        raise InputError(f"{flag}: {shortened(printable(text))!r} is too long or not printable")


def hosts_from(text: str, file: str) -> tuple[str, ...]:
    """Return the hosts of a file, one per line, `#` begins a remark; each counts once."""
    found: dict[str, int] = {}
    names: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        host = line.partition("#")[0].strip()
        if not host:
            continue
        if not HOST.fullmatch(host) or len(host) > 255:
            raise InputError(
                f"{file}:{number}: {shortened(printable(host))!r} is no host "
                "(expected one name or address per line)"
            )
        found.setdefault(host, number)
        other = names.setdefault(result_name(host), host)
        if other != host:
            raise InputError(
                f"{file}:{number}: {host!r} and {other!r} would write the same file "
                f"({result_name(host)})"
            )
    if not found:
        raise InputError(f"{file}: names no host")
    if len(found) > MOST_HOSTS:
        raise InputError(f"{file}: names {len(found)} hosts (at most {MOST_HOSTS})")
    return tuple(found)


def result_name(host: str) -> str:
    """Return the file that a host's probe goes to; `fleet merge` reads the host from it."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", host.rpartition("@")[2])
    return f"probe-{name}.json"


def as_path(text: str) -> str:
    """Return a path that no program takes for an option."""
    return f"./{text}" if text.startswith("-") else text
