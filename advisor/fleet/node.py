"""Run on a node by an engine: probes it and prints the document on stdout, and nothing else.

Started as `python -m advisor.fleet.node PART LIMIT`; keeps nothing on the node.
"""

from __future__ import annotations

import signal
import sys

import msgspec

from probes.document import ProbeDocument

PARTS = ("hardware", "frameworks", "quick")


def look(part: str) -> ProbeDocument:
    """Return the document: the hardware, also the frameworks, or with a quick benchmark."""
    from probes.run import assemble_document, look_at_hardware, probe

    if part == "hardware":
        return assemble_document(look_at_hardware())
    return probe("quick", benchmark=part == "quick")


def main() -> int:
    """Probe and print; whatever a library prints meanwhile goes to stderr."""
    part, limit = sys.argv[1:]
    if part not in PARTS:
        raise SystemExit(f"unknown part {part!r} (one of {', '.join(PARTS)})")
    if hasattr(signal, "alarm"):
        # A last resort for the case that whoever started us is gone.
        signal.alarm(int(float(limit)) + 15)
    out, sys.stdout = sys.stdout, sys.stderr
    document = msgspec.json.encode(look(part))
    out.write(document.decode() + "\n")
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
