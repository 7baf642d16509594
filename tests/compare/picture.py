"""A page as both engines draw it, side by side: ours to the left, LibreOffice's to the right, differences marked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from tests.compare.lines import Line
from tests.compare.matching import Comparison

_SCALE = 1.5
_GAP = 12
_UNEXPLAINED = (220, 0, 0, 70)
_EXCUSED = (0, 90, 220, 60)
_EM = 11


def side_by_side(comparison: Comparison, ours: Path, office: Path, target: Path) -> None:
    """Write the worst page of a comparison as a PNG; unexplained lines are red, faults of LibreOffice blue."""
    page = comparison.worst_page()
    here = [difference for difference in comparison.differences if difference.page == page]
    left = _page(ours, page, ((d.ours, d.fault) for d in here))
    right = _page(office, page, ((d.office, d.fault) for d in here))
    both = Image.new("RGB", (left.width + _GAP + right.width, max(left.height, right.height)), "gray")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + _GAP, 0))
    both.save(target)


def _page(path: Path, index: int, marked: Iterable[tuple[Line | None, str]]) -> Image.Image:
    """Draw a page with its marked lines; a page that the PDF lacks is white."""
    with pypdfium2.PdfDocument(path) as document:
        if index >= len(document):
            width, height = document[0].get_size()
            return Image.new("RGB", (int(width * _SCALE), int(height * _SCALE)), "white")
        image: Image.Image = document[index].render(scale=_SCALE).to_pil().convert("RGB")
    marker = ImageDraw.Draw(image, "RGBA")
    for line, fault in marked:
        if line is not None:
            box = (line.xs[0], line.y - _EM, line.xs[-1] + _EM, line.y + _EM / 4)
            marker.rectangle([side * _SCALE for side in box], fill=_EXCUSED if fault else _UNEXPLAINED)
    return image
