"""Installs of torch that are broken for real: each fails in a child as the true one would."""

from __future__ import annotations

from pathlib import Path

CRASH = "import os, signal\nos.kill(os.getpid(), signal.SIGILL)\n"
HANG = "import signal\nsignal.pause()\n"
MISSING_LIBRARY = "import ctypes\nctypes.CDLL('libcudnn-that-is-not-here.so.9')\n"
WRONG_ARCHITECTURE = (
    "import ctypes, pathlib\nctypes.CDLL(str(pathlib.Path(__file__).with_name('libtorch.so')))\n"
)
PLAIN_ERROR = "raise ImportError('numpy.core.multiarray failed to import')\n"
EXIT = "import os\nos._exit(3)\n"
FLOOD = (
    "import sys\nsys.stderr.write('\\x1b[2J noise' * 100000)\nraise OSError('after the flood')\n"
)


def fake_torch(folder: Path, code: str) -> None:
    """Put a package called torch, with metadata, in front of everything."""
    package = folder / "torch"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(code)
    # The head of a library for 32-bit ARM: 1 is the class, 40 the machine.
    head = (
        b"\x7fELF\x01\x01\x01" + bytes(9) + (3).to_bytes(2, "little") + (40).to_bytes(2, "little")
    )
    (package / "libtorch.so").write_bytes(head + bytes(4096))
    information = folder / "torch-9.9.9.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: torch\nVersion: 9.9.9\n")
