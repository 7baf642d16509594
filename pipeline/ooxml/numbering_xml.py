"""word/numbering.xml (17.9): bullets and simple numbers of list items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.markup import VAL, W, child_value
from pipeline.ooxml.paragraph_format_xml import read_paragraph_changes
from pipeline.ooxml.run_format_xml import Changes, read_run_changes

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

NUMERALS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": lambda n: _CIRCLED[n - 1] if 0 < n <= len(_CIRCLED) else str(n),
    "aiueoFullWidth": lambda n: _KANA[(n - 1) % len(_KANA)],
    "lowerLetter": lambda n: chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1),
    "upperLetter": lambda n: chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1),
    "none": lambda n: "",
}
"""How the number formats (17.18.59) that are drawn write a number."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list (17.9.6)."""

    format: str
    text: str
    start: int
    suffix: str
    paragraph_style: str | None
    paragraph: Changes
    run: Changes


class Numbering:
    """The lists of a document, and how far each has been counted; one object reads one document once, in order."""

    def __init__(self, root: etree._Element | None, name: str) -> None:
        """Read all definitions; raises Unsupported for number formats that are not drawn."""
        self._name = name
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        kinds = {e.get(f"{W}abstractNumId", ""): _levels(e, self._name) for e in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            kind = child_value(number, "abstractNumId") or ""
            levels = dict(kinds.get(kind, {}))
            key = kind
            for override in number.iter(f"{W}lvlOverride"):
                key = number.get(f"{W}numId", "")
                _apply(override, levels, self._name)
            self._lists[number.get(f"{W}numId", "")] = (f"{kind}/{key}", levels)

    def level(self, number: str, level: int) -> Level | None:
        """Give a level of a list; None for no list (numId 0) or one that is not defined."""
        return self._lists.get(number, ("", {}))[1].get(level)

    def level_of_style(self, number: str, style: str) -> int:
        """Give the level that a list ties to a paragraph style (17.9.23), 0 where it ties none."""
        levels = self._lists.get(number, ("", {}))[1]
        return next((depth for depth, level in levels.items() if level.paragraph_style == style), 0)

    def next_label(self, number: str, level: int) -> str:
        """Count one more item and give its label (17.9.11)."""
        key, levels = self._lists[number]
        counts = self._counts[key]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            del counts[deeper]
        text = levels[level].text
        if levels[level].format == "bullet":
            return text
        for depth in range(level + 1):
            blank = f"%{depth + 1}"
            if blank in text and depth in levels:
                value = counts.get(depth, levels[depth].start)
                text = text.replace(blank, self._numeral(levels[depth].format, value))
            else:
                text = text.replace(blank, "")
        return text

    def _numeral(self, kind: str, value: int) -> str:
        if kind not in NUMERALS:
            raise Unsupported(f"段落番号の形式（{kind}）", "", self._name)
        return NUMERALS[kind](value)


def _levels(element: etree._Element, name: str) -> dict[int, Level]:
    return {int(e.get(f"{W}ilvl", "0")): _level(e, name) for e in element.iter(f"{W}lvl")}


def _level(element: etree._Element, name: str) -> Level:
    text = element.find(f"{W}lvlText")
    return Level(
        format=child_value(element, "numFmt") or "decimal",
        text="" if text is None else text.get(VAL, ""),
        start=int(child_value(element, "start") or "1"),
        suffix=child_value(element, "suff") or "tab",
        paragraph_style=child_value(element, "pStyle"),
        paragraph=read_paragraph_changes(element.find(f"{W}pPr"), name),
        run=read_run_changes(element.find(f"{W}rPr"), name),
    )


def _apply(override: etree._Element, levels: dict[int, Level], name: str) -> None:
    depth = int(override.get(f"{W}ilvl", "0"))
    redefined = override.find(f"{W}lvl")
    if redefined is not None:
        levels[depth] = _level(redefined, name)
    start = child_value(override, "startOverride")
    if start is not None and depth in levels:
        old = levels[depth]
        levels[depth] = Level(old.format, old.text, int(start), old.suffix, old.paragraph_style, old.paragraph, old.run)
