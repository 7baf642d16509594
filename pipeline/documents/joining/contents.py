"""The contents as a field: Word shows the page numbers that are stored, and counts anew when somebody asks it to."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.documents.docx.markup import XML_SPACE, W

_INSTRUCTION = ' TOC \\o "1-1" \\h \\z \\u '
"""Headings of the first level and what has such a level, as links (17.16.5.68)."""


def marked(elements: Sequence[etree._Element]) -> None:
    """Put the lines of the contents, from the first to the last that is a link, into a field."""
    lines = [p for element in elements for p in element.iter(f"{W}p") if p.find(f"{W}hyperlink") is not None]
    if not lines:
        return
    first, last = lines[0], lines[-1]
    place = 1 if first.find(f"{W}pPr") is not None else 0
    first[place:place] = [_sign("begin"), _instruction(), _sign("separate")]
    last.append(_sign("end"))


def _sign(kind: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)
    return run


def _instruction() -> etree._Element:
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}instrText")
    text.set(XML_SPACE, "preserve")
    text.text = _INSTRUCTION
    return run
