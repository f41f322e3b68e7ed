"""Looks at processes by their number."""

from __future__ import annotations

import os
import select


def ends(identity: int, seconds: float = 20.0) -> bool:
    """Whether the process ends (killed processes need a moment); a pidfd is readable from then."""
    try:
        descriptor = os.pidfd_open(identity)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)
