"""What of a paragraph or a shape would not be seen, or not as it is asked for: refused, or told."""

from __future__ import annotations

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.tree import Group, Paragraph, Picture, Shape, Table
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.shaping import ShapedText

_NEAR = 30
_MIXED = "大きさの違う文字や図の、行の中の縦位置の指定"
ROUNDING = 1.0
"""More (pt) than sums of heights can be off by."""


def check_drawn(paragraph: Paragraph, shaped: ShapedText, frame: Frame, has_room: bool) -> None:
    """Tell what is drawn more plainly; raises Unsupported for what would not be seen, or not as it is asked for."""
    if unfit := _unfit(paragraph, shaped, has_room or not shaped.text):
        raise Unsupported(unfit, paragraph.text.strip()[:_NEAR], frame.name)
    if not paragraph.format.on_baseline and _is_mixed(shaped):
        frame.make_plainer(_MIXED, "下端をそろえて", paragraph.text.strip()[:_NEAR])


def _unfit(paragraph: Paragraph, shaped: ShapedText, has_room: bool) -> str:
    """Name what would not be seen of a paragraph, or not as it is asked for; empty where all is."""
    if not has_room:
        return "インデントのために文字の入らない段落"
    if _overlaps(paragraph, shaped):
        return "行の間隔に収まらない文字"
    return ""


def _overlaps(paragraph: Paragraph, shaped: ShapedText) -> bool:
    """Return whether lines of exact height would lie over each other: letters twice as high, or higher formulas."""
    line = paragraph.format.line
    if line.rule != "exact":
        return False
    is_tall = any(piece.box.height > line.value + ROUNDING for piece in shaped.pieces.values())
    large = (span for span in shaped.spans if span.format.size > 2 * line.value + ROUNDING)
    return is_tall or any(any(map(str.isalnum, shaped.text[span.start : span.end])) for span in large)


def _is_mixed(shaped: ShapedText) -> bool:
    """Return whether a paragraph holds characters of several sizes, or pictures in its lines."""
    return bool(shaped.pictures or shaped.pieces) or len({span.format.size for span in shaped.spans}) > 1


def check_held(item: Shape, frame: Frame) -> None:
    """Refuse what is not drawn in a shape: other shapes, and tables where lines do not run across a given width."""
    held = (inline for paragraph in written(item.blocks) for inline in paragraph.content)
    if any(isinstance(one, (Shape, Group)) or (isinstance(one, Picture) and one.place) for one in held):
        raise Unsupported("テキスト ボックスの中の図形", text_of(item), frame.name)
    is_across = item.direction == "across" and not item.hugs and not item.leads
    if not is_across and any(isinstance(block, Table) for block in item.blocks):
        raise Unsupported("縦書きなどのテキスト ボックスの中の表", text_of(item), frame.name)


def text_of(shape: Shape) -> str:
    """Return the beginning of the text of a shape, for messages."""
    return "".join(paragraph.text for paragraph in written(shape.blocks)).strip()[:_NEAR]
