"""Footnotes and endnotes (17.11): where they are referred to, and their texts, which stand at the end of the document.

That is where Word has endnotes. Footnotes stand there in a PDF alone, which tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import Border, Borders, LineSpacing, ParagraphFormat, RunFormat
from pipeline.documents.docx.inlines import Reading
from pipeline.documents.docx.markup import VAL, W, inside, is_on_attribute, local
from pipeline.documents.docx.numerals import NUMERALS
from pipeline.documents.docx.tree import Block, Bookmark, Link, Paragraph, Section

ReadBlocks = Callable[[etree._Element, Context], Iterable[Block]]
REFERENCES: Mapping[str, str] = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
MARKS = frozenset({f"{W}footnoteRef", f"{W}endnoteRef"})
"""The number of a note within its own text."""
_NAMES = {"footnote": "脚注", "endnote": "文末脚注"}
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}
_LINE = 144.0
"""How long (pt) the line above notes is: two inches."""


def refer(element: etree._Element, run: RunFormat, reading: Reading) -> None:
    """Add the number of the next note, with a link to it; raises Unsupported where notes are not drawn."""
    kind, context = REFERENCES[str(element.tag)], reading.context
    if context.plainer is None:
        raise context.refuse(_NAMES[kind], element)
    key = (kind, element.get(f"{W}id", ""))
    if key not in context.notes:
        label = "" if is_on_attribute(element, "customMarkFollows") else _label(element, kind, context)
        context.notes[key] = label
    reading.add_text(context.notes[key], run, Link(anchor=_anchor(key)))


def _label(element: etree._Element, kind: str, context: Context) -> str:
    number = 1 + sum(known == kind and bool(label) for (known, _), label in context.notes.items())
    form = next(element.getroottree().iter(f"{W}{kind}Pr"), None)
    said = inside(form, "numFmt")
    return NUMERALS.get("" if said is None else said.get(VAL, ""), NUMERALS[_USUAL[kind]])(number)


def _anchor(key: tuple[str, str]) -> str:
    return f"_{key[0]}_{key[1]}"


def with_notes(sections: tuple[Section, ...], context: Context, read: ReadBlocks) -> tuple[Section, ...]:
    """Return sections, the last of which ends with the notes that were referred to."""
    if not context.notes or context.plainer is None:
        return sections
    if any(kind == "footnote" for kind, _ in context.notes):
        context.plainer.add("脚注（文書の最後にまとめて）", "")
    *others, last = sections
    free = last.width - last.margin_left - last.margin_right - _LINE
    blocks = (*last.blocks, _separator(max(0.0, free)), *_notes(context, read))
    return (*others, replace(last, blocks=blocks))


def _separator(right: float) -> Paragraph:
    line = ParagraphFormat(borders=Borders(bottom=Border(0.5, "000000")), right=right, line=LineSpacing("exact", 12.0))
    return Paragraph("", line, RunFormat(), ())


def _notes(context: Context, read: ReadBlocks) -> Iterator[Block]:
    for kind in _NAMES:
        part = context.package.related(context.package.document, f"{kind}s")
        root = None if part is None else context.package.xml(part)
        if part is None or root is None:
            continue
        found = {note.get(f"{W}id", ""): note for note in root if local(note) == kind}
        for key, label in [*context.notes.items()]:
            if key[0] == kind and key[1] in found:
                made = [*read(found[key[1]], replace(context.of_part(part), note=label))]
                opening = made[0] if made else None
                if isinstance(opening, Paragraph):
                    made[0] = replace(opening, content=(Bookmark(_anchor(key)), *opening.content))
                yield from made
