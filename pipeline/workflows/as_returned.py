"""A file as it came back, to be looked at beside what it proposes: the page of a sheet, or the row of a workbook.

In: a project and a proposal. Out: a ``Look``, and pages as pictures. Files are found by the names of what lies in
``returned``, never by a path that somebody gives, and drawn by the program itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments import returned
from pipeline.departments.deciding import plain
from pipeline.departments.returned.foreign import is_workbook
from pipeline.departments.returned.guards import Refused, check_kind, check_package
from pipeline.diagnostics import squeezed
from pipeline.documents import pdf, xlsx
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.docx.package import Package
from pipeline.documents.parallel import unforked
from pipeline.documents.pdf import reading
from pipeline.documents.pdf.reading import PageSize, PlacedText
from pipeline.model.correspondence import Kind, Proposal
from pipeline.workflows.project import Project

_MOST, _LONGEST = 40_000, 60_000
"""Elements and characters of a file that is drawn while somebody waits; a sheet has about two thousand of each."""
_LEAST = 4
"""Characters of a piece of text that tells where a field stands: shorter ones stand in many places."""
_ALONE = unforked()
"""One draws at a time: who looks at the same file finds it drawn."""
_CELL = re.compile(r"(.+)!([A-Z]+)([0-9]+)", re.DOTALL)
_GONE = "戻ったファイルが returned のフォルダーにありません。"
_LARGE = "大きなファイルのため、ここには表示しません。"
_NO_ROW = "記入表のどの行かが分からないため、ここには表示しません。"


class Look(Struct, frozen=True):
    """What is to be looked at: the page that a proposal stands on (from 0) of so many, with the places of its text; or
    the cells of a row, each with its address. ``reason`` says why there is neither.
    """

    reason: str = ""
    page: int = 0
    pages: int = 0
    size: PageSize | None = None
    places: tuple[PlacedText, ...] = ()
    row: tuple[tuple[str, str], ...] = ()
    cell: str = ""


def look(project: Project, proposal: Proposal) -> Look:
    """Return where a proposal stands in its file; what cannot be seen in its words is named."""
    with _ALONE:
        found = _look(project, proposal)
    return replace(found, reason=plain(found.reason), row=tuple((at, plain(text)) for at, text in found.row))


def _look(project: Project, proposal: Proposal) -> Look:
    data = _data(project, proposal)
    if data is None:
        return Look(_GONE)
    try:
        if is_workbook(data, proposal.file):
            return _row(xlsx.read(data, proposal.file), proposal.place)
        return _page(_drawn(data, proposal.file), proposal)
    except (DocxError, Refused) as refused:
        return Look(f"この戻ったシートは、ここには表示できません。{getattr(refused, 'message', refused)}")


def picture(project: Project, proposal: Proposal, page: int, scale: float) -> bytes | None:
    """Return a page as PNG; None where there is none."""
    data = _data(project, proposal)
    if data is None or is_workbook(data, proposal.file):
        return None
    try:
        with _ALONE:
            drawn = _drawn(data, proposal.file)
    except (DocxError, Refused):
        return None
    return reading.picture(drawn, page, scale) if page < len(reading.sizes(drawn)) else None


def _data(project: Project, proposal: Proposal) -> bytes | None:
    """Return the file of a proposal, unless it is one that is not read."""
    found = (one for one in returned.deliveries(project.inputs) if one.name == proposal.file and not one.refusal)
    one = None if proposal.kind is Kind.REFUSED else next(found, None)
    return one.data if one else None


@lru_cache(maxsize=8)
def _drawn(data: bytes, name: str) -> bytes:
    """Return a sheet as PDF, changes as if accepted; raises ``Refused`` and ``DocxError``."""
    check_kind(data)
    package = Package(data, name)
    check_package(package)
    if _is_large(package.xml(package.document)):
        raise Refused(_LARGE)
    drawn = pdf.draw_document(data, name, is_alone=True, accept_changes=True)
    return pdf.draw([pdf.PdfPart(drawn, name)], pdf.PdfInfo(name, ""))


def _is_large(document: etree._Element) -> bool:
    return sum(1 for _ in document.iter()) > _MOST or sum(map(len, document.itertext())) > _LONGEST


def _page(drawn: bytes, proposal: Proposal) -> Look:
    """Return the page that has most of the proposed text, or else of the text that it replaces."""
    sizes = reading.sizes(drawn)
    texts = [reading.placed_texts(drawn, number) for number in range(len(sizes))]
    for words in (squeezed(proposal.new), squeezed(proposal.old)):
        found = [tuple(one for one in page if _is_of(one, words)) for page in texts]
        best = max(range(len(found)), key=lambda number: _length(found[number]))
        if found[best]:
            return Look("", best, len(sizes), sizes[best], found[best])
    return Look("", 0, len(sizes), sizes[0])


def _is_of(text: PlacedText, words: str) -> bool:
    piece = squeezed(text.text)
    return bool(piece) and piece in words and len(piece) >= min(_LEAST, len(words))


def _length(texts: Sequence[PlacedText]) -> int:
    return sum(len(one.text) for one in texts)


def _row(book: xlsx.Workbook, place: str) -> Look:
    found = _CELL.match(place)
    sheet = next((one for one in book.sheets if found and one.name == found[1]), None)
    if found is None or sheet is None:
        return Look(_NO_ROW)
    number = int(found[3]) - 1
    cells = sorted((column, cell.text) for (row, column), cell in sheet.cells.items() if row == number)
    return Look(row=tuple((xlsx.address(number, column), text) for column, text in cells), cell=f"{found[2]}{found[3]}")
