"""SASS serves its major version upwards, PTX everything newer, and nothing serves an older card."""

from __future__ import annotations

import pytest

from probes.frameworks.capability import fit, read_capability, split_architectures

TENSORFLOW = split_architectures(["sm_60", "sm_70", "sm_80", "sm_89", "compute_90"])
TORCH_13 = split_architectures(["sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8.9", (8, 9)),
        ("sm_89", (8, 9)),
        ("compute_120", (12, 0)),
        ("sm_90a", (9, 0)),
        ("12.1", (12, 1)),
        ("gfx1100", None),
        ("", None),
        (None, None),
        ("8.99", None),
        ("²³_1", None),
    ],
)
def test_capabilities_are_read_in_every_spelling(
    text: object, expected: tuple[int, int] | None
) -> None:
    assert read_capability(text) == expected


@pytest.mark.parametrize(
    ("card", "wheel", "expected"),
    [
        ((8, 9), TENSORFLOW, "runs"),
        ((8, 6), TENSORFLOW, "runs"),
        ((6, 1), TENSORFLOW, "runs"),
        ((9, 0), TENSORFLOW, "after-compilation"),
        ((12, 0), TENSORFLOW, "after-compilation"),
        ((5, 2), TENSORFLOW, "too-old"),
        ((8, 9), TORCH_13, "runs"),
        ((10, 3), TORCH_13, "runs"),
        ((7, 0), TORCH_13, "too-old"),
        ((11, 0), TORCH_13, "too-new"),
        ((8, 9), ([], []), None),
    ],
)
def test_what_runs_where(
    card: tuple[int, int], wheel: tuple[list, list], expected: str | None
) -> None:
    assert fit(card, *wheel) == expected
