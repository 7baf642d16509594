"""Borders of paragraphs, characters, tables and cells (17.3.4): one element each."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx import names
from pipeline.documents.docx.formats import Border, RuleKind
from pipeline.documents.docx.markup import VAL, W, color, is_on_attribute, local, number, refuse

_RULES: Mapping[str, RuleKind] = {
    "single": "single", "thick": "single", "dotted": "dotted", "dashed": "dashed", "dashSmallGap": "dashSmallGap",
    "dotDash": "dotDash", "dotDotDash": "dotDotDash",
}  # fmt: skip
_THIN, _THICK = 0.75, 1.5
"""How thick (pt) lines are beside others whose thickness is the document's to say."""
_FAR_SIDES = frozenset({"bottom", "right", "end"})


def read_border(element: etree._Element, name: str) -> Border | None:
    """Read one border: a rule, dotted and dashed ones, and rules side by side; sizes are in eighths of a point.

    A thick rule is twice as wide as it says.
    """
    kind = element.get(VAL, "none")
    if kind in ("nil", "none"):
        return None
    size = number(element.get(f"{W}sz", "4")) / 8 * (2 if kind == "thick" else 1)
    strokes = _strokes(kind, size)
    has_sides = local(element) == "bdr" and strokes != strokes[::-1]  # one element for all four sides
    if has_sides or (not strokes and kind not in _RULES):
        raise refuse(f"罫線の種類（{names.line(kind)}）", element, name)
    if is_on_attribute(element, "shadow") or is_on_attribute(element, "frame"):
        raise refuse("影や立体の付いた罫線", element, name)
    space = number(element.get(f"{W}space", "0"))
    strokes = strokes if local(element) in _FAR_SIDES else strokes[::-1]
    paint = color(element.get(f"{W}color")) or "000000"
    return Border(sum(strokes) or size, paint, space, _RULES.get(kind, "parallel"), strokes)


def is_drawn(kind: str) -> bool:
    """Return whether lines of a kind are drawn."""
    return kind in ("nil", "none") or kind in _RULES or bool(_strokes(kind, 1.0))


def _strokes(kind: str, size: float) -> tuple[float, ...]:
    """Return the thickness of lines side by side and of the gaps between them, from within (17.18.2); else nothing."""
    if kind in ("double", "triple"):
        return (size,) * (3 if kind == "double" else 5)
    thick, thin, gap = {
        "SmallGap": (size, _THIN, _THIN), "MediumGap": (size, size / 2, size / 2), "LargeGap": (_THICK, _THIN, size),
    }.get(kind.removeprefix("thinThick").removeprefix("thickThin").removeprefix("Thin"), (0.0, 0.0, 0.0))  # fmt: skip
    if not thick:
        return ()
    if kind.startswith("thinThickThin"):
        return (thin, gap, thick, gap, thin)
    return (thin, gap, thick) if kind.startswith("thinThick") else (thick, gap, thin)
