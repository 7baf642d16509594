"""Paragraph properties, w:pPr (17.3.1): what one element says, as changes to a ParagraphFormat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias, TypedDict

from lxml import etree
from msgspec import Struct, field

from pipeline.documents.docx.border_xml import read_border
from pipeline.documents.docx.formats import (
    Alignment,
    Border,
    Borders,
    Leader,
    LineSpacing,
    ParagraphFormat,
    TabAlignment,
    TabStop,
)
from pipeline.documents.docx.markup import VAL, W, is_on, is_on_attribute, local, number, points, refuse
from pipeline.documents.docx.run_format_xml import read_shading

_IGNORED = frozenset({
    "pStyle", "rPr", "numPr", "sectPr", "adjustRightInd", "suppressAutoHyphens",
    "suppressLineNumbers", "cnfStyle", "divId", "suppressOverlap",
})  # fmt: skip
_REFUSED_WHEN_ON = {
    "bidi": "右から左への段落",
    "topLinePunct": "行頭の約物を詰める設定",
    "mirrorIndents": "左右のページで入れ替わるインデント",
}
_REFUSED_UNLESS = {
    "textDirection": (("lrTb", "tb", "btLr"), "縦書きの段落"),  # Google writes btLr, and Word shows it as lrTb
    "textboxTightWrap": (("none",), "テキストボックスの折り返し"),
}
_REFUSED = {"framePr": "レイアウト枠", "pPrChange": "変更履歴"}
_Flag: TypeAlias = Literal[
    "keep_next", "keep_lines", "page_break_before", "widow_control", "hanging_punctuation", "space_latin",
    "space_digits", "contextual_spacing", "snap_to_grid", "word_wrap",
    "kinsoku",
]  # fmt: skip
_FLAGS: Mapping[str, _Flag] = {
    "keepNext": "keep_next",
    "keepLines": "keep_lines",
    "pageBreakBefore": "page_break_before",
    "widowControl": "widow_control",
    "overflowPunct": "hanging_punctuation",
    "autoSpaceDE": "space_latin",
    "autoSpaceDN": "space_digits",
    "contextualSpacing": "contextual_spacing",
    "snapToGrid": "snap_to_grid",
    "wordWrap": "word_wrap",
    "kinsoku": "kinsoku",
}
_ALIGNMENTS: Mapping[str, Alignment] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "both",
    "distribute": "distribute",
}  # fmt: skip
TABS: Mapping[str, TabAlignment] = {
    "left": "left", "start": "left", "num": "left", "center": "center", "right": "right", "end": "right",
    "decimal": "decimal",
}  # fmt: skip
LEADERS: Mapping[str, Leader] = {
    "none": "none", "dot": "dot", "hyphen": "hyphen", "underscore": "underscore", "middleDot": "middleDot",
}  # fmt: skip
"""What tabs do with the text behind them (17.18.84), and what fills them (17.18.72)."""
Indent: TypeAlias = Literal["left", "right", "first_line"]
INDENTS: tuple[Indent, ...] = ("left", "right", "first_line")
_INDENTS: tuple[tuple[str, Indent, int], ...] = (
    ("left", "left", 1),
    ("start", "left", 1),
    ("right", "right", 1),
    ("end", "right", 1),
    ("firstLine", "first_line", 1),
    ("hanging", "first_line", -1),
)
"""Attributes, the fields that they set, and their signs; a later one wins."""
_GAPS: Mapping[Literal["before", "after"], Literal["auto_before", "auto_after"]] = {
    "before": "auto_before",
    "after": "auto_after",
}
_FARTHEST = 1584.0
"""The longest indent or space (pt) in Word: 22 inches."""
_LINE_PT = 12.0
"""What one line is worth: 240 under ``auto``, a hundred in beforeLines and afterLines (17.3.1.33)."""
_NO_OUTLINE = 9
_Side: TypeAlias = Literal["top", "bottom", "left", "right"]
_SIDES: Mapping[str, _Side] = {
    "top": "top", "bottom": "bottom", "left": "left", "start": "left", "right": "right", "end": "right",
}  # fmt: skip


class ParagraphFields(TypedDict, total=False):
    """The fields of a ParagraphFormat that a later value takes the place of."""

    alignment: Alignment
    left: float
    right: float
    first_line: float
    before: float
    after: float
    line: LineSpacing
    keep_next: bool
    keep_lines: bool
    page_break_before: bool
    widow_control: bool
    hanging_punctuation: bool
    space_latin: bool
    space_digits: bool
    contextual_spacing: bool
    snap_to_grid: bool
    word_wrap: bool
    kinsoku: bool
    on_baseline: bool
    auto_before: bool
    auto_after: bool
    outline_level: int | None
    shading: str | None


class _Indents(TypedDict, total=False):
    left: float | None
    right: float | None
    first_line: float | None


class _Sides(TypedDict, total=False):
    top: Border | None
    bottom: Border | None
    left: Border | None
    right: Border | None


class ParagraphChanges(Struct, frozen=True):
    """What one ``pPr`` sets: fields, indents in characters (None for what lengths win over), borders, and tab stops,
    of which a bare position takes one away.
    """

    fields: ParagraphFields = field(default_factory=ParagraphFields)
    characters: _Indents = field(default_factory=_Indents)
    borders: _Sides = field(default_factory=_Sides)
    tabs: list[TabStop | float] = field(default_factory=list)


def read_paragraph_changes(element: etree._Element | None, name: str) -> ParagraphChanges:
    """Return what a ``pPr`` sets of a ParagraphFormat; raises Unsupported for what cannot be drawn."""
    changes = ParagraphChanges()
    for child in () if element is None else element:
        tag = child.tag
        if isinstance(tag, str) and tag.startswith(W):
            _read(child, tag[len(W) :], changes, name)
    return changes


def _read(element: etree._Element, tag: str, changes: ParagraphChanges, name: str) -> None:
    if tag in _FLAGS:
        changes.fields[_FLAGS[tag]] = is_on(element)
    elif tag in _READERS:
        _READERS[tag](element, changes, name)
    elif tag not in _IGNORED:
        _check(element, tag, name)


def _check(element: etree._Element, tag: str, name: str) -> None:
    if tag in _REFUSED_WHEN_ON:
        if is_on(element):
            raise refuse(_REFUSED_WHEN_ON[tag], element, name)
    elif tag in _REFUSED_UNLESS:
        harmless, construct = _REFUSED_UNLESS[tag]
        if element.get(VAL, harmless[0]) not in harmless:
            raise refuse(construct, element, name)
    elif tag != "framePr" or not _is_no_frame(element):
        raise refuse(_REFUSED.get(tag, "そのほかの段落の書式"), element, name)


def _is_no_frame(element: etree._Element) -> bool:
    """Return whether a frame is none: Google gives all paragraphs one of no size, on nothing that text goes around."""
    return all(element.get(W + name, "0") == "0" for name in ("w", "h", "x", "y")) and not element.get(f"{W}wrap")


def _alignment(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    value = element.get(VAL, "left")
    if value not in _ALIGNMENTS:
        raise refuse("アラビア語やタイ語の段落の配置", element, name)
    changes.fields["alignment"] = _ALIGNMENTS[value]


def _indents(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    """17.3.1.12. A length beside a number of characters is what Word made of it: twips win, as in LibreOffice."""
    for attribute, indent, sign in _INDENTS:
        value, characters = element.get(W + attribute), element.get(f"{W}{attribute}Chars")
        if value is not None:
            changes.fields[indent], changes.characters[indent] = sign * _length(value, element, name), None
        elif characters is not None and (number(characters) or sign > 0):
            changes.characters[indent] = sign * number(characters) / 100 or None


def _length(value: str, element: etree._Element, name: str) -> float:
    """Read an indent or a space; raises Unsupported for one that Word would not take."""
    length = points(value)
    if abs(length) > _FARTHEST:
        raise refuse("用紙より大きなインデントや間隔", element, name)
    return length


def _spacing(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    """17.3.1.33; twips win over the lines beside them, as in indents."""
    for side, auto in _GAPS.items():
        if element.get(f"{W}{side}Autospacing") is not None:
            changes.fields[auto] = is_on_attribute(element, f"{side}Autospacing")
        value, lines = element.get(W + side), element.get(f"{W}{side}Lines", "0")
        if value is not None:
            changes.fields[side] = _length(value, element, name)
        elif number(lines):
            changes.fields[side] = number(lines) / 100 * _LINE_PT
    value, rule = element.get(f"{W}line"), element.get(f"{W}lineRule", "auto")
    if value is not None:
        if rule != "atLeast" and points(value) <= 0:
            raise refuse("高さのない行", element, name)
        changes.fields["line"] = _line(value, rule)


def _line(value: str, rule: str) -> LineSpacing:
    if rule in ("exact", "atLeast"):
        return LineSpacing("exact" if rule == "exact" else "atLeast", points(value))
    return LineSpacing("auto", points(value) / _LINE_PT)


def _borders(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    for child in element:
        side = local(child)
        border = read_border(child, name)
        if side in ("bar", "between") and border:
            raise refuse("段落の横の線・段落間の線", child, name)
        if side in _SIDES:
            changes.borders[_SIDES[side]] = border


def _shading(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    changes.fields["shading"] = read_shading(element, name)


def _line_alignment(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    changes.fields["on_baseline"] = element.get(VAL, "auto") in ("auto", "baseline")


def _tabs(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    """17.3.1.38: stops add to those of the style; ``clear`` takes one away."""
    changes.tabs.extend(_tab(child, name) for child in element)


def _tab(element: etree._Element, name: str) -> TabStop | float:
    kind, leader = element.get(VAL, "left"), element.get(f"{W}leader", "none")
    position = points(element.get(f"{W}pos", "0"))
    if kind == "clear":
        return position
    if kind not in TABS or leader not in LEADERS:
        raise refuse(f"タブの種類（{kind}、{leader}）", element, name)
    return TabStop(position, TABS[kind], LEADERS[leader])


def _outline(element: etree._Element, changes: ParagraphChanges, name: str) -> None:
    level = int(element.get(VAL, "9"))
    changes.fields["outline_level"] = level if level < _NO_OUTLINE else None


_READERS: dict[str, Callable[[etree._Element, ParagraphChanges, str], None]] = {
    "jc": _alignment,
    "ind": _indents,
    "spacing": _spacing,
    "pBdr": _borders,
    "shd": _shading,
    "tabs": _tabs,
    "textAlignment": _line_alignment,
    "outlineLvl": _outline,
}


def build_paragraph_format(layers: Iterable[ParagraphChanges], character: float) -> ParagraphFormat:
    """Make the format that layers of changes lead to; ``character`` is the width (pt) of one for indents."""
    fields, characters, borders = ParagraphFields(), _Indents(), _Sides()
    tabs: dict[float, TabStop] = {}
    for layer in layers:
        fields.update(layer.fields)
        characters.update(layer.characters)
        borders.update(layer.borders)
        for tab in layer.tabs:
            if isinstance(tab, TabStop):
                tabs[tab.position] = tab
            else:
                tabs.pop(tab, None)
    for indent in INDENTS:
        count = characters.get(indent)
        if count is not None:
            fields[indent] = count * character
    return ParagraphFormat(borders=Borders(**borders), tabs=tuple(tabs[p] for p in sorted(tabs)), **fields)
