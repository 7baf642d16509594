"""The place of a floating drawing of VML (ISO/IEC 29500-4, 14.1.3): its style, and how text goes around it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.markup import number
from pipeline.documents.docx.placement import ALIGNED, Clear, Placement, Position, Wrap
from pipeline.documents.docx.vml_values import length

_W10 = "{urn:schemas-microsoft-com:office:word}"
_RELATIVE = {"text": "", "char": "character", "left-margin-area": "leftMargin", "right-margin-area": "rightMargin"}
_WRAPS: Mapping[str, Wrap] = {
    "square": "square", "tight": "square", "through": "square", "topAndBottom": "topAndBottom", "none": "none",
}  # fmt: skip


def read_vml_placement(shape: etree._Element, style: Mapping[str, str], left: float, top: float) -> Placement:
    """Read a placement whose corner stands at a place (pt) of what it is relative to."""
    wrap = shape.find(f"{_W10}wrap")
    order = style.get("z-index", "0")
    order = order if order.lstrip("-").isdigit() else "0"
    kind = "none" if wrap is None else wrap.get("type", "none")
    above, right, below, left_ = (
        length(style.get(f"mso-wrap-distance-{side}", default))
        for side, default in (("top", "0"), ("right", "9pt"), ("bottom", "0"), ("left", "9pt"))
    )
    return Placement(
        across=_position(style, "horizontal", "column", left),
        down=_position(style, "vertical", "paragraph", top),
        wrap=_WRAPS.get(kind, "square"),
        clear=Clear(above, right, below, left_),
        behind=order.startswith("-"),
        order=abs(number(order)),
    )


def _position(style: Mapping[str, str], way: str, default: str, offset: float) -> Position:
    relative = style.get(f"mso-position-{way}-relative", "text")
    relative = _RELATIVE.get(relative, relative) or default
    return Position(relative, ALIGNED.get(style.get(f"mso-position-{way}", ""), ""), offset)
