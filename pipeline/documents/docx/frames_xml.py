"""w:framePr (17.3.1.11) as Word's own page numbers have it: a frame on the line of the empty paragraph behind it.

Such a frame looks like one paragraph, aligned as the frame is. Other frames are refused.
"""

from __future__ import annotations

from itertools import pairwise

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, inside, remove, text_of

_ASKED = {
    "vAnchor": ("text",),
    "hAnchor": ("margin", "text", "page"),
    "xAlign": ("left", "center", "right"),
    "y": ("0", "1"),
    "h": ("0",),
    "hRule": ("auto", "atLeast"),
    "wrap": ("around", "notBeside", "auto", "none"),
    "hSpace": ("0",),
    "vSpace": ("0",),
}
_SEEN = ("t", "drawing", "pict", "object", "fldChar", "fldSimple", "sym", "tab", "br", "sectPr", "pBdr", "numPr")


def with_plain_page_numbers(root: etree._Element) -> None:
    """Take the frames of page numbers out of a header or footer, and the empty paragraphs that they stand on."""
    for paragraph, following in pairwise([*root.iter(f"{W}p")]):
        frame = inside(paragraph, "pPr", "framePr")
        if frame is not None and _is_plain(frame) and _is_empty(following):
            _align(paragraph, frame.get(f"{W}xAlign", "left"))
            remove(frame)
            remove(following)


def _is_plain(frame: etree._Element) -> bool:
    said = {str(name).removeprefix(W): str(value) for name, value in frame.attrib.items()}
    return "xAlign" in said and all(value in _ASKED.get(name, ()) for name, value in said.items())


def _is_empty(paragraph: etree._Element) -> bool:
    found = any(next(paragraph.iter(W + tag), None) is not None for tag in _SEEN if tag != "t")
    return not found and not text_of(paragraph) and paragraph.getnext() is None


def _align(paragraph: etree._Element, side: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    for tag in ("jc", "ind"):
        own = inside(properties, tag)
        if own is not None:
            remove(own)
    if properties is not None:
        etree.SubElement(properties, f"{W}jc").set(VAL, side)
