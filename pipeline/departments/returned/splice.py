"""Writing values into a YAML text by replacing only the characters of those values.

Comments, order, quotes, blank lines and line ends stay because nobody touches them. The result counts only if PyYAML
and ruamel.yaml both read exactly the data that was meant, and every comment is still there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import yaml
from msgspec import Struct

from pipeline.departments.issued.figure_text import figure
from pipeline.departments.issued.input_places import Found, find, item_text, parts_of
from pipeline.departments.returned.meaning import BLOCK_HEAD, CannotWrite, check, ended, meant
from pipeline.departments.returned.scalars import ScalarStyle, written
from pipeline.documents.yaml_reader import compose
from pipeline.model.correspondence import Value, ValueKind

_BLANK_LINES = re.compile(r"(?:\r?\n *)*\Z")
_BOM = "\ufeff"
"""The byte order mark, which some editors put before the text; it is no part of it."""


class _Patch(Struct, frozen=True):
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
        raise CannotWrite("ファイルがないか、何も書かれていません。")
    patches = [
        patch for keys, value in changes.items() for patch in _Writer(source, root, changes).patches(keys, value)
    ]
    result = source
    for patch in sorted(patches, key=lambda p: (p.start, p.end))[::-1]:  # of several at one place the last first
        result = result[: patch.start] + patch.text + result[patch.end :]
    check(source, result, lambda read: meant(source, changes, read))
    return result


class _Writer(Struct, frozen=True):
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
        elif found is None and (missing := self._missing(keys)):
            yield from self._begun(keys, missing)
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
        text = written(ended(value, node), ScalarStyle(style, found.flow, self._indent(found), self.newline))
        if style in ("|", ">"):
            return self._block(node, text)
        if start == end:  # a key with nothing after it
            return _Patch(start, end, text if self.source[start - 1 : start] == " " else f" {text}")
        return self._with_comment(start, end, text)

    def _block(self, node: yaml.Node, text: str) -> _Patch:
        """Replace a block without the blank lines and comments after it; a comment in its head stays."""
        old = self.source[node.start_mark.index : node.end_mark.index]
        end = self._end(node)
        head = BLOCK_HEAD.match(old)
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
        before = parts_of(node)
        if parts.keys() == before.keys() and before.get("preliminary", "true").lower() == "true":
            yield from self.patches(f"{keys}.number", Value(ValueKind.NUMBER, parts["number"]))
            if "state" in parts:
                yield from self.patches(f"{keys}.state", Value(ValueKind.TEXT, parts["state"]))
            return
        end = node.end_mark if node.flow_style else node.value[-1][1].end_mark
        style = ScalarStyle(None, True, "", self.newline)
        yield _Patch(node.start_mark.index, end.index, written(value, style))

    def _missing(self, keys: str) -> str:
        """Return the first mapping on the way to the keys that is not there yet; empty where all are."""
        parts = keys.split(".")
        ways = (".".join(parts[:end]) for end in range(1, len(parts)))
        return next((way for way in ways if find(self.root, way) is None), "")

    def _begun(self, keys: str, missing: str) -> Iterator[_Patch]:
        """Begin a mapping that is not there yet (a series), with all that is written into it."""
        own = {
            key.removeprefix(f"{missing}."): value
            for key, value in self.changes.items()
            if key.startswith(f"{missing}.") and value.kind is not ValueKind.ABSENT
        }
        if keys == f"{missing}.{next(iter(own))}":
            holder = self._holder(missing)
            yield self._inserted(missing, self._mapping(own, holder.start_mark.column, flow=bool(holder.flow_style)))

    def _mapping(self, own: Mapping[str, Value], column: int, *, flow: bool) -> str:
        """Return the characters of a new mapping under a key at a column; one of figures stands within brackets."""
        children: dict[str, dict[str, Value]] = {}
        for key, value in own.items():
            first, _, rest = key.partition(".")
            children.setdefault(first, {})[rest] = value
        flow = flow or all(value.kind is ValueKind.NUMBER and "." not in key for key, value in own.items())
        column += 2
        style = ScalarStyle(None, flow, " " * (column + 2), self.newline)
        texts = {
            key: written(below[""], style) if "" in below else self._mapping(below, column, flow=flow)
            for key, below in children.items()
        }
        if flow:
            return f"{{{', '.join(f'{key}: {text}' for key, text in texts.items())}}}"
        head = f"{self.newline}{' ' * column}"
        return "".join(
            f"{head}{key}:{'' if text.startswith(self.newline) else ' '}{text}" for key, text in texts.items()
        )

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
        gap = "" if text.startswith(self.newline) else " "
        return _Patch(end, end, f"{self.newline}{' ' * node.start_mark.column}{key}:{gap}{text}")

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
