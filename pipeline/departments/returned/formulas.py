"""A formula of Word in one line, so that no figure in it is read as another (ISO/IEC 29500-1, 22.1)."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import MATH, W, local

_BETWEEN = {"num": ("", "/"), "sup": ("^", ""), "sub": ("_", ""), "deg": ("", "√"), "lim": ("_", "")}
"""What stands before and after a part of a formula where it is written in one line: 1/2, 10^2."""


def linear(element: etree._Element) -> str:
    """Return the text of a formula or a part of it."""
    if element.tag in (f"{MATH}t", f"{W}t"):
        return element.text or ""
    own = element.find(f"{MATH}naryPr/{MATH}chr")
    sign = own.get(f"{MATH}val", "") if own is not None else ""
    inner = sign + "".join(linear(child) for child in element if isinstance(child.tag, str))
    before, after = _BETWEEN.get(local(element), ("", "")) if inner else ("", "")
    return f"{before}{inner}{after}"
