"""Makes the temporary folders of the probes; that none can be made is an error with words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from probes.errors import ProbeError


@contextmanager
def temporary_folder(prefix: str) -> Iterator[str]:
    """Make a folder, and remove it afterwards with all that can be removed of it.

    Raises:
        ProbeError: It cannot be made; the message names the place and the reason.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
    except OSError as error:
        place = f" in {Path(str(error.filename)).parent}" if error.filename else ""
        raise ProbeError(
            f"a temporary folder cannot be made{place}: {error.strerror or error}; "
            "the variable TMPDIR names another place"
        ) from None
    with folder as name:
        yield name
