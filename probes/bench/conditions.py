"""The noise during one block: load, steal, other processes, throttling by the quota.

Read before and after a block, never while a worker measures.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from probes.bench.document import BlockConditions
from probes.machine.cgroup import throttled_seconds
from probes.machine.files import read_text
from probes.machine.plausible import whole

_MOST_TICKS = 1 << 62


class Snapshot(Struct, frozen=True):
    """Counters at one moment; ``None`` where this system has none."""

    time: float
    busy: float | None
    steal: float | None
    total: float | None
    own: float
    throttled: float | None


def take_snapshot(root: Path = Path("/")) -> Snapshot:
    """Read the counters, all in seconds of processor time."""
    busy, steal, total = _machine_times(root)
    own = os.times()
    return Snapshot(
        time=time.monotonic(),
        busy=busy,
        steal=steal,
        total=total,
        own=own.user + own.system + own.children_user + own.children_system,
        throttled=throttled_seconds(root),
    )


def conditions_between(block: int, before: Snapshot, after: Snapshot) -> BlockConditions:
    """Return what happened between two snapshots."""
    return BlockConditions(
        block=block,
        seconds=round(after.time - before.time, 3),
        load_1_minute=_load(),
        steal_share=_share(before.steal, after.steal, before, after),
        foreign_share=_foreign(before, after),
        throttled_seconds=(
            None
            if before.throttled is None or after.throttled is None
            else round(after.throttled - before.throttled, 3)
        ),
    )


def noise_causes(blocks: Sequence[BlockConditions]) -> list[str]:
    """Return in words what disturbed these blocks, worst value of each kind."""
    if not blocks:
        return []
    worst = BlockConditions(
        block=0,
        seconds=0.0,
        foreign_share=max(block.foreign_share or 0.0 for block in blocks),
        steal_share=max(block.steal_share or 0.0 for block in blocks),
        throttled_seconds=sum(block.throttled_seconds or 0.0 for block in blocks),
    )
    collapsed = sorted({arm for block in blocks for arm in block.collapsed})
    waited = f"threads of {', '.join(collapsed)} waited for each other" if collapsed else ""
    return [*worst.disturbances(), *([waited] if waited else [])]


def _machine_times(root: Path) -> tuple[float | None, float | None, float | None]:
    """Return busy, stolen and all processor time of the machine since it started (proc(5))."""
    name, *words = (read_text(root, "/proc/stat") or "none").partition("\n")[0].split()
    counted = [whole(word, 0, _MOST_TICKS) for word in words[:8]]
    known = [number for number in counted if number is not None]
    if name != "cpu" or len(known) < 8:
        return None, None, None
    ticks = os.sysconf("SC_CLK_TCK")
    user, nice, system, idle, waiting, irq, soft_irq, steal = (number / ticks for number in known)
    busy = user + nice + system + irq + soft_irq
    return busy, steal, busy + idle + waiting + steal


def _share(
    start: float | None, end: float | None, before: Snapshot, after: Snapshot
) -> float | None:
    if start is None or end is None or before.total is None or after.total is None:
        return None
    total = after.total - before.total
    return round(max(0.0, end - start) / total, 4) if total > 0 else None


def _foreign(before: Snapshot, after: Snapshot) -> float | None:
    if before.busy is None or after.busy is None:
        return None
    own = after.own - before.own
    return _share(before.busy, after.busy - own, before, after)


def _load() -> float | None:
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
