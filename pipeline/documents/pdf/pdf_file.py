"""Drawn documents into one PDF: an archive that anybody can read, PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

Where it is asked for, PDF/A-4 and PDF/UA-2: elements have their namespace, and whatever leads to a place names its
element too.

In: parts, title and date. Out: the file. Only here is known on which page of how many a part stands, so headers and
footers are drawn here, and links find where they lead. Section numbers are those of ISO 32000-1.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.tree import Link
from pipeline.documents.memory import FORGETFUL, Memory, once
from pipeline.documents.pdf import running
from pipeline.documents.pdf.boxes import Box
from pipeline.documents.pdf.drawing import with_live_links
from pipeline.documents.pdf.embedding import embed
from pipeline.documents.pdf.metadata import CONDITION, information, packet
from pipeline.documents.pdf.objects import PdfFile, ascii_string, dictionary, numbers, references, text_string
from pipeline.documents.pdf.outline import add_outline
from pipeline.documents.pdf.parts import Destination, Destinations, PdfInfo, PdfPart, Sheet, number_pages
from pipeline.documents.pdf.pictures import Embedded
from pipeline.documents.pdf.running import Running
from pipeline.documents.pdf.structure import Area
from pipeline.documents.pdf.tags import LinkArea, ObjectNumbers, Record
from pipeline.documents.standard import Standard

_PDF_2 = "http://iso.org/pdf2/ssn"
"""The namespace of the structure elements of PDF 2.0 (ISO 32000-2, 14.8.6.1)."""
_PRINTED = 4
"""The flag of annotations that are printed (12.5.3)."""


def draw(parts: Sequence[PdfPart], info: PdfInfo, memory: Memory = FORGETFUL) -> bytes:
    """Return one PDF of documents, each after the other; the same input gives the same bytes.

    It claims PDF/UA only where every figure has words in its place. Raises docx.DocxError for documents that cannot be
    read or drawn, and for links between documents that lead nowhere; in a single one such a link is plain text, as Word
    has it. What ``memory`` has of parts with a source, of typefaces and colours is not made again.
    """
    return _Binding(parts, info, memory).bind()


class _Binding:
    """A PDF being put together: its pages have numbers in a row, so that whatever comes first may name them."""

    def __init__(self, parts: Sequence[PdfPart], info: PdfInfo, memory: Memory) -> None:
        self.sheets = sheets = tuple(number_pages(parts))
        self.info = info
        self._sources = [part.source for part in parts]
        self._memory = memory
        self.is_newer = info.standard is Standard.UA2
        self.file = file = PdfFile("2.0" if self.is_newer else "1.7")
        self.catalog, self.tree, self.resources = file.reserve(), file.reserve(), file.reserve()
        self.root, self.document = file.reserve(), file.reserve()
        self.pages = file.reserve_all(len(sheets))
        self.characters: dict[str, set[str]] = {}
        self.pictures: dict[str, Embedded] = {}
        self.owners: list[int] = []
        self.links: list[int] = []
        self.names: list[str] = []
        self.namespace = file.add(f"<</Type/Namespace/NS({_PDF_2})>>") if self.is_newer else None
        self._destinations = Destinations(sheets)
        self._views: list[tuple[int, Destination]] = []
        self._references: list[tuple[int, Destination]] = []

    def bind(self) -> bytes:
        """Write everything, and give the file."""
        file, sheets = self.file, self.sheets
        numbered = groupby(enumerate(sheets), lambda pair: pair[1].part)
        elements = [_BoundDocument(self, *zip(*group, strict=True)).add() for _, group in numbered]
        space = "" if self.namespace is None else f"/NS {self.namespace} 0 R"
        roots = references(one[0] for one in elements)
        file.add(f"<</S/Document{space}/P {self.root} 0 R/K[{roots}]>>", self.document)
        kids = references(self.pages)
        file.add(f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>", self.tree)
        self._add_resources()
        self._add_structure()
        self._add_catalog()
        self._add_spots(elements)
        return file.finish(self.catalog, None if self.is_newer else self._add_information())

    def leading(self, destination: Destination) -> str:
        """Return the entry that leads to a place (12.3.2), in PDF 2.0 to its element too (ISO 32000-2, 12.3.2.3)."""
        page = self.pages[destination[0]]
        if not self.is_newer:
            return f"/Dest{self._view(page, destination)}"
        number = self.file.reserve()
        self._views.append((number, destination))
        return f"/A<</S/GoTo/D{self._view(page, destination)}/SD {number} 0 R>>"

    def referring(self, destination: Destination) -> str:
        """Return the entry of an element that refers to the one at a place (ISO 32000-2, 14.7.2)."""
        number = self.file.reserve()
        self._references.append((number, destination))
        return f"/Ref {number} 0 R"

    def _view(self, target: int, destination: Destination) -> str:
        """Return the place at a height of a page; ``target`` is the object of the page, or of an element on it."""
        page, spot = destination
        sheet = self.sheets[page].page
        top = sheet.height - spot.y if sheet else 0.0
        return f"[{target} 0 R/XYZ 0 {numbers([top])} null]"

    def _add_spots(self, elements: Sequence[Sequence[int]]) -> None:
        """Write the places that name their elements: all documents have their numbers now."""

        def element(destination: Destination) -> int:
            return elements[self.sheets[destination[0]].part][destination[1].element]

        for number, destination in self._views:
            self.file.add(self._view(element(destination), destination), number)
        for number, destination in self._references:
            self.file.add(f"[{element(destination)} 0 R]", number)

    def _add_information(self) -> int:
        return self.file.add(dictionary({key: text_string(value) for key, value in information(self.info).items()}))

    def target(self, area: Area, sheet: Sheet) -> str:
        """Return where a link leads; raises Unsupported where there is no such place."""
        if area.link.address:
            return f"/A<</S/URI/URI{ascii_string(area.link.address)}>>"
        found = self.destination(area.link, sheet.part)
        if found is None:
            raise Unsupported(f"行き先のないリンク（{area.link.anchor}）", "", sheet.document.name)
        return self.leading(found)

    def destination(self, link: Link, part: int) -> Destination | None:
        """Return where a link of a part leads, None where there is no such place."""
        return self._destinations.find(link, part)

    def running(self, sheets: Sequence[Sheet]) -> Running:
        """Return the running matter of a part."""
        shared, source = (len(self.sheets), self.info.empty), self._sources[sheets[0].part]
        memory, basis = self._memory if source else FORGETFUL, running.basis(sheets, *shared)
        drawn = once(memory, (source, self._is_alone, basis), lambda: running.draw(sheets, *shared, self._linking))
        for font, used in drawn.characters.items():
            self.characters.setdefault(font, set()).update(used)
        self.pictures.update(drawn.pictures)
        return drawn

    @property
    def _is_alone(self) -> bool:
        return len(self._sources) == 1

    def _linking(self, boxes: Iterable[Box]) -> Iterable[Box]:
        """Return boxes; in a single document, those of links that lead nowhere as plain text."""
        return with_live_links(boxes, self._destinations.names) if self._is_alone else boxes

    def _add_resources(self) -> None:
        """Add what pages draw with, the same for all of them (7.8.3)."""
        characters = sorted(self.characters.items())
        fonts = {name: f"{embed(self.file, name, used, self._memory)} 0 R" for name, used in characters}
        pictures = {name: f"{_add_picture(self.file, one)} 0 R" for name, one in sorted(self.pictures.items())}
        self.file.add(f"<</Font{dictionary(fonts)}/XObject{dictionary(pictures)}>>", self.resources)

    def _add_structure(self) -> None:
        """Add the root of the structure, the names in it, and the way back from marks and links (14.7.4.4)."""
        owners = [*self.owners, *self.links]
        nums = " ".join(f"{key} {number} 0 R" for key, number in enumerate(owners))
        parents = self.file.add(f"<</Nums[{nums}]>>")
        spaces = "" if self.namespace is None else f"/Namespaces[{self.namespace} 0 R]"
        self.file.add(
            f"<</Type/StructTreeRoot/K {self.document} 0 R/IDTree<</Names[{' '.join(self.names)}]>>"
            f"/ParentTree {parents} 0 R/ParentTreeNextKey {len(owners)}{spaces}>>",
            self.root,
        )

    def _add_catalog(self) -> None:
        """Add what the file is (7.7.2), and which red, green and blue are meant (ISO 19005-2, 6.2.3)."""
        file, info, documents = self.file, self.info, {sheet.part: sheet.document for sheet in self.sheets}
        is_described = not any(document.undescribed for document in documents.values())
        condition = text_string(CONDITION)
        profile = file.add_stream(once(self._memory, "sRGB", _profile), "/N 3")
        intent = (
            f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{condition}/Info{condition}"
            f"/DestOutputProfile {profile} 0 R>>"
        )
        entries = {
            "Type": "/Catalog",
            "Pages": f"{self.tree} 0 R",
            "PageLabels": f"<</Nums[{' '.join(_labels(self.sheets))}]>>",
            "Metadata": f"{file.add_raw(packet(info, is_described), '/Type/Metadata/Subtype/XML')} 0 R",
            "StructTreeRoot": f"{self.root} 0 R",
            "MarkInfo": "<</Marked true>>",
            "Lang": text_string(info.language),
            "ViewerPreferences": "<</DisplayDocTitle true>>",
            "OutputIntents": f"[{intent}]",
        }
        headings = [(h, n) for n, sheet in enumerate(self.sheets) if sheet.page for h in sheet.page.headings]
        if headings:
            placed = [(heading.level, heading.text, self.leading((page, heading))) for heading, page in headings]
            entries["Outlines"] = f"{add_outline(file, placed)} 0 R"
        file.add(dictionary(entries), self.catalog)


class _BoundDocument:
    """A document being bound, on the pages of the PDF that it has there."""

    def __init__(self, binding: _Binding, positions: Sequence[int], sheets: Sequence[Sheet]) -> None:
        self._binding, self._file = binding, binding.file
        self._positions, self._sheets = positions, sheets
        self._drawn = drawn = sheets[0].document
        own = binding.running(sheets)
        self._streams = [[self._file.add_stream(stream)] if stream else [] for stream in own.streams]
        self._areas = [*drawn.areas, *own.areas]
        self._objects = ObjectNumbers(
            document=sheets[0].part,
            elements=binding.file.reserve_all(len(drawn.records) + len(own.areas)),
            pages=[binding.pages[at] for at, sheet in zip(positions, sheets, strict=True) if sheet.page],
            areas=binding.file.reserve_all(len(self._areas)),
            namespace=binding.namespace,
        )

    def add(self) -> Sequence[int]:
        """Write the part; gives the numbers of its elements, the first that of the part itself."""
        for font, used in self._drawn.characters.items():
            self._binding.characters.setdefault(font, set()).update(used)
        self._binding.pictures.update(self._drawn.pictures)
        on_page: dict[int, list[int]] = {}
        for index, area in enumerate(self._areas):
            on_page.setdefault(area.page, []).append(self._objects.areas[index])
        page = 0
        for position, sheet, streams in zip(self._positions, self._sheets, self._streams, strict=True):
            self._add_page(position, sheet, streams, on_page.get(page, []) if sheet.page else [])
            page += sheet.page is not None
        self._add_areas()
        return self._add_elements()

    def _add_page(self, position: int, sheet: Sheet, running: Sequence[int], areas: Sequence[int]) -> None:
        binding, file, page, size = self._binding, self._file, sheet.page, sheet.size
        streams = [*running, *([file.add_stream(page.content)] if page else [])]
        contents = references(streams) if len(streams) == 1 else f"[{references(streams)}]"
        owners = (self._objects.elements[owner] for owner in (page.owners if page else ()))
        binding.owners.append(file.add(f"[{references(owners)}]"))
        annotations = f"/Annots[{references(areas)}]" if areas else ""
        file.add(
            f"<</Type/Page/Parent {binding.tree} 0 R/MediaBox[0 0 {numbers([size.width, size.height])}]"
            f"/Resources {binding.resources} 0 R/Contents {contents}{annotations}"
            f"/StructParents {position}/Tabs/S>>",
            binding.pages[position],
        )

    def _add_areas(self) -> None:
        """Write the links (12.5.6.5); those in running matter get elements of their own, after all others."""
        own = len(self._drawn.records)
        sheets = [sheet for sheet in self._sheets if sheet.page]
        for index, area in enumerate(self._areas):
            element = self._objects.elements[area.element if area.element >= 0 else own]
            number = self._objects.areas[index]
            key = len(self._binding.sheets) + len(self._binding.links)
            if area.element < 0:
                self._add_element(own, Record("Link", page=area.page, kids=(LinkArea(area.page, index),)))
                own += 1
            self._file.add(
                f"<</Type/Annot/Subtype/Link/Rect[{numbers(area.rectangle)}]/Border[0 0 0]/F {_PRINTED}"
                f"/StructParent {key}/Contents{text_string(area.words)}"
                f"{self._binding.target(area, sheets[area.page])}>>",
                number,
            )
            self._binding.links.append(element)

    def _add_elements(self) -> Sequence[int]:
        records, objects = self._drawn.records, self._objects
        root = objects.elements[0]
        for index, record in enumerate(records[1:], 1):
            self._add_element(index, record)
        more = range(len(records), len(objects.elements))
        kids = " ".join(objects.kids((*records[0].kids, *more), page=None))
        self._file.add(f"<<{objects.kind(records[0].tag)}/P {self._binding.document} 0 R/K[{kids}]>>", root)
        for name, index in sorted((record.name, index) for index, record in enumerate(records) if record.name >= 0):
            self._binding.names.append(f"{objects.header_name(name)} {objects.elements[index]} 0 R")
        return objects.elements

    def _add_element(self, index: int, record: Record) -> None:
        more = ""
        if self._binding.is_newer:
            more = self._reference(record) if record.tag == "TOCI" else self._notes.get(index, "")
        self._file.add(self._objects.written(record, more), self._objects.elements[index])

    def _reference(self, line: Record) -> str:
        """Return the entry of what a line of the contents refers to (ISO 14289-2, 8.2.5.8), else of this document."""
        part = self._sheets[0].part
        links = (self._areas[area].link for area in self._areas_in(line))
        found = next(filter(None, (self._binding.destination(link, part) for link in links)), None)
        if found is None:
            return f"/Ref[{self._objects.elements[0]} 0 R]"
        return self._binding.referring(found)

    @cached_property
    def _notes(self) -> Mapping[int, str]:
        """The entries of notes, and of links to them, by element: they refer to each other (ISO 14289-2, 8.2.5.14)."""
        records, found = self._drawn.records, dict[int, list[int]]()
        places = {spot.text: spot.element for page in self._drawn.pages for spot in page.anchors}
        for index, record in enumerate(records):
            for kid in (kid for kid in record.kids if isinstance(kid, LinkArea)):
                note = places.get(self._areas[kid.area].link.anchor, 0)
                while note and records[note].tag != "Note":
                    note = records[note].parent
                if note and note not in found.get(index, ()):
                    found.setdefault(index, []).append(note)
                    found.setdefault(note, []).append(index)
        elements = self._objects.elements
        return {index: f"/Ref[{references(elements[at] for at in others)}]" for index, others in found.items()}

    def _areas_in(self, record: Record) -> Iterator[int]:
        for kid in record.kids:
            if isinstance(kid, LinkArea):
                yield kid.area
            elif isinstance(kid, int):
                yield from self._areas_in(self._drawn.records[kid])


def _add_picture(file: PdfFile, picture: Embedded) -> int:
    entries = dict(picture.entries)
    if picture.mask is not None:
        entries["SMask"] = f"{_add_picture(file, picture.mask)} 0 R"
    entry = "".join(f"/{key} {value}" for key, value in entries.items())
    size = f"/Width {picture.width}/Height {picture.height}"
    return file.add_raw(picture.data, f"/Type /XObject/Subtype /Image{size}{entry}")


def _labels(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Yield what viewers call the pages, wherever that does not follow from the page before (12.4.2)."""
    last: int | None = None
    for position, sheet in enumerate(sheets):
        if sheet.label:
            yield f"{position} <</P{text_string(sheet.label)}>>"
        elif last is None or sheet.number != last + 1:
            yield f"{position} <</S/D/St {sheet.number}>>"
        last = None if sheet.label else sheet.number


def _profile() -> bytes:
    """Return the sRGB profile, compressed; it is free of rights, with a fixed date of making (ICC.1, 7.2.8)."""
    from PIL import ImageCms  # noqa: PLC0415 - late: most runs know the profile

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes.fromhex("07d0 0001 0001 0000 0000 0000")
    return zlib.compress(data)
