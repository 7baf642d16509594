"""Block content (17.2.2): paragraphs and tables of the body, of a header, of a footer."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.documents.docx.alternatives import DRAWN
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.markup import W, local
from pipeline.documents.docx.paragraph_xml import read_paragraph
from pipeline.documents.docx.run_xml import NO_BRANCH
from pipeline.documents.docx.table_xml import read_table
from pipeline.documents.docx.tree import Block
from pipeline.documents.docx.walk import ALTERNATIVES, COMMENT_ANCHORS, CONTROL, elements, named

_THROUGH = named("customXml") | {CONTROL, ALTERNATIVES}
_WITHOUT_TEXT = COMMENT_ANCHORS | named("sectPr")
_REFUSED = {
    "AlternateContent": NO_BRANCH,
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
    """Read blocks in order, each with the ``sectPr`` that ends its section there (17.6.18), if one does.

    What cannot be drawn is collected in the context.
    """
    waiting: list[str] = []
    last = element
    for child in elements(element, _THROUGH, DRAWN):
        last = child
        try:
            if child.tag == f"{W}bookmarkStart":
                waiting.append(child.get(f"{W}name", ""))
            elif child.tag not in _WITHOUT_TEXT:
                yield _block(child, context, compatibility, waiting), child.find(f"{W}pPr/{W}sectPr")
        except Unsupported as refusal:
            context.collect(refusal, child)
    if context.fields and not context.refusals:
        raise context.refuse("終わりのないフィールド", last)


def _block(element: etree._Element, context: Context, compatibility: int, waiting: list[str]) -> Block:
    if element.tag == f"{W}p":
        bookmarks = tuple(waiting)
        waiting.clear()
        return read_paragraph(element, context, bookmarks=bookmarks)
    if element.tag == f"{W}tbl":
        return read_table(element, context, compatibility)
    raise context.refuse(_REFUSED.get(local(element), "本文のそのほかの要素"), element)
