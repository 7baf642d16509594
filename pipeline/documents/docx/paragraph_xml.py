"""w:p (17.3.1.22): a paragraph's properties and what runs through it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from lxml import etree

from pipeline.documents.docx.alternatives import DRAWN
from pipeline.documents.docx.characters import NO_BREAK_HYPHEN, character, shown, written
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.drawing_xml import read_drawing
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.fields import Field, enclosed, link_of, numerals, take_part, treatment, words
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.markup import MATH, W16SE, XML_SPACE, R, W, child_value, inside, local
from pipeline.documents.docx.paragraph_format_xml import ParagraphChanges, read_paragraph_changes
from pipeline.documents.docx.run_format_xml import RunChanges, read_run_changes
from pipeline.documents.docx.styles_xml import InTable, Item
from pipeline.documents.docx.tree import Bookmark, Break, Inline, Label, Link, PageField, Paragraph, Tab, Text
from pipeline.documents.docx.vml_xml import read_vml
from pipeline.documents.docx.walk import ALTERNATIVES, COMMENT_ANCHORS, CONTROL, elements, named

_SMALL_CAPITALS = 0.8
"""The size of small capitals, in that of the capitals beside them."""
_SCRIPT = 0.58
_RISES = {"superscript": 0.88 * (1 - _SCRIPT), "subscript": -0.12 * (1 - _SCRIPT)}
"""The size of raised and lowered characters, and how far they move: to the text's top or bottom, as in LibreOffice."""
_SOFT_HYPHEN = "\u00ad"
_LOOSE = re.compile(".[\u0300-\u036f\u3099\u309a]+")

NO_BRANCH = "代わりの表示のない拡張機能（テキストボックス・図形など）"
"""What alternate content is called in which nothing can be chosen."""
_REFUSED = {
    ALTERNATIVES: NO_BRANCH,
    f"{W}ins": "変更履歴（挿入）",
    f"{W}del": "変更履歴（削除）",
    f"{W}moveFrom": "変更履歴（移動）",
    f"{W}moveTo": "変更履歴（移動）",
    f"{W}delText": "変更履歴（削除）",
    f"{W}object": "埋め込みオブジェクト",
    f"{W}ruby": "ルビ",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "文末脚注",
    f"{W}ptab": "位置揃えのタブ",
    f"{W}contentPart": "手書き（インク）",
    f"{W}subDoc": "取り込まれた別の文書",
    f"{W}pgNum": "古い形式のページ番号",
    f"{W}dir": "文字の向きの指定",
    f"{W}bdo": "文字の向きの指定",
    f"{MATH}oMath": "数式",
    f"{MATH}oMathPara": "数式",
}
_THROUGH = named("smartTag", "customXml") | {CONTROL, ALTERNATIVES}
_AROUND = named("customXml") | {CONTROL, ALTERNATIVES}
_IN_RUN = frozenset({ALTERNATIVES})
_WITHOUT_TEXT = COMMENT_ANCHORS | named("commentReference", "fldData")


@dataclass(slots=True)
class _Reading:
    """The state of reading one paragraph."""

    context: Context
    base: RunFormat
    content: list[Inline] = field(default_factory=list)

    @property
    def shows(self) -> bool:
        """Whether what is read now is drawn: not a field's code, nor a result that is worked out anew."""
        return all(opened.shows for opened in self.context.fields)

    def add(self, *inlines: Inline) -> None:
        """Add what stands in the line, unless it is not drawn."""
        if self.shows and not any(_is_hidden(inline) for inline in inlines):
            self.content.extend(inlines)

    def add_text(self, text: str, run: RunFormat, link: Link | None) -> None:
        """Add characters, unless they are not drawn."""
        if self.shows and not run.hidden:
            pieces = _as_drawn(text.replace(_SOFT_HYPHEN, ""), run)
            self.content.extend(Text(piece, format_, link) for piece, format_ in pieces if piece)


def _joined(content: Iterable[Inline]) -> Iterator[Inline]:
    """Join characters of one format, so that editing traces of Word do not multiply runs."""
    for _, alike in groupby(content, lambda it: (id(it.format), it.link) if isinstance(it, Text) else id(it)):
        first, *others = alike
        joined = "".join(it.text for it in (first, *others) if isinstance(it, Text))
        yield replace(first, text=joined) if isinstance(first, Text) and others else first


def _is_hidden(inline: Inline) -> bool:
    return not isinstance(inline, Bookmark) and inline.format.hidden


def _as_drawn(text: str, run: RunFormat) -> Iterator[tuple[str, RunFormat]]:
    """Yield text in capitals where the format says so (17.3.2.5, 17.3.2.33), in formats without such wishes."""
    full, small = _drawn_formats(run)
    if run.capitals or not run.small_capitals:
        yield (text.upper() if run.capitals else text), full
        return
    for is_lower, letters in groupby(text, str.islower):
        yield "".join(letters).upper(), small if is_lower else full


@lru_cache(maxsize=256)
def _drawn_formats(run: RunFormat) -> tuple[RunFormat, RunFormat]:
    """Return a format and that of its small capitals; equal questions give the same objects."""
    full = replace(run, shading=run.highlight or run.shading, highlight=None, capitals=False, small_capitals=False)
    if run.script:
        full = replace(full, size=run.size * _SCRIPT, rise=run.rise + run.size * _RISES[run.script], script="")
    full = run if full == run else full
    return full, replace(full, size=full.size * _SMALL_CAPITALS)


def read_paragraph(
    element: etree._Element, context: Context, table: InTable | None = None, bookmarks: tuple[str, ...] = ()
) -> Paragraph:
    """Read a paragraph; ``table`` tells where in a table it stands, ``bookmarks`` those that stand before it."""
    properties = element.find(f"{W}pPr")
    style = context.styles.paragraph_style(child_value(properties, "pStyle"))
    item = _direct_item(properties, style, context)
    direct = context.tried(lambda: read_paragraph_changes(properties, context.name), ParagraphChanges(), element)
    mark_element = inside(properties, "rPr")
    base = context.styles.base_run(style, table)
    reading = _Reading(context, base, [Bookmark(name) for name in bookmarks])
    _read_children(element, reading, None)
    mark_changes = context.tried(lambda: read_run_changes(mark_element, context.name), RunChanges(), element)
    mark = context.styles.base_run(style, table, mark_changes)
    opening, content = _without_opening_break(_joined(reading.content))
    own = item or context.styles.item(style)
    format_ = context.styles.paragraph_format(style, table, item, direct)
    return Paragraph(
        style=style,
        format=replace(format_, page_break_before=True) if opening else format_,
        mark=mark,
        content=content,
        label=None if _only_ends_section(properties, content) else _label(own, mark, context),
        begins_a_page=opening,
    )


def _only_ends_section(properties: etree._Element | None, content: tuple[Inline, ...]) -> bool:
    """Return whether a paragraph is nothing but the end of a section: Word neither numbers nor counts it."""
    ends = properties is not None and properties.find(f"{W}sectPr") is not None
    return ends and all(isinstance(inline, Bookmark) for inline in content)


def _without_opening_break(inlines: Iterable[Inline]) -> tuple[bool, tuple[Inline, ...]]:
    """Return whether a paragraph opens with a page break, and give the rest: such a break takes no line of its own.

    One that stands alone does, with its paragraph's mark (17.15.3.9).
    """
    content = tuple(inlines)
    seen = [inline for inline in content if not isinstance(inline, Bookmark)]
    first = seen[0] if len(seen) > 1 else None
    if not isinstance(first, Break) or first.kind != "page":
        return False, content
    return True, tuple(inline for inline in content if inline is not first)


def _direct_item(properties: etree._Element | None, style: str, context: Context) -> Item | None:
    numbering = inside(properties, "numPr")
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
    run, _ = _drawn_formats(context.styles.run_format(mark, None, level.run))
    if mark.hidden or run.hidden:
        return None
    return Label(text, run, "space" if suffix == "space" else "nothing" if suffix == "nothing" else "tab", item.level)


def _read_children(element: etree._Element, reading: _Reading, link: Link | None) -> None:
    for child in elements(element, _THROUGH, DRAWN):
        try:
            if child.tag == f"{W}r":
                _read_run(child, reading, link)
            elif child.tag not in _WITHOUT_TEXT:
                _read_other(child, reading, link)
        except Unsupported as refusal:
            reading.context.collect(refusal, child)


def _read_other(element: etree._Element, reading: _Reading, link: Link | None) -> None:
    tag = element.tag
    if tag == f"{W}hyperlink":
        _read_children(element, reading, _link(element, reading.context))
    elif tag == f"{W}bookmarkStart":
        reading.add(Bookmark(element.get(f"{W}name", "")))
    elif tag == f"{W}fldSimple":
        _read_simple_field(element, reading, link)
    else:
        raise reading.context.refuse(_REFUSED.get(str(tag), f"段落の中の要素 {local(element)}"), element)


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
    opened = Field(element.get(f"{W}instr", ""), link, in_result=run is not None, format=format_)
    reading.context.fields.append(opened)
    _check_result(opened, element, reading)
    _read_children(element, reading, link_of(opened.code) or link)
    if opened in reading.context.fields:  # a field within it that is refused closes all
        reading.context.fields.remove(opened)
        _draw_field(opened, element, reading, format_)


def _check_result(opened: Field, element: etree._Element, reading: _Reading) -> None:
    if opened.in_result and treatment(opened.code) == "refused":
        raise _refused_field(opened, element, reading)


def _refused_field(opened: Field, element: etree._Element, reading: _Reading) -> Exception:
    reading.context.fields.clear()
    return reading.context.refuse(f"フィールド（{opened.code.strip()}）", element)


def _draw_field(opened: Field, element: etree._Element, reading: _Reading, run: RunFormat) -> None:
    kind = treatment(opened.code)
    if kind == "refused" or (kind == "result" and not opened.in_result):
        raise _refused_field(opened, element, reading)
    if kind == "enclosed":
        reading.add_text(enclosed(opened.code), run, opened.link)
    elif kind in ("page", "pages"):
        format_, _ = _drawn_formats(opened.format or run)
        wanted = numerals(words(opened.code)[1:]) or ""
        reading.add(PageField("page" if kind == "page" else "pages", format_, opened.link, wanted))


def _run_format(element: etree._Element, reading: _Reading) -> RunFormat:
    properties = element.find(f"{W}rPr")
    if properties is None:
        return reading.base
    changes = read_run_changes(properties, reading.context.name)
    return reading.context.styles.run_format(reading.base, child_value(properties, "rStyle"), changes)


def _read_run(element: etree._Element, reading: _Reading, link: Link | None) -> None:
    run, opened = _run_format(element, reading), reading.context.fields
    for child in elements(element, _IN_RUN, DRAWN):
        tag = child.tag
        if tag in (f"{W}fldChar", f"{W}instrText"):
            _read_field_part(child, run, reading, link)
        elif opened and opened[-1].in_result and not opened[-1].shows:
            opened[-1].format = opened[-1].format or run
        elif tag == f"{W}t":
            reading.add_text(_shown(child, run, reading), run, _link_here(reading, link))
        elif tag not in _WITHOUT_TEXT:
            _read_run_part(child, run, reading, _link_here(reading, link))


def _link_here(reading: _Reading, link: Link | None) -> Link | None:
    """Return the link that text stands in: that around it, else of the innermost HYPERLINK field that is open."""
    if link is not None or not reading.context.fields:
        return link
    found = (link_of(opened.code) or opened.link for opened in reversed(reading.context.fields))
    return next(filter(None, found), None)


def _read_run_part(element: etree._Element, run: RunFormat, reading: _Reading, link: Link | None) -> None:
    tag = element.tag
    reader = _PARTS.get(str(tag))
    if reader is not None:
        reading.add(*reader(element, run, reading.context))
    elif tag == NO_BREAK_HYPHEN:
        reading.add_text(written(element), run, link)
    elif tag == f"{W}sym":
        reading.add_text(_symbol(element, reading.context), run, link)
    elif tag == f"{W16SE}symEx":
        reading.add_text(chr(int(element.get(f"{W16SE}char", "0"), 16)), run, link)
    else:
        raise reading.context.refuse(_REFUSED.get(str(tag), f"文字列の中の要素 {local(element)}"), element)


def _text(element: etree._Element) -> str:
    text = element.text or ""
    if element.get(XML_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    return _LOOSE.sub(_composed, text.replace("\n", " ").replace("\t", " "))


def _shown(element: etree._Element, run: RunFormat, reading: _Reading) -> str:
    """Return a text as it is read, where its typeface is a symbol font, too."""
    text = _text(element)
    found = shown(text, run.font.name, run.high_font.name) if text else text
    if found is None:
        raise reading.context.refuse(f"記号フォントの文字（{run.font.name}）", element)
    return found


def _composed(letter: re.Match[str]) -> str:
    """Put a letter and its marks into one character where there is one: they mean the same (UAX 15)."""
    return unicodedata.normalize("NFC", letter[0])


def _symbol(element: etree._Element, context: Context) -> str:
    """Read a character of a symbol font (17.3.3.30)."""
    font, code = element.get(f"{W}font", ""), int(element.get(f"{W}char", "0"), 16)
    found = character(font, code)
    if found is None:
        raise context.refuse(f"記号フォントの文字（{font}）", element)
    return found


def _read_field_part(element: etree._Element, run: RunFormat, reading: _Reading, link: Link | None) -> None:
    field_ = take_part(reading.context.fields, element)
    kind = element.get(f"{W}fldCharType")
    if field_ is None:
        return
    if kind == "begin":
        field_.link = link
    elif kind == "separate":
        _check_result(field_, element, reading)
    elif kind == "end":
        _draw_field(field_, element, reading, run)


def _tab(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    yield Tab(run)


def _break(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    kind = element.get(f"{W}type", "textWrapping")
    if kind not in ("page", "textWrapping"):
        raise context.refuse("段区切り", element)
    yield Break("page" if kind == "page" else "line", run)


def _drawing(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    yield read_drawing(element, run, context, _boxed)


def _old_drawing(element: etree._Element, run: RunFormat, context: Context) -> Iterator[Inline]:
    yield read_vml(element, run, context, _boxed)


def _boxed(content: etree._Element, context: Context) -> tuple[Paragraph, ...]:
    """Read the paragraphs of a text box."""
    own, paragraphs = replace(context, fields=[]), []
    for child in elements(content, _AROUND, DRAWN):
        if child.tag == f"{W}tbl":
            raise context.refuse("テキスト ボックスの中の表", content)
        if child.tag == f"{W}p":
            paragraphs.append(read_paragraph(child, own))
    return tuple(paragraphs)


_PARTS: dict[str, Callable[[etree._Element, RunFormat, Context], Iterator[Inline]]] = {
    f"{W}tab": _tab,
    f"{W}br": _break,
    f"{W}cr": _break,
    f"{W}drawing": _drawing,
    f"{W}pict": _old_drawing,
}
