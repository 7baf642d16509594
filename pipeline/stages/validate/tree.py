"""YAML as a plain tree in which every key and value knows its place.

The parser's events are read one by one, so that depth stays bounded and anchors, aliases and tags never take effect.
Numbers become ``Decimal`` exactly as written; ``true``/``false`` and nothing at all (or ``null``) are the only other
words with a meaning. Everything else is text: yes, no, 12:30 and 2021-08-01 too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import NoReturn

import yaml
from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, Place, error
from pipeline.documents.yaml_reader import LOADER
from pipeline.stages.validate.text import MOST
from pipeline.wording.era import canonical

DEPTH = 20
"""The deepest nesting read; the inputs need eight."""

MANY = 2_000
"""The most entries of a list, and keys beside each other; a city has some forty indicators."""

Plain = str | Decimal | bool | list["Plain"] | dict[str, "Plain"] | None
Path = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
"""The words that YAML 1.2 (10.3.2) gives a meaning."""

_GROUP = re.compile(r"\d{3}(\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})*", re.ASCII)
_WIDE_SPACES = ("\u3000", "\u00a0")
_JOINED = re.compile(r"([A-Za-z][\w-]*)([:：;；=＝]\s*|\s+)(\S.*)", re.ASCII | re.DOTALL)
"""A key and its value in { } that became one word: R2:90, R2 90, R2：90."""


class Scalar(Struct, frozen=True):
    """A single value; ``start`` and ``end`` are its span in the file's text."""

    value: str | Decimal | bool | None
    place: Place
    start: int
    end: int


class Items(Struct, frozen=True):
    """A list."""

    nodes: tuple[Node, ...]
    place: Place


class Keys(Struct, frozen=True):
    """Keys with their values, in the file's order; ``places`` are those of the keys."""

    nodes: Mapping[str, Node]
    places: Mapping[str, Place]
    place: Place


Node = Scalar | Items | Keys


class _Stop(Exception):
    """The file cannot be read any further."""


def parse(text: str, file: str) -> Checked[Node]:
    """Return one YAML document; without a value where the syntax is broken."""
    builder = _Builder(text, file)
    try:
        node = builder.document()
    except _Stop:
        node = None
    except yaml.YAMLError as fault:
        from pipeline.stages.validate.syntax import explain  # noqa: PLC0415 - all slips of the hand: for a broken file

        broken = explain(fault, text, file)
        before = (found for found in builder.found if found.place.line != broken.place.line)
        return Checked(None, (*islice(before, MOST), broken))
    return Checked(node, tuple(builder.found[:MOST]))


def plain(node: Node) -> Plain:
    """Return the data without places."""
    match node:
        case Scalar(value=value):
            return value
        case Items(nodes=nodes):
            return [plain(child) for child in nodes]
        case Keys(nodes=children):
            return {key: plain(child) for key, child in children.items()}


def find(node: Node | None, path: Path) -> Node | None:
    """Return the node at the path, or None where there is none."""
    for part in path:
        if isinstance(node, Keys) and isinstance(part, str):
            node = node.nodes.get(part)
        elif isinstance(node, Items) and isinstance(part, int):
            node = node.nodes[part] if part < len(node.nodes) else None
        else:
            return None
    return node


def without(node: Node, path: Path) -> Node:
    """Return the tree with the node at the path left out."""
    part, rest = path[0], path[1:]
    if isinstance(node, Keys) and isinstance(part, str):
        kept = {key: child for key, child in node.nodes.items() if key != part}
        if rest:
            kept = {key: without(child, rest) if key == part else child for key, child in node.nodes.items()}
        return Keys(kept, node.places, node.place)
    if isinstance(node, Items) and isinstance(part, int):
        replaced = (without(node.nodes[part], rest),) if rest else ()
        return Items((*node.nodes[:part], *replaced, *node.nodes[part + 1 :]), node.place)
    return node


def replaced(node: Node, path: Path, value: Decimal) -> Node:
    """Return the tree with the value of the scalar at the path replaced."""
    if isinstance(node, Scalar):
        return Scalar(value, node.place, node.start, node.end)
    part, rest = path[0], path[1:]
    if isinstance(node, Keys):
        nodes = {key: replaced(child, rest, value) if key == part else child for key, child in node.nodes.items()}
        return Keys(nodes, node.places, node.place)
    children = enumerate(node.nodes)
    return Items(tuple(replaced(child, rest, value) if n == part else child for n, child in children), node.place)


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every single value of the tree."""
    ahead = [node]
    while ahead:
        found = ahead.pop()
        if isinstance(found, Scalar):
            yield found
        else:
            ahead.extend(reversed([*found.nodes.values()] if isinstance(found, Keys) else found.nodes))


class _Builder:
    def __init__(self, text: str, file: str) -> None:
        self.found: list[Diagnostic] = []
        self._text, self._file = text, file
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADER)

    def document(self) -> Node:
        next(self._events)  # the stream's start
        first = next(self._events)
        if not isinstance(first, yaml.DocumentStartEvent):
            self._stop(
                "yaml-empty",
                Place(self._file),
                "ファイルに何も書かれていません",
                "前年度のファイルを写して書き始めてください",
            )
        node = self._node(next(self._events), 0)
        next(self._events)  # the document's end
        last = next(self._events)
        if isinstance(last, yaml.DocumentStartEvent):
            message = "「---」で区切られた2つ目の内容があります"
            self._stop(
                "yaml-documents",
                self._place(last),
                message,
                "「---」の行を消し、1つのファイルには1つの内容だけを書いてください",
            )
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        if depth > DEPTH:
            self._stop("yaml-too-deep", place, f"字下げが深すぎます（{DEPTH}段まで）", "字下げや括弧を確かめてください")
        self._refuse(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._children(depth)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._flow(place, depth) if event.flow_style else self._keys(place, depth)
        return _scalar(event, place)

    def _children(self, depth: int) -> Iterator[Node]:
        for count, event in enumerate(self._events):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            self._bound(count, event)
            yield self._node(event, depth + 1)

    def _bound(self, count: int, event: yaml.Event) -> None:
        """Stop where there is more than anybody writes: every rule would take its time for it."""
        if count >= MANY:
            hint = "別のファイルが混じっていないか、同じ行を何度も貼り付けていないかを確かめてください"
            self._stop("yaml-too-many", self._place(event), f"項目が多すぎます（{MANY:,}件まで）", hint)

    def _keys(self, place: Place, depth: int) -> Keys:
        nodes: dict[str, Node] = {}
        places: dict[str, Place] = {}
        twice: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._bound(len(nodes), event)
            key, at, before = self._key(event), self._place(event), len(self.found)
            node = self._node(next(self._events), depth + 1)
            if key == "<<":
                del self.found[before:]  # what was taken in is no finding of its own
                self._notation("yaml-merge", at, "「<<」で始まる、ほかの項目を取り込む記法は使えません")
            elif key in nodes:
                twice.setdefault(key, at)
                if _is_empty(nodes[key]):  # a line that was doubled: what belongs to it follows the second
                    nodes[key] = node
            else:
                nodes[key], places[key] = node, at
        self._twice(twice, places, nodes)
        return Keys(nodes, places, place)

    def _flow(self, place: Place, depth: int) -> Keys:
        """Read what stands in { }, where commas in a number and a missing space make keys without a value."""
        made = self._keys(place, depth)
        nodes: dict[str, Node] = {}
        before = ""
        for key, node in made.nodes.items():
            number, joined = self._number(nodes.get(before), key, node), _JOINED.fullmatch(key)
            if number:
                nodes[before] = number
                continue
            if joined and isinstance(node, Scalar) and node.start == node.end:
                at = made.places[key]
                self._colon(Place(at.file, at.line, at.column + joined.start(2)), joined[2])
                key, node = joined[1], Scalar(_meaning(joined[3]), at, node.start, node.end)  # noqa: PLW2901
            nodes[key] = node
            before = key
        return Keys(nodes, made.places, place)

    def _number(self, before: Node | None, key: str, node: Node) -> Scalar | None:
        """Join a number that its comma took apart: {R2: 1,234} has a second key 234."""
        if not (isinstance(before, Scalar) and isinstance(node, Scalar) and node.value is None):
            return None
        end = before.end + 1 + len(key)
        whole = _GROUP.fullmatch(key) and self._text[before.end : end] == f",{key}"
        if whole and _GROUPED.fullmatch(self._text[before.start : before.end]):
            return Scalar(self._text[before.start : end], before.place, before.start, end)
        return None

    def _colon(self, place: Place, written: str) -> None:
        """Tell once a line of a colon that is not one, or lacks its space; the others will be alike."""
        message = "「:」の後ろに空白がありません" if written == ":" else "項目名の後ろに、半角の「:」がありません"
        hint = "「項目名: 値」のように、半角の「:」と半角の空白を入れてください"
        if not any((found.id, found.place.line) == ("yaml-colon", place.line) for found in self.found):
            self.found.append(error("yaml-colon", place, message, hint))

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            message = "項目名のあるべきところに、括弧や一覧が書かれています"
            self._stop("yaml-key", self._place(event), message, "「項目名: 値」の形に直してください")
        self._refuse(event, self._place(event))
        if event.value[:1] in _WIDE_SPACES:
            message = "行の先頭に半角でない空白があります"
            self._stop("yaml-wide-space", self._place(event), message, "半角の空白で字下げしてください")
        return canonical(str(event.value))

    def _twice(self, twice: Mapping[str, Place], places: Mapping[str, Place], nodes: Mapping[str, Node]) -> None:
        if not twice:
            return
        key, place = next(iter(twice.items()))
        more = "などの項目" if len(twice) > 1 else ""
        message = f"『{key}』{more}が2回書かれています（最初は{places[key].line}行目）"
        hint = "どちらか一方を消してください"
        if len(twice) > 1:
            hint = f"この上に「- 」で始まる行が抜けていないかを確かめてください。同じ物なら、{hint}"
        elif not isinstance(nodes[key], Scalar):
            first = f"{places[key].line}行目からの『{key}』"
            hint = f"同じ物なら、{hint}。違う物なら、この行だけを消し、その下の行を、{first}の終わりに移してください"
        self.found.append(error("yaml-key-twice", place, message, hint))

    def _refuse(self, event: yaml.Event, place: Place) -> None:
        name = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            self._notation("yaml-alias", place, f"「*{name}」のような、「*」で始まる参照の記法は使えません")
        elif name:
            self._notation("yaml-anchor", place, f"「&{name}」のような、「&」で始まる目印の記法は使えません")
        if getattr(event, "tag", None):
            self._notation("yaml-tag", place, "「!」で始まる型の指定は使えません")

    def _notation(self, identifier: str, place: Place, message: str) -> None:
        hint = 'この語を消してください。文字として書くなら、値全体を " " で囲んでください'
        self.found.append(error(identifier, place, message, hint))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)

    def _stop(self, identifier: str, place: Place, message: str, hint: str) -> NoReturn:
        self.found.append(error(identifier, place, message, hint))
        raise _Stop


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _scalar(event: yaml.Event, place: Place) -> Scalar:
    start = event.start_mark.index if event.start_mark else 0
    end = event.end_mark.index if event.end_mark else 0
    if not isinstance(event, yaml.ScalarEvent):  # an alias, refused already: its name stands for the value
        return Scalar(str(getattr(event, "anchor", "")), place, start, end)
    value: str | Decimal | bool | None = event.value
    if event.style is None or event.style == "":
        value = _meaning(event.value)
    return Scalar(value, place, start, end)


def _meaning(text: str) -> str | Decimal | bool | None:
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return _WORDS.get(text, text)
