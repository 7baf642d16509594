"""Drawing metafiles into a content stream. It places nothing and chooses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from pipeline.documents.fonts import embeddable, has_bold
from pipeline.documents.metafiles import Bitmap, Clip, Crop, Drawing, Label, Matrix, Shape, Stroke
from pipeline.documents.paths import Path
from pipeline.documents.pdf import layout_rules
from pipeline.documents.pdf.content import Content, rgb

_MOST_MITER = 1_000


def metafile_operators(drawing: Drawing, content: Content, embed: Callable[[bytes, Crop], str]) -> str:
    """Return a drawing's operators; the origin is its paper's top left corner, y down, the unit is a point.

    ``content`` learns of its characters, ``embed`` of its bitmaps, and names them. Nothing is seen beyond the paper.
    """
    operators = [f"0 0 {drawing.width:.3f} {drawing.height:.3f} re W n"]
    for clip, marks in groupby(drawing.marks, lambda mark: mark.clip):
        operators += ["q", *_clipped(clip)] if clip else []
        for mark in marks:
            if isinstance(mark, Shape):
                operators.append(_shape(mark))
            elif isinstance(mark, Label):
                operators.append(_label(mark, content))
            else:
                operators.append(_bitmap(mark, embed))
        operators += ["Q"] if clip else []
    return "\n".join(operators)


def _clipped(clip: Clip) -> Iterator[str]:
    """Yield what limits what is seen (ISO 32000-1, 8.5.4); nothing is seen within a path without steps."""
    for area in clip:
        yield f"{_path(area.path) or '0 0 0 0 re'} {'W*' if area.alternates else 'W'} n"


def _path(path: Path) -> str:
    return " ".join(" ".join([*(f"{value:.3f}" for value in values), kind]) for kind, values in path)


def _shape(shape: Shape) -> str:
    fill, stroke, star = shape.fill, shape.stroke, "*" if shape.area.alternates else ""
    look = f"{rgb(fill)} rg " if fill else ""
    if stroke is None:
        return f"{look}{_path(shape.area.path)} f{star}"
    painting = f"B{star}" if fill else "S"
    return f"{look}{_line(stroke)} {_path(shape.area.path)} {painting}"


def _line(stroke: Stroke) -> str:
    dashes = " ".join(f"{length:.3f}" for length in stroke.dashes)
    ends = f"{stroke.cap} J {stroke.join} j {min(max(stroke.miter, 1), _MOST_MITER):.3f} M"
    return f"{rgb(stroke.color)} RG {stroke.thickness:.3f} w {ends} [{dashes}] 0 d"


def _label(label: Label, content: Content) -> str:
    """Write letters; those of a typeface without bold ones have a line around (9.3.6)."""
    font = embeddable(label.bold, label.family)
    is_thickened = label.bold and not has_bold(label.family)
    outline = f"{rgb(label.color)} RG {layout_rules.BOLD_OUTLINE:g} w [] 0 d 2 Tr" if is_thickened else "0 Tr"
    a, b, c, d, e, f = label.matrix
    slant = layout_rules.SLANT if label.italic else 0.0
    place = _numbers((a, b, c + slant * a, d + slant * b, e, f))
    return f"BT {rgb(label.color)} rg {outline} /{font} 1 Tf {place} Tm {content.shown(label.text, font)} ET"


def _bitmap(bitmap: Bitmap, embed: Callable[[bytes, Crop], str]) -> str:
    return f"q {_numbers(bitmap.matrix)} cm /{embed(bitmap.data, bitmap.crop)} Do Q"


def _numbers(matrix: Matrix) -> str:
    return " ".join(f"{value:.5f}" for value in matrix)
