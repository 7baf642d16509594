"""The device that the records of a metafile draw on: its state, its objects, the open path, and the marks it made."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from pipeline.documents.metafiles.labels import Written, written
from pipeline.documents.metafiles.marks import Area, Beyond, Bitmap, Clip, Crop, Drawing, Mark, Matrix, Shape, Stroke
from pipeline.documents.metafiles.space import Box, after, moved, polyline, rectangle, scale
from pipeline.documents.metafiles.state import State
from pipeline.documents.metafiles.tools import STOCK, Brush, Font, Pen, Tool, colour
from pipeline.documents.paths import Path, Point, Segment, mapped

_MOST_SEGMENTS = 400_000
_MOST_SAVED = 1_000
_MOST_FACTOR = 1e9
_MOST_AREAS = 32
_LEAST_LINE = 0.25
"""The thickness (pt) of the thinnest line."""
_BLACK, _NOTHING, _COPY, _WHITE = 1, 11, 13, 16
_RASTERS = {_BLACK: "000000", _WHITE: "FFFFFF"}
"""Ways to mix colours ([MS-WMF] 2.1.1.2) that do not look at what is there."""
_STOCK = 0x8000_0000
_BEYOND_ROP = "図（メタファイル）の中の、下の色と混ざる線や塗りつぶし"


class Device:
    """A device with a picture of a size (pt): ``frame`` brings its pixels there, ``per_millimetre`` says how many."""

    def __init__(self, size: Point, frame: Matrix, per_millimetre: Point = (1.0, 1.0)) -> None:
        """Begin a picture without marks."""
        self._state = State()
        self.tools: dict[int, Tool | None] = {}
        self._size, self._frame, self._per_millimetre = size, frame, per_millimetre
        self._saved: list[State] = []
        self._marks: list[Mark] = []
        self._typefaces: set[tuple[str, str]] = set()
        self._segments = 0
        self._path: list[Segment] = []
        self._is_open = False
        self._matrix: Matrix | None = None

    def drawing(self) -> Drawing:
        """Return what was drawn."""
        return Drawing(*self._size, tuple(self._marks), tuple(sorted(self._typefaces)))

    # -- the state

    @property
    def state(self) -> State:
        """What holds now."""
        return self._state

    @state.setter
    def state(self, state: State) -> None:
        self._state, self._matrix = state, None

    def save(self) -> None:
        """Keep the state."""
        if len(self._saved) >= _MOST_SAVED:
            raise Beyond("壊れた図（メタファイル）")
        self._saved.append(self.state)

    def restore(self, which: int) -> None:
        """Return to a state that was kept: by its number, or below 0 by how many ago."""
        at = which if which < 0 else which - 1 - len(self._saved)
        if -len(self._saved) <= at < 0:
            self.state = self._saved[at]
            del self._saved[at:]

    def select(self, number: int) -> None:
        """Take an object to draw with."""
        tool = STOCK.get(number - _STOCK) if number >= _STOCK else self.tools.get(number)
        if isinstance(tool, Pen):
            self.state = replace(self.state, pen=tool)
        elif isinstance(tool, Brush):
            self.state = replace(self.state, brush=tool)
        elif isinstance(tool, Font):
            self.state = replace(self.state, font=tool)

    @property
    def matrix(self) -> Matrix:
        """How places become places on the picture."""
        if self._matrix is None:
            self._matrix = after(self.state.to_device(self._per_millimetre), self._frame)
            if not all(abs(part) < _MOST_FACTOR for part in self._matrix):  # also what is no number
                raise Beyond("壊れた図（メタファイル）")
        return self._matrix

    def _placed(self, path: Iterable[Segment]) -> Path:
        matrix = self.matrix
        placed = mapped(path, lambda point: moved(matrix, point))
        self._segments += len(placed)
        if self._segments > _MOST_SEGMENTS:
            raise Beyond("大きすぎる図（メタファイル）")
        return placed

    # -- paths

    def begin_path(self) -> None:
        """Begin to gather a path instead of drawing."""
        self._path, self._is_open = [], True

    def end_path(self) -> None:
        """Draw again; what was gathered waits for what is done with it."""
        self._is_open = False

    def abort_path(self) -> None:
        """Forget the path."""
        self._path, self._is_open = [], False

    def close_figure(self) -> None:
        """Close the open path's last figure."""
        if self._path and self._path[-1][0] != "h":
            self._path.append(("h", ()))

    def move(self, point: Point) -> None:
        """Go to a place without drawing."""
        self.state = replace(self.state, position=point)
        if self._is_open:
            self._path += self._placed([("m", point)])

    def go_on(self, steps: Sequence[Segment]) -> None:
        """Draw lines and curves from the position on."""
        if not steps:
            return
        start: Segment = ("m", self.state.position)
        x, y = steps[-1][1][-2:]
        self.state = replace(self.state, position=(x, y))
        if self._is_open:
            is_apart = not self._path or self._path[-1][0] == "h"
            self._path += self._placed([start, *steps] if is_apart else steps)
        else:
            self._paint(self._placed([start, *steps]), fills=False, strokes=True)

    def draw(self, path: Path, *, fills: bool = True, strokes: bool = True) -> None:
        """Draw a path, or add it to the open one."""
        if self._is_open:
            self._path += self._placed(path)
        else:
            self._paint(self._placed(path), fills=fills, strokes=strokes)

    def paint_path(self, *, fills: bool, strokes: bool) -> None:
        """Draw the path that was gathered."""
        path = tuple(self._path)
        self.abort_path()
        self._paint(path, fills=fills, strokes=strokes)

    def fill(self, path: Path, color: str) -> None:
        """Fill a path with a colour of its own."""
        self._add(Shape(Area(self._placed(path)), color, None, self.state.clip))

    def _paint(self, path: Path, *, fills: bool, strokes: bool) -> None:
        state = self.state
        fill = self._mixed(self._seen(state.brush)) if fills else None
        color = self._mixed(self._seen(state.pen)) if strokes else None
        if path and (fill or color):
            stroke = self._stroke(color) if color else None
            self._add(Shape(Area(path, state.alternates), fill, stroke, state.clip))

    def _seen(self, tool: Pen | Brush) -> str | None:
        if tool.beyond:
            raise Beyond(tool.beyond)
        return tool.color

    def _mixed(self, color: str | None) -> str | None:
        """Return the colour that is seen of one that is drawn."""
        raster = self.state.raster
        if color is None or raster in (_COPY, _NOTHING):
            return None if raster == _NOTHING else color
        if raster not in _RASTERS:
            raise Beyond(_BEYOND_ROP)
        return _RASTERS[raster]

    def _stroke(self, color: str) -> Stroke:
        pen = self.state.pen
        thickness = max(pen.width * scale(self.matrix), scale(self._frame), _LEAST_LINE)
        dashes = tuple(length * thickness for length in pen.dashes)
        return Stroke(color, thickness, dashes, pen.cap, pen.join, self.state.miter)

    def _add(self, mark: Mark) -> None:
        self._marks.append(mark)
        if len(self._marks) > _MOST_SEGMENTS:
            raise Beyond("大きすぎる図（メタファイル）")

    # -- what is seen

    def clip(self, path: Path, *, anew: bool = False) -> None:
        """Let what follows be seen within a path alone; ``anew`` forgets those before."""
        self._clip(self._placed(path), anew=anew)

    def clip_to_path(self, *, anew: bool) -> None:
        """Let what follows be seen within the path that was gathered."""
        path = tuple(self._path)
        self.abort_path()
        self._clip(path, anew=anew)

    def clip_devices(self, boxes: Sequence[Box], *, anew: bool) -> None:
        """Let what follows be seen within boxes of pixels alone."""
        path = tuple(step for box in boxes for step in rectangle(*box))
        inside, self._matrix = self._matrix, self._frame
        self._clip(self._placed(path), anew=anew)
        self._matrix = inside

    def clip_nothing(self) -> None:
        """Let all be seen that follows."""
        self.state = replace(self.state, clip=())

    def _clip(self, path: Path, *, anew: bool) -> None:
        area = Area(path, self.state.alternates)
        before: Clip = () if anew else self.state.clip
        if area not in before:
            before = (*before, area)
        if len(before) > _MOST_AREAS:
            raise Beyond("大きすぎる図（メタファイル）")
        self.state = replace(self.state, clip=before)

    # -- text and bitmaps

    def write(self, text: Written) -> None:
        """Write a text."""
        if self._is_open:
            raise Beyond("図（メタファイル）の中の、文字の形の線や塗りつぶし")
        state = self.state
        outer = state.clip
        if text.is_clipped:
            self.clip(rectangle(*text.box))
        if text.is_filled:
            self.fill(rectangle(*text.box), state.background)
        done = written(text, self.state, self.matrix)
        for mark in done.marks:
            self._add(mark)
        self._typefaces.update(done.typefaces)
        self.state = replace(self.state, clip=outer, position=done.position)

    def show(self, data: bytes, crop: Crop, box: Box) -> None:
        """Draw a picture file into a box given by its left, top, width and height."""
        x, y, width, height = box
        matrix = after((width, 0.0, 0.0, -height, x, y + height), self.matrix)
        self._add(Bitmap(data, crop, matrix, self.state.clip))

    def fill_box(self, box: Box, color: str | None = None) -> None:
        """Fill a box given by its left, top, width and height: with a colour, or with the brush."""
        x, y, width, height = box
        path = polyline([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], closed=True)
        found = color or self._seen(self.state.brush)
        if found is not None:
            self.fill(path, found)


Act: TypeAlias = Callable[[Device, bytes], None]
"""What a record does to a device, by what is in it after its kind and size."""


def sets(name: str, read: Callable[[bytes], object]) -> Act:
    """Return what a record does that sets a part of the state; ``read`` finds its value."""

    def act(device: Device, body: bytes) -> None:
        device.state = device.state.having(name, read(body))

    return act


def colour_of(body: bytes) -> str:
    """Return the colour with which a record begins."""
    return colour(struct.unpack_from("<I", body)[0])
