"""Block content (17.2.2): paragraphs and tables of the body, of a header, of a footer."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.ooxml.context import Context
from pipeline.ooxml.markup import MC, W, local
from pipeline.ooxml.paragraph_xml import alternative, read_paragraph
from pipeline.ooxml.table_xml import read_table
from pipeline.ooxml.tree import Block

_SILENT = frozenset(
    W + tag
    for tag in ("bookmarkEnd", "proofErr", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", "sectPr")
)
_REFUSED = {
    "altChunk": "取り込まれた別の文書",
    "ins": "変更履歴（挿入）",
    "del": "変更履歴（削除）",
    "moveFrom": "変更履歴（移動）",
    "moveTo": "変更履歴（移動）",
    "oMathPara": "数式",
}


def read_blocks(
    element: etree._Element, context: Context, compatibility: int
) -> Iterator[tuple[Block, etree._Element | None]]:
    """Read blocks in order, each with the ``sectPr`` that ends its section there (17.6.18), if one does."""
    waiting: list[str] = []
    for child in _flat(element, context):
        if child.tag == f"{W}p":
            yield read_paragraph(child, context, bookmarks=tuple(waiting)), child.find(f"{W}pPr/{W}sectPr")
            waiting.clear()
        elif child.tag == f"{W}tbl":
            yield read_table(child, context, compatibility), None
        elif child.tag == f"{W}bookmarkStart":
            waiting.append(child.get(f"{W}name", ""))
        elif child.tag not in _SILENT:
            raise context.refuse(_REFUSED.get(local(child), f"本文の要素 {local(child)}"), child)


def _flat(element: etree._Element, context: Context) -> Iterator[etree._Element]:
    """Walk blocks, through content controls, custom XML and alternate content."""
    for child in element:
        if child.tag == f"{W}sdt":
            for content in child.iterchildren(f"{W}sdtContent"):
                yield from _flat(content, context)
        elif child.tag == f"{W}customXml":
            yield from _flat(child, context)
        elif child.tag == f"{MC}AlternateContent":
            yield from _flat(alternative(child, context), context)
        elif child.tag != f"{W}customXmlPr":
            yield child
