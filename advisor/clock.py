"""The only place that reads the clock; tests fix it with SOURCE_DATE_EPOCH."""

from __future__ import annotations

import os
import time


def now() -> str:
    """Return the time in UTC as ISO 8601, in whole seconds."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(fixed) if fixed.isdigit() and len(fixed) < 12 else time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
