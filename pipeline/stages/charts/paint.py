"""From a picture to PNG bytes: matplotlib's Agg renderer draws, a fixed palette makes the file small.

No pyplot, no settings and no font search: shapes and glyphs go to the renderer as paths, so the bytes depend on the
picture and the font files alone.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from matplotlib.backends import _backend_agg
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from numpy.typing import NDArray
from PIL import Image

from pipeline.documents.fonts import DRAWN_AS, FILES, face
from pipeline.stages.charts.colours import BAND, EVALUATED, PAST, TOKENS, WHITE, Palette, rgb
from pipeline.stages.charts.marks import Fill, Mark, Stroke, corners, marks
from pipeline.stages.charts.shapes import Label, Picture, Point

DPI = 300
_EM = 100.0
_COMPRESSION = 3
"""A fifth larger than by default, in a third of the time."""


def pixels(length: float) -> int:
    """Return the whole pixels of a length in pt."""
    return round(length / 72 * DPI)


def paint(picture: Picture, own: Palette | None = None) -> bytes:
    """Return a picture as a palette PNG of 300 dpi without metadata but its resolution; ``own`` are its colours."""
    canvas = _Canvas(picture)
    for mark in marks(picture):
        canvas.draw(mark)
    tokens, grounds = (tuple((own or {}).get(c, c) for c in colours) for colours in (TOKENS, _GROUNDS))
    return _png(canvas.image, tokens, grounds)


class _Canvas:
    """A picture's pixels under work."""

    def __init__(self, picture: Picture) -> None:
        agg: Any = _backend_agg  # matplotlib leaves it untyped
        self._renderer = agg.RendererAgg(pixels(picture.width), pixels(picture.height), DPI)
        self.image: NDArray[np.uint8] = np.asarray(self._renderer)
        self.image[:] = 255

    def draw(self, mark: Mark) -> None:
        match mark:
            case Fill():
                self._fill(_path((corners(mark.area),), closed=True), mark.colour)
            case Stroke():
                pen = _Pen(_unit(mark.colour), mark.width, mark.dashes)
                self._renderer.draw_path(pen, _path(mark.lines, closed=mark.closed), _SCALE)
            case Label():
                self._write(mark)

    def _write(self, label: Label) -> None:
        letters = _text(label.text, label.bold)
        scale = np.array((label.size * label.stretch, label.size)) / _EM
        placed = letters.vertices * scale + np.array((label.x, label.y))
        self._fill(_Path(placed, letters.codes), label.colour)

    def _fill(self, path: _Path, colour: str) -> None:
        self._renderer.draw_path(_NO_PEN, path, _SCALE, _unit(colour))


_Colour: TypeAlias = tuple[float, float, float, float]
_BLACK: _Colour = (0.0, 0.0, 0.0, 1.0)


class _Pen:
    """A line's colour, width (pt) and dashes, its ends flat and its corners sharp, under the names that Agg asks for.

    They are those of ``GraphicsContextBase``, with which all that matplotlib draws would be loaded, its texts and axes.
    """

    _alpha, _forced_alpha, _antialiased = 1.0, False, True
    _capstyle, _joinstyle, _cliprect = "butt", "miter", None

    def __init__(self, colour: _Colour, width: float, dashes: tuple[float, ...]) -> None:
        self._rgb, self._linewidth, self._dashes = colour, width, dashes

    def get_dashes(self) -> tuple[float, tuple[float, ...] | None]:
        return 0.0, self._dashes or None

    def get_clip_path(self) -> tuple[None, None]:
        return None, None

    def get_snap(self) -> None:
        """Let it put level lines on whole pixels."""

    def get_hatch_path(self) -> None:
        """Ours are lines of their own."""

    get_sketch_params = get_hatch_path

    def get_hatch_color(self) -> _Colour:
        return _BLACK

    def get_hatch_linewidth(self) -> float:
        return 0.0


class _Path(NamedTuple):
    """Points, and what leads to each, under the names that Agg asks for; ``matplotlib.path.Path`` looks into settings
    for whether to leave points out.
    """

    vertices: NDArray[np.float64]
    codes: NDArray[np.uint8]
    should_simplify: bool = False
    simplify_threshold: float = 0.0


_NO_PEN = _Pen(_BLACK, 0.0, ())
_SCALE = np.diag((DPI / 72, DPI / 72, 1.0))
"""From pt to pixels."""


@cache
def _unit(colour: str) -> _Colour:
    red, green, blue = rgb(colour)
    return red / 255, green / 255, blue / 255, 1.0


def _path(lines: tuple[tuple[Point, ...], ...], *, closed: bool) -> _Path:
    points = [point for line in lines for point in ((*line, line[0]) if closed else line)]
    codes = [code for line in lines for code in _codes(len(line), closed=closed)]
    return _Path(np.array(points), np.array(codes, np.uint8))


@cache
def _codes(points: int, *, closed: bool) -> tuple[np.uint8, ...]:
    return Path.MOVETO, *[Path.LINETO] * (points - 1), *[Path.CLOSEPOLY] * closed


@lru_cache(maxsize=256)  # years and legends are the same in all charts
def _text(text: str, bold: bool) -> _Path:
    """Return a text's outline at 100 units an em, by the font's own advances."""
    x, parts = 0.0, [_Path(np.empty((0, 2)), np.empty(0, np.uint8))]
    for character in text:
        glyph = _glyph(character, bold)
        parts.append(_Path(glyph.vertices + np.array((x, 0)), glyph.codes))
        x += face(bold).advances.get(ord(character), 1.0) * _EM
    return _Path(np.concatenate([part.vertices for part in parts]), np.concatenate([part.codes for part in parts]))


@cache
def _font(bold: bool) -> FT2Font:
    # From memory: an open file would be one for this process and its workers, each moving where the other reads.
    font = FT2Font(io.BytesIO(FILES[bold].read_bytes()))
    font.set_size(_EM, 72)
    return font


@cache
def _glyph(character: str, bold: bool) -> _Path:
    font = _font(bold)
    code = ord(DRAWN_AS.get(character, character))
    font.load_glyph(font.get_char_index(code), flags=LoadFlags.NO_HINTING)  # 0 where the font lacks it
    vertices, codes = font.get_path()
    return _Path(vertices, codes.astype(np.uint8))


_GROUNDS = (WHITE, BAND, EVALUATED, PAST)
"""What letters and lines may stand on."""
_Colours: TypeAlias = tuple[str, ...]


def _png(image: NDArray[np.uint8], tokens: _Colours, grounds: _Colours) -> bytes:
    indexed = Image.fromarray(_indexed(image, _lookup(tokens, grounds)))
    indexed.putpalette(_palette(tokens, grounds).astype(np.uint8).tobytes())
    data = io.BytesIO()
    indexed.save(data, "PNG", dpi=(DPI, DPI), compress_level=_COMPRESSION)
    return data.getvalue()


def _indexed(image: NDArray[np.uint8], lookup: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the number of every pixel's colour, looked up once for pixels of one colour side by side: most are."""
    pixels = image.view("<u4").ravel()
    starts = np.flatnonzero(np.append(True, pixels[1:] != pixels[:-1]))
    red, green, blue = ((pixels[starts] >> shift) & 31 for shift in (3, 11, 19))
    colours = lookup[(red << 10) | (green << 5) | blue]
    return np.repeat(colours, np.diff(starts, append=len(pixels))).reshape(image.shape[:2])


@cache
def _palette(tokens: _Colours, grounds: _Colours) -> NDArray[np.int32]:
    """Return the pure colours, then steps between those that meet at an edge, which smooth letters and lines."""
    pure, under = [rgb(colour) for colour in tokens], {rgb(colour) for colour in grounds}
    pairs = [pair for pair in combinations(pure, 2) if under & set(pair)]
    steps = [_between(one, two, n) for one, two in pairs for n in range(1, 8)]
    return np.array(list(dict.fromkeys((*pure, *steps)))[:256], np.int32)


def _between(one: tuple[int, int, int], two: tuple[int, int, int], eighths: int) -> tuple[int, int, int]:
    mixed = [(a * (8 - eighths) + b * eighths) // 8 for a, b in zip(one, two, strict=True)]
    return mixed[0], mixed[1], mixed[2]


@cache
def _lookup(tokens: _Colours, grounds: _Colours) -> NDArray[np.uint8]:
    """Return the palette's nearest colour for every colour of five bits a channel; pure colours are kept exactly."""
    levels = np.arange(32, dtype=np.int32) * 8 + 4
    cells = np.zeros((32, 32, 32), np.uint8)
    least = np.full(cells.shape, 1 << 20, np.int32)
    for n, colour in enumerate(_palette(tokens, grounds)):
        red, green, blue = ((levels - channel) ** 2 for channel in colour)
        distance = red[:, None, None] + green[:, None] + blue
        cells[distance < least] = n
        np.minimum(least, distance, out=least)
    nearest = cells.reshape(-1)
    for n, colour in enumerate(tokens):
        red, green, blue = (level >> 3 for level in rgb(colour))
        nearest[(red << 10) | (green << 5) | blue] = n
    return nearest
