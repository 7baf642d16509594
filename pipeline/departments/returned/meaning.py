"""What a spliced text must hold: the data that is meant, as PyYAML and ruamel.yaml both read it, and every comment."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import yaml

from pipeline.departments.issued.figure_text import figure
from pipeline.departments.issued.input_places import Found, find, item_text
from pipeline.departments.returned.scalars import strict
from pipeline.documents.yaml_reader import compose, scan, texts
from pipeline.model.correspondence import FIGURES, Value, ValueKind
from pipeline.wording.era import canonical

BLOCK_HEAD = re.compile(r"[|>][0-9+-]*([ \t]+#[^\r\n]*)?")
"""The head of a block, with its comment."""

Read = Callable[[str], object]
"""Reads the data of a YAML text."""


class CannotWrite(Exception):
    """A value that cannot be written so that nothing else changes; ``str()`` says why, in Japanese."""


def check(source: str, result: str, wanted: Callable[[Read], object]) -> None:
    """Make sure that ``result`` holds the data that is ``wanted``, as both readers have it, and every comment of
    ``source``.

    Raises ``CannotWrite``.
    """
    for read in (texts, strict):
        try:
            got = read(result)
        except Exception as fault:
            raise CannotWrite("書き込んだ後のYAMLが読めなくなります。") from fault
        if not _same(got, wanted(read)):
            raise CannotWrite("書き込んだ内容が、意図した内容と一致しません。")
    if Counter(_comments(source)) - Counter(_comments(result)):
        raise CannotWrite("YAMLの注記（#）が失われます。")


def meant(source: str, changes: Mapping[str, Value], read: Read) -> object:
    """Return the data with the values set, without going through text."""
    root = compose(source)
    result = read(source)
    for keys, value in changes.items():
        _begin(result, keys.split("."))
        _set(result, keys.split("."), value, find(root, keys) if root else None)
    return result


def taken_over(now: str, before: str, keys: Iterable[str], read: Read) -> object:
    """Return the data of ``now`` with that of ``before`` at the keys; a key that was not there is none."""
    result, old = read(now), read(before)
    for parts in (key.split(".") for key in keys):
        holder, source = _holder(result, parts), _holder(old, parts)
        now_key, old_key = _own_key(holder, parts[-1]), _own_key(source, parts[-1])
        if old_key in source:
            holder[now_key] = source[old_key]
        else:
            holder.pop(now_key, None)
    return result


def _holder(data: object, keys: list[str]) -> dict[Any, Any]:
    """Return the mapping that holds, or is to hold, the last of the keys."""
    for key in keys[:-1]:
        data = _step(data, key)
    if not isinstance(data, dict):
        raise CannotWrite("書き込む所が入力データにありません。")
    return data


def _begin(data: object, keys: list[str]) -> None:
    """Put a mapping in the place of each on the way that is not there yet."""
    for key in keys[:-1]:
        data = data.setdefault(_own_key(data, key), {}) if isinstance(data, dict) else _step(data, key)


def _set(data: object, keys: list[str], value: Value, found: Found | None) -> None:
    holder = _holder(data, keys)
    last = _own_key(holder, keys[-1])
    if value.kind is ValueKind.ABSENT:
        holder.pop(last, None)
    elif isinstance(holder.get(last), list) and found is not None:
        holder[last] = _list_meant(holder[last], found.node, value.text.split("\n"))
    elif value.kind in FIGURES:
        old, new = holder.get(last), _figure_meant(value.text)
        if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
            new = old | new  # in the order of the file
        holder[last] = new
    else:
        holder[last] = value.text if found is None else ended(value, found.node).text


def _step(holder: object, key: str) -> object:
    if isinstance(holder, dict):
        return holder.get(_own_key(holder, key))
    if isinstance(holder, list):
        return next((item for item in holder if isinstance(item, dict) and str(item.get("id")) == key), None)
    return None


def _own_key(holder: dict[Any, Any], key: str) -> str:
    """Return a key as the mapping has it: the file may write H31 where a path says R1."""
    return next((own for own in holder if canonical(str(own)) == canonical(key)), key)


def _figure_meant(text: str) -> object:
    """Return a figure as both readers give it: a text, or its parts as texts."""
    amount = figure(text)
    return text if amount is None or len(amount.parts) == 1 else dict(amount.parts)


def _list_meant(data: list[object], node: yaml.Node, new: list[str]) -> list[object]:
    old = [item_text(item) for item in node.value]
    result: list[object] = []
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            result += data[i1:i2]
            continue
        for n, text in enumerate(new[j1:j2]):
            before = data[i1 + n] if i1 + n < i2 else None
            result.append({**before, "name": text} if isinstance(before, dict) else text)
    return result


def _same(left: object, right: object) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, dict) and isinstance(right, dict):
        return list(left) == list(right) and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return left == right


def _comments(text: str) -> Iterator[str]:
    """Yield the comments: what begins with # between tokens, and in the heads of blocks."""
    position = 0
    for token in scan(text):
        start, end = token.start_mark.index, token.end_mark.index
        yield from re.findall(r"#[^\r\n]*", text[position:start])
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            head = BLOCK_HEAD.match(text[start:end])
            if head and head[1]:
                yield head[1].strip()
        position = max(position, end)
    yield from re.findall(r"#[^\r\n]*", text[position:])


def ended(value: Value, node: yaml.Node) -> Value:
    """Return the value with the line break that ends a block, where the old one had it."""
    ended = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and node.value.endswith("\n")
    return Value(value.kind, f"{value.text}\n") if ended and value.text and value.kind is ValueKind.TEXT else value
