"""A paragraph's characters with their widths, ready to be broken into lines.

Lists run parallel to the characters, and built-ins do the work on each of them: there are no objects per character.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.tree import (
    Bookmark,
    Break,
    Inline,
    Label,
    Link,
    PageField,
    Paragraph,
    Picture,
    RunFormat,
    Tab,
    Text,
)  # fmt: skip
from pipeline.pdf.characters import LINE, PAGE, PICTURE, TAB, break_points, classes, spaced_points
from pipeline.pdf.faces import widths

AUTO_SPACE = 0.2
"""Space (em) between Japanese and Latin text: LibreOffice's fifth; JIS X 4051 (4.7) allows an eighth to a half."""
_NEAR = 30


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """What page fields print: this page's number, and how many pages there are."""

    page: str = "0"
    pages: str = "0"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of one format; ``inset`` is the space a run border takes at either end."""

    start: int
    end: int
    format: RunFormat
    link: Link | None = None
    inset: float = 0.0
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph measured.

    ``ends[i]`` is where character i begins on one endless line, before the automatic space that ``leads`` gives for it;
    ``breaks`` are the indices before which the line may break, ``stops`` those of tabs and breaks, ``pictures`` the
    pictures by index.
    """

    text: str
    kinds: str
    ends: list[float]
    leads: dict[int, float]
    breaks: list[int]
    stops: list[int]
    spans: tuple[Span, ...]
    pictures: dict[int, Picture]
    bookmarks: tuple[str, ...]


def measure_text(paragraph: Paragraph, numbers: PageNumbers | None, name: str) -> Measured:
    """Measure a paragraph; ``numbers`` is None where pages have no number yet, and page fields are refused."""
    builder = _Builder(paragraph, numbers, name)
    if paragraph.label is not None:
        builder.add_label(paragraph.label)
    for inline in paragraph.content:
        builder.add(inline)
    return builder.finish()


class _Builder:
    """Collects a paragraph's characters, widths and spans."""

    def __init__(self, paragraph: Paragraph, numbers: PageNumbers | None, name: str) -> None:
        self._paragraph = paragraph
        self._numbers = numbers
        self._name = name
        self._texts: list[str] = []
        self._advances: list[float] = []
        self._spans: list[Span] = []
        self._pictures: dict[int, Picture] = {}
        self._bookmarks: list[str] = []

    def add_label(self, label: Label) -> None:
        self._add_text(label.text, label.format, None, is_label=True)
        if label.suffix == "tab":
            self._add_special(TAB, label.format)
        elif label.suffix == "space":
            self._add_text(" ", label.format, None)

    def add(self, inline: Inline) -> None:
        match inline:
            case Text():
                self._add_text(inline.text, inline.format, inline.link)
            case Tab():
                self._add_special(TAB, inline.format)
            case Break():
                self._add_special(PAGE if inline.kind == "page" else LINE, inline.format)
            case Picture():
                self._pictures[len(self._advances)] = inline
                self._add_special(PICTURE, inline.format, inline.width)
            case PageField():
                self._add_text(self._number(inline), inline.format, inline.link)
            case Bookmark():
                self._bookmarks.append(inline.name)

    def _number(self, field: PageField) -> str:
        if self._numbers is None:
            raise Unsupported("ヘッダー・フッター以外のページ番号", self._near, self._name)
        return self._numbers.page if field.kind == "page" else self._numbers.pages

    @property
    def _near(self) -> str:
        return self._paragraph.text.strip()[:_NEAR]

    def _add_text(self, text: str, run: RunFormat, link: Link | None, is_label: bool = False) -> None:
        if not text:
            return
        start = len(self._advances)
        advances = widths(text, run, self._near, self._name)
        inset = 0.0
        if run.border is not None:
            inset = run.border.width + run.border.space
            advances[0] += inset
            advances[-1] += inset
        self._texts.append(text)
        self._advances += advances
        self._spans.append(Span(start, start + len(text), run, link, inset, is_label))

    def _add_special(self, character: str, run: RunFormat, width: float = 0.0) -> None:
        start = len(self._advances)
        self._texts.append(character)
        self._advances.append(width)
        self._spans.append(Span(start, start + 1, run))

    def finish(self) -> Measured:
        text = "".join(self._texts)
        kinds = classes(text)
        format_ = self._paragraph.format
        leads = dict.fromkeys(spaced_points(kinds, format_.space_latin, format_.space_digits), 0.0)
        self._set_leads(leads)
        return Measured(
            text=text,
            kinds=kinds,
            ends=[0.0, *accumulate(self._advances)],
            leads=leads,
            breaks=break_points(kinds),
            stops=[i for i, kind in enumerate(kinds) if kind in "tb"] if "t" in kinds or "b" in kinds else [],
            spans=tuple(self._spans),
            pictures=self._pictures,
            bookmarks=tuple(self._bookmarks),
        )

    def _set_leads(self, leads: dict[int, float]) -> None:
        spans = iter(self._spans)
        span = next(spans, None)
        for index in list(leads):
            while span is not None and span.end <= index:
                span = next(spans, None)
            if span is not None:
                leads[index] = AUTO_SPACE * span.format.size
                self._advances[index] += leads[index]
