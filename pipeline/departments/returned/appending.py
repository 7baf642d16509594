"""Adding an entry to a list of a YAML text: nothing else is touched, as in ``splice``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from pipeline.departments.issued.input_places import find
from pipeline.departments.returned.meaning import CannotWrite, Read, check
from pipeline.departments.returned.scalars import ScalarStyle, written
from pipeline.documents.yaml_reader import compose
from pipeline.model.correspondence import Value, ValueKind

Entry = Mapping[str, str | Sequence[str]]
"""Texts, and lists of texts, by their keys."""
_INDENT = "  "


def appended(source: str, key: str, entry: Entry) -> str:
    """Return the text with an entry at the end of the list at a key of its top, which is begun where it is
    not there; raises ``CannotWrite``. ``source`` has its line ends as on disk.
    """
    newline = "\r\n" if "\r\n" in source else "\n"
    root = compose(source)
    found = find(root, key) if root else None
    if found is None:
        ended = "" if not source or source.endswith("\n") else newline
        result = f"{source}{ended}{key}:{newline}{_entry(entry, '', newline)}{newline}"
    elif isinstance(found.node, yaml.SequenceNode) and found.node.value and not found.node.flow_style:
        result = _after(source, found.node, entry, newline)
    elif not found.node.value and not found.flow:
        start, end = found.node.start_mark.index, found.node.end_mark.index
        result = _below(f"{source[:start].rstrip(' ')}{source[end:]}", start - 1, _entry(entry, "", newline), newline)
    else:
        raise CannotWrite("[ ] で書かれた一覧です。YAMLを直接直してください。")
    check(source, result, lambda read: _meant(source, key, entry, read))
    return result


def inserted(before: str, after: str) -> tuple[str, ...]:
    """Return the lines that came with an entry."""
    old, new = before.splitlines(), after.splitlines()
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    return tuple(new[start : start + len(new) - len(old)])


def _after(source: str, items: yaml.SequenceNode, entry: Entry, newline: str) -> str:
    """Put the entry after the last, in the same column, before the blank lines and comments that follow."""
    first, last = items.value[0].start_mark.index, items.value[-1]
    dash = source.rfind("-", 0, first)
    indent = " " * (dash - source.rfind("\n", 0, dash) - 1)
    end = last.start_mark.index + len(source[last.start_mark.index : last.end_mark.index].rstrip())
    return _below(source, end, _entry(entry, indent, newline), newline)


def _below(source: str, index: int, text: str, newline: str) -> str:
    """Put lines below the line of a character."""
    stop = source.find("\n", index)
    if stop < 0:
        return f"{source}{newline}{text}{newline}"
    return f"{source[: stop + 1]}{text}{newline}{source[stop + 1 :]}"


def _entry(entry: Entry, indent: str, newline: str) -> str:
    style = ScalarStyle(None, flow=False, indent=f"{indent}{_INDENT * 2}", newline=newline)
    lines = [line for key, value in entry.items() for line in _lines(key, value, style)]
    return f"{indent}- " + f"{newline}{indent}{_INDENT}".join(lines)


def _lines(key: str, value: str | Sequence[str], style: ScalarStyle) -> Iterator[str]:
    """Yield the lines of a key, each without the indent of the entry."""
    if isinstance(value, str):
        yield f"{key}: {written(Value(ValueKind.TEXT, value), style)}"
    else:
        yield f"{key}:{'' if value else ' []'}"
        yield from (f"- {written(Value(ValueKind.TEXT, text), style)}" for text in value)


def _meant(source: str, key: str, entry: Entry, read: Read) -> object:
    """Return the data with the entry, without going through text."""
    data = read(source) if source.strip() else {}
    if not isinstance(data, dict):
        data = {}
    meant = {name: value if isinstance(value, str) else [*value] for name, value in entry.items()}
    return {**data, key: [*(data.get(key) or ()), meant]}
