"""Takes out of a document what tells whose machine it is: names, home folders, identifiers.

Pure, and works on plain data: the names to remove are handed in, others are found in the document
itself. What decides a verdict stays, so that the document still replays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from probes.redacted_names import HOME, names_in, pattern, process_names, removable

# With a prefix also cut short, as CUDA_VISIBLE_DEVICES may hold it; without one in full only.
_IDENTIFIER = re.compile(
    r"\b(?:GPU|MIG)-(?:GPU-)?(?=[0-9a-f-]*\d)[0-9a-f]{4,}(?:-[0-9a-f]+)*(?:/\d+)*(?!\w)"
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?!\w)"
    r"|(?<![\w-])(?:0x)?[0-9a-f]{32,64}(?!\w)",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\b(serial(?:[ _-]?(?:number|no\.?))?\s*[:=]\s*)[\w.-]+", re.IGNORECASE)
_HARDWARE_ADDRESS = re.compile(r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b", re.IGNORECASE)
_NETWORK_ADDRESS = re.compile(r"(?<=://)(?:\d{1,3}\.){3}\d{1,3}")
_IDENTIFYING = ("uuid", "serial", "unique_id")
_PERSONAL = ("user", "username", "user_name", "owner")
# Values by which devices are chosen; every other variable of a TPU names jobs, hosts and addresses.
_CHOOSING = re.compile(r"TPU_(VISIBLE_(CHIPS|DEVICES)|ACCELERATOR_TYPE|\w*BOUNDS\w*|SKIP_\w+)$")
# Fields with a closed set of values: a host called "linux" or "3.12" must not change what they say.
_CLOSED = frozenset(
    (
        *("schema", "schema_version", "tool_version", "created", "status", "code", "outcome"),
        *("stage", "state", "tf32", "kind", "dtype", "vendor", "build", "distribution", "version"),
        *("python", "implementation", "driver_model", "mig", "ecc", "generation", "metal"),
        *("compute_capability", "gfx_target", "architectures", "verdict", "compiled", "cuda"),
        *("sources", "framework", "path", "mode", "dtypes", "libraries", "packages", "class"),
        *("device_id", "driver", "hip", "cpu_capability", "install", "variant", "command"),
    )
)
# Fields that hold such a value or a text: the same, unless the name is a part of a text.
_WHOLE = frozenset(("value", "name", "devices"))


def redacted(document: Any, names: Iterable[str] = ()) -> Any:
    """Return a document (plain data) without identifiers, home folders and personal names.

    Args:
        document: As `msgspec.to_builtins` gives it; its facts stand below the key `hardware`.
        names: Host and user names; those that the document itself tells are added.
    """
    named = pattern(removable([*names, *names_in(document)]))
    return _Redaction(named, pattern(process_names(document), " (PID ")).walk(document)


class _Redaction:
    """The patterns of one document."""

    def __init__(self, named: re.Pattern[str] | None, processes: re.Pattern[str] | None) -> None:
        self._named = named
        self._processes = processes

    def walk(self, value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return self._text(value, key)
        if isinstance(value, list):
            return [self.walk(item, key) for item in value]
        if isinstance(value, dict):
            # A process is known by its number; its name is its user's affair.
            process = "pid" in value and "name" in value
            return {
                self._key(str(name)): (
                    _instead("process", item)
                    if process and name == "name"
                    else self._fact(item)
                    if name == "host-name"
                    else self._variable(str(name), item)
                    if str(name).startswith("TPU_")
                    else self.walk(item, str(name))
                )
                for name, item in value.items()
            }
        return value

    def _fact(self, reading: Any) -> Any:
        if not isinstance(reading, dict):
            return _instead("name", reading)
        return {**self.walk(reading), "value": _instead("name", reading.get("value"))}

    def _variable(self, name: str, value: Any) -> Any:
        if _CHOOSING.match(name) or not isinstance(value, str):
            return self.walk(value, name)
        return _instead("value", value)

    def _key(self, key: str) -> str:
        # Keys are ids of facts and frameworks; only paths of interpreters name anybody.
        return self._text(key) if key.startswith(("/", "\\")) or ":\\" in key else key

    def _text(self, text: str, key: str = "") -> str:
        if any(word in key for word in _IDENTIFYING):
            return "<identifier>" if text else text
        if key in _PERSONAL:
            return "<name>" if text else text
        text = _SERIAL.sub(r"\1<identifier>", text)
        text = text if key == "sources" else _IDENTIFIER.sub("<identifier>", text)
        text = _HARDWARE_ADDRESS.sub("<address>", _NETWORK_ADDRESS.sub("<address>", text))
        text = HOME.sub(_home, text)
        if self._processes is not None:
            text = self._processes.sub("<process> (PID ", text)
        if self._named is None or key in _CLOSED:
            return text
        if key in _WHOLE and self._named.fullmatch(text):
            return text
        return self._named.sub("<name>", text)


def _instead(what: str, value: Any) -> Any:
    return f"<{what}>" if isinstance(value, str) and value else value


def _home(match: re.Match[str]) -> str:
    return "<home>" if match[1].startswith("/root") else f"{match[1]}<user>"
