"""Footnotes and endnotes (17.11): where they are referred to, and their texts.

Footnotes stand at the foot of their pages; in a document with columns with the endnotes at its end, which is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain, islice

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import Border, Borders, LineSpacing, ParagraphFormat, RunFormat
from pipeline.documents.docx.inlines import Reading
from pipeline.documents.docx.markup import VAL, W, inside, is_on_attribute, remove
from pipeline.documents.docx.numerals import NUMERALS
from pipeline.documents.docx.tree import Block, Link, Note, Paragraph, Section

ReadBlocks = Callable[[etree._Element, Context], Iterable[Block]]
NoteKey = tuple[str, str]
REFERENCES: Mapping[str, str] = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
MARKS = frozenset({f"{W}footnoteRef", f"{W}endnoteRef"})
"""The number of a note within its own text."""
_NAMES = {"footnote": "脚注", "endnote": "文末脚注"}
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}
_LINE = 144.0
"""How long (pt) the line above notes is: two inches."""
_SEPARATOR = "separator"


def note_texts(kind: str, root: etree._Element) -> Mapping[NoteKey, etree._Element]:
    """Return the texts of notes by kind and id, each with a bookmark, and what stands above them by what it is."""
    for line in [*root.iter(f"{W}separator", f"{W}continuationSeparator")]:
        remove(line)
    found = {(kind, note.get(f"{W}type", note.get(f"{W}id", ""))): note for note in root.iterchildren(f"{W}{kind}")}
    for key, note in found.items():
        for paragraph in islice(note.iter(f"{W}p"), 1):
            paragraph.insert(0, paragraph.makeelement(f"{W}bookmarkStart", {f"{W}name": _anchor(key)}))
    return found


def have_foot(root: etree._Element) -> bool:
    """Return whether the pages of a document have a foot for notes: its lines run across all of a page."""
    parted = (columns.get(f"{W}num", "1") not in ("0", "1") for columns in root.iter(f"{W}cols"))
    turned = (section.find(f"{W}textDirection") is not None for section in root.iter(f"{W}sectPr"))
    return not any(chain(parted, turned))


def refer(element: etree._Element, run: RunFormat, reading: Reading) -> None:
    """Add the number of the next note, with a link to it; raises Unsupported where notes are not drawn."""
    kind, context = REFERENCES[str(element.tag)], reading.context
    if context.plainer is None:
        raise context.refuse(_NAMES[kind], element)
    key = (kind, element.get(f"{W}id", ""))
    if is_first := key not in context.notes:
        label = "" if is_on_attribute(element, "customMarkFollows") else _label(element, kind, context)
        context.notes[key] = label
    reading.add_text(context.notes[key], run, Link(anchor=_anchor(key)))
    if is_first and _is_at_foot(key, context):
        above = context.note_texts.get((kind, _SEPARATOR), etree.Element("none"))
        reading.add(Note(reading.boxed(*_of_note(key, context)), reading.boxed(above, context), run))


def _label(element: etree._Element, kind: str, context: Context) -> str:
    number = 1 + sum(known == kind and bool(label) for (known, _), label in context.notes.items())
    form = next(element.getroottree().iter(f"{W}{kind}Pr"), None)
    restart, said = inside(form, "numRestart"), inside(form, "numFmt")
    if context.plainer and restart is not None and restart.get(VAL) != "continuous":
        context.plainer.add("ページやセクションごとに付け直す脚注の番号（通し番号で）", "")
    return NUMERALS.get("" if said is None else said.get(VAL, ""), NUMERALS[_USUAL[kind]])(number)


def _anchor(key: NoteKey) -> str:
    return f"_{key[0]}_{key[1]}"


def _is_at_foot(key: NoteKey, context: Context) -> bool:
    return key[0] == "footnote" and context.has_foot and key in context.note_texts


def with_notes(sections: tuple[Section, ...], context: Context, read: ReadBlocks) -> tuple[Section, ...]:
    """Return sections, the last of which ends with the notes that were referred to and stand at no foot."""
    ending = [key for kind in _NAMES for key in context.notes if key[0] == kind and not _is_at_foot(key, context)]
    if not ending or context.plainer is None:
        return sections
    if any(kind == "footnote" for kind, _ in ending):
        context.plainer.add("脚注（文書の最後にまとめて）", "")
    *others, last = sections
    free = last.width - last.margin_left - last.margin_right - _LINE
    notes = (read(*_of_note(key, context)) for key in ending if key in context.note_texts)
    blocks = (*last.blocks, _separator(max(0.0, free)), *chain.from_iterable(notes))
    return (*others, replace(last, blocks=blocks))


def _separator(right: float) -> Paragraph:
    line = ParagraphFormat(borders=Borders(bottom=Border(0.5, "000000")), right=right, line=LineSpacing("exact", 12.0))
    return Paragraph("", line, RunFormat(), ())


def _of_note(key: NoteKey, context: Context) -> tuple[etree._Element, Context]:
    """Return the text of a note and what it is read with."""
    part = context.package.related(context.package.document, f"{key[0]}s") or ""
    return context.note_texts[key], replace(context.of_part(part), note=context.notes[key])
