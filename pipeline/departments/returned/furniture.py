"""What stands in headers, footers and notes, all changes accepted, without what programs count by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.documents.docx.alternatives import is_shown
from pipeline.documents.docx.characters import written
from pipeline.documents.docx.fields import Field, take_part, words
from pipeline.documents.docx.markup import MATH, W
from pipeline.documents.docx.walk import DELETED, GRAPHICS

_COUNTED = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_TEXTS = (f"{W}t", f"{MATH}t", f"{W}sym")
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_GRAPHIC = "（図）"


def lines(root: etree._Element) -> tuple[str, ...]:
    """Return the text of every paragraph that has any; a picture or a shape without words is a line of its own."""
    texts = [_text(paragraph) for paragraph in root.iter(f"{W}p")]
    return (*(text for text in texts if text.strip()), *(_GRAPHIC for _ in _wordless(root)))


def _wordless(root: etree._Element) -> list[etree._Element]:
    """Return the graphics that show no words."""
    shown = (graphic for graphic in root.iter(*GRAPHICS) if not _is_gone(graphic))
    return [graphic for graphic in shown if next(graphic.iter(*_TEXTS, _WATERMARK), None) is None]


def _text(paragraph: etree._Element) -> str:
    """Read a paragraph, passing over the results of counting fields (ISO/IEC 29500-1, 17.16.18)."""
    kept = ""
    fields: list[Field] = []
    for element in paragraph.iter():
        if element.tag in (f"{W}fldChar", f"{W}instrText"):
            take_part(fields, element)
        elif element.tag in (*_TEXTS, _WATERMARK) and not _is_gone(element) and not _is_counted(element, fields):
            own = next(element.iterancestors(f"{W}p")) is paragraph
            kept += (element.get("string") or element.text or written(element)) if own else ""
    return kept


def _is_gone(element: etree._Element) -> bool:
    """Return whether a tracked change takes an element away, or only other programs show it."""
    return next(element.iterancestors(*DELETED), None) is not None or not is_shown(element)


def _is_counted(text: etree._Element, fields: Sequence[Field]) -> bool:
    simple = (field.get(f"{W}instr", "") for field in text.iterancestors(f"{W}fldSimple"))
    codes = (*simple, *(field.code for field in fields))
    return any(word in _COUNTED for code in codes for word in words(code)[:1])
