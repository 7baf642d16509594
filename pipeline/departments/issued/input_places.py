"""Finding a place of the inputs in a YAML text: ``initiatives.siting.results`` -> the node, with its span.

Keys are separated by dots; an entry of a list goes by its ``id``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import yaml
from msgspec import Struct

from pipeline.departments.issued.fields import field_at
from pipeline.departments.issued.figure_text import Figure
from pipeline.documents.yaml_reader import compose
from pipeline.model.correspondence import Value, ValueKind
from pipeline.model.form import NUMBERS, Field, Form
from pipeline.wording.era import canonical

_ACTUALS, _NUMBERS = "actuals", ("targets", "baseline")
ABSENT = Value(ValueKind.ABSENT, "")


T = TypeVar("T")


class Found(Struct, frozen=True):
    """A node, the node that holds it, its key there (None in a list), and whether it stands within brackets."""

    node: yaml.Node
    holder: yaml.Node
    key: yaml.Node | None
    flow: bool


def split(path: str) -> tuple[str, str]:
    """Part a path into its file and the keys."""
    file, _, keys = path.partition("#")
    return file, keys


def by_file(values: Mapping[str, T]) -> Mapping[str, Mapping[str, T]]:
    """Return what is told of places by their file, and there by their keys."""
    found: dict[str, dict[str, T]] = {}
    for path, value in values.items():
        file, keys = split(path)
        found.setdefault(file, {})[keys] = value
    return found


def find(root: yaml.Node, keys: str) -> Found | None:
    """Find the node at the keys; None where there is none."""
    node, found, flow = root, None, False
    for key in keys.split("."):
        flow = flow or bool(getattr(node, "flow_style", False))
        step = _child(node, key)
        if step is None:
            return None
        found = Found(step[1], node, step[0], flow)
        node = step[1]
    return found


def _child(node: yaml.Node, key: str) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((name, value) for name, value in node.value if canonical(name.value) == key), None)
    if isinstance(node, yaml.SequenceNode):
        return next(((None, item) for item in node.value if _id(item) == key), None)
    return None


def _id(item: yaml.Node) -> str | None:
    if not isinstance(item, yaml.MappingNode):
        return None
    return next((value.value for name, value in item.value if name.value == "id"), None)


def kind_of(field: Field) -> ValueKind:
    """Return what stands at the place of a field of the form."""
    return ValueKind.NUMBER if field.kind in NUMBERS else ValueKind.TEXT


def value_at(root: yaml.Node | None, path: str, form: Form) -> Value:
    """Return the value at a place as text."""
    keys, field = split(path)[1], field_at(form, path)
    found = find(root, keys) if root else None
    if found is None:
        return ABSENT
    return Value(kind_of(field), str(found.node.value).rstrip("\n")) if field else _value(found.node, keys)


def position(text: str, keys: str) -> tuple[int, int]:
    """Return line and column, from 1, of the value at the keys of a YAML text; zeros where there is none."""
    root = compose(text)
    found = find(root, keys) if root else None
    return (found.node.start_mark.line + 1, found.node.start_mark.column + 1) if found else (0, 0)


def _value(node: yaml.Node, keys: str) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return Value(ValueKind.LIST, "\n".join(map(item_text, node.value)))
    if isinstance(node, yaml.MappingNode):
        parts = parts_of(node)
        found = Figure(parts.get("number", ""), parts.get("state", ""), parts.get("preliminary", "").lower() == "true")
        return Value(ValueKind.STATE if found.state else ValueKind.NUMBER, str(found))
    kind = ValueKind.NUMBER if keys.startswith(f"{_ACTUALS}.") or _is_figure(keys) else ValueKind.TEXT
    return Value(kind, str(node.value).rstrip("\n"))


def indicator_of(path: str) -> str:
    """Return the id of the indicator whose figure a path names; empty where it names none."""
    keys = split(path)[1]
    parts = keys.split(".")
    return parts[1] if (parts[0] == _ACTUALS and len(parts) > 1) or _is_figure(keys) else ""


def _is_figure(keys: str) -> bool:
    parts = keys.split(".")
    return len(parts) > 2 and parts[0] == "indicators" and parts[2] in _NUMBERS


def item_text(item: yaml.Node) -> str:
    """Return an entry of a list as it is printed: its own words, or its name; a repeated one by what it repeats."""
    if isinstance(item, yaml.ScalarNode):
        return str(item.value)
    parts = parts_of(item)
    return parts.get("name") or f"→{parts.get('repeat', '')}"


def parts_of(node: yaml.Node) -> Mapping[str, str]:
    """Return the values of a mapping's keys as they are written."""
    return {name.value: str(value.value) for name, value in node.value}


def values(texts: Mapping[str, str], paths: list[str], form: Form) -> dict[str, Value]:
    """Return the values at many paths of the files of a year's folder, given by their names."""
    roots = {file: compose(text) for file, text in texts.items()}
    return {path: value_at(roots[split(path)[0]], path, form) for path in paths if split(path)[0] in roots}
