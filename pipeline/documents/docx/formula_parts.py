"""The parts of formulas (22.1): each has rows of parts in it.

Every part has its ``text``, all characters in the order in which they are drawn, and its ``alt``, the same on one line
as it is read aloud (Unicode Technical Note 28). Section numbers in docstrings are those of ISO/IEC 29500-1 (ECMA-376
Part 1).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.formula import alt_of, text_of

FractionKind: TypeAlias = Literal["bar", "noBar", "skw", "lin"]
ColumnAlignment: TypeAlias = Literal["left", "center", "right"]
_BARS = {frozenset({"top"}): "¯", frozenset({"bottom"}): "▁"}


class Letters(Struct, frozen=True):
    """Characters (22.1.2.87). Those of a ``word`` are set as text is, all others as mathematics sets them."""

    text: str
    format: RunFormat
    is_italic: bool = False
    is_word: bool = False

    @property
    def alt(self) -> str:
        """The same characters."""
        return self.text


class Fraction(Struct, frozen=True):
    """One row over another (22.1.2.36): with a bar or without, behind a slash, or on one line with it."""

    over: Row
    under: Row
    kind: FractionKind
    format: RunFormat

    @property
    def text(self) -> str:
        """A bar is no character."""
        return text_of(self.over) + ("" if self.kind in ("bar", "noBar") else "/") + text_of(self.under)

    @property
    def alt(self) -> str:
        """Both rows with a slash between them."""
        return f"{_operand(self.over)}/{_operand(self.under)}"


class Scripts(Struct, frozen=True):
    """What is raised and lowered beside a base (22.1.2.101, 103, 105), before it where it ``leads`` (22.1.2.99)."""

    base: Row
    above: Row = ()
    below: Row = ()
    leads: bool = False

    @property
    def text(self) -> str:
        """What is raised comes before what is lowered."""
        base, scripts = text_of(self.base), text_of(self.above) + text_of(self.below)
        return scripts + base if self.leads else base + scripts

    @property
    def alt(self) -> str:
        """What is lowered with ``_``, what is raised with ``^``."""
        scripts = _scripts(self.above, self.below)
        return scripts + _operand(self.base) if self.leads else _operand(self.base) + scripts


class Root(Struct, frozen=True):
    """A root (22.1.2.88)."""

    base: Row
    degree: Row
    format: RunFormat

    @property
    def text(self) -> str:
        """The degree stands over the beginning of the sign."""
        return f"{text_of(self.degree)}√{text_of(self.base)}"

    @property
    def alt(self) -> str:
        """The degree before the sign."""
        return f"{alt_of(self.degree)}√{_operand(self.base)}"


class Operator(Struct, frozen=True):
    """A large sign with its limits (22.1.2.70), which stand at its side where they are ``beside`` it."""

    sign: str
    base: Row
    above: Row
    below: Row
    beside: bool
    format: RunFormat

    @property
    def text(self) -> str:
        """The sign, its limits, and what it is of."""
        return self.sign + text_of(self.above) + text_of(self.below) + text_of(self.base)

    @property
    def alt(self) -> str:
        """The limits as scripts."""
        return f"{self.sign}{_scripts(self.above, self.below)} {alt_of(self.base)}"


class Fence(Struct, frozen=True):
    """Rows in brackets (22.1.2.24), which grow with them unless they keep their size."""

    opening: str
    closing: str
    separator: str
    rows: tuple[Row, ...]
    grows: bool
    format: RunFormat

    @property
    def text(self) -> str:
        """With all brackets and separators."""
        return self.opening + self.separator.join(map(text_of, self.rows)) + self.closing

    @property
    def alt(self) -> str:
        """With all brackets and separators."""
        return self.opening + self.separator.join(map(alt_of, self.rows)) + self.closing


class Limit(Struct, frozen=True):
    """A base with something small over or under it (22.1.2.54, 56)."""

    base: Row
    limit: Row
    is_above: bool

    @property
    def text(self) -> str:
        """The base first."""
        return text_of(self.base) + text_of(self.limit)

    @property
    def alt(self) -> str:
        """The limit as a script."""
        return _operand(self.base) + (_scripts(self.limit, ()) if self.is_above else _scripts((), self.limit))


class Accent(Struct, frozen=True):
    """A base with a sign over or under it (22.1.2.1, 22.1.2.41), as wide as the base where it ``stretches``."""

    base: Row
    sign: str
    is_above: bool
    stretches: bool
    format: RunFormat

    @property
    def text(self) -> str:
        """The base first."""
        return text_of(self.base) + self.sign

    @property
    def alt(self) -> str:
        """The base first."""
        return _operand(self.base) + self.sign


class Bar(Struct, frozen=True):
    """A base with lines at some of its sides (22.1.2.7, 22.1.2.11)."""

    base: Row
    sides: frozenset[str]
    format: RunFormat

    @property
    def text(self) -> str:
        """Lines are no characters."""
        return text_of(self.base)

    @property
    def alt(self) -> str:
        """The lines before the base."""
        return _BARS.get(self.sides, "▭") + _operand(self.base)


class Function(Struct, frozen=True):
    """A name with what it is of (22.1.2.39)."""

    name: Row
    base: Row

    @property
    def text(self) -> str:
        """The name and what it is of."""
        return text_of(self.name) + text_of(self.base)

    @property
    def alt(self) -> str:
        """The name and what it is of."""
        return f"{alt_of(self.name)} {_operand(self.base)}"


class Grid(Struct, frozen=True):
    """Rows of cells (22.1.2.60), or of equations that keep to common points (22.1.2.34).

    ``alignments`` are those of the columns; columns of equations ``touch``.
    """

    rows: tuple[tuple[Row, ...], ...]
    alignments: tuple[ColumnAlignment, ...]
    touch: bool

    @property
    def text(self) -> str:
        """Row by row."""
        return "".join(text_of(cell) for row in self.rows for cell in row)

    @property
    def alt(self) -> str:
        """Row by row."""
        return "; ".join(("" if self.touch else ", ").join(map(alt_of, row)) for row in self.rows)


Part: TypeAlias = Letters | Fraction | Scripts | Root | Operator | Fence | Limit | Accent | Bar | Function | Grid
Row: TypeAlias = tuple[Part, ...]


def _scripts(above: Row, below: Row) -> str:
    return (f"_{_operand(below)}" if below else "") + (f"^{_operand(above)}" if above else "")


def _operand(row: Row) -> str:
    """Return a row with brackets around, where it would be read otherwise without them."""
    text, is_fence = alt_of(row), len(row) == 1 and isinstance(row[0], Fence)
    return text if is_fence or len(text) < 2 or text.isalnum() else f"({text})"
