"""Comments in Word on the fields of a sheet (ISO/IEC 29500-1, 17.13.4), for what the planning division has to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree
from msgspec.structs import replace

from pipeline.departments.sending.stamp import tables, title
from pipeline.documents.docx.markup import XML_SPACE, W, serialize
from pipeline.documents.docx.parts import DOCUMENT, Part, put
from pipeline.model.correspondence import Remark, Spot

_COMMENTS = Part(
    DOCUMENT,
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    "word/comments.xml",
)


def attach(body: etree._Element, spots: Sequence[Spot], remarks: Sequence[Remark]) -> None:
    """Set the anchors of remarks: at their fields, or at the title where the sheet has no such field."""
    for number, remark in enumerate(remarks):
        paragraph = _field(body, spots, remark.path)
        _anchor(title(body) if paragraph is None else paragraph, str(number))


def commented(parts: Mapping[str, bytes], remarks: Sequence[Remark], author: str) -> dict[str, bytes]:
    """Return the parts with the remarks' words added; a template's comments have been left out."""
    root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    for number, remark in enumerate(remarks):
        comment = etree.SubElement(root, f"{W}comment")
        for name, value in (("id", str(number)), ("author", author), ("initials", author[-3:])):
            comment.set(W + name, value)
        for line in remark.text.split("\n"):
            text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
            text.text = line
            text.set(XML_SPACE, "preserve")
    return put(parts, replace(_COMMENTS, data=serialize(root)))


def _field(body: etree._Element, spots: Sequence[Spot], path: str | None) -> etree._Element | None:
    for spot in spots:
        if path in spot.paths:
            if spot.table is None:
                return body.findall(f"{W}p")[spot.row]
            row = tables(body)[spot.table].findall(f"{W}tr")[spot.row]
            return row.findall(f"{W}tc")[spot.cell].find(f"{W}p")
    return None


def _anchor(paragraph: etree._Element, identifier: str) -> None:
    start, end, run = (etree.Element(W + n) for n in ("commentRangeStart", "commentRangeEnd", "r"))
    reference = etree.SubElement(run, f"{W}commentReference")
    for mark in (start, end, reference):
        mark.set(f"{W}id", identifier)
    paragraph.insert(0 if paragraph.find(f"{W}pPr") is None else 1, start)
    paragraph.extend([end, run])
