"""What the jobs call to look at this machine and to measure on it; imported when a look begins."""

from __future__ import annotations

from advisor.cli.present import present
from probes.doctor.run import take_record
from probes.run import assemble_document, look_at_hardware, plan_benchmarks, run_benchmarks

__all__ = [
    "assemble_document",
    "look_at_hardware",
    "plan_benchmarks",
    "present",
    "run_benchmarks",
    "take_record",
]
