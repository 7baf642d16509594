"""Block content (17.2.2): paragraphs and tables of the body, of a header, of a footer."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.alternatives import DRAWN
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.frames_xml import check_frame, frame_of, framed
from pipeline.documents.docx.markup import W, inside, local, remove
from pipeline.documents.docx.paragraph_xml import read_paragraph
from pipeline.documents.docx.run_xml import NO_BRANCH
from pipeline.documents.docx.table_xml import read_table
from pipeline.documents.docx.tree import Block, Paragraph
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


def read_blocks(element: etree._Element, context: Context) -> Iterator[tuple[Block, etree._Element | None]]:
    """Read blocks in order, each with the ``sectPr`` that ends its section there (17.6.18), if one does.

    What cannot be drawn is collected in the context.
    """
    waiting: list[str] = []
    frames = _Frames(context)
    last = element
    for child in elements(element, _THROUGH, DRAWN):
        last = child
        try:
            if child.tag == f"{W}bookmarkStart":
                waiting.append(child.get(f"{W}name", ""))
            elif child.tag not in _WITHOUT_TEXT and not frames.takes(child):
                block = frames.with_frame(_block(child, context, waiting), child)
                yield block, inside(child, "pPr", "sectPr")
        except Unsupported as refusal:
            context.collect(refusal, child)
    frames.close()
    if context.fields and not context.refusals:
        raise context.refuse("終わりのないフィールド", last)


class _Frames:
    """Gathers paragraphs that stand in frames, until the paragraph comes to which they are tied."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made: list[tuple[etree._Element, list[Paragraph]]] = []

    def takes(self, element: etree._Element) -> bool:
        """Take a paragraph that stands in a frame; those that say the same of it stand in the same one.

        Raises Unsupported for frames that are not drawn.
        """
        frame = frame_of(element) if element.tag == f"{W}p" else None
        if frame is None or inside(element, "pPr", "sectPr") is not None:
            return False
        check_frame(frame, self._context)
        remove(frame)
        paragraph = read_paragraph(element, self._context)
        if self._made and sorted(self._made[-1][0].items()) == sorted(frame.items()):
            self._made[-1][1].append(paragraph)
        else:
            self._made.append((frame, [paragraph]))
        return True

    def with_frame(self, block: Block, element: etree._Element) -> Block:
        """Return a block with the frames that are tied to it; raises Unsupported for a table."""
        made, self._made = self._made, []
        if not made:
            return block
        if not isinstance(block, Paragraph):
            raise self._context.refuse("表の前のレイアウト枠", element)
        shapes = tuple(framed(frame, paragraphs) for frame, paragraphs in made)
        return replace(block, content=(*shapes, *block.content))

    def close(self) -> None:
        """Refuse a frame that nothing follows."""
        if self._made:
            near = self._made[-1][1][-1].text
            raise Unsupported("文書の最後のレイアウト枠", near, self._context.name)


def _block(element: etree._Element, context: Context, waiting: list[str]) -> Block:
    if element.tag == f"{W}p":
        bookmarks = tuple(waiting)
        waiting.clear()
        return read_paragraph(element, context, bookmarks=bookmarks)
    if element.tag == f"{W}tbl":
        return read_table(element, context)
    raise context.refuse(_REFUSED.get(local(element), "本文のそのほかの要素"), element)
