"""Texts of a metafile ([MS-EMF] 2.2.5): where their letters stand, and which typeface draws them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from pipeline.documents.fonts import FALLBACK, OTHER_NAMES, described, face, family, lacking
from pipeline.documents.fonts.substitutes import Listed, pair
from pipeline.documents.metafiles.marks import Area, Beyond, Label, Mark, Matrix, Shape
from pipeline.documents.metafiles.space import moved, polyline
from pipeline.documents.metafiles.state import State
from pipeline.documents.metafiles.tools import Font
from pipeline.documents.paths import Point

_DEFAULT_SIZE = 12.0
_FIRST_ASIAN = "\u2e80"
_RIGHT, _CENTER, _BASELINE, _BOTTOM, _FOLLOWS = 2, 6, 24, 8, 1
_ACROSS, _DOWN = 6, 24
"""The bits of an alignment ([MS-WMF] 2.1.2.3) for either direction."""
_SYMBOLS = 2
_FIXED = 1
_CLASSES = {0x10: "roman", 0x20: "swiss"}
_RULES = {"underline": 0.08, "strike": -0.28}
_RULE = 0.05
"""Where lines at a text are, below its foot, and how thick (em)."""


class Written(Struct, frozen=True):
    """A text at a place, with how far it is from each letter to the next, if that is said.

    ``box`` (left, top, right, bottom) is what it may be clipped to, or filled before.
    """

    text: str
    place: Point
    advances: tuple[float, ...] = ()
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    is_clipped: bool = False
    is_filled: bool = False


class Done(Struct, frozen=True):
    """What a text is drawn by, the typefaces it names that are not at hand, and the place after it."""

    marks: tuple[Mark, ...]
    typefaces: tuple[tuple[str, str], ...]
    position: Point


def written(text: Written, state: State, matrix: Matrix) -> Done:
    """Return how a text is drawn; raises Beyond for characters that no typeface has."""
    if not text.text:
        return Done((), (), state.position)
    if state.font.charset == _SYMBOLS:
        raise Beyond("図（メタファイル）の中の、記号フォントの文字")
    line = _Line(text, state, matrix)
    return Done(tuple(line.marks()), tuple(line.substituted()), line.after)


class _Line:
    """A text being placed: its letters go on along ``_along``, and ``_down`` is from their heads to their feet."""

    def __init__(self, text: Written, state: State, matrix: Matrix) -> None:
        self._text, self._state, self._size = text.text, state, _size(state.font)
        self._families = _families(text.text, state.font)
        self._along, self._down = _directions(matrix, math.radians(state.font.escapement))
        self._ratio = _length(self._down) / (_length(self._along) or 1.0)
        self._natural = [
            face(state.font.bold, name).advances[ord(character)] * self._size
            for character, name in zip(text.text, self._families, strict=True)
        ]
        self._advances = text.advances or tuple(width * self._ratio for width in self._natural)
        follows = bool(state.align & _FOLLOWS)
        place = moved(matrix, state.position if follows else text.place)
        self._start = self._moved(place, -self._before(), self._foot())
        self.after = self._end(state) if follows else state.position

    def _end(self, state: State) -> Point:
        turned = math.cos(math.radians(state.font.escapement))
        return state.position[0] + turned * sum(self._advances), state.position[1]

    def _before(self) -> float:
        """Return how much of the line is before its place."""
        across = self._state.align & _ACROSS
        return sum(self._advances) * (0.5 if across == _CENTER else 1.0 if across == _RIGHT else 0.0)

    def _foot(self) -> float:
        """Return how far the foot of the letters is below the place."""
        drawn, down = face(family=self._families[0]), self._state.align & _DOWN
        if down == _BASELINE:
            return 0.0
        return self._size * (-drawn.descent if down == _BOTTOM else drawn.ascent)

    def _moved(self, point: Point, along: float, down: float) -> Point:
        (a, b), (c, d) = self._along, self._down
        return point[0] + along * a + down * c, point[1] + along * b + down * d

    def marks(self) -> Iterator[Mark]:
        if self._state.is_opaque:
            yield self._box(self._foot_box(), self._state.background)
        yield from self._labels()
        for rule, below in _RULES.items():
            if getattr(self._state.font, rule):
                yield self._box((below * self._size, (below + _RULE) * self._size), self._state.color)

    def _foot_box(self) -> tuple[float, float]:
        drawn = face(family=self._families[0])
        return -drawn.ascent * self._size, drawn.descent * self._size

    def _box(self, rows: tuple[float, float], color: str) -> Shape:
        """Return a bar along the whole text, between two distances below its foot."""
        (top, bottom), width = rows, sum(self._advances)
        corners = [(0.0, top), (width, top), (width, bottom), (0.0, bottom)]
        path = polyline((self._moved(self._start, *corner) for corner in corners), closed=True)
        return Shape(Area(path), color, None, self._state.clip)

    def _labels(self) -> Iterator[Label]:
        """Yield the letters: narrowed where they have less room than they need, each at its place where more."""
        room, need = sum(self._advances), sum(self._natural) * self._ratio
        narrowed = min(1.0, room / need) if need > 0 and room > 0 else 1.0
        is_loose = room > need * 1.001
        at = 0.0
        for start, end in _pieces(self._families, single=is_loose):
            if self._text[start:end].strip():
                yield self._label(start, end, self._moved(self._start, at, 0.0), narrowed)
            at += sum(self._advances[start:end]) if is_loose else sum(self._natural[start:end]) * self._ratio * narrowed

    def _label(self, start: int, end: int, place: Point, narrowed: float) -> Label:
        font, size = self._state.font, self._size
        wide = size * narrowed * self._ratio
        (a, b), (c, d) = self._along, self._down
        matrix = (a * wide, b * wide, -c * size, -d * size, *place)
        text, name = self._text[start:end], self._families[start]
        return Label(text, name, font.bold, font.italic, self._state.color, matrix, self._state.clip)

    def substituted(self) -> Iterator[tuple[str, str]]:
        named = self._state.font.name.lstrip("@")
        for name in dict.fromkeys(self._families):
            if name != FALLBACK and family(named) != name:
                yield named, OTHER_NAMES[name][0]


def rooms(text: str, units: Sequence[float], encoding: str, width: int) -> tuple[float, ...]:
    """Return the room of each character: that of all its units, which are so many bytes in an encoding."""
    found, at = [], 0
    for character in text if units else "":
        count = len(character.encode(encoding, "replace")) // width
        found.append(sum(units[at : at + count]))
        at += count
    return tuple(found)


def _directions(matrix: Matrix, turn: float) -> tuple[Point, Point]:
    """Return how a line goes on, and where its feet are, for letters turned by an angle; they are never mirrored."""
    a, b, c, d, _, _ = matrix
    cos, sin = math.cos(turn), math.sin(turn)
    flip = -1 if a * d - b * c < 0 else 1
    return (cos * a - flip * sin * c, cos * b - flip * sin * d), (sin * a + flip * cos * c, sin * b + flip * cos * d)


def _size(font: Font) -> float:
    """Return the size of a font; where the height of its line is given, that of its letters is taken to be the same."""
    return abs(font.height) or _DEFAULT_SIZE


def _length(vector: Point) -> float:
    return math.hypot(*vector)


def _families(text: str, font: Font) -> tuple[str, ...]:
    """Return which typeface draws each character."""
    pitch = font.pitch_and_family
    drawn = pair(font.name, Listed(_CLASSES.get(pitch & 0xF0, ""), pitch & 3 == _FIXED))
    own = lacking(text)
    missing = next((character for character in text if ord(character) not in face().advances), None)
    if missing is not None:
        raise Beyond(f"図（メタファイル）の中の、書体にない文字{described(missing)}")
    return tuple(FALLBACK if c in own else drawn.asian if c >= _FIRST_ASIAN else drawn.latin for c in text)


def _pieces(families: Sequence[str], *, single: bool) -> Iterator[tuple[int, int]]:
    """Yield where pieces of one typeface begin and end, or those of single letters."""
    at = 0
    for _, run in groupby(families):
        count = sum(1 for _ in run)
        yield from ((start, start + 1) for start in range(at, at + count)) if single else ((at, at + count),)
        at += count
