"""What an exception in the worker means for the case it happened in."""

from __future__ import annotations

import errno

import pytest

from probes.bench.worker import failure, stopped


class OutOfMemoryError(RuntimeError):
    """As PyTorch and CuPy call theirs."""


class ResourceExhaustedError(Exception):
    """As TensorFlow calls its own."""


class _ArrayMemoryError(MemoryError):
    """As NumPy calls its own."""


class NoRoomError(MemoryError):
    """As a library might call its own."""


class BackendCompilerFailed(RuntimeError):  # noqa: N818 - PyTorch's name
    """As a compiler's exception around another one."""


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        NoRoomError("for an array"),
        _ArrayMemoryError("Unable to allocate 8.00 GiB for an array"),
        OutOfMemoryError("Tried to allocate 2.00 GiB"),
        ResourceExhaustedError("failed to allocate memory"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError(
            "[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: "
            "can't allocate memory: you tried to allocate 800000000 bytes"
        ),
        RuntimeError("RESOURCE_EXHAUSTED: Failed to allocate request for 2.0GiB"),
        ValueError("OOM when allocating tensor with shape[100000,100000]"),
        RuntimeError("std::bad_alloc"),
        BackendCompilerFailed("backend='inductor' raised:\nMemoryError: "),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_lack_of_memory_is_told_from_a_mistake(error: Exception) -> None:
    found = failure(error)
    assert found["status"] == "out-of-memory"
    assert found["reason"].startswith(f"{type(error).__name__}: ")


@pytest.mark.parametrize(
    "error",
    [
        ValueError("shapes (3, 4) and (5, 6) do not fit"),
        OSError(errno.ENOSPC, "No space left on device"),
        ImportError("libgomp.so.1: cannot allocate memory in static TLS block"),
        RuntimeError("the memory format channels_last is not supported"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_ordinary_error_is_a_failure_in_its_own_words(error: Exception) -> None:
    assert failure(error) == {
        "status": "failed",
        "reason": f"{type(error).__name__}: {error}",
    }


def test_endless_words_are_cut() -> None:
    assert len(failure(ValueError("x" * 100_000))["reason"]) == 4000


@pytest.mark.parametrize(
    ("error", "missing", "status"),
    [
        (ModuleNotFoundError("No module named 'torch'", name="torch"), "torch", "failed"),
        (ImportError("libgomp.so.1: cannot allocate memory in static TLS block"), None, "failed"),
        # Its name is that of the attribute, not of a module that could be installed.
        (AttributeError("no attribute 'torch'", name="torch", obj=None), None, "failed"),
        (RuntimeError("the library was built for another NumPy"), None, "failed"),
        (MemoryError(), None, "out-of-memory"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_a_framework_that_cannot_be_imported_is_missing_only_if_it_is(
    error: Exception, missing: str | None, status: str
) -> None:
    line = stopped(error)
    assert (line["event"], line["missing"], line["status"]) == ("stopped", missing, status)
    assert line["error"].startswith(type(error).__name__)
