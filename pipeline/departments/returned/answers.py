"""A returned file, whichever program wrote it -> what it says of its identity, and what was edited in it.

Sheets are Word files, figures come in workbooks; both give the same edits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from msgspec import Struct

from pipeline.departments.returned import comparing, margins, reader, witnesses, workbook
from pipeline.departments.returned.edits import Edit
from pipeline.departments.returned.foreign import Convert, as_docx, is_workbook
from pipeline.departments.returned.guards import Refused
from pipeline.departments.returned.tree import Reading
from pipeline.departments.returned.witnesses import Witnesses
from pipeline.documents import xlsx
from pipeline.documents.docx.errors import DocxError
from pipeline.model.correspondence import Issue, Spot
from pipeline.model.form import Form

_MOST_EDITS = 2_000
"""Of a workbook; one in which everything was filled in has some hundreds."""
_FILL_IN = "送付した記入表に記入してもらってください。"


class Answer(Protocol):
    """A file that was read."""

    @property
    def note(self) -> str:
        """What is to be known of how it was read."""

    @property
    def saved(self) -> str:
        """When a program saved it; empty where it does not say."""

    def witnesses(self) -> Witnesses:
        """Return what it says of which issue it answers."""

    def answers(self, issue: Issue) -> bool:
        """Return whether the issue was sent as a file of this kind."""

    def edits(self, issue: Issue, sent: bytes, form: Form) -> list[Edit]:
        """Return what was edited, against the file as it was sent."""

    def place(self, issue: Issue, sent: bytes, spot: Spot) -> str:
        """Return where a field stands, in words."""


class SheetAnswer(Struct, frozen=True):
    """A sheet in Word."""

    reading: Reading
    note: str = ""

    @property
    def saved(self) -> str:
        """What its properties say."""
        return self.reading.saved

    def witnesses(self) -> Witnesses:
        """Return what property, bookmarks and header say."""
        return witnesses.of_sheet(self.reading)

    def answers(self, issue: Issue) -> bool:
        """Return whether a sheet was sent."""
        return not issue.identity.is_workbook

    def edits(self, issue: Issue, sent: bytes, form: Form) -> list[Edit]:
        """Compare text, margins and comments."""
        before = _sheet_as_sent(sent, issue.file)
        found = comparing.compare(before, self.reading, issue, form)
        around = margins.compare(before, self.reading)
        return [*found.edits, *around, *margins.remarks(before, self.reading, found)]

    def place(self, issue: Issue, sent: bytes, spot: Spot) -> str:
        """Return the table's row and cell."""
        return comparing.place_of(_sheet_as_sent(sent, issue.file), issue, spot)


class BookAnswer(Struct, frozen=True):
    """A workbook of figures."""

    book: xlsx.Workbook
    note: str = ""

    @property
    def saved(self) -> str:
        """What its properties say."""
        return self.book.saved

    def witnesses(self) -> Witnesses:
        """Return what the property and the cells say."""
        return witnesses.of_workbook(self.book)

    def answers(self, issue: Issue) -> bool:
        """Return whether a workbook was sent."""
        return issue.identity.is_workbook

    def edits(self, issue: Issue, sent: bytes, form: Form) -> list[Edit]:
        """Compare the tables, and what stands around them; raises ``Refused`` where it is more than people look at."""
        found = list(workbook.compare(_book_as_sent(sent, issue.file), self.book, issue, form))
        if len(found) > _MOST_EDITS:
            raise Refused(f"送付した記入表と違う所が{len(found)}か所もあるため、読みません。{_FILL_IN}")
        return found

    def place(self, issue: Issue, sent: bytes, spot: Spot) -> str:
        """Return the sheet's cell."""
        return workbook.place_of(_book_as_sent(sent, issue.file), spot)


def opened(data: bytes, name: str, convert: Convert) -> Answer:
    """Read a returned file; raises ``Refused``."""
    if is_workbook(data, name):
        return BookAnswer(_book(data, name))
    docx, note = as_docx(data, name, convert)
    return SheetAnswer(reader.read(docx, name), note)


def _book(data: bytes, name: str) -> xlsx.Workbook:
    try:
        return xlsx.read(data, name)
    except DocxError as fault:
        raise Refused(fault.message) from fault


@lru_cache(maxsize=4)
def _sheet_as_sent(docx: bytes, name: str) -> Reading:
    """Read what was sent once for several returns of it."""
    return reader.read(docx, name)


@lru_cache(maxsize=4)
def _book_as_sent(data: bytes, name: str) -> xlsx.Workbook:
    return xlsx.read(data, name)
