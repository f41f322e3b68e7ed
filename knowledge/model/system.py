"""Libraries, tools, runtimes, formats and services around the frameworks."""

from __future__ import annotations

from typing import Literal

from .common import Area, Basis, Date, Entry, Id, Part

Role = Literal[
    "framework",
    "high-level-api",
    "model-hub",
    "data",
    "distributed",
    "compiler",
    "export",
    "serving",
    "mobile-edge",
    "browser",
    "monitoring",
    "experiment-tracking",
    "accelerator-backend",
    "library",
]

Status = Literal["active", "maintenance", "deprecated", "archived", "ended", "renamed"]
ALIVE: tuple[Status, ...] = ("active", "maintenance")


class Release(Part, frozen=True):
    """The newest release that was seen."""

    version: str
    date: Date | None = None


class System(Entry, frozen=True):
    """One system: what it is, whom it serves, and how alive it is.

    `serves` holds option ids and, where needed, other words such as "onnx".
    `status_basis` judgement means that no official statement was found, and the note says why.
    """

    name: str
    what: str
    roles: tuple[Role, ...]
    serves: tuple[str, ...]
    status: Status
    status_basis: Basis
    status_since: Date | None = None
    last_release: Release | None = None
    successors: tuple[Id, ...] = ()
    successor_basis: Basis | None = None
    package: str | None = None
    aliases: tuple[str, ...] = ()
    area: Area = "ecosystem"
    note: str = ""
