"""word/document.xml -> blocks with both readings of tracked changes (ISO/IEC 29500-1, 17.13.5).

Every ``w:t`` and ``w:delText`` must be visited exactly once; ``Walker.unread`` tells which were not, and the file is
refused then: nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from pipeline.departments.returned.alternatives import chosen, is_shown
from pipeline.departments.returned.characters import written
from pipeline.departments.returned.fields import Fields
from pipeline.departments.returned.formulas import linear
from pipeline.departments.returned.looks import Looks
from pipeline.departments.returned.numbering import Numbering
from pipeline.departments.returned.tree import Block, Cell, Paragraph, Revision, Row, Segment, Table, within
from pipeline.documents.docx.markup import MATH, MC, VAL, A, R, W, child_value, local
from pipeline.documents.docx.silent import COMMENT_ANCHORS, WITHOUT_WORDS

_TEXTS = (f"{W}t", f"{W}delText", f"{MATH}t")
_INSERTED, _DELETED = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_WRAPPERS = frozenset(W + n for n in ("smartTag", "dir", "bdo", "customXml", "hyperlink"))
_WRAPPED = {f"{W}hyperlink": "リンク", f"{W}bdo": "文字の並ぶ向きの指定"}
"""Looks of what stands in a wrapper."""
_FIELD = (f"{W}fldChar", f"{W}instrText", f"{W}delInstrText")
_WORDS = (f"{A}t", "{urn:schemas-microsoft-com:vml}textpath")
"""Words within a drawing that is no text box."""
_JOINER = "\u200d"
"""LibreOffice begins or ends texts in tracked rows with one."""


@dataclass(slots=True)
class Walker:
    """Walks a body once; what surrounds an element (changes, comments) is kept while its children are walked.

    ``pictures`` gives short hashes of pictures by the ids of their relationships, ``numbering`` says which
    lists and styles number their paragraphs, ``looks`` what styles look like. ``covered`` counts each segment once for
    every comment around it.
    """

    pictures: Mapping[str, str] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    looks: Looks = field(default_factory=Looks)
    boxes: list[tuple[Block, ...]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    covered: int = 0
    _visited: list[etree._Element] = field(default_factory=list)
    _comments: tuple[str, ...] = ()
    _fresh: set[str] = field(default_factory=set)
    _anchored: set[str] = field(default_factory=set)
    _inserted: Revision | None = None
    _deleted: Revision | None = None
    _fields: Fields = field(default_factory=Fields)
    _prompt: bool = False
    _bound: bool = False
    _style: str = ""

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the paragraphs and tables of a body, a cell, or what wraps blocks."""
        for element in parent:
            if element.tag == f"{W}p":
                yield self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield Table(tuple(self._rows(element)))
            elif element.tag == f"{W}altChunk":
                self.unknown.append("埋め込まれた別の文書")
            else:
                yield from self._wrapped_blocks(element)

    def _wrapped_blocks(self, element: etree._Element) -> Iterator[Block]:
        for inner in self._inside(element):
            yield from self.blocks(inner)

    def _rows(self, parent: etree._Element) -> Iterator[Row]:
        for element in parent:
            if element.tag == f"{W}tr":
                yield self._row(element)
            else:
                for inner in self._inside(element):
                    yield from self._rows(inner)

    def _row(self, element: etree._Element) -> Row:
        before = element.find(f"{W}trPr/{W}gridBefore")
        cells: list[Cell] = []
        self._cells(element, cells, 0 if before is None else _number(before))
        marks = tuple(mark.get(f"{W}name", "") for mark in element.iter(f"{W}bookmarkStart"))
        inserted, deleted = (_revision(element.find(f"{W}trPr/{W}{name}")) for name in ("ins", "del"))
        return Row(tuple(cells), inserted or self._inserted, deleted or self._deleted, marks)

    def _cells(self, parent: etree._Element, cells: list[Cell], start: int) -> None:
        for element in parent:
            if element.tag == f"{W}tc":
                column = cells[-1].column + cells[-1].span if cells else start
                cells.append(self._cell(element, column))
            else:
                for inner in self._inside(element):
                    self._cells(inner, cells, start)

    def _cell(self, element: etree._Element, column: int) -> Cell:
        span, merged = element.find(f"{W}tcPr/{W}gridSpan"), element.find(f"{W}tcPr/{W}vMerge")
        changes = (n for n in ("cellIns", "cellDel", "cellMerge") if element.find(f"{W}tcPr/{W}{n}") is not None)
        merge = "" if merged is None else "start" if merged.get(VAL) == "restart" else "continue"
        width = 1 if span is None else max(1, _number(span))
        return Cell(column, width, merge, next(changes, ""), tuple(self.blocks(element)))

    def _inside(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yield what is to be walked on within an element that is neither block nor text, under its conditions."""
        if element.tag in (*_INSERTED, *_DELETED):
            with self._changed(element):
                yield element
        elif element.tag == f"{W}sdt":
            with self._control(element):
                yield from element.findall(f"{W}sdtContent")
        elif element.tag == f"{MC}AlternateContent":
            yield from chosen(element)
        elif element.tag in COMMENT_ANCHORS:
            self._comment_range(element)
        elif element.tag in _WRAPPERS:
            yield element
        elif element.tag not in WITHOUT_WORDS:
            self.unknown.append(local(element))

    @contextmanager
    def _changed(self, element: etree._Element) -> Iterator[None]:
        before = self._inserted, self._deleted
        if element.tag in _INSERTED:
            self._inserted = _revision(element)
        else:
            self._deleted = _revision(element)
        try:
            yield
        finally:
            self._inserted, self._deleted = before

    @contextmanager
    def _control(self, element: etree._Element) -> Iterator[None]:
        """Within a content control; what is called the prompt of an empty one is shown, and is no text (17.5.2.39).

        One that is bound to data shows these, whatever stands in it (17.5.2.6).
        """
        before = self._prompt, self._bound
        self._prompt = self._prompt or element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        self._bound = self._bound or element.find(f"{W}sdtPr/{{*}}dataBinding") is not None
        try:
            yield
        finally:
            self._prompt, self._bound = before

    def _comment_range(self, element: etree._Element) -> None:
        identifier = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            self._comments += (identifier,)
            self._fresh.add(identifier)
        else:
            self._comments = tuple(one for one in self._comments if one != identifier)
            self._fresh.discard(identifier)

    def _paragraph(self, element: etree._Element) -> Paragraph:
        mark = element.find(f"{W}pPr/{W}rPr")
        inserted, deleted = (
            None if mark is None else next(filter(None, (_revision(mark.find(name)) for name in names)), None)
            for names in (_INSERTED, _DELETED)
        )
        segments: list[Segment] = []
        outer, self._style = self._style, child_value(element.find(f"{W}pPr"), "pStyle") or ""
        listed = self.numbering.mark(element.find(f"{W}pPr/{W}numPr"), self._style)
        self._runs(element, segments, frozenset())
        self._style = outer
        return Paragraph(tuple(segments), inserted, deleted, listed)

    def _runs(self, parent: etree._Element, segments: list[Segment], looks: frozenset[str]) -> None:
        for element in parent:
            if element.tag == f"{W}r":
                self._run(element, segments, looks | self.looks.of_run(element, self._style))
            elif element.tag == f"{W}ruby":
                self._ruby(element, segments, looks)
            elif element.tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
                self._visited += element.iter(f"{MATH}t", f"{W}t")
                self._add(linear(element), segments, looks | {"数式"})
            elif element.tag == f"{W}fldSimple":
                self._fields.begin(element.get(f"{W}instr", ""))
                self._runs(element, segments, looks)
                self._ended(self._fields.end(), segments, looks)
            else:
                more = _WRAPPED.get(str(element.tag))
                for inner in self._inside(element):
                    self._runs(inner, segments, looks | {more} if more else looks)

    def _ruby(self, element: etree._Element, segments: list[Segment], looks: frozenset[str]) -> None:
        readings = list(element.iterfind(f"{W}rt//{W}t"))
        self._visited += readings
        reading = "".join(t.text or "" for t in readings)
        before = len(segments)
        for base in element.findall(f"{W}rubyBase"):
            self._runs(base, segments, looks | {f"ルビ（{reading}）"})
        if reading.strip() and not any(segment.text for segment in segments[before:]):
            self._add("", segments, looks | {f"親文字のないルビ（{reading}）"})

    def _run(self, run: etree._Element, segments: list[Segment], looks: frozenset[str]) -> None:
        for element in run:
            if element.tag in _TEXTS:
                self._text(element, segments, looks)
            elif element.tag == f"{MC}AlternateContent":
                for branch in chosen(element):
                    self._run(branch, segments, looks)
            else:
                self._object(element, segments, looks)

    def _object(self, element: etree._Element, segments: list[Segment], looks: frozenset[str]) -> None:
        """Take up what is no plain character."""
        if character := written(element):
            self._add(character, segments, looks | _of_character(element))
        elif element.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self._add("", segments, looks | {"脚注"})
        elif element.tag == f"{W}commentReference":
            self._comment_point(element, segments)
        elif element.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._graphic(element, segments, looks)
        elif element.tag == f"{W}ruby":
            self._ruby(element, segments, looks)
        elif element.tag == f"{W}pgNum":
            self._add("", segments, looks | {"ページ番号"})
        elif element.tag in _FIELD:
            self._ended(self._fields.take(element), segments, looks)
        elif element.tag not in WITHOUT_WORDS:
            self.unknown.append(local(element))

    def _ended(self, code: str, segments: list[Segment], looks: frozenset[str]) -> None:
        """Take up a field that has ended, if what it shows is in its code."""
        if code:
            self._add("", segments, looks | {f"フィールド（{code}）"})

    def _text(self, element: etree._Element, segments: list[Segment], looks: frozenset[str]) -> None:
        self._visited.append(element)
        text = element.text or ""
        self._add(text.strip(_JOINER), segments, looks)

    def _add(self, text: str, segments: list[Segment], looks: frozenset[str]) -> None:
        self._fields.show()
        if self._prompt and text.strip():
            text, looks = "", looks | {f"記入を促す案内の文字（{text}）"}
        if self._bound:
            looks |= {"ほかのデータと結び付いた欄の印"}
        segments.append(Segment(text, self._inserted, self._deleted, looks, self._comments))
        self.covered += len(self._comments)
        self._anchored |= self._fresh
        self._fresh.clear()

    def _comment_point(self, element: etree._Element, segments: list[Segment]) -> None:
        """A comment without a range, or with an empty one, belongs to the point of its reference."""
        identifier = element.get(f"{W}id", "")
        if identifier not in self._anchored:
            segments.append(Segment("", self._inserted, self._deleted, frozenset(), (identifier,)))
            self._anchored.add(identifier)

    def _graphic(self, element: etree._Element, segments: list[Segment], looks: frozenset[str]) -> None:
        boxes = [tuple(self.blocks(box)) for box in _boxes(element)]
        self.boxes += boxes
        if any(paragraph.segments for box in boxes for paragraph in within(box)):
            return
        kind = "図形" if boxes else "グラフ" if element.find(".//{*}chart") is not None else "画像"
        words = "".join(word.get("string") or word.text or "" for word in element.iter(*_WORDS))
        target = next((self.pictures.get(e.get(f"{R}embed") or e.get(f"{R}id") or "") for e in _referring(element)), "")
        more = f"（{target}）" if target and not boxes else f"「{words}」" if words else ""
        self._add("", segments, looks | {kind + more})

    def unread(self, root: etree._Element) -> list[str]:
        """Return the texts that were not visited; those that only other programs would show instead are none."""
        seen = {id(element) for element in self._visited}
        return [e.text for e in root.iter(*_TEXTS) if e.text and id(e) not in seen and is_shown(e)]


def _boxes(graphic: etree._Element) -> list[etree._Element]:
    """Return the text boxes of a graphic that are read; boxes within a box are walked with its text."""
    found = (box for box in graphic.iter(f"{W}txbxContent") if is_shown(box))
    return [box for box in found if not _within_another(box, graphic)]


def _within_another(box: etree._Element, graphic: etree._Element) -> bool:
    outer = next(box.iterancestors(f"{W}txbxContent"), None)
    return outer is not None and any(ancestor is graphic for ancestor in outer.iterancestors())


def _referring(element: etree._Element) -> list[etree._Element]:
    return [e for e in element.iter() if e.get(f"{R}embed") or e.get(f"{R}id")]


def _revision(element: etree._Element | None) -> Revision | None:
    return None if element is None else Revision(element.get(f"{W}author", ""), element.get(f"{W}date", ""))


def _of_character(element: etree._Element) -> frozenset[str]:
    if element.tag == f"{W}sym":
        return frozenset({f"記号（{element.get(f'{W}font', '')}）"})
    return frozenset({"改ページ"}) if element.get(f"{W}type") in ("page", "column") else frozenset()


def _number(element: etree._Element) -> int:
    text = element.get(VAL, "0")
    return int(text) if text.isdecimal() and len(text) < 5 else 0
