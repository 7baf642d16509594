"""Writing values into a YAML text by replacing only the characters of those values.

Comments, order, quotes, blank lines and line ends stay because nobody touches them. The result counts only if PyYAML
and ruamel.yaml both read exactly the data that was meant, and every comment is still there.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from pipeline.departments.issued.address import Found, find, item_text
from pipeline.departments.issued.figures import figure
from pipeline.departments.returned.scalars import ScalarStyle, strict, written
from pipeline.documents.yaml_reader import compose, scan, texts
from pipeline.model.correspondence import FIGURES, Value, ValueKind
from pipeline.wording.era import canonical

_BLANK_LINES = re.compile(r"(?:\r?\n *)*\Z")
_BLOCK_HEAD = re.compile(r"[|>][0-9+-]*([ \t]+#[^\r\n]*)?")
_BOM = "\ufeff"
"""The byte order mark, which some editors put before the text; it is no part of it."""

Read = Callable[[str], object]
"""Reads the data of a YAML text."""


class CannotWrite(Exception):
    """A value that cannot be written so that nothing else changes; ``str()`` says why, in Japanese."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """Characters from ``start`` to ``end`` give way to a text."""

    start: int
    end: int
    text: str


def splice(source: str, changes: Mapping[str, Value]) -> str:
    """Return the text with values written at their keys; raises ``CannotWrite``. ``source`` has its line ends as on
    disk. A value that is absent is taken out with its key.
    """
    if source.startswith(_BOM):
        return _BOM + splice(source.removeprefix(_BOM), changes)
    return _spliced(source, tuple(changes.items()))


@lru_cache(maxsize=64)  # what is rehearsed is written next, and what is proposed is rehearsed at every collecting
def _spliced(source: str, pairs: tuple[tuple[str, Value], ...]) -> str:
    changes = dict(pairs)
    root = compose(source)
    if root is None:
        raise CannotWrite("ファイルに何も書かれていません。")
    patches = [
        patch for keys, value in changes.items() for patch in _Writer(source, root, changes).patches(keys, value)
    ]
    result = source
    for patch in sorted(patches, key=lambda p: (p.start, p.end))[::-1]:  # of several at one place the last first
        result = result[: patch.start] + patch.text + result[patch.end :]
    check(source, result, lambda read: _meant(source, changes, read))
    return result


@dataclass(frozen=True, slots=True)
class _Writer:
    source: str
    root: yaml.Node
    changes: Mapping[str, Value]

    @property
    def newline(self) -> str:
        """The line end of the file."""
        return "\r\n" if "\r\n" in self.source else "\n"

    def patches(self, keys: str, value: Value) -> Iterator[_Patch]:
        """Yield what has to be replaced for a value."""
        found = find(self.root, keys)
        if value.kind is ValueKind.ABSENT:
            yield from (self._removed(found),) if found else ()
        elif found is None and find(self.root, keys.rpartition(".")[0]) is None and "." in keys:
            yield from self._begun(keys)
        elif found is None:
            yield self._inserted(keys, self._text(keys, value))
        elif isinstance(found.node, yaml.SequenceNode):
            yield from self._list(found, value)
        elif isinstance(found.node, yaml.MappingNode):
            yield from self._parts(keys, found.node, value)
        else:
            yield self._scalar(found, value)

    def _scalar(self, found: Found, value: Value) -> _Patch:
        node = found.node
        start, end = node.start_mark.index, node.end_mark.index
        if self.source[start : start + 1] in ("*", "&", "!"):
            raise CannotWrite("「&」「*」「!」の記法が使われている値です。")
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        text = written(_ended(value, node), ScalarStyle(style, found.flow, self._indent(found), self.newline))
        if style in ("|", ">"):
            return self._block(node, text)
        if start == end:  # a key with nothing after it
            return _Patch(start, end, text if self.source[start - 1 : start] == " " else f" {text}")
        return self._with_comment(start, end, text)

    def _block(self, node: yaml.Node, text: str) -> _Patch:
        """Replace a block without the blank lines and comments after it; a comment in its head stays."""
        old = self.source[node.start_mark.index : node.end_mark.index]
        end = self._end(node)
        head = _BLOCK_HEAD.match(old)
        comment = (head[1] or "") if head else ""
        first, rest = self._headed(text)
        return _Patch(node.start_mark.index, end, f"{first}{comment}{rest}")

    def _headed(self, text: str) -> tuple[str, str]:
        """Part a block into its head and its lines; another scalar is all head."""
        first, newline, rest = text.partition(self.newline)
        return first, newline + rest

    def _with_comment(self, start: int, end: int, text: str) -> _Patch:
        """Keep a comment after the old value on the line of the key, where the new value is a block."""
        if self.newline not in text:
            return _Patch(start, end, text)
        stop = self.source.find("\n", end)
        tail = self.source[end : len(self.source) if stop < 0 else stop].rstrip("\r")
        if not tail.strip():  # blanks after the old value would end the block's last line
            return _Patch(start, end + len(tail), text)
        if not tail.strip().startswith("#"):
            return _Patch(start, end, text)
        first, rest = self._headed(text)
        return _Patch(start, end + len(tail), f"{first}{tail}{rest}")

    def _indent(self, found: Found) -> str:
        """Return the indent of a block: as it is, or two more than the key."""
        node = found.node
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            old = self.source[node.start_mark.index : node.end_mark.index]
            line = re.search(r"\n( +)[^ \r\n]", old)
            if line:
                return line[1]
        column = found.key.start_mark.column if found.key is not None else node.start_mark.column
        return " " * (column + 2)

    def _parts(self, keys: str, node: yaml.MappingNode, value: Value) -> Iterator[_Patch]:
        """Write a figure over one that has keys of its own: each over its own, where they stay the same keys."""
        amount = figure(value.text)
        parts = amount.parts if amount else {}
        before = {name.value: str(part.value) for name, part in node.value}
        if parts.keys() == before.keys() and before.get("preliminary", "true").lower() == "true":
            yield from self.patches(f"{keys}.number", Value(ValueKind.NUMBER, parts["number"]))
            if "state" in parts:
                yield from self.patches(f"{keys}.state", Value(ValueKind.TEXT, parts["state"]))
            return
        end = node.end_mark if node.flow_style else node.value[-1][1].end_mark
        style = ScalarStyle(None, True, "", self.newline)
        yield _Patch(node.start_mark.index, end.index, written(value, style))

    def _begun(self, keys: str) -> Iterator[_Patch]:
        """Begin a mapping that is not there yet (a series), with all that is written into it."""
        holder = keys.rpartition(".")[0]
        own = {key: value for key, value in self.changes.items() if key.rpartition(".")[0] == holder}
        if keys == next(iter(own)):
            style = ScalarStyle(None, flow=True, indent="", newline=self.newline)
            parts = (f"{key.rpartition('.')[2]}: {written(value, style)}" for key, value in own.items())
            yield self._inserted(holder, f"{{{', '.join(parts)}}}")

    def _text(self, keys: str, value: Value) -> str:
        """Return the characters of a value whose key is not there yet."""
        node = self._holder(keys)
        flow = bool(node.flow_style)
        return written(value, ScalarStyle(None, flow, " " * (node.start_mark.column + 2), self.newline))

    def _holder(self, keys: str) -> yaml.MappingNode:
        """Return the mapping that is to hold the last of the keys."""
        holder = keys.rpartition(".")[0]
        found = find(self.root, holder) if holder else None
        node = found.node if found else None if holder else self.root
        if not isinstance(node, yaml.MappingNode):
            raise CannotWrite(f"「{keys}」を書き込む所が入力データにありません。")
        return node

    def _inserted(self, keys: str, text: str) -> _Patch:
        """Add a key that is not there yet to the mapping that should hold it."""
        node, key = self._holder(keys), keys.rpartition(".")[2]
        if node.flow_style:
            end = node.end_mark.index - 1
            return _Patch(end, end, f"{', ' if node.value else ''}{key}: {text}")
        end = self._line_end(self._end(node.value[-1][1]))
        return _Patch(end, end, f"{self.newline}{' ' * node.start_mark.column}{key}: {text}")

    def _removed(self, found: Found) -> _Patch:
        """Take a key out of its mapping: within brackets with one comma, else with its lines."""
        holder = found.holder
        if not isinstance(holder, yaml.MappingNode):
            raise CannotWrite("一覧の項目は、YAMLを直接直して消してください。")
        rows = holder.value
        place = next(n for n, (key, _) in enumerate(rows) if key is found.key)
        start, end = rows[place][0].start_mark.index, self._end(found.node)
        if not holder.flow_style:
            return _Patch(self.source.rfind("\n", 0, start) + 1, self._line_end(end) + len(self.newline), "")
        if place:
            return _Patch(self._end(rows[place - 1][1]), end, "")
        return _Patch(start, rows[1][0].start_mark.index if len(rows) > 1 else end, "")

    def _end(self, node: yaml.Node) -> int:
        """Return where the characters of a node end, without the blank lines that PyYAML counts to a block."""
        text = self.source[node.start_mark.index : node.end_mark.index]
        return node.start_mark.index + len(_BLANK_LINES.sub("", text))

    def _line_end(self, index: int) -> int:
        """Return where the line of a character ends, before its line break."""
        stop = self.source.find("\n", index)
        end = len(self.source) if stop < 0 else stop
        return end - (stop >= 0 and self.source[end - 1 : end] == "\r")

    def _list(self, found: Found, value: Value) -> Iterator[_Patch]:
        """Replace, add and take away entries; those that stay are not touched."""
        node = found.node
        old, new = [item_text(item) for item in node.value], value.text.split("\n") if value.text else []
        if not new:
            raise CannotWrite("一覧のすべての項目を消すことはできません。")
        if found.flow or getattr(node, "flow_style", False):
            raise CannotWrite("[ ] で書かれた一覧です。YAMLを直接直してください。")
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for what, i1, i2, j1, j2 in matcher.get_opcodes():
            if what != "equal":
                yield from self._entries(node.value, (i1, i2), new[j1:j2])

    def _entries(self, items: list[yaml.Node], span: tuple[int, int], new: list[str]) -> Iterator[_Patch]:
        first, last = span
        common = min(last - first, len(new))
        for item, text in zip(items[first:last], new[:common], strict=False):
            yield self._entry(item, text)
        for item in items[first + common : last]:
            yield self._without(item)
        if new[common:]:
            yield self._added(items, first + common, new[common:])

    def _entry(self, item: yaml.Node, text: str) -> _Patch:
        value = Value(ValueKind.TEXT, text)
        if isinstance(item, yaml.ScalarNode):
            return self._scalar(Found(item, item, None, flow=False), value)
        name = find(item, "name")
        if name is None:
            raise CannotWrite("再掲の項目は、元の施策で直してください。")
        return self._scalar(name, value)

    def _without(self, item: yaml.Node) -> _Patch:
        if not isinstance(item, yaml.ScalarNode):
            raise CannotWrite("識別名の付いた項目や再掲の項目は、YAMLを直接直して消してください。")
        start = self.source.rfind("\n", 0, item.start_mark.index) + 1
        stop = self.source.find("\n", item.end_mark.index - 1)
        return _Patch(start, len(self.source) if stop < 0 else stop + 1, "")

    def _added(self, items: list[yaml.Node], place: int, texts: list[str]) -> _Patch:
        dash = self.source.rfind("-", 0, items[0].start_mark.index)
        indent = " " * (dash - self.source.rfind("\n", 0, dash) - 1)
        style = ScalarStyle(None, flow=False, indent=f"{indent}  ", newline=self.newline)
        lines = [f"{indent}- {written(Value(ValueKind.TEXT, text), style)}" for text in texts]
        if place == 0:
            start = self.source.rfind("\n", 0, dash) + 1
            return _Patch(start, start, "".join(line + self.newline for line in lines))
        end = self._line_end(items[place - 1].end_mark.index - 1)
        return _Patch(end, end, "".join(self.newline + line for line in lines))


def _ended(value: Value, node: yaml.Node) -> Value:
    """Return the value with the line break that ends a block, where the old one had it."""
    ended = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and node.value.endswith("\n")
    return Value(value.kind, f"{value.text}\n") if ended and value.text and value.kind is ValueKind.TEXT else value


def check(source: str, result: str, meant: Callable[[Read], object]) -> None:
    """Make sure that ``result`` holds the data that is meant, as both readers have it, and every comment of ``source``.

    Raises ``CannotWrite``.
    """
    for read in (texts, strict):
        try:
            got = read(result)
        except Exception as fault:
            raise CannotWrite("書き込んだ後のYAMLが読めなくなります。") from fault
        if not _same(got, meant(read)):
            raise CannotWrite("書き込んだ内容が、意図した内容と一致しません。")
    if Counter(_comments(source)) - Counter(_comments(result)):
        raise CannotWrite("YAMLの注記（#）が失われます。")


def _meant(source: str, changes: Mapping[str, Value], read: Read) -> object:
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
    """Put a mapping in the place of one that is not there yet, where its own holder is."""
    if len(keys) > 1:
        holder = data
        for key in keys[:-2]:
            holder = _step(holder, key)
        if isinstance(holder, dict):
            holder.setdefault(_own_key(holder, keys[-2]), {})


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
        holder[last] = value.text if found is None else _ended(value, found.node).text


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
            head = _BLOCK_HEAD.match(text[start:end])
            if head and head[1]:
                yield head[1].strip()
        position = max(position, end)
    yield from re.findall(r"#[^\r\n]*", text[position:])
