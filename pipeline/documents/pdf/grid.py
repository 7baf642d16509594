"""The grid of lines that Japanese pages may have (17.6.5): where it lies, and what cannot be drawn on it."""

from __future__ import annotations

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.tree import Paragraph

_NEAR = 30


def area(top: float, bottom: float, grid: float) -> tuple[float, float]:
    """Return the top and bottom of the whole lines of a grid that stand in the middle between two heights (pt)."""
    if not grid:
        return top, bottom
    lines = (bottom - top) // grid
    free = bottom - top - lines * grid
    return top + free / 2, bottom - free / 2


def check_grid(paragraph: Paragraph, name: str) -> None:
    """Refuse lines of a height of their own: LibreOffice draws them as high as the grid's, Word does not."""
    if paragraph.format.line.rule != "auto":
        raise Unsupported("行のグリッド線に合わせた、固定値・最小値の行間", paragraph.text.strip()[:_NEAR], name)
