"""Bars in tables: an empty shaded paragraph, cut by its right indent to a share of the template's cell."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from lxml import etree
from markupsafe import Markup

from pipeline.documents.docx.markup import W, text_of
from pipeline.documents.docx.package import Package
from pipeline.documents.template import Template

_FULL = Decimal(100)
_STYLES = {True: "RateBarMet", False: "RateBarUnmet"}
_EMPTY = Markup('<w:p><w:pPr><w:pStyle w:val="RateBar"/></w:pPr></w:p>')


def bar(share: Decimal | None, met: bool, width: int) -> Markup:
    """Return a share (%) as a bar in a cell so many twips wide, at most all of it; nothing for None and for less than a
    twip.
    """
    length = int(width * min(share, _FULL) / _FULL) if share is not None else 0
    if length <= 0:
        return _EMPTY
    return Markup(  # noqa: S704 - nothing typed goes in
        f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[met]}"/><w:ind w:right="{width - length}"/></w:pPr></w:p>'
    )


def room(template: Template | None, name: str) -> int:
    """Return the inner width (twips) of the cell in which the template prints the name; 0 where it does not."""
    cells = _cells(template.data, template.file) if template else ()
    return next((width for text, width in cells if name in text), 0)


@lru_cache(maxsize=16)  # of each template many names are asked for
def _cells(docx: bytes, file: str) -> tuple[tuple[str, int], ...]:
    """Return the text and the inner width of every cell of a template."""
    package = Package(docx, file)
    return tuple((text_of(cell), _inner(cell)) for cell in package.xml(package.document).iter(f"{W}tc"))


def _inner(cell: etree._Element) -> int:
    """Take the margins set at the cell off its width (ISO/IEC 29500-1, 17.4.71 and 17.4.68)."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    margins = (cell.find(f"{W}tcPr/{W}tcMar/{W}{side}") for side in ("left", "right"))
    return _twips(width) - sum(_twips(margin) for margin in margins)


def _twips(element: etree._Element | None) -> int:
    return int(element.get(f"{W}w", "0")) if element is not None else 0
