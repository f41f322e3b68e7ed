"""What a machine offers a framework, read from the facts of the hardware look.

Pure and forgiving: facts may come from a file of another machine, so anything may be missing or of
an unexpected form, and then it counts as not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, structs

from probes.evidence import Reading
from probes.frameworks.cards import UNKNOWN, Card, process_names, read_cards, rows
from probes.frameworks.gfx import run_as
from probes.plain_text import clean_line


class Machine(Struct, frozen=True, kw_only=True):
    """The facts that decide which builds can work. ``driver`` is NVIDIA's, if there is one."""

    system: str = "unknown"
    architecture: str = "unknown"
    driver: str | None = None
    driver_code: str | None = None
    driver_words: str = ""
    cards: tuple[Card, ...] = ()
    container: str | None = None
    wsl: bool = False
    wsl_libraries: bool = True
    nodes: tuple[dict[str, Any], ...] = ()
    tpu_owners: tuple[str, ...] = ()
    lacks_avx: bool = False
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        """The platform as wheels name it, such as ``linux-x86_64``."""
        return f"{self.system}-{self.architecture}"

    def of(self, vendor: str) -> list[Card]:
        """Return the cards of one vendor."""
        return [card for card in self.cards if card.vendor == vendor]


def read_machine(
    hardware: Mapping[str, Reading], environment: Mapping[str, str] | None = None
) -> Machine:
    """Gather the facts from the hardware look and the variables that hide cards."""
    driver = hardware.get("nvidia-driver", UNKNOWN)
    variables = _variables(hardware, environment or {})
    cards = [
        structs.replace(card, target=run_as(card.target, variables))
        for card in read_cards(hardware)
    ]
    wsl = hardware.get("wsl", UNKNOWN)
    return Machine(
        system=_word(hardware.get("operating-system", UNKNOWN)),
        architecture=_architecture(_word(hardware.get("architecture", UNKNOWN))),
        driver=clean_line(str(driver.value)) if driver.available and driver.value else None,
        driver_code=driver.code or hardware.get("gpus", UNKNOWN).code,
        driver_words=driver.detail or hardware.get("gpus", UNKNOWN).detail,
        cards=tuple(cards),
        container=_named(hardware.get("container", UNKNOWN)),
        wsl=wsl.available,
        wsl_libraries=_wsl_libraries(wsl, hardware.get("wsl-gpu", UNKNOWN)),
        nodes=tuple(rows(hardware.get("device-nodes", UNKNOWN))),
        tpu_owners=_tpu_owners(hardware.get("tpu", UNKNOWN)),
        lacks_avx=_lacks_avx(hardware),
        environment=variables,
    )


def _word(reading: Reading) -> str:
    return clean_line(str(reading.value)) if reading.available else "unknown"


def _named(reading: Reading) -> str | None:
    return clean_line(str(reading.value)) if reading.available and reading.value else None


def _architecture(name: str) -> str:
    return {"AMD64": "x86_64", "amd64": "x86_64", "ARM64": "arm64"}.get(name, name)


def _wsl_libraries(wsl: Reading, offered: Reading) -> bool:
    """Whether Windows' driver libraries are there and are searched; unknown counts as yes."""
    if isinstance(offered.value, dict) and offered.available:
        return bool(offered.value.get("libraries")) and offered.value.get("searched") is not False
    return "no driver libraries" not in wsl.detail


def _tpu_owners(tpu: Reading) -> tuple[str, ...]:
    if not tpu.available or not isinstance(tpu.value, dict):
        return ()
    owners = tpu.value.get("processes") or tpu.value.get("owners") or []
    if not isinstance(owners, list):
        return ()
    return tuple(
        process_names([one])[0] if isinstance(one, dict) else f"PID {clean_line(str(one), 20)}"
        for one in owners[:8]
    )


def _lacks_avx(hardware: Mapping[str, Reading]) -> bool:
    """Whether this is an x86 processor that is known to have no AVX; unknown is not "no"."""
    flags = hardware.get("cpu-flags", UNKNOWN)
    architecture = _word(hardware.get("architecture", UNKNOWN))
    return (
        architecture in ("x86_64", "AMD64", "amd64", "i686")
        and flags.available
        and isinstance(flags.value, list)
        and "avx" not in flags.value
    )


def _variables(hardware: Mapping[str, Reading], environment: Mapping[str, str]) -> dict[str, str]:
    looked = hardware.get("environment-variables", UNKNOWN).value
    read = looked if isinstance(looked, dict) else {}
    return {**{str(name): str(value) for name, value in read.items()}, **environment}
