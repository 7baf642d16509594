"""word/document.xml -> blocks with both readings of tracked changes (ISO/IEC 29500-1, 17.13.5).

Every ``w:t`` and ``w:delText`` must be visited exactly once; ``BodyReader.unread`` tells which were not, and the file
is refused then: nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments.returned.appearance import Appearance
from pipeline.departments.returned.formulas import linear
from pipeline.departments.returned.numbering import Numbering
from pipeline.departments.returned.tree import Block, Cell, Paragraph, Revision, Row, Segment, Table, within
from pipeline.documents.docx.alternatives import is_shown
from pipeline.documents.docx.characters import written
from pipeline.documents.docx.fields import Field, take_part
from pipeline.documents.docx.markup import MATH, VAL, A, R, W, child_value, local
from pipeline.documents.docx.walk import (
    ALTERNATIVES,
    COMMENT_ANCHORS,
    CONTROL,
    DELETED,
    GRAPHICS,
    INSERTED,
    named,
    walk,
)

_TEXTS = (f"{W}t", f"{W}delText", f"{MATH}t")
_MATHS = (f"{MATH}oMath", f"{MATH}oMathPara")
_FIELD_PARTS = (f"{W}fldChar", f"{W}instrText", f"{W}delInstrText")
_WRAPPED = {f"{W}hyperlink": "リンク", f"{W}bdo": "文字の並ぶ向きの指定"}
"""Flags of what stands in a wrapper."""
_EMPTY_FLAGS = {f"{W}footnoteReference": "脚注", f"{W}endnoteReference": "脚注", f"{W}pgNum": "ページ番号"}
"""Flags of what stands in the text and has no characters."""
_WITHOUT_WORDS = {ALTERNATIVES} | named(
    "sectPr", "bookmarkStart", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
)  # fmt: skip
"""What else holds no words of a department; of alternate content, where Word shows none of its branches."""
_WORDS = (f"{A}t", "{urn:schemas-microsoft-com:vml}textpath")
"""Words within a drawing that is no text box."""
_JOINER = "\u200d"
"""LibreOffice begins or ends texts in tracked rows with one."""


class Surroundings(Struct, frozen=True):
    """What a piece of text stands in: tracked changes, its paragraph's style, flags of how it looks, content controls.

    A control ``is_bound`` that shows data from elsewhere, whatever stands in it (17.5.2.6); the prompt of an empty one
    is shown, and is no text (17.5.2.39).
    """

    inserted: Revision | None = None
    deleted: Revision | None = None
    style: str = ""
    flags: frozenset[str] = frozenset()
    is_prompt: bool = False
    is_bound: bool = False

    def flagged(self, *flags: str) -> Surroundings:
        """Return the same with more flags."""
        return replace(self, flags=self.flags.union(flags)) if flags else self

    def within(self, wrapper: etree._Element) -> Surroundings:
        """Return what stands in a wrapper that stands here."""
        if wrapper.tag in INSERTED:
            return replace(self, inserted=_revision(wrapper))
        if wrapper.tag in DELETED:
            return replace(self, deleted=_revision(wrapper))
        if wrapper.tag == CONTROL:
            prompts = wrapper.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
            binds = wrapper.find(f"{W}sdtPr/{{*}}dataBinding") is not None
            return replace(self, is_prompt=self.is_prompt or prompts, is_bound=self.is_bound or binds)
        return self.flagged(_WRAPPED[str(wrapper.tag)]) if wrapper.tag in _WRAPPED else self


class BodyReader(Struct):
    """Reads a body once.

    ``pictures`` gives short hashes of pictures by the ids of their relationships, ``numbering`` says which lists and
    styles number their paragraphs, ``appearance`` what styles look like. ``covered`` counts each segment once for
    every comment around it.
    """

    pictures: Mapping[str, str] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    appearance: Appearance = field(default_factory=Appearance)
    boxes: list[tuple[Block, ...]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    covered: int = 0
    _visited: list[etree._Element] = field(default_factory=list)
    _comments: tuple[str, ...] = ()
    _fresh: set[str] = field(default_factory=set)
    _anchored: set[str] = field(default_factory=set)
    _fields: list[Field] = field(default_factory=list)

    def _walk(
        self, parent: etree._Element, around: Surroundings, *wanted: str
    ) -> Iterator[tuple[etree._Element, Surroundings]]:
        """Yield the wanted elements in a parent; note where comments begin and end, and what is not known."""
        for element, inner in walk(parent, around, Surroundings.within):
            if element.tag in wanted:
                yield element, inner
            elif element.tag in COMMENT_ANCHORS:
                self._comment_range(element)
            elif element.tag not in _WITHOUT_WORDS:
                self.unknown.append(local(element))

    def blocks(self, parent: etree._Element, around: Surroundings = Surroundings()) -> Iterator[Block]:
        """Yield the paragraphs and tables of a body or a cell."""
        for element, inner in self._walk(parent, around, f"{W}p", f"{W}tbl", f"{W}altChunk"):
            if element.tag == f"{W}p":
                yield self._paragraph(element, inner)
            elif element.tag == f"{W}tbl":
                yield Table(tuple(self._row(*found) for found in self._walk(element, inner, f"{W}tr")))
            else:
                self.unknown.append("埋め込まれた別の文書")

    def _row(self, element: etree._Element, around: Surroundings) -> Row:
        before = element.find(f"{W}trPr/{W}gridBefore")
        column = 0 if before is None else _number(before)
        cells: list[Cell] = []
        for cell, inner in self._walk(element, around, f"{W}tc"):
            cells.append(self._cell(cell, column, inner))
            column += cells[-1].span
        marks = tuple(mark.get(f"{W}name", "") for mark in element.iter(f"{W}bookmarkStart"))
        inserted, deleted = (_revision(element.find(f"{W}trPr/{W}{name}")) for name in ("ins", "del"))
        return Row(tuple(cells), inserted or around.inserted, deleted or around.deleted, marks)

    def _cell(self, element: etree._Element, column: int, around: Surroundings) -> Cell:
        span, merged = element.find(f"{W}tcPr/{W}gridSpan"), element.find(f"{W}tcPr/{W}vMerge")
        changes = (n for n in ("cellIns", "cellDel", "cellMerge") if element.find(f"{W}tcPr/{W}{n}") is not None)
        merge = "" if merged is None else "start" if merged.get(VAL) == "restart" else "continue"
        width = 1 if span is None else max(1, _number(span))
        return Cell(column, width, merge, next(changes, ""), tuple(self.blocks(element, around)))

    def _comment_range(self, element: etree._Element) -> None:
        identifier = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            self._comments += (identifier,)
            self._fresh.add(identifier)
        else:
            self._comments = tuple(one for one in self._comments if one != identifier)
            self._fresh.discard(identifier)

    def _paragraph(self, element: etree._Element, around: Surroundings) -> Paragraph:
        properties = element.find(f"{W}pPr")
        mark = () if properties is None else properties.findall(f"{W}rPr/*")
        inserted, deleted = (
            next((_revision(child) for child in mark if child.tag in changes), None) for changes in (INSERTED, DELETED)
        )
        style = child_value(properties, "pStyle") or ""
        numbered = self.numbering.mark(element.find(f"{W}pPr/{W}numPr"), style)
        segments = tuple(self._runs(element, replace(around, style=style, flags=frozenset())))
        return Paragraph(segments, inserted, deleted, numbered)

    def _runs(self, parent: etree._Element, around: Surroundings) -> Iterator[Segment]:
        for element, inner in self._walk(parent, around, f"{W}r", f"{W}ruby", f"{W}fldSimple", *_MATHS):
            if element.tag == f"{W}r":
                yield from self._run(element, inner.flagged(*self.appearance.of_run(element, inner.style)))
            elif element.tag == f"{W}ruby":
                yield from self._ruby(element, inner)
            elif element.tag == f"{W}fldSimple":
                self._fields.append(Field(element.get(f"{W}instr", "")))
                yield from self._runs(element, inner)
                yield from self._closed(self._fields.pop() if self._fields else None, inner)
            else:
                self._visited += element.iter(f"{MATH}t", f"{W}t")
                yield self._segment(linear(element), inner.flagged("数式"))

    def _ruby(self, element: etree._Element, around: Surroundings) -> Iterator[Segment]:
        readings = list(element.iterfind(f"{W}rt//{W}t"))
        self._visited += readings
        reading = "".join(t.text or "" for t in readings)
        inner = around.flagged(f"ルビ（{reading}）")
        segments = [segment for base in element.findall(f"{W}rubyBase") for segment in self._runs(base, inner)]
        yield from segments
        if reading.strip() and not any(segment.text for segment in segments):
            yield self._segment("", around.flagged(f"親文字のないルビ（{reading}）"))

    def _run(self, run: etree._Element, around: Surroundings) -> Iterator[Segment]:
        for element, inner in walk(run, around, Surroundings.within):
            if element.tag in _TEXTS:
                self._visited.append(element)
                yield self._segment((element.text or "").strip(_JOINER), inner)
            elif character := written(element):
                yield self._segment(character, inner.flagged(*_of_character(element)))
            else:
                yield from self._object(element, inner)

    def _object(self, element: etree._Element, around: Surroundings) -> Iterator[Segment]:
        """Yield what is no plain character."""
        if element.tag in _EMPTY_FLAGS:
            yield self._segment("", around.flagged(_EMPTY_FLAGS[str(element.tag)]))
        elif element.tag == f"{W}commentReference":
            yield from self._comment_point(element, around)
        elif element.tag in GRAPHICS:
            yield from self._graphic(element, around)
        elif element.tag == f"{W}ruby":
            yield from self._ruby(element, around)
        elif element.tag in _FIELD_PARTS:
            part = take_part(self._fields, element)
            yield from self._closed(part if element.get(f"{W}fldCharType") == "end" else None, around)
        elif element.tag not in _WITHOUT_WORDS:
            self.unknown.append(local(element))

    def _closed(self, ended: Field | None, around: Surroundings) -> Iterator[Segment]:
        """Yield a field that has ended without any content: what it shows is in its code alone.

        Word stores what a field shows as text after its code, but for encircled characters (EQ), check boxes of forms
        and buttons.
        """
        if ended is None:
            return
        if not ended.has_content:
            code = " ".join(ended.code.split()) or "?"
            yield self._segment("", around.flagged(f"フィールド（{code}）"))
        elif self._fields:
            self._fields[-1].has_content = True

    def _segment(self, text: str, around: Surroundings) -> Segment:
        if self._fields:
            self._fields[-1].has_content = True
        if around.is_prompt and text.strip():
            text, around = "", around.flagged(f"記入を促す案内の文字（{text}）")
        if around.is_bound:
            around = around.flagged("ほかのデータと結び付いた欄の印")
        self.covered += len(self._comments)
        self._anchored |= self._fresh
        self._fresh.clear()
        return Segment(text, around.inserted, around.deleted, around.flags, self._comments)

    def _comment_point(self, element: etree._Element, around: Surroundings) -> Iterator[Segment]:
        """Yield the point of a comment without a range, or with an empty one: where it is referred to."""
        identifier = element.get(f"{W}id", "")
        if identifier not in self._anchored:
            self._anchored.add(identifier)
            yield Segment("", around.inserted, around.deleted, frozenset(), (identifier,))

    def _graphic(self, element: etree._Element, around: Surroundings) -> Iterator[Segment]:
        boxes = [tuple(self.blocks(box, around)) for box in _boxes(element)]
        self.boxes += boxes
        if any(paragraph.segments for box in boxes for paragraph in within(box)):
            return
        kind = "図形" if boxes else "グラフ" if element.find(".//{*}chart") is not None else "画像"
        words = "".join(word.get("string") or word.text or "" for word in element.iter(*_WORDS))
        target = next((self.pictures.get(e.get(f"{R}embed") or e.get(f"{R}id") or "") for e in _referring(element)), "")
        more = f"（{target}）" if target and not boxes else f"「{words}」" if words else ""
        yield self._segment("", around.flagged(kind + more))

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


def _of_character(element: etree._Element) -> tuple[str, ...]:
    """Return the flags of a character that is an element."""
    if element.tag == f"{W}sym":
        return (f"記号（{element.get(f'{W}font', '')}）",)
    return ("改ページ",) if element.get(f"{W}type") in ("page", "column") else ()


def _number(element: etree._Element) -> int:
    text = element.get(VAL, "0")
    return int(text) if text.isdecimal() and len(text) < 5 else 0
