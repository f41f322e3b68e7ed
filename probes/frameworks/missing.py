"""The report for a framework that an interpreter does not have."""

from __future__ import annotations

from probes.document import Device, Framework, Reason
from probes.frameworks.case import Case
from probes.frameworks.versions import python_version


def missing_framework(case: Case, error: str = "") -> Framework:
    """Return the report for a framework that the interpreter does not have."""
    if error:
        what = f"The interpreter {case.interpreter} cannot be asked for its packages."
        reason = case.reason("UNKNOWN", error, what=what)
    else:
        reason = _too_new(case) or case.reason("NOT_INSTALLED", install=case.install())
    return Framework(
        installed=False,
        interpreter=case.interpreter,
        python=case.python,
        devices=[Device(kind="cpu", name="cpu", verdict="not-installed")],
        reasons=[reason],
    )


def _too_new(case: Case) -> Reason | None:
    """Explain a missing framework by a Python that no wheel of it exists for."""
    python = python_version(case.python)
    ranges = [
        (newest, build.release, build.python[1])
        for build in case.builds
        if build.framework == case.framework
        and (newest := python_version(build.python[1])) is not None
    ]
    if not ranges or python is None or python <= max(ranges)[0]:
        return None
    _, release, newest_text = max(ranges)
    return case.reason(
        "PYTHON_TOO_NEW",
        python_version=f"{python[0]}.{python[1]}",
        known_version=release,
        newest=newest_text,
    )
