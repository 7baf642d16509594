"""w:p (17.3.1.22): a paragraph's properties and what runs through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ooxml.context import Context
from pipeline.ooxml.drawing_xml import read_picture
from pipeline.ooxml.markup import MC, R, W, child_value, local
from pipeline.ooxml.paragraph_format_xml import read_paragraph_changes
from pipeline.ooxml.run_format_xml import read_run_changes
from pipeline.ooxml.styles_xml import Item
from pipeline.ooxml.tree import Bookmark, Break, Inline, Label, Link, PageField, Paragraph, RunFormat, Tab, Text

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIELDS = {"PAGE": "page", "NUMPAGES": "pages"}

_REFUSED = {
    f"{W}ins": "変更履歴（挿入）",
    f"{W}del": "変更履歴（削除）",
    f"{W}moveFrom": "変更履歴（移動）",
    f"{W}moveTo": "変更履歴（移動）",
    f"{W}delText": "変更履歴（削除）",
    f"{W}pict": "VML形式の図",
    f"{W}object": "埋め込みオブジェクト",
    f"{W}ruby": "ルビ",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "文末脚注",
    f"{W}sym": "記号フォントの文字",
    f"{W}ptab": "位置揃えのタブ",
    f"{W}softHyphen": "任意指定のハイフン",
    f"{W}dir": "文字の向きの指定",
    f"{W}bdo": "文字の向きの指定",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "数式",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara": "数式",
}
_SILENT = frozenset(
    W + tag
    for tag in (
        "pPr", "rPr", "proofErr", "bookmarkEnd", "permStart", "permEnd", "lastRenderedPageBreak", "commentRangeStart",
        "commentRangeEnd", "annotationRef", "fldData",
    )
)  # fmt: skip
_TRANSPARENT = frozenset(W + tag for tag in ("smartTag", "customXml"))


@dataclass(slots=True)
class _Field:
    """A field being read (17.16.18): its code, and whether its stored result is being passed over."""

    code: str = ""
    in_result: bool = False
    format: RunFormat | None = None
    link: Link | None = None


@dataclass(slots=True)
class _Reading:
    """The state of reading one paragraph."""

    context: Context
    base: RunFormat
    content: list[Inline] = field(default_factory=list)
    field: _Field | None = None

    def add_text(self, text: str, run: RunFormat, link: Link | None) -> None:
        """Add characters; those of equal format join, so that editing traces of Word do not multiply runs."""
        last = self.content[-1] if self.content else None
        if isinstance(last, Text) and last.format is run and last.link == link:
            self.content[-1] = Text(last.text + text, run, link)
        elif text:
            self.content.append(Text(text, run, link))


def read_paragraph(
    element: etree._Element, context: Context, table: str | None = None, bookmarks: tuple[str, ...] = ()
) -> Paragraph:
    """Read a paragraph; ``table`` is the style of the table around it, ``bookmarks`` those that stand before it."""
    properties = element.find(f"{W}pPr")
    style = context.styles.paragraph_style(child_value(properties, "pStyle"))
    item = _direct_item(properties, style, context)
    direct = read_paragraph_changes(properties, context.name)
    mark_element = None if properties is None else properties.find(f"{W}rPr")
    base = context.styles.base_run(style, table)
    reading = _Reading(context, base, [Bookmark(name) for name in bookmarks])
    _read_children(element, reading, None)
    if reading.field is not None:
        raise context.refuse("段落をまたぐフィールド", element)
    mark = context.styles.base_run(style, table, read_run_changes(mark_element, context.name))
    return Paragraph(
        style=style,
        format=context.styles.paragraph_format(style, table, item, direct),
        mark=mark,
        content=tuple(reading.content),
        label=_label(item or context.styles.item(style), mark, context),
    )


def _direct_item(properties: etree._Element | None, style: str, context: Context) -> Item | None:
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return None
    number, level = child_value(numbering, "numId"), child_value(numbering, "ilvl")
    inherited = context.styles.item(style)
    if number is None:
        number = inherited.number if inherited else "0"
    return Item(number, int(level or "0"))


def _label(item: Item | None, mark: RunFormat, context: Context) -> Label | None:
    level = context.numbering.level(item.number, item.level) if item else None
    if item is None or level is None:
        return None
    suffix = level.suffix
    text = context.numbering.next_label(item.number, item.level)
    run = context.styles.run_format(mark, None, level.run)
    return Label(text, run, "space" if suffix == "space" else "nothing" if suffix == "nothing" else "tab", item.level)


def _read_children(element: etree._Element, reading: _Reading, link: Link | None) -> None:
    for child in element:
        if child.tag == f"{W}r":
            _read_run(child, reading, link)
        elif child.tag not in _SILENT:
            _read_other(child, reading, link)


def _read_other(element: etree._Element, reading: _Reading, link: Link | None) -> None:
    tag = element.tag
    if tag == f"{W}hyperlink":
        _read_children(element, reading, _link(element, reading.context))
    elif tag == f"{W}bookmarkStart":
        reading.content.append(Bookmark(element.get(f"{W}name", "")))
    elif tag == f"{W}fldSimple":
        _read_simple_field(element, reading, link)
    elif tag == f"{W}sdt":
        for content in element.iterchildren(f"{W}sdtContent"):
            _read_children(content, reading, link)
    elif tag in _TRANSPARENT:
        _read_children(element, reading, link)
    elif tag == f"{MC}AlternateContent":
        _read_children(alternative(element, reading.context), reading, link)
    else:
        raise reading.context.refuse(_REFUSED.get(str(tag), f"段落の中の要素 {local(element)}"), element)


def alternative(element: etree._Element, context: Context) -> etree._Element:
    """Choose the fallback of alternate content (Part 3, 7.7): what a reader without extensions is to take."""
    fallback = element.find(f"{MC}Fallback")
    if fallback is None:
        raise context.refuse("代わりの表示のない拡張機能（テキストボックス・図形など）", element)
    return fallback


def _link(element: etree._Element, context: Context) -> Link:
    identifier = element.get(f"{R}id")
    anchor = element.get(f"{W}anchor", "")
    if identifier is None:
        return Link(anchor=anchor)
    relationship = context.relationships.get(identifier)
    if relationship is None:
        raise context.refuse("行き先のないハイパーリンク", element)
    return Link(address=relationship.target + (f"#{anchor}" if anchor else ""))


def _read_simple_field(element: etree._Element, reading: _Reading, link: Link | None) -> None:
    run = next(iter(element.iterchildren(f"{W}r")), None)
    format_ = reading.base if run is None else _run_format(run, reading)
    reading.content.append(_page_field(element.get(f"{W}instr", ""), format_, link, element, reading.context))


def _page_field(code: str, run: RunFormat, link: Link | None, element: etree._Element, context: Context) -> PageField:
    words = code.split()
    kind = _FIELDS.get(words[0].upper() if words else "")
    harmless = [word.upper() for word in words[1:]] in ([], ["\\*", "MERGEFORMAT"], ["\\*", "ARABIC"])
    if kind is None or not harmless:
        raise context.refuse(f"フィールド（{code.strip()}）", element)
    return PageField("page" if kind == "page" else "pages", run, link)


def _run_format(element: etree._Element, reading: _Reading) -> RunFormat:
    properties = element.find(f"{W}rPr")
    if properties is None:
        return reading.base
    changes = read_run_changes(properties, reading.context.name)
    return reading.context.styles.run_format(reading.base, child_value(properties, "rStyle"), changes)


def _read_run(element: etree._Element, reading: _Reading, link: Link | None) -> None:
    _read_run_content(element, _run_format(element, reading), reading, link)


def _read_run_content(element: etree._Element, run: RunFormat, reading: _Reading, link: Link | None) -> None:
    for child in element:
        tag = child.tag
        if tag in (f"{W}fldChar", f"{W}instrText"):
            _read_field_part(child, run, reading, link)
        elif reading.field is not None and reading.field.in_result:
            reading.field.format = reading.field.format or run
        elif tag == f"{W}t":
            reading.add_text(_text(child), run, link)
        elif tag not in _SILENT:
            _read_run_part(child, run, reading, link)


def _read_run_part(element: etree._Element, run: RunFormat, reading: _Reading, link: Link | None) -> None:
    tag = element.tag
    reader = _PARTS.get(str(tag))
    if reader is not None:
        reading.content.extend(reader(element, run, reading.context))
    elif tag == f"{W}noBreakHyphen":
        reading.add_text("\u2011", run, link)
    elif tag == f"{MC}AlternateContent":
        _read_run_content(alternative(element, reading.context), run, reading, link)
    else:
        raise reading.context.refuse(_REFUSED.get(str(tag), f"文字列の中の要素 {local(element)}"), element)


def _text(element: etree._Element) -> str:
    text = element.text or ""
    if element.get(_XML_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\n", " ").replace("\t", " ")


def _read_field_part(element: etree._Element, run: RunFormat, reading: _Reading, link: Link | None) -> None:
    current = reading.field
    if element.tag == f"{W}instrText":
        if current is not None:
            current.code += element.text or ""
        return
    kind = element.get(f"{W}fldCharType")
    if kind == "begin":
        if current is not None:
            raise reading.context.refuse("入れ子のフィールド", element)
        reading.field = _Field(link=link)
    elif current is not None and kind == "separate":
        current.in_result = True
    elif current is not None:
        format_ = current.format or run
        reading.content.append(_page_field(current.code, format_, current.link, element, reading.context))
        reading.field = None


def _tab(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    yield Tab(run)


def _break(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    kind = element.get(f"{W}type", "textWrapping")
    if kind not in ("page", "textWrapping"):
        raise context.refuse("段区切り", element)
    yield Break("page" if kind == "page" else "line", run)


def _picture(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    yield read_picture(element, run, context)


def _comment(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    """Empty comments are traces of saving; one that says something would be lost on paper."""
    if element.get(f"{W}id", "") in context.comments:
        raise context.refuse("コメント", element)
    return iter(())


_PARTS: dict[str, Callable[[etree._Element, RunFormat, Context], Iterator[Inline]]] = {
    f"{W}tab": _tab,
    f"{W}br": _break,
    f"{W}cr": _break,
    f"{W}drawing": _picture,
    f"{W}commentReference": _comment,
}
