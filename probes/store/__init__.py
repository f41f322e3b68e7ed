"""Keeps every run of the probes on this machine: what was measured, when, on what.

`open_store` is the door; `StoreError` is the only thing that can go wrong behind it. A result must
never be lost because the store fails, so whoever calls catches it, says so and keeps a file.
"""

from probes.store.errors import RunReferenceError, StoreError
from probes.store.run import Foreign, Kept, Measured, RunState, Stored, Taken, Wanted
from probes.store.store import Store, open_store

__all__ = [
    "Foreign",
    "Kept",
    "Measured",
    "RunReferenceError",
    "RunState",
    "Store",
    "StoreError",
    "Stored",
    "Taken",
    "Wanted",
    "open_store",
]
