"""w:framePr (17.3.1.11): frames around paragraphs, and drop caps.

Word's own page numbers have a frame on the line of the empty paragraph behind it, which looks like one paragraph,
aligned as the frame is. Other frames float, tied to the paragraph that follows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import Margins
from pipeline.documents.docx.markup import VAL, W, inside, points, remove, text_of
from pipeline.documents.docx.placement import ALIGNED, Clear, Outline, Placement, Position, Wrap
from pipeline.documents.docx.tree import Paragraph, Shape

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

_WRAPS: Mapping[str, Wrap] = {"around": "square", "auto": "square", "notBeside": "topAndBottom"}
_ROUNDED = 2.0
"""More (pt) than the lines beside a drop cap can be lower than it, by the rounding of heights."""


def frame_of(paragraph: etree._Element) -> etree._Element | None:
    """Return what a paragraph says itself of the frame in which it stands."""
    return inside(paragraph, "pPr", "framePr")


def check_frame(frame: etree._Element, context: Context) -> None:
    """Raise Unsupported for a frame that is not drawn."""
    if frame.get(f"{W}dropCap") == "margin":
        raise context.refuse("余白に表示するドロップ キャップ", frame)
    if frame.get(f"{W}wrap", "auto") not in _WRAPS:
        raise context.refuse("文字列が折り返さないレイアウト枠", frame)


def framed(frame: etree._Element, paragraphs: Sequence[Paragraph]) -> Shape:
    """Return paragraphs in a frame as a shape that floats."""
    kind, rule = frame.get(f"{W}dropCap", "none"), frame.get(f"{W}hRule", "auto")
    width, height = (points(frame.get(f"{W}{name}", "0")) for name in ("w", "h"))
    return Shape(
        width=width,
        height=0.0 if rule == "auto" else height,
        outline=Outline(),
        format=paragraphs[0].mark,
        blocks=tuple(paragraphs),
        insets=Margins(0.0, 0.0, 0.0, 0.0),
        grows=rule != "exact",
        hugs=not width,
        leads=kind == "drop",
        place=_placement(frame, is_cap=kind == "drop"),
    )


def _placement(frame: etree._Element, is_cap: bool) -> Placement:
    across, down = (points(frame.get(f"{W}{name}Space", "0")) for name in "hv")
    return Placement(
        across=_position(frame, "h", "x", "column"),
        down=_position(frame, "v", "y", "paragraph"),
        wrap=_WRAPS[frame.get(f"{W}wrap", "auto")],
        clear=Clear(down, across, down - (_ROUNDED if is_cap else 0.0), across),
        behind=is_cap,
    )


def _position(frame: etree._Element, anchor: str, axis: str, text: str) -> Position:
    relative = frame.get(f"{W}{anchor}Anchor", "page")
    relative = text if relative == "text" else relative
    aligned = ALIGNED.get(frame.get(f"{W}{axis}Align", ""), "")
    return Position(relative, aligned, points(frame.get(W + axis, "0")))


def with_plain_page_numbers(root: etree._Element) -> None:
    """Take the frames of page numbers out of a header or footer, and the empty paragraphs that they stand on."""
    for paragraph, following in pairwise([*root.iter(f"{W}p")]):
        frame = frame_of(paragraph)
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
