"""What is seen of a drawing that is cut off at its sides: what lies beyond is not there at all."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.documents import paths
from pipeline.documents.fonts import face
from pipeline.documents.metafiles.marks import Area, Beyond, Bitmap, Clip, Crop, Drawing, Label, Mark, Matrix
from pipeline.documents.metafiles.space import Box, moved
from pipeline.documents.paths import Point

_ON_EDGE = 0.5
"""How far (pt) letters and bitmaps may reach over an edge."""


def cropped(drawing: Drawing, crop: Crop) -> Drawing:
    """Return what is seen of a drawing; raises Beyond where an edge goes through letters or a bitmap."""
    left, top, right, bottom = crop
    width, height = drawing.width * (1 - left - right), drawing.height * (1 - top - bottom)
    x, y = -left * drawing.width, -top * drawing.height
    placed = (_moved(mark, x, y) for mark in drawing.marks)
    seen = tuple(mark for mark in placed if _is_seen(mark, (0.0, 0.0, width, height)))
    return replace(drawing, width=width, height=height, marks=seen)


def _is_seen(mark: Mark, paper: Box) -> bool:
    corners = [*_corners(mark)]
    if not corners:
        return False
    xs, ys = zip(*corners, strict=True)
    if max(xs) <= paper[0] or max(ys) <= paper[1] or min(xs) >= paper[2] or min(ys) >= paper[3]:
        return False
    over = max(paper[0] - min(xs), paper[1] - min(ys), max(xs) - paper[2], max(ys) - paper[3])
    if isinstance(mark, (Label, Bitmap)) and over > _ON_EDGE:
        raise Beyond("図（メタファイル）の文字や画像にかかるトリミング")
    return True


def _corners(mark: Mark) -> Iterator[Point]:
    """Yield points that a mark lies between."""
    if isinstance(mark, Label):
        drawn = face(mark.bold, mark.family)
        sides = (0.0, drawn.width(mark.text)), (-drawn.descent, drawn.ascent)
    elif isinstance(mark, Bitmap):
        sides = (0.0, 1.0), (0.0, 1.0)
    else:
        yield from (point for _, values in mark.area.path for point in paths.points(values))
        return
    yield from (moved(mark.matrix, (x, y)) for x in sides[0] for y in sides[1])


def _moved(mark: Mark, x: float, y: float) -> Mark:
    clip: Clip = tuple(_moved_area(area, x, y) for area in mark.clip)
    if isinstance(mark, (Label, Bitmap)):
        return replace(mark, matrix=_moved_matrix(mark.matrix, x, y), clip=clip)
    return replace(mark, area=_moved_area(mark.area, x, y), clip=clip)


def _moved_matrix(matrix: Matrix, x: float, y: float) -> Matrix:
    a, b, c, d, e, f = matrix
    return a, b, c, d, e + x, f + y


def _moved_area(area: Area, x: float, y: float) -> Area:
    return replace(area, path=paths.moved(area.path, x, y))
