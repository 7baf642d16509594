"""What is drawn: charts, filled Word sheets, and the parts of the book."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Chart(Struct, frozen=True):
    """A drawn indicator: the same drawing as PNG and SVG bytes, its size on paper (mm), and the text read out there."""

    indicator: str
    width: float
    height: float
    png: bytes
    svg: bytes
    alt: str

    @property
    def files(self) -> Mapping[str, bytes]:
        """Both drawings by file name."""
        return {f"{self.indicator}.png": self.png, f"{self.indicator}.svg": self.svg}


class Extent(Struct, frozen=True):
    """How much paper a docx takes: lines of body text on each page, and the free height (pt) below the last."""

    lines: tuple[int, ...]
    free: float

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.lines)


class Sheet(Struct, frozen=True):
    """A filled Word sheet of one measure, with the charts as they stand in it and the paper it takes."""

    measure: str
    file: str
    docx: bytes
    charts: tuple[Chart, ...]
    level: int
    extent: Extent


class Nodes(Struct, frozen=True):
    """The nodes of the plan as templates print them, by their ids: those ``above`` the measures, each before those
    below it, and the ``measures``.
    """

    above: Mapping[str, Mapping[str, object]]
    measures: Mapping[str, Mapping[str, object]]


class ContentsEntry(Struct, frozen=True):
    """A line of the contents: first and last printed page; ``anchor`` is the bookmark it links to, ``level`` from 0."""

    title: str
    anchor: str
    level: int
    first: int
    last: int


class Part(Struct, frozen=True):
    """A docx of the book. ``first_page`` is its first printed page number, None for cover and contents.

    ``label`` is the page label of unnumbered pages (表紙, 目次). ``blank_before`` asks for an empty page so that a
    sheet starts on an even page.
    """

    name: str
    docx: bytes
    first_page: int | None
    label: str
    blank_before: bool


class Book(Struct, frozen=True):
    """The parts in reading order, the contents' entries, and the document's title and author."""

    title: str
    author: str
    parts: tuple[Part, ...]
    entries: tuple[ContentsEntry, ...]
    files: Mapping[str, bytes]
