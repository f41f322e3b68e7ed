"""The store of this user: where it lies, and what becomes of its errors on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .output import Output
from .places import data_directory

if TYPE_CHECKING:
    from probes.store import Store


def store_path() -> Path:
    """Return the database of results."""
    return data_directory() / "runs.sqlite3"


def kept_before() -> Path:
    """Return the folder of single documents: of earlier versions, and of a store that failed."""
    return data_directory() / "probes"


def opened_store(output: Output) -> Store:
    """Return the store, telling the user what happened to it.

    Raises:
        StoreError: It cannot be read.
    """
    from probes.store import open_store

    return open_store(
        store_path(), kept_before=kept_before(), narrate=lambda text: output.narrate(f"({text})")
    )


@contextmanager
def refusing() -> Iterator[None]:
    """Turn an error of the store into one that ends a command with a line."""
    from probes.store import StoreError

    try:
        yield
    except StoreError as error:
        raise InputError(str(error)) from None
