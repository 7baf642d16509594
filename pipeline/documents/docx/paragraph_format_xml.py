"""Paragraph properties, w:pPr (17.3.1): what one element says, as changes to a ParagraphFormat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, is_on, local, number, points, refuse
from pipeline.documents.docx.run_format_xml import Changes, read_border, read_shading
from pipeline.documents.docx.tree import Borders, LineSpacing, ParagraphFormat, TabStop

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
    "textAlignment": (("auto", "baseline"), "行の中の縦位置の指定"),
    "textDirection": (("lrTb", "tb"), "縦書きの段落"),
    "kinsoku": (("1", "true", "on"), "禁則処理をしない段落"),
    "wordWrap": (("1", "true", "on"), "英単語の途中で改行する設定"),
    "textboxTightWrap": (("none",), "テキストボックスの折り返し"),
}
_REFUSED = {"framePr": "レイアウト枠", "pPrChange": "変更履歴"}
_FLAGS = {
    "keepNext": "keep_next",
    "keepLines": "keep_lines",
    "pageBreakBefore": "page_break_before",
    "widowControl": "widow_control",
    "overflowPunct": "hanging_punctuation",
    "autoSpaceDE": "space_latin",
    "autoSpaceDN": "space_digits",
    "contextualSpacing": "contextual_spacing",
    "snapToGrid": "snap_to_grid",
}
_ALIGNMENTS = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "both",
    "distribute": "distribute",
}  # fmt: skip
_TABS = ("left", "center", "right", "decimal")
_LEADERS = ("none", "dot", "hyphen", "underscore", "middleDot")
_LINE_PT = 12.0
"""What one line is worth: 240 under ``auto``, a hundred in beforeLines and afterLines (17.3.1.33)."""
_NO_OUTLINE = 9
_BORDERED = ("top", "bottom", "left", "right")


def read_paragraph_changes(element: etree._Element | None, name: str) -> Changes:
    """Give the fields of a ParagraphFormat that a ``pPr`` sets; raises Unsupported for what cannot be drawn."""
    if element is None:
        return ()
    changes: list[tuple[str, Any]] = []
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag.startswith(W):
            changes += _changes(child, tag[len(W) :], name)
    return tuple(changes)


def _changes(element: etree._Element, tag: str, name: str) -> Changes:
    if tag in _FLAGS:
        return ((_FLAGS[tag], is_on(element)),)
    reader = _READERS.get(tag)
    if reader is not None:
        return reader(element, name)
    if tag not in _IGNORED:
        _check(element, tag, name)
    return ()


def _check(element: etree._Element, tag: str, name: str) -> None:
    if tag in _REFUSED_WHEN_ON:
        if is_on(element):
            raise refuse(_REFUSED_WHEN_ON[tag], element, name)
    elif tag in _REFUSED_UNLESS:
        harmless, construct = _REFUSED_UNLESS[tag]
        if element.get(VAL, harmless[0]) not in harmless:
            raise refuse(construct, element, name)
    else:
        raise refuse(_REFUSED.get(tag, f"段落の書式 w:{tag}"), element, name)


def _alignment(element: etree._Element, name: str) -> Changes:
    value = element.get(VAL, "left")
    if value not in _ALIGNMENTS:
        raise refuse(f"段落の配置（{value}）", element, name)
    return (("alignment", _ALIGNMENTS[value]),)


def _indents(element: etree._Element, name: str) -> Changes:
    """17.3.1.12. A length beside a number of characters is what Word made of it: twips win, as in LibreOffice."""
    changes: list[tuple[str, Any]] = []
    for sides, field in ((("left", "start"), "left"), (("right", "end"), "right")):
        for side in sides:
            changes += _indent(element, side, field, 1)
    return (*changes, *_indent(element, "firstLine", "first_line", 1), *_indent(element, "hanging", "first_line", -1))


def _indent(element: etree._Element, attribute: str, field: str, sign: int) -> Changes:
    changes: list[tuple[str, Any]] = []
    value, characters = element.get(W + attribute), element.get(f"{W}{attribute}Chars")
    if value is not None:
        changes += [(field, sign * points(value)), (f"{field}_chars", None)]
    elif characters is not None and (number(characters) or sign > 0):
        changes.append((f"{field}_chars", sign * number(characters) / 100 or None))
    return tuple(changes)


def _spacing(element: etree._Element, name: str) -> Changes:
    """17.3.1.33; twips win over the lines beside them, as in indents; automatic (HTML) spacing is refused."""
    changes: list[tuple[str, Any]] = []
    for side in ("before", "after"):
        if element.get(f"{W}{side}Autospacing", "0") not in ("0", "false", "off"):
            raise refuse("自動の段落間隔", element, name)
        value, lines = element.get(W + side), element.get(f"{W}{side}Lines", "0")
        if value is not None:
            changes.append((side, points(value)))
        elif number(lines):
            changes.append((side, number(lines) / 100 * _LINE_PT))
    return (*changes, *_line(element))


def _line(element: etree._Element) -> Changes:
    value, rule = element.get(f"{W}line"), element.get(f"{W}lineRule", "auto")
    if value is None:
        return ()
    if rule in ("exact", "atLeast"):
        return (("line", LineSpacing("exact" if rule == "exact" else "atLeast", points(value))),)
    return (("line", LineSpacing("auto", points(value) / _LINE_PT)),)


def _borders(element: etree._Element, name: str) -> Changes:
    sides = {"start": "left", "end": "right"}
    changes: list[tuple[str, Any]] = []
    for child in element:
        side = local(child)
        border = read_border(child, name)
        if side in ("bar", "between") and border:
            raise refuse("段落の横の線・段落間の線", child, name)
        if sides.get(side, side) in _BORDERED:
            changes.append((f"border_{sides.get(side, side)}", border))
    return tuple(changes)


def _shading(element: etree._Element, name: str) -> Changes:
    return (("shading", read_shading(element, name)),)


def _tabs(element: etree._Element, name: str) -> Changes:
    """17.3.1.38: stops add to those of the style; ``clear`` takes one away."""
    return tuple(("tab", _tab(child, name)) for child in element)


def _tab(element: etree._Element, name: str) -> TabStop | float:
    kind, leader = element.get(VAL, "left"), element.get(f"{W}leader", "none")
    position = points(element.get(f"{W}pos", "0"))
    if kind == "clear":
        return position
    alignment = {"start": "left", "end": "right", "num": "left"}.get(kind, kind)
    if alignment not in _TABS or leader not in _LEADERS:
        raise refuse(f"タブの種類（{kind}、{leader}）", element, name)
    return TabStop(position, alignment, leader)  # type: ignore[arg-type]


def _outline(element: etree._Element, name: str) -> Changes:
    level = int(element.get(VAL, "9"))
    return (("outline_level", level if level < _NO_OUTLINE else None),)


_READERS: dict[str, Callable[[etree._Element, str], Changes]] = {
    "jc": _alignment,
    "ind": _indents,
    "spacing": _spacing,
    "pBdr": _borders,
    "shd": _shading,
    "tabs": _tabs,
    "outlineLvl": _outline,
}


def build_paragraph_format(changes: Changes, character: float) -> ParagraphFormat:
    """Make the format that a sequence of changes leads to; ``character`` is the width (pt) of one for indents."""
    fields: dict[str, Any] = {}
    tabs: dict[float, TabStop] = {}
    for field, value in changes:
        if field != "tab":
            fields[field] = value
        elif isinstance(value, TabStop):
            tabs[value.position] = value
        else:
            tabs.pop(value, None)
    for side in ("left", "right", "first_line"):
        characters = fields.pop(f"{side}_chars", None)
        if characters is not None:
            fields[side] = characters * character
    borders = Borders(**_borders_of(fields))
    return ParagraphFormat(borders=borders, tabs=tuple(tabs[p] for p in sorted(tabs)), **fields)


def _borders_of(fields: dict[str, Any]) -> Mapping[str, Any]:
    sides = [side for side in _BORDERED if f"border_{side}" in fields]
    return {side: fields.pop(f"border_{side}") for side in sides}
