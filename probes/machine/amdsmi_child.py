"""Asks AMD's module ``amdsmi`` in a process of its own: it prints, and a driver can hold it.

Standard library and that one module. Each question is guarded: old versions lack functions, cards
lack sensors. Source: ROCm/amdsmi, py-interface/amdsmi_interface.py (read 2026-11-20).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

_MOST_CARDS = 64
_MOST_PROCESSES = 64


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Send one line for every card, raw; ``problem`` if the library cannot be used."""
    try:
        amdsmi: Any = importlib.import_module("amdsmi")
        amdsmi.amdsmi_init()
    except Exception as error:
        emit({"problem": f"{type(error).__name__}: {error}"[:400]})
        return
    for handle in (_ask(amdsmi.amdsmi_get_processor_handles) or [])[:_MOST_CARDS]:
        emit(_card(amdsmi, handle))
    _ask(amdsmi.amdsmi_shut_down)


def _card(amdsmi: Any, handle: Any) -> dict[str, Any]:
    def tell(name: str, *arguments: Any) -> Any:
        return _ask(lambda: getattr(amdsmi, name)(handle, *arguments))

    memory = tell("amdsmi_get_gpu_vram_usage")
    processes = tell("amdsmi_get_gpu_process_list")
    return {
        "address": tell("amdsmi_get_gpu_device_bdf"),
        "memory": _plain(memory),
        "temperature": _temperature(amdsmi, tell),
        "violations": _plain(tell("amdsmi_get_violation_status")),
        "throttled": _plain(tell("amdsmi_get_gpu_metrics_info"), "throttle_status"),
        "processes": [_plain(one) for one in processes[:_MOST_PROCESSES]]
        if isinstance(processes, list)
        else None,
    }


def _temperature(amdsmi: Any, tell: Callable[..., Any]) -> Any:
    """Return the first sensor that answers; data centre cards have none at the edge."""
    for name in ("EDGE", "HOTSPOT", "JUNCTION"):
        kind = _ask(lambda name=name: getattr(amdsmi.AmdSmiTemperatureType, name))  # type: ignore[misc]
        now = _ask(lambda: amdsmi.AmdSmiTemperatureMetric.CURRENT)
        answer = tell("amdsmi_get_temp_metric", kind, now) if kind is not None else None
        if isinstance(answer, int):
            return answer
    return None


def _plain(answer: Any, *only: str) -> Any:
    """Return a table with nothing in it but plain values, and tables of those."""
    if not isinstance(answer, dict):
        return None
    return {
        str(key): _plain(value) if isinstance(value, dict) else value
        for key, value in answer.items()
        if (not only or key in only) and isinstance(value, str | int | float | bool | dict)
    }


def _ask(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception:
        return None
