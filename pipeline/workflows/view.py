"""The book as it is looked at on a screen: its pages, the contents, and which pages a finding concerns.

In: what a run made, or else the outputs that lie there. Out: a ``View``. ``desk`` calls.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from pipeline.diagnostics import Place
from pipeline.documents.fonts import FILES
from pipeline.documents.pdf import reading
from pipeline.documents.pdf.reading import PageSize, PlacedText
from pipeline.model.documents import ContentsEntry, Part
from pipeline.model.evaluation import Evaluation
from pipeline.storage import atomic, outputs
from pipeline.storage.naming import measure_of
from pipeline.workflows.project import Project
from pipeline.workflows.report import PDF, Made

TYPEFACES: Mapping[str, Path] = {path.name: path for path in FILES.values()}
"""The typefaces that the program ships, by the names of their files."""


class Page(Struct, frozen=True):
    """A page: ``key`` is another one where the page may look otherwise; ``measure`` is empty for what is no sheet."""

    key: str
    size: PageSize
    measure: str


class View(Struct, frozen=True):
    """A book to be looked at; ``contents`` have printed page numbers."""

    pdf: bytes = b""
    pages: tuple[Page, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The pages (from 0) by their keys."""

    def picture(self, key: str, scale: float) -> bytes | None:
        """Return a page as PNG; None where the book has none of that key."""
        return reading.picture(self.pdf, self.numbers[key], scale) if key in self.numbers else None

    def texts(self, key: str) -> tuple[PlacedText, ...] | None:
        """Return the texts on a page; None where the book has none of that key."""
        return reading.placed_texts(self.pdf, self.numbers[key]) if key in self.numbers else None

    def page(self, key: str) -> Page | None:
        """Return the page of a key."""
        return self.pages[self.numbers[key]] if key in self.numbers else None


def of_run(made: Made) -> View:
    """Return the book that a run made."""
    if made.book is None:
        return View()
    return _view(made.files[PDF], made.book.parts, made.book.entries, {m.measure for m in made.sheets})


def of_outputs(project: Project) -> View:
    """Return the book that an earlier run left; an empty one where there is none."""
    try:
        pdf = atomic.read(project.outputs / PDF)
        listed = tuple(_listed(outputs.read_manifest(project.outputs)))
    except OSError:
        return View()
    whole = Part("", pdf, 1, "", blank_before=False)
    return _view(pdf, [whole], listed, set())


def _listed(manifest: Mapping[str, object]) -> Iterator[ContentsEntry]:
    """Yield the contents that a manifest has."""
    pages = manifest.get("pages")
    for row in pages.get("entries", ()) if isinstance(pages, dict) else ():
        yield ContentsEntry(str(row["title"]), "", 0, int(row["first"]), int(row["last"]))


def _view(pdf: bytes, parts: Sequence[Part], contents: tuple[ContentsEntry, ...], measures: set[str]) -> View:
    sizes = reading.sizes(pdf)
    pages: list[Page] = []
    digests = {part.name: hashlib.sha256(part.docx).hexdigest() for part in parts}
    for number, size in enumerate(sizes):
        part = _part_at(parts, number, size.label)
        key = hashlib.sha256(f"{digests[part.name]} {number} {size} {len(sizes)}".encode()).hexdigest()[:32]
        pages.append(Page(key, size, part.name if part.name in measures else ""))
    return View(pdf, tuple(pages), contents, {page.key: number for number, page in enumerate(pages)})


def _part_at(parts: Sequence[Part], number: int, label: str) -> Part:
    """Return the part that a page belongs to: that which begins last before it, or has its label."""
    if not label.isdecimal():
        return next((part for part in parts if part.label and label.startswith(part.label)), parts[0])
    begun = [part for part in parts if part.first_page is not None and part.first_page <= int(label)]
    return begun[-1] if begun else parts[0]


def concerned(view: View, evaluation: Evaluation | None, place: Place) -> tuple[int, ...]:
    """Return the pages (from 0) that a place of the inputs is printed on, as far as its file tells: those of the
    measures that it belongs to.
    """
    measures = _measures(evaluation, place)
    return tuple(number for number, page in enumerate(view.pages) if page.measure and page.measure in measures)


def _measures(evaluation: Evaluation | None, place: Place) -> frozenset[str]:
    own = measure_of("/".join(place.file.split("/")[-2:]))
    if own or evaluation is None:
        return frozenset({own})
    before = [i for i in evaluation.indicators if i.place.file == place.file and i.place.line <= place.line]
    if not before or not place.line:
        return frozenset()
    nearest = max(before, key=lambda indicator: indicator.place.line).id
    return frozenset(m.id for m in evaluation.measures if any(s.indicator.id == nearest for s in m.indicators))
