"""Intel GPUs that a framework does not list."""

from __future__ import annotations

from probes.document import Reason
from probes.frameworks.cards import Card
from probes.frameworks.case import Case
from probes.frameworks.vendors.permission import forbidden_node
from probes.frameworks.vendors.without_build import no_build

_DRIVER = {
    "linux": "sudo apt install libze1 libze-intel-gpu1 intel-opencl-icd",
    "windows": "Install Intel's graphics driver for Windows, then restart.",
}


def explain(case: Case, card: Card, stderr: str) -> Reason | None:
    """Return the one reason why the framework does not list the GPU."""
    if not case.serves("xpu"):
        return no_build(case, card)
    if case.build != "xpu":
        return case.reason("CPU_ONLY_WHEEL", install=case.install("xpu"))
    node = forbidden_node(case.machine, "/dri/renderD")
    if node is not None:
        return case.reason("NO_PERMISSION", stderr, group=node["group"], node=node["path"])
    driver = _DRIVER.get(case.machine.system, "Install Intel's GPU driver with Level Zero.")
    return case.reason("XPU_RUNTIME_MISSING", stderr, driver_install=driver)
