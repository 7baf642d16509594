"""How paragraphs, characters and what borders them look, all properties resolved. Lengths in points.

Section numbers in docstrings are those of ISO/IEC 29500-1 (ECMA-376 Part 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from pipeline.documents.docx.scripts import ASCII, ASIAN, LATIN

Alignment: TypeAlias = Literal["left", "center", "right", "both", "distribute"]
"""``distribute`` fills the last line too (17.18.44)."""
RuleKind: TypeAlias = Literal["single", "parallel", "dotted", "dashed", "dashSmallGap", "dotDash", "dotDotDash"]
Underline: TypeAlias = Literal[
    "", "single", "double", "thick", "dotted", "dottedHeavy", "dash", "dashedHeavy", "dashLong", "dashLongHeavy",
    "dotDash", "dashDotHeavy", "dotDotDash", "dashDotDotHeavy", "wave", "wavyHeavy", "wavyDouble",
]  # fmt: skip
"""How a line below characters is drawn (17.18.99)."""
Emphasis: TypeAlias = Literal["", "dot", "comma", "circle", "underDot"]
"""The mark over each character (17.18.24)."""
Script: TypeAlias = Literal["", "superscript", "subscript"]
TabAlignment: TypeAlias = Literal["left", "center", "right", "decimal"]
Leader: TypeAlias = Literal["none", "dot", "hyphen", "underscore", "middleDot"]
VERTICAL = ("tbRl", "tbRlV")
"""Directions of vertical text whose lines follow each other to the left (17.18.93)."""


class Border(Struct, frozen=True):
    """A rule (17.18.2): thickness, colour, the space (pt) between it and what it borders, and how it is drawn.

    Where there are lines in parallel, ``strokes`` are their thickness and that of the gaps between them, in turn, from
    the top or the left.
    """

    width: float
    color: str
    space: float = 0.0
    kind: RuleKind = "single"
    strokes: tuple[float, ...] = ()


class Borders(Struct, frozen=True):
    """The rules around a box; ``inside_h`` and ``inside_v`` between the cells of a table (17.4.39)."""

    top: Border | None = None
    bottom: Border | None = None
    left: Border | None = None
    right: Border | None = None
    inside_h: Border | None = None
    inside_v: Border | None = None


NO_BORDERS = Borders()


class PageBorders(Struct, frozen=True):
    """The lines around pages (17.6.10): which pages, and whether their space is that to the paper's edge."""

    borders: Borders
    shown: str = "allPages"
    from_paper: bool = False


class TabStop(Struct, frozen=True):
    """A tab stop (17.3.1.37), measured from the left edge of the text column."""

    position: float
    alignment: TabAlignment = "left"
    leader: Leader = "none"


class LineSpacing(Struct, frozen=True):
    """Line height (17.3.1.33): a multiple under ``auto``, else points."""

    rule: Literal["auto", "exact", "atLeast"] = "auto"
    value: float = 1.0


class ParagraphFormat(Struct, frozen=True):
    """Paragraph properties (17.3.1) after resolution; ``first_line`` is negative for a hanging indent.

    Without ``word_wrap``, lines break within Latin words too (17.3.1.45), without ``kinsoku`` before any mark
    (17.3.1.16). What is not ``on_baseline`` has all characters in the middle of their line, or at an edge of it
    (17.3.1.39). ``auto_before`` and ``auto_after`` leave the spaces to Word, as in HTML.
    """

    alignment: Alignment = "left"
    left: float = 0.0
    right: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: LineSpacing = LineSpacing()
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    widow_control: bool = True
    hanging_punctuation: bool = True
    space_latin: bool = True
    space_digits: bool = True
    contextual_spacing: bool = False
    snap_to_grid: bool = True
    word_wrap: bool = True
    kinsoku: bool = True
    on_baseline: bool = True
    auto_before: bool = False
    auto_after: bool = False
    outline_level: int | None = None
    shading: str | None = None
    borders: Borders = NO_BORDERS
    tabs: tuple[TabStop, ...] = ()


class Typeface(NamedTuple):
    """A typeface as the document names it ("" where it names none), and the one at hand that draws it."""

    name: str = ""
    family: str = ""


UNNAMED = Typeface()


class RunFormat(Struct, frozen=True):
    """Run properties (17.3.2) after resolution.

    ``font`` draws ASCII, ``high_font`` other Latin text, ``east_asian_font`` the rest, to which signs of either script
    belong where there is a ``hint`` (17.3.2.26). ``rise`` (pt) lifts the baseline; ``spacing`` (pt) is added
    after every character (17.3.2.35), ``stretch`` is how wide each is beside its own width (17.3.2.43). ``is_cjk``
    tells whether the language of its East Asian text is one (17.3.2.20); ``language`` and ``asian_language`` are what
    the document says of its Latin and East Asian words themselves, "" for nothing.
    """

    font: Typeface = UNNAMED
    high_font: Typeface = UNNAMED
    east_asian_font: Typeface = UNNAMED
    hint: bool = False
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: Underline = ""
    strike: bool = False
    double_strike: bool = False
    emphasis: Emphasis = ""
    color: str = "000000"
    shading: str | None = None
    highlight: str | None = None
    border: Border | None = None
    rise: float = 0.0
    spacing: float = 0.0
    stretch: float = 1.0
    script: Script = ""
    capitals: bool = False
    small_capitals: bool = False
    hidden: bool = False
    is_cjk: bool = True
    language: str = ""
    asian_language: str = ""

    @property
    def typefaces(self) -> Mapping[str, Typeface]:
        """The typefaces by what they draw (``scripts``)."""
        high = self.high_font if self.high_font.name else self.font
        return {ASCII: self.font, LATIN: high, ASIAN: self.east_asian_font}


class Margins(Struct, frozen=True):
    """Space between a cell's edges and its text (17.4.68)."""

    top: float = 0.0
    right: float = 5.4
    bottom: float = 0.0
    left: float = 5.4
