"""One framework under one interpreter on one machine: everything an explanation may use.

Pure data with the fields that every reason's text and fix draw from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from probes.document import Reason
from probes.frameworks.builds import Build
from probes.frameworks.install_lines import install_line
from probes.frameworks.machine import Machine
from probes.frameworks.reasons import make_reason
from probes.interpreters import MODULES, NAMES


class Case(Struct, frozen=True, kw_only=True):
    """What was found of one framework, before its devices are judged."""

    framework: str
    interpreter: str
    machine: Machine
    builds: Sequence[Build]
    distribution: str = ""
    version: str = ""
    build: str = "default"
    python: str | None = None
    packages: Mapping[str, str] = field(default_factory=dict)
    limit_seconds: float = 0.0

    @property
    def name(self) -> str:
        """The framework's name."""
        return NAMES[self.framework]

    def install(self, device: str | None = None) -> str:
        """Return the line that installs a build which works here, for one kind of device."""
        return install_line(
            self.framework,
            self.interpreter,
            self.machine,
            self.builds,
            python=self.python,
            device=device,
        )

    def serves(self, device: str) -> bool:
        """Whether any build of the framework is known to serve this kind of device here."""
        return any(
            build.framework == self.framework
            and build.device == device
            and self.machine.platform in build.platforms
            for build in self.builds
        )

    def reason(self, code: str, raw: str = "", /, **more: object) -> Reason:
        """Return a reason with the fields of this case and some more."""
        fields: dict[str, object] = {
            "framework": self.name,
            "python": self.interpreter,
            "module": MODULES[self.framework],
            "distribution": self.distribution or MODULES[self.framework],
            "version": self.version,
            "build": self.build,
            "driver": self.machine.driver or "here",
            "platform": self.machine.platform,
            "architecture": self.machine.architecture,
            "container": self.machine.container or "",
            "limit": f"{self.limit_seconds:g}",
        }
        return make_reason(code, raw, **(fields | more))
