"""What charts are drawn with: lines of text and paths, as members of a group. Lengths in points, y down."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.documents.docx.charts.model import Lettering
from pipeline.documents.docx.formats import Alignment, LineSpacing, Margins, ParagraphFormat, RunFormat
from pipeline.documents.docx.geometry import Geometry, Path, Step
from pipeline.documents.docx.placement import PLAIN, UPRIGHT, Line, Outline, Turn
from pipeline.documents.docx.tree import Member, Paragraph, Shape, Text, VerticalAlignment
from pipeline.documents.paths import Point
from pipeline.documents.units import about_ems

_LEADING = 1.25
_SPARE = 1.0
"""More (em) than a text can be wider than it was taken for."""
_BARE = Margins(0.0, 0.0, 0.0, 0.0)


def width_of(text: str, size: float) -> float:
    """Return about how wide a line of text is, rather more."""
    return about_ems(text) * size


def height_of(text: str, size: float) -> float:
    """Return how high the lines of a text are."""
    return (text.count("\n") + 1) * size * _LEADING


class Paper:
    """Collects what is drawn in a room of a size, the lowest first."""

    def __init__(self, width: float, height: float, run: RunFormat) -> None:
        """Begin with nothing; letters have the typefaces of ``run``."""
        self.width, self.height = width, height
        self.members: list[Member] = []
        self._run = RunFormat(run.font, run.high_font, run.east_asian_font)

    def path(self, points: Sequence[Point], fill: str | None, line: Line | None, *, closed: bool = True) -> None:
        """Draw lines from point to point."""
        (first, *others) = points
        steps = [Step("M", _written(*first)), *(Step("L", _written(*point)) for point in others)]
        self.steps([*steps, *([Step("Z", ())] if closed else [])], fill, line)

    def rectangle(self, one: Point, other: Point, fill: str | None, line: Line | None = None) -> None:
        """Draw a rectangle between two corners."""
        (x1, y1), (x2, y2) = one, other
        self.path([(x1, y1), (x2, y1), (x2, y2), (x1, y2)], fill, line)

    def circle(self, middle: Point, radius: float, fill: str | None, line: Line | None) -> None:
        """Draw a circle."""
        x, y = middle
        whole = Step("A", (*_written(radius, radius), "0", "21600000"))
        self.steps([Step("M", _written(x + radius, y)), whole, Step("Z", ())], fill, line)

    def steps(self, steps: Sequence[Step], fill: str | None, line: Line | None) -> None:
        """Draw a path of any steps; without a fill it is a line."""
        if fill is None and line is None:
            return
        path = Path(tuple(steps), self.width, self.height, "norm" if fill else "none")
        outline = Outline(Geometry((), (path,)), fill, line)
        self.members.append(Member(Shape(self.width, self.height, outline, self._run), 0.0, 0.0))

    def text(
        self,
        text: str,
        at: Point,
        letters: Lettering,
        *,
        across: Alignment = "center",
        down: VerticalAlignment = "center",
        turn: Turn = UPRIGHT,
        width: float = 0.0,
    ) -> None:
        """Write lines of text aligned at a point: about it, or beginning or ending there; it breaks in a ``width``."""
        if not text.strip():
            return
        lines = text.split("\n")
        room = width or max(width_of(line, letters.size) for line in lines) + _SPARE * letters.size
        height = sum(_rows(line, letters.size, room) for line in lines) * letters.size * _LEADING
        run = replace(self._run, size=letters.size, color=letters.color, bold=letters.bold)
        spacing = LineSpacing("exact", letters.size * _LEADING)
        form = ParagraphFormat(alignment=across, line=spacing, snap_to_grid=False)
        shape = Shape(
            width=room,
            height=height,
            outline=PLAIN,
            format=run,
            blocks=tuple(Paragraph("", form, run, (Text(line, run),)) for line in lines),
            insets=_BARE,
        )
        x, y = at
        if turn.is_steep:  # what is turned to the left begins below
            y += {"left": -room / 2, "right": room / 2}.get(across, 0.0)
            self.members.append(Member(shape, x - room / 2, y - height / 2, turn))
            return
        x -= {"left": 0.0, "right": room}.get(across, room / 2)
        y -= {"top": 0.0, "bottom": height}.get(down, height / 2)
        self.members.append(Member(shape, x, y, turn))


def rows_of(text: str, size: float, width: float) -> int:
    """Return how many rows a text takes in a width, rather more."""
    return sum(_rows(line, size, width) for line in text.split("\n"))


def _rows(line: str, size: float, width: float) -> int:
    return max(1, -int(-(width_of(line, size) + size * 0.01) // max(width, size)))


def _written(*values: float) -> tuple[str, ...]:
    return tuple(f"{value:.4f}" for value in values)


def sector(middle: Point, radii: Point, begin: float, sweep: float) -> tuple[Step, ...]:
    """Return a part of a pie, or of a ring: ``radii`` are the inner and the outer one, angles in degrees."""
    inner, outer = radii
    first, last, turn = begin * 60_000, (begin + sweep) * 60_000, sweep * 60_000
    start = () if inner else (Step("M", _written(*middle)),)
    opening = Step("L" if start else "M", _written(*on_circle(middle, outer, begin)))
    back = (
        (Step("L", _written(*on_circle(middle, inner, begin + sweep))), Step("A", _written(inner, inner, last, -turn)))
        if inner
        else ()
    )
    return (*start, opening, Step("A", _written(outer, outer, first, turn)), *back, Step("Z", ()))


def on_circle(middle: Point, radius: float, angle: float) -> Point:
    """Return the point of a circle at an angle (degrees), from the right with the clock."""
    return Turn(angle).of((middle[0] + radius, middle[1]), middle)
