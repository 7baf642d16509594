"""The content stream of a page (ISO 32000-1, 7.8.2), operator by operator.

Lengths are points; places are given from the top left corner of the page, y down, and written from its lower left one.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from pipeline.documents.docx.placement import Cap, Join, Turn
from pipeline.documents.paths import Point, Segment
from pipeline.documents.pdf import layout_rules
from pipeline.documents.pdf.boxes import PathBox, Turned
from pipeline.documents.pdf.embedding import encode

_JOINS: Mapping[Join, str] = {"miter": "0", "round": "1", "bevel": "2"}
_CAPS: Mapping[Cap, str] = {"flat": "0", "rnd": "1", "sq": "2"}
"""How PDF numbers the joins and ends of lines (8.4.3)."""
Place = tuple[float, float, float, float]


class Look(Struct, frozen=True):
    """How characters look: font by its name, size, colour, the space after each, how wide beside their own width.

    They may be ``turned``, with the places that are given for them.
    """

    font: str
    size: float
    color: str
    spacing: float
    stretch: float
    is_slanted: bool
    is_thickened: bool
    turned: Turned | None = None


class Content:
    """A content stream; font, colours and line width are set only where they change."""

    def __init__(self, height: float) -> None:
        """Begin the content of a page of a height."""
        self._height = height
        self._operators: list[str] = []
        self._state: dict[str, str] = {
            "rg": rgb("000000"),
            "RG": rgb("000000"),
            "w": "1.000",
            "Tc": "0.000",
            "Tr": "0",
            "d": "[] 0",
            "j": "0",
            "J": "0",
        }
        self._saved: list[dict[str, str]] = []
        self.characters: dict[str, set[str]] = {}

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was drawn."""
        return not self._operators

    def packed(self) -> bytes:
        """Return the stream, compressed."""
        return zlib.compress("\n".join(self._operators).encode("ascii"))

    def apart(self) -> bytes:
        """Return the stream, compressed, to be drawn before another one, on which it has no influence."""
        return zlib.compress("\n".join(["q", *self._operators, "Q"]).encode("ascii"))

    def add(self, operator: str) -> None:
        """Add an operator as it is."""
        self._operators.append(operator)

    def _set(self, operator: str, operand: str) -> None:
        """Set a parameter of the graphics state, unless it has that value."""
        if self._state.get(operator) != operand:
            self._state[operator] = operand
            self._operators.append(f"{operand} {operator}")

    def text(self, x: float, baseline: float, text: str, look: Look, *, on_side: bool = False) -> None:
        """Write characters within a text object; those of a font without bold letters are drawn with lines around.

        Letters ``on_side`` are turned to the right, and follow each other downwards.
        """
        self._set("Tf", f"/{look.font} {look.size:g}")
        self._set("rg", rgb(look.color))
        self._set("Tc", f"{look.spacing / look.stretch:.3f}")
        self._set("Tr", "2" if look.is_thickened else "0")
        if look.is_thickened:
            self._set("RG", rgb(look.color))
            self._set("w", f"{look.size * layout_rules.BOLD_OUTLINE:.3f}")
        slant = layout_rules.SLANT if look.is_slanted else 0
        turn = f"0 -{look.stretch:g} 1 {-slant:g}" if on_side else f"{look.stretch:g} 0 {slant} 1"
        if look.turned is not None:
            x, baseline = look.turned.turn.of((x, baseline), look.turned.middle)
            turn = _matrix(look.stretch, slant, look.turned.turn.angle + 90 * on_side)
        place = f"{turn} {x:.3f} {self._height - baseline:.3f} Tm"
        self._operators.append(f"{place} {self.shown(text, look.font)}")

    def shown(self, text: str, font: str) -> str:
        """Return the operator that writes characters of a font, which the PDF will have to hold."""
        self.characters.setdefault(font, set()).update(text)
        return f"<{encode(text, font)}> Tj"

    def fill(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Fill a rectangle."""
        self._set("rg", rgb(color))
        self._operators.append(f"{x:.3f} {self._height - y - height:.3f} {width:.3f} {height:.3f} re f")

    def rule(self, ends: Place, thickness: float, color: str, dashes: tuple[float, ...] = ()) -> None:
        """Draw a straight line, of strokes and gaps of the given lengths, or in one stroke."""
        x1, y1, x2, y2 = ends
        self._set("d", f"[{' '.join(f'{length:.3f}' for length in dashes)}] 0")
        self._set("RG", rgb(color))
        self._set("w", f"{thickness:.3f}")
        self._set("J", "0")
        height = self._height
        self._operators.append(f"{x1:.3f} {height - y1:.3f} m {x2:.3f} {height - y2:.3f} l S")

    def path(self, box: PathBox) -> None:
        """Draw a path, filled and with a line around."""
        if box.fill is not None:
            self._set("rg", rgb(box.fill))
        if box.stroke is not None:
            self._set("d", f"[{' '.join(f'{length:.3f}' for length in box.dashes)}] 0")
            self._set("RG", rgb(box.stroke))
            self._set("w", f"{box.thickness:.3f}")
            self._set("j", _JOINS[box.join])
            self._set("J", _CAPS[box.cap])
        self._add_path(box.path)
        painting = ("f" if box.stroke is None else "B") if box.fill is not None else "S"
        self._operators.append(painting)

    def _add_path(self, path: Sequence[Segment]) -> None:
        for operator, values in path:
            numbers = (self._height - value if at % 2 else value for at, value in enumerate(values))
            self._operators.append(" ".join([*(f"{number:.3f}" for number in numbers), operator]))

    def open_clip(self, path: Sequence[Segment]) -> None:
        """Begin what is seen within a path alone."""
        self._open()
        self._add_path(path)
        self._operators.append("W n")

    def open_clipped(self, x: float, y: float, width: float, height: float) -> None:
        """Begin what is seen within a rectangle alone."""
        self._open()
        self._operators.append(f"{x:.3f} {self._height - y - height:.3f} {width:.3f} {height:.3f} re W n")

    def open_turned(self, turn: Turn, middle: Point) -> None:
        """Begin what is mirrored and turned about a point."""
        self._open()
        x, y = middle[0], self._height - middle[1]
        cos, sin = math.cos(math.radians(turn.angle)), -math.sin(math.radians(turn.angle))
        across, up = -1 if turn.across else 1, -1 if turn.down else 1
        a, b, c, d = across * cos, across * sin, -up * sin, up * cos
        self._operators.append(f"{a:.6f} {b:.6f} {c:.6f} {d:.6f} {x - a * x - c * y:.3f} {y - b * x - d * y:.3f} cm")

    def _open(self) -> None:
        self._saved.append(dict(self._state))
        self._operators.append("q")

    def close(self) -> None:
        """End what was begun last; what it set is as before."""
        self._state = self._saved.pop()
        self._operators.append("Q")

    def add_scaled(self, operators: str, scale: tuple[float, float], x: float, y: float) -> None:
        """Draw operators on a scale of their own, with (x, y) as origin; they leave nothing behind."""
        across, up = scale
        self._set("Tc", "0.000")
        self._set("Tr", "0")
        self._set("d", "[] 0")
        self._operators.append(f"q {across:.6f} 0 0 {up:.6f} {x:.3f} {self._height - y:.3f} cm\n{operators}\nQ")


def _matrix(stretch: float, slant: float, angle: float) -> str:
    """Return how letters are turned by an angle (degrees) with the clock."""
    cos, sin = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
    return " ".join(f"{part:.6f}" for part in (stretch * cos, stretch * sin, slant * cos - sin, slant * sin + cos))


@cache
def rgb(color: str) -> str:
    """Write a colour of six hex digits as parts of red, green and blue."""
    return " ".join(f"{value / 255:.4g}" for value in bytes.fromhex(color))
