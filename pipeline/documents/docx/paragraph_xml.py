"""w:p (17.3.1.22): a paragraph's properties and what runs through it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.alternatives import DRAWN
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.fields import Field, link_of
from pipeline.documents.docx.inlines import Reading, alone, drawn_formats, joined
from pipeline.documents.docx.markup import MATH, R, W, child_value, inside, spelling
from pipeline.documents.docx.paragraph_format_xml import ParagraphChanges, read_paragraph_changes
from pipeline.documents.docx.run_format_xml import RunChanges, read_run_changes
from pipeline.documents.docx.run_xml import REFUSED, WITHOUT_TEXT, check_result, draw_field, read_run, run_format
from pipeline.documents.docx.styles_xml import InTable, Item, Look
from pipeline.documents.docx.tree import (
    Block,
    Bookmark,
    Break,
    Inline,
    Label,
    Link,
    PageField,
    Paragraph,
    Parting,
    Tab,
    Text,
)
from pipeline.documents.docx.walk import ALTERNATIVES, CONTROL, elements, named

_THROUGH = named("smartTag", "customXml") | {CONTROL, ALTERNATIVES}
_FORMULAS = (f"{MATH}oMath", f"{MATH}oMathPara")
_AROUND = named("customXml") | {CONTROL, ALTERNATIVES}


def read_paragraph(
    element: etree._Element, context: Context, table: InTable | None = None, bookmarks: tuple[str, ...] = ()
) -> Paragraph:
    """Read a paragraph; ``table`` tells where in a table it stands, ``bookmarks`` those that stand before it.

    One that is all text is read once for all that are written alike.
    """
    if context.fields or context.note or context.plainer is not None:
        return _read(element, _look(element, context, table), context, bookmarks)
    known, key, dates = context.common.paragraphs, (spelling(element), table, bookmarks), len(context.dates)
    if (found := known.get(key)) is not None:
        return found
    look = _look(element, context, table)
    read = _read(element, look, context, bookmarks)
    if look.item is None and not context.fields and dates == len(context.dates) and all(map(_is_text, read.content)):
        known[key] = read
    return read


def _is_text(inline: Inline) -> bool:
    """Return whether something is the same wherever it stands: it needs no other part, and leads to none."""
    if isinstance(inline, (Text, PageField)):
        return inline.link is None
    return isinstance(inline, (Tab, Break, Bookmark))


def _read(element: etree._Element, look: Look, context: Context, bookmarks: tuple[str, ...]) -> Paragraph:
    reading = Reading(context, look, _boxed, [Bookmark(name) for name in bookmarks])
    _read_children(element, reading, None)
    opening, content = _settled(reading.content)
    return Paragraph(
        style=look.style,
        format=replace(look.format, page_break_before=True) if opening == "page" else look.format,
        mark=look.mark,
        content=content,
        label=None if _only_ends_section(look, content) else _label(look, context),
        begins=opening,
    )


def _look(element: etree._Element, context: Context, table: InTable | None) -> Look:
    """Return how a paragraph looks: what is refused of that is told once, and so is what is written alike read once."""
    properties = inside(element, "pPr")
    key, looks = (spelling(properties), table), context.common.looks
    if key not in looks:
        looks[key] = _read_look(element, properties, context, table)
    return looks[key]


def _read_look(
    element: etree._Element, properties: etree._Element | None, context: Context, table: InTable | None
) -> Look:
    styles, of_mark = context.common.styles, inside(properties, "rPr")
    style = styles.paragraph_style(child_value(properties, "pStyle"))
    item = _direct_item(properties, style, context)
    direct = context.tried(lambda: read_paragraph_changes(properties, context.name), ParagraphChanges(), element)
    mark = context.tried(lambda: read_run_changes(of_mark, context.name), RunChanges(), element)
    return Look(
        style=style,
        item=item or styles.item(style),
        format=styles.paragraph_format(style, table, item, direct),
        base=styles.base_run(style, table),
        mark=styles.base_run(style, table, mark),
        ends_section=inside(properties, "sectPr") is not None,
    )


def _only_ends_section(look: Look, content: tuple[Inline, ...]) -> bool:
    """Return whether a paragraph is nothing but the end of a section: Word neither numbers nor counts it."""
    return look.ends_section and all(isinstance(inline, Bookmark) for inline in content)


def _settled(content: list[Inline]) -> tuple[Literal["", "column", "page"], tuple[Inline, ...]]:
    """Return what a paragraph opens with a break to, and its content as a whole: a single thing is that as it is."""
    return ("", tuple(content)) if len(content) < 2 else _without_opening_break(alone([*joined(content)]))


def _without_opening_break(inlines: Iterable[Inline]) -> tuple[Literal["", "column", "page"], tuple[Inline, ...]]:
    """Return what a paragraph opens with a break to, and give the rest: such a break takes no line of its own.

    One that stands alone does, with its paragraph's mark (17.15.3.9).
    """
    content = tuple(inlines)
    seen = [inline for inline in content if not isinstance(inline, Bookmark)]
    first = seen[0] if len(seen) > 1 else None
    if not isinstance(first, Break) or first.kind == "line":
        return "", content
    return first.kind, tuple(inline for inline in content if inline is not first)


def _direct_item(properties: etree._Element | None, style: str, context: Context) -> Item | None:
    numbering = inside(properties, "numPr")
    if numbering is None:
        return None
    number, level = child_value(numbering, "numId"), child_value(numbering, "ilvl")
    inherited = context.common.styles.item(style)
    if number is None:
        number = inherited.number if inherited else "0"
    return Item(number, int(level or "0"))


def _label(look: Look, context: Context) -> Label | None:
    item, mark = look.item, look.mark
    level = context.numbering.level(item.number, item.level) if item else None
    if item is None or level is None:
        return None
    suffix = level.suffix
    text = context.numbering.next_label(item.number, item.level)
    run, _ = drawn_formats(context.common.styles.run_format(mark, None, level.run))
    if mark.hidden or run.hidden:
        return None
    parting: Parting = "space" if suffix == "space" else "nothing" if suffix == "nothing" else "tab"
    return Label(text, run, parting, item.level, level.format, level.before)


def _read_children(element: etree._Element, reading: Reading, link: Link | None) -> None:
    for child in elements(element, _THROUGH, DRAWN):
        try:
            if child.tag == f"{W}r":
                read_run(child, reading, link)
            elif child.tag not in WITHOUT_TEXT:
                _read_other(child, reading, link)
        except Unsupported as refusal:
            reading.context.collect(refusal, child)


def _read_other(element: etree._Element, reading: Reading, link: Link | None) -> None:
    tag = element.tag
    if tag == f"{W}hyperlink":
        _read_children(element, reading, _link(element, reading.context))
    elif tag == f"{W}bookmarkStart":
        reading.add(Bookmark(element.get(f"{W}name", "")))
    elif tag == f"{W}fldSimple":
        _read_simple_field(element, reading, link)
    elif tag in _FORMULAS:
        _read_formulas(element, reading)
    else:
        raise reading.context.refuse(REFUSED.get(str(tag), "段落の中のそのほかの要素"), element)


def _read_formulas(element: etree._Element, reading: Reading) -> None:
    from pipeline.documents.docx.formula_xml import read_formulas  # noqa: PLC0415 - late: few documents have one

    reading.add(*read_formulas(element, reading))


def _link(element: etree._Element, context: Context) -> Link:
    identifier = element.get(f"{R}id")
    anchor = element.get(f"{W}anchor", "")
    if identifier is None:
        return Link(anchor=anchor)
    relationship = context.relationships.get(identifier)
    if relationship is None:
        raise context.refuse("行き先のないハイパーリンク", element)
    return Link(address=relationship.target + (f"#{anchor}" if anchor else ""))


def _read_simple_field(element: etree._Element, reading: Reading, link: Link | None) -> None:
    run = next(iter(element.iterchildren(f"{W}r")), None)
    format_ = reading.look.base if run is None else run_format(run, reading)
    opened = Field(element.get(f"{W}instr", ""), link, in_result=run is not None, format=format_)
    reading.context.fields.append(opened)
    check_result(opened, element, reading)
    _read_children(element, reading, link_of(opened.code) or link)
    if opened in reading.context.fields:  # a field within it that is refused closes all
        reading.context.fields.remove(opened)
        draw_field(opened, element, reading, format_)


def _boxed(content: etree._Element, context: Context) -> tuple[Block, ...]:
    """Read the paragraphs and tables of a text box."""
    from pipeline.documents.docx.table_xml import read_table  # noqa: PLC0415 - late: tables hold paragraphs themselves

    own, blocks = replace(context, fields=[]), list[Block]()
    for child in elements(content, _AROUND, DRAWN):
        if child.tag == f"{W}tbl":
            blocks.append(read_table(child, own))
        elif child.tag == f"{W}p":
            blocks.append(read_paragraph(child, own))
    return tuple(blocks)
