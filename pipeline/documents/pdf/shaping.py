"""Shaping: from a paragraph to characters with their widths, ready to be broken into lines.

Lists run parallel to the characters, and built-ins do the work on each of them: there are no objects per character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.documents.docx.enclosed import Enclosed
from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.numerals import NUMERALS
from pipeline.documents.docx.scripts import Before
from pipeline.documents.docx.tree import (
    Bookmark,
    Break,
    Drawing,
    Group,
    Inline,
    Label,
    Link,
    Note,
    PageField,
    Paragraph,
    Picture,
    Ruby,
    Shape,
    Tab,
    Text,
)
from pipeline.documents.pdf import layout_rules
from pipeline.documents.pdf.characters import (
    ASIAN_RUBY,
    COLUMN,
    FORMULA,
    LINE,
    PAGE,
    PICTURE,
    RUBY,
    TAB,
    break_points,
    classes,
    is_east_asian,
    script_points,
    spaced_points,
    squeeze_points,
)
from pipeline.documents.pdf.faces import Families, families, widths
from pipeline.documents.pdf.inline_boxes import InlineBox, overlaid
from pipeline.documents.pdf.inline_text import enclosed_box, ruby_boxes

LEADERS = {"dot": ".", "hyphen": "-", "underscore": "_", "middleDot": "·"}
"""What leaders are made of (17.18.72)."""
_BREAKS = {"line": LINE, "column": COLUMN, "page": PAGE}
_FUZZ = 1e-6
"""Space (pt) that is none."""
_start, _end = attrgetter("start"), attrgetter("end")
_FULL = 0.9
"""How wide (em) a mark is at least that has its blank half."""
_NEAR = 30


class PageNumbers(Struct, frozen=True):
    """What page fields print: this page's number, how many pages there are, and the format of the former."""

    page: int = 1
    pages: int = 1
    numerals: str = "decimal"

    def text(self, field: PageField) -> str:
        """Return what a field prints."""
        if field.kind == "page":
            return NUMERALS[field.numerals or self.numerals](self.page)
        return NUMERALS[field.numerals or "decimal"](self.pages)


class Span(Struct, frozen=True):
    """Characters ``start`` to ``end`` of one format; ``inset`` is the space a run border takes at either end.

    ``families`` are their typefaces, or that of a tab's leader; indices are the paragraph's.
    """

    start: int
    end: int
    format: RunFormat
    families: Families = ()
    link: Link | None = None
    inset: float = 0.0
    is_label: bool = False


class Piece(NamedTuple):
    """What stands in a line as one, in its parts: a piece of a formula, a text with small letters over it, or such."""

    inline: Formula | Ruby | Enclosed
    parts: tuple[InlineBox, ...]

    @property
    def box(self) -> InlineBox:
        """All of it."""
        return overlaid(self.parts)


class ShapedText(Struct, frozen=True):
    """A paragraph's characters with their widths.

    ``ends[i]`` is where character i begins on one endless line, before the space that ``leads`` gives for it: automatic
    space, and what fills the portion before it to whole twips. ``portions`` are the indices at which one script and
    format begins, ``breaks`` those before which the line may break, ``stops`` those of tabs and breaks, ``pictures``
    the pictures and shapes that stand in a line by index, ``floats`` those that float, with the index of the character
    that they are tied to. ``placed`` are the tabs by index that go to a place of the line, whatever stops there are.
    ``pieces`` are those of formulas and the like by index, ``widest_formula`` is the width of the widest formula.
    ``notes`` are those that characters refer to, with the index after them.
    """

    text: str
    kinds: str
    ends: list[float]
    leads: dict[int, float]
    portions: list[int]
    breaks: list[int]
    stops: list[int]
    spans: tuple[Span, ...]
    pictures: dict[int, Drawing]
    bookmarks: tuple[str, ...]
    floats: tuple[tuple[int, Drawing], ...] = ()
    placed: Mapping[int, Tab] = field(default_factory=dict)
    pieces: Mapping[int, Piece] = field(default_factory=dict)
    widest_formula: float = 0.0
    notes: tuple[tuple[int, Note], ...] = ()

    def format_at(self, index: int) -> RunFormat:
        """Return the format of a character."""
        return self.spans_in(index, index + 1)[0].format

    def spans_in(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the spans that hold characters from ``start`` to ``end``: they follow each other without a gap."""
        first = bisect_right(self.spans, start, key=_end)
        return self.spans[first : bisect_left(self.spans, end, first, key=_start)]

    def squeezes(self, start: int, end: int) -> tuple[list[int], float]:
        """Return the indices in a line at which marks may give way, and by how much each: half of a full-width one."""
        points, sizes = [], []
        for point, mark in squeeze_points(self.text, start, end).items():
            size = self.format_at(mark).size
            if self.ends[mark + 1] - self.ends[mark] - self.leads.get(mark, 0.0) > _FULL * size:
                points.append(point)
                sizes.append(size / 2)
        return points, min(sizes, default=0.0)

    def remainder(self, start: int) -> tuple[int, float]:
        """Return the portion after the one that a line beginning at ``start`` finds itself in, and how far it moves.

        The line has only the rest of that portion before it, which fills to whole twips by another length than the
        portion does in ``ends``; (0, 0.0) where nothing moves.
        """
        index = bisect_right(self.portions, start)
        first, following = self.portions[index - 1], self.portions[index] if index < len(self.portions) else 0
        if not following or first == start or self.kinds[following] in "tb":
            return 0, 0.0
        end, leads = self.ends[following], self.leads
        whole, rest = (end - self.ends[at] - leads.get(at, 0.0) for at in (first, start))
        return following, layout_rules.filling(rest) - layout_rules.filling(whole)


def shape_text(paragraph: Paragraph, numbers: PageNumbers | None, name: str, pitch: float = 0.0) -> ShapedText:
    """Return the text of a paragraph with its widths; ``numbers`` is None where pages have no number yet, and page
    fields are refused.
    """
    builder = _Builder(paragraph, numbers, name, pitch if paragraph.format.snap_to_grid else 0.0)
    if paragraph.label is not None:
        builder.add_label(paragraph.label)
    for inline in paragraph.content:
        builder.add(inline)
    return builder.finish()


class _Builder:
    """Collects a paragraph's characters, widths and spans."""

    def __init__(self, paragraph: Paragraph, numbers: PageNumbers | None, name: str, pitch: float) -> None:
        self._paragraph = paragraph
        self._numbers = numbers
        self._pitch = pitch
        self._name = name
        self._texts: list[str] = []
        self._before = Before()
        self._advances: list[float] = []
        self._spans: list[Span] = []
        self._pictures: dict[int, Drawing] = {}
        self._floats: list[tuple[int, Drawing]] = []
        self._bookmarks: list[str] = []
        self._placed: dict[int, Tab] = {}
        self._pieces: dict[int, Piece] = {}
        self._widest_formula = 0.0
        self._notes: list[tuple[int, Note]] = []

    def add_label(self, label: Label) -> None:
        self._add_text(label.text, label.format, None, is_label=True)
        if label.suffix == "tab":
            self._add_special(TAB, label.format)
        elif label.suffix == "space":
            self._add_text(" ", label.format, None)

    def add(self, inline: Inline) -> None:
        match inline:
            case Text():
                for text, run in self._on_grid(inline):
                    self._add_text(text, run, inline.link)
            case Tab():
                if inline.alignment is not None:
                    self._placed[len(self._advances)] = inline
                self._add_special(TAB, inline.format)
            case Break():
                self._add_special(_BREAKS[inline.kind], inline.format)
            case Picture() | Shape() | Group() if inline.place is not None:
                self._floats.append((len(self._advances), inline))
            case Picture() | Shape() | Group():
                self._pictures[len(self._advances)] = inline
                self._add_special(PICTURE, inline.format, inline.width)
            case Formula():
                self._add_formula(inline)
            case Ruby() | Enclosed():
                self._add_over(inline)
            case PageField():
                self._add_text(self._number(inline), inline.format, inline.link)
            case Bookmark():
                self._bookmarks.append(inline.name)
            case Note():
                self._notes.append((len(self._advances), inline))

    def _add_formula(self, formula: Formula) -> None:
        from pipeline.documents.pdf.math_layout import formula_pieces  # noqa: PLC0415 - late: few documents have one

        boxes = formula_pieces(formula, self._near, self._name)
        self._widest_formula = max(self._widest_formula, sum(box.width for box in boxes))
        for box in boxes:
            self._pieces[len(self._advances)] = Piece(formula, (box,))
            self._add_special(FORMULA, formula.format, box.width)

    def _add_over(self, inline: Ruby | Enclosed) -> None:
        parts: tuple[InlineBox, ...] = ()
        if isinstance(inline, Enclosed):
            parts, is_asian = (enclosed_box(inline, self._near, self._name),), True
        else:
            base = tuple(Text(text, run) for held in inline.base for text, run in self._on_grid(held))
            parts = ruby_boxes(replace(inline, base=base), self._near, self._name)
            is_asian = any(is_east_asian(letter) for text in base for letter in text.text)
        self._pieces[len(self._advances)] = Piece(inline, parts)
        self._add_special(ASIAN_RUBY if is_asian else RUBY, inline.format, parts[0].width)

    def _on_grid(self, inline: Text) -> Iterator[tuple[str, RunFormat]]:
        """Yield a text in pieces: a grid of characters spaces the East Asian ones alone."""
        if not self._pitch:
            yield inline.text, inline.format
            return
        spaced = replace(inline.format, spacing=inline.format.spacing + self._pitch)
        for is_asian, same in groupby(inline.text, is_east_asian):
            yield "".join(same), spaced if is_asian else inline.format

    def _number(self, field: PageField) -> str:
        if self._numbers is None:
            raise Unsupported("ヘッダー・フッター以外のページ番号", self._near, self._name)
        return self._numbers.text(field)

    @cached_property
    def _near(self) -> str:
        return self._paragraph.text.strip()[:_NEAR]

    def _add_text(self, text: str, run: RunFormat, link: Link | None, is_label: bool = False) -> None:
        if not text:
            return
        start = len(self._advances)
        drawn = families(text, run, self._before)
        advances = self._widths(text, run, drawn)
        if run.stretch != 1:
            advances = [advance * run.stretch for advance in advances]
        if run.spacing:
            advances = [advance + run.spacing for advance in advances]
        inset = 0.0
        if run.border is not None:
            inset = run.border.width + run.border.space
            advances[0] += inset
            advances[-1] += inset
        self._texts.append(text)
        self._before.add(text)
        self._advances += advances
        placed = tuple((start + at, own) for at, own in drawn)
        self._spans.append(
            Span(start, start + len(text), run, families=placed, link=link, inset=inset, is_label=is_label)
        )

    def _widths(self, text: str, run: RunFormat, drawn: Families) -> list[float]:
        """Return the advances of a text; only where it is refused is the text nearby looked for."""
        try:
            return widths(text, run, drawn, "", self._name)
        except Unsupported as refused:
            raise refused.placed(self._near) from refused

    def _add_special(self, character: str, run: RunFormat, width: float = 0.0) -> None:
        start = len(self._advances)
        self._texts.append(character)
        self._advances.append(width)
        self._spans.append(Span(start, start + 1, run, self._leader(start, run) if character == TAB else ()))

    def _leader(self, start: int, run: RunFormat) -> Families:
        """Return the typeface of a tab's leader, where there may be one."""
        own = [self._placed[start].leader] if start in self._placed else []
        leaders = (*own, *(stop.leader for stop in self._paragraph.format.tabs))
        signs = "".join(LEADERS[leader] for leader in leaders if leader != "none")
        return tuple((start, own) for _, own in families(signs, run, Before())[:1]) if signs else ()

    def finish(self) -> ShapedText:
        text = "".join(self._texts)
        kinds = classes(text)
        format_ = self._paragraph.format
        portions = self._portions(kinds)
        leads = self._leads(kinds, portions, set(spaced_points(kinds, format_.space_latin, format_.space_digits)))
        for index, lead in leads.items():
            self._advances[index] += lead
        return ShapedText(
            text=text,
            kinds=kinds,
            ends=[0.0, *accumulate(self._advances)],
            leads=leads,
            portions=portions,
            breaks=break_points(kinds, format_.word_wrap, format_.kinsoku),
            stops=[i for i, kind in enumerate(kinds) if kind in "tb"] if "t" in kinds or "b" in kinds else [],
            spans=tuple(self._spans),
            pictures=self._pictures,
            bookmarks=tuple(self._bookmarks),
            floats=tuple(self._floats),
            placed=self._placed,
            pieces=self._pieces,
            widest_formula=self._widest_formula,
            notes=tuple(self._notes),
        )

    def _portions(self, kinds: str) -> list[int]:
        scripts = script_points(kinds)
        if len(self._spans) < 2:
            return scripts
        formats = (b.start for a, b in pairwise(self._spans) if a.format != b.format or a.link != b.link)
        return sorted({*scripts, *formats})

    def _leads(self, kinds: str, portions: list[int], spaced: set[int]) -> dict[int, float]:
        """Return the space before each portion; a tab takes up what the one before it lacks.

        Automatic space is measured by the character before it.
        """
        leads: dict[int, float] = {}
        spans = iter(self._spans)
        span = next(spans, None)
        for first, index in pairwise(portions):
            while span is not None and span.end < index:
                span = next(spans, None)
            lead = 0.0 if kinds[index] in "tb" else layout_rules.filling(sum(self._advances[first:index]))
            if span is not None:
                lead += layout_rules.AUTO_SPACE * span.format.size if index in spaced else 0.0
                lead -= layout_rules.tightening(span.format.spacing)
            if abs(lead) > _FUZZ:
                leads[index] = lead
        return leads
