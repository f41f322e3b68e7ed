"""From a node of a file to a typed value, or to problems that name line, key and nearest name.

The types of `knowledge.model` are the schema; nothing about a field is written twice.
"""

from __future__ import annotations

import re
import types
import typing
from math import isfinite
from typing import Any

import msgspec

from ..errors import FileProblem, nearest
from ..model.common import Date, Id, Url
from ..text import has_control_characters
from .strict_yaml import Node

INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
NUMBER = re.compile(r"[-+]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})([eE][-+]?[0-9]{1,3})?")
LOOKS_TYPED = re.compile(
    r"[-+.]?[0-9][-+.0-9eE_:xo]*|~|null|true|false|yes|no|on|off|y|n", re.IGNORECASE
)
PATTERNS = {
    Id: (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "a lower-case kebab id"),
    Date: (
        re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"),
        'a quoted date such as "2026-11-20"',
    ),
    Url: (re.compile(r"https?://\S+|pkg:[a-z]+/\S+"), "an https address or a package URL (pkg:…)"),
}


class Validator:
    """Converts nodes of one file and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        """Start with no problems in `file`."""
        self.file = file
        self.problems: list[FileProblem] = []
        self.lines: dict[str, int] = {}

    def fail(
        self,
        node_line: int,
        key: str,
        message: str,
        expected: str = "",
        near: str = "",
        code: str = "KB110",
    ) -> None:
        """Note a problem."""
        self.problems.append(
            FileProblem(
                file=self.file,
                line=node_line,
                key=key,
                message=message,
                expected=expected,
                nearest=near,
                code=code,
            )
        )

    def convert(self, node: Node, wanted: Any, key: str) -> Any:
        """Return the value of `node` as `wanted`, or None after noting what is wrong."""
        self.lines[key] = node.line
        origin = typing.get_origin(wanted)
        if wanted in PATTERNS:
            return self._patterned(node, wanted, key)
        if origin in (types.UnionType, typing.Union):
            return self._union(node, typing.get_args(wanted), key)
        if origin is typing.Literal:
            return self._literal(node, typing.get_args(wanted), key)
        if origin is tuple:
            return self._tuple(node, typing.get_args(wanted), key)
        if origin is dict:
            return self._dict(node, typing.get_args(wanted), key)
        if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
            return self.struct(node, wanted, key)
        return self._scalar(node, wanted, key)

    def struct(self, node: Node, wanted: type[msgspec.Struct], key: str) -> Any:
        """Return a mapping node as a struct; unknown and missing keys are problems."""
        if not isinstance(node.value, dict):
            return self.fail(node.line, key, f"is {node.kind}", "a mapping")
        fields = {f.encode_name: f for f in msgspec.structs.fields(wanted)}
        tag = wanted.__struct_config__.tag_field
        before = len(self.problems)
        values = {}
        for name, (line, child) in node.value.items():
            if name == tag:
                continue
            if name not in fields:
                self.fail(
                    line,
                    f"{key}.{name}" if key else name,
                    "unknown key",
                    near=nearest(name, fields),
                    code="KB111",
                )
                continue
            field = fields[name]
            path = f"{key}.{name}" if key else name
            values[field.name] = self.convert(child, field.type, path)
            self.lines[path] = line
        missing = [n for n, f in fields.items() if f.required and f.name not in values]
        for name in missing:
            if name not in node.value:
                self.fail(node.line, key, f"lacks the key {name!r}", code="KB112")
        return wanted(**values) if len(self.problems) == before else None

    def _patterned(self, node: Node, wanted: Any, key: str) -> Any:
        pattern, expected = PATTERNS[wanted]
        text = self._scalar(node, str, key)
        if text is not None and not pattern.fullmatch(text):
            return self.fail(node.line, key, f"{text[:80]!r} does not fit", expected)
        return text

    def _union(self, node: Node, members: tuple[Any, ...], key: str) -> Any:
        if type(None) in members:
            if isinstance(node.value, str) and not node.quoted and node.value in ("null", "~", ""):
                return None
            members = tuple(m for m in members if m is not type(None))
        if len(members) == 1:
            return self.convert(node, members[0], key)
        return self._loose_scalar(node, key)

    def _loose_scalar(self, node: Node, key: str) -> Any:
        """Return a bool, number or text as written: for operands whose type a question decides."""
        if not isinstance(node.value, str):
            return self.fail(node.line, key, f"is {node.kind}", "a single value")
        if node.quoted:
            return self._scalar(node, str, key)
        if node.value in ("true", "false"):
            return node.value == "true"
        if NUMBER.fullmatch(node.value):
            return self._scalar(node, float, key)
        return self._scalar(node, str, key)

    def _literal(self, node: Node, valid: tuple[Any, ...], key: str) -> Any:
        if not isinstance(node.value, str):
            return self.fail(node.line, key, f"is {node.kind}", "one of " + ", ".join(valid))
        if node.value not in valid:
            return self.fail(
                node.line,
                key,
                f"unknown value {node.value[:80]!r}",
                "one of " + ", ".join(valid),
                nearest(node.value, valid),
                code="KB113",
            )
        return node.value

    def _tuple(self, node: Node, arguments: tuple[Any, ...], key: str) -> Any:
        if not isinstance(node.value, list):
            return self.fail(node.line, key, f"is {node.kind}", "a list")
        if arguments[-1] is not Ellipsis and len(node.value) != len(arguments):
            return self.fail(
                node.line, key, f"has {len(node.value)} items", f"exactly {len(arguments)}"
            )
        each = [arguments[0]] * len(node.value) if arguments[-1] is Ellipsis else arguments
        return tuple(
            self.convert(child, wanted, f"{key}[{index}]")
            for index, (child, wanted) in enumerate(zip(node.value, each, strict=True))
        )

    def _dict(self, node: Node, arguments: tuple[Any, ...], key: str) -> Any:
        if not isinstance(node.value, dict):
            return self.fail(node.line, key, f"is {node.kind}", "a mapping")
        result = {}
        for name, (line, child) in node.value.items():
            kept = self.convert(Node(name, line, True), arguments[0], f"{key}.{name}")
            result[kept] = self.convert(child, arguments[1], f"{key}.{name}")
            self.lines[f"{key}.{name}"] = line
        return result

    def _scalar(self, node: Node, wanted: Any, key: str) -> Any:
        if not isinstance(node.value, str):
            return self.fail(node.line, key, f"is {node.kind}", _words(wanted))
        text = node.value
        if wanted is str:
            if not node.quoted and LOOKS_TYPED.fullmatch(text):
                return self.fail(
                    node.line,
                    key,
                    f"{text!r} is not clearly text",
                    f'quotes: "{text}"',
                    code="KB114",
                )
            if has_control_characters(text):
                return self.fail(node.line, key, "holds control characters", "printable text")
            return text.strip() if not node.quoted else text
        if not node.quoted:
            if wanted is bool and text in ("true", "false"):
                return text == "true"
            if wanted is int and INTEGER.fullmatch(text):
                return int(text)
            if wanted is float and NUMBER.fullmatch(text) and isfinite(float(text)):
                return float(text)
        return self.fail(node.line, key, f"{text[:80]!r} does not fit", _words(wanted))


def _words(wanted: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
    return names.get(wanted, str(wanted))
