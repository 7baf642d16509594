"""Which typeface draws what a document names (17.3.2.26), and word/fontTable.xml (17.8.3.10), what it says of each.

``substituted`` tells what is drawn in another typeface than the document names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from lxml import etree

from pipeline.documents import metafiles
from pipeline.documents.docx.enclosed import Enclosed
from pipeline.documents.docx.formats import RunFormat, Typeface
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.markup import W, child_value
from pipeline.documents.docx.paragraphs import paragraphs
from pipeline.documents.docx.scripts import Before, slots
from pipeline.documents.docx.tree import Document, PageField, Paragraph, Picture, Ruby, Text
from pipeline.documents.fonts import OTHER_NAMES, family
from pipeline.documents.fonts.substitutes import Listed, pair
from pipeline.documents.metafiles import is_metafile

_UNNAMED = "（指定なし）"
_OF_FORMULAS = "数式の書体"
_DIGIT = "0"
_COMMAND = "{{"
_LEAVES_NOTHING = "{%"
"""Begins a paragraph of a template of which nothing is printed."""
LOOK = "文字の形や幅が変わるため、見た目を確かめてください。"
CURE = f"{LOOK}ほかの書体で描かずに止めるには --strict-fonts（make では STRICT=yes）を付けます。"
"""What to do about what is drawn in another typeface."""


class Typefaces:
    """What draws the typefaces that a document names, by name or by their place in its theme."""

    def __init__(self, theme: Mapping[str, str], listed: Mapping[str, Listed]) -> None:
        """Take the fonts of the theme, and what the document says of its fonts."""
        self._theme = theme
        self._listed = listed

    def drawing(self, name: str, *, is_asian: bool) -> Typeface:
        """Return a typeface with what draws it, by its name or its place in the theme."""
        named = self._theme.get(name, name)
        found = pair(named, self._listed.get(named, Listed()))
        return Typeface(named, found.asian if is_asian else found.latin)


def read_font_table(root: etree._Element | None) -> Mapping[str, Listed]:
    """Return what a document says of its fonts, by name; nothing where it has no such table."""
    fonts = () if root is None else root.iter(f"{W}font")
    return {font.get(f"{W}name", ""): _listed(font) for font in fonts}


def _listed(font: etree._Element) -> Listed:
    return Listed(
        family=child_value(font, "family") or "",
        is_fixed=child_value(font, "pitch") == "fixed",
        panose=child_value(font, "panose1") or "",
        other_name=child_value(font, "altName") or "",
    )


def substituted(document: Document) -> tuple[tuple[str, str], ...]:
    """Return what is drawn in another typeface than the document names: those names, each with the other's."""
    found: dict[str, set[str]] = {}
    for name, drawn in chain.from_iterable(map(_substituted, _paragraphs(document))):
        found.setdefault(name, set()).add(drawn)
    return tuple((name, "・".join(sorted(drawn))) for name, drawn in sorted(found.items()))


def _substituted(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Yield the same of a paragraph and its pictures, where these have text."""
    for text, run in _texts(paragraph):
        for typeface in _missing(text, run):
            yield typeface.name or _UNNAMED, OTHER_NAMES[typeface.family][0]
    for inline in paragraph.content:
        if isinstance(inline, Formula) and inline.format.font.name:
            yield inline.format.font.name, _OF_FORMULAS
    for item in paragraph.drawn:
        if isinstance(item, Picture) and is_metafile(item.data):
            yield from metafiles.read(item.data, item.crop).typefaces


def told(found: Sequence[tuple[str, str]]) -> str:
    """Return the sentence that tells what is drawn by what."""
    return f"次の書体は、ほかの書体で描きます：{'、'.join(f'{name}→{drawn}' for name, drawn in found)}。"


def _missing(text: str, run: RunFormat) -> Iterator[Typeface]:
    """Yield the typefaces of a text that are not at hand; what a template fills in may be in any of its format's."""
    drawn = run.typefaces
    missing = {slot: typeface for slot, typeface in drawn.items() if family(typeface.name) != typeface.family}
    if missing:
        kinds = drawn if _COMMAND in text else dict.fromkeys(slots(text, run.hint, Before()))
        yield from (missing[slot] for slot in kinds if slot in missing)


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for section in document.sections:
        kinds = [kind for one in section.all for kind in (one.headers, one.footers)]
        running = (blocks for kind in kinds for blocks in (kind.default, kind.first, kind.even))
        yield from chain.from_iterable(map(paragraphs, (section.blocks, *filter(None, running))))


def _texts(paragraph: Paragraph) -> Iterator[tuple[str, RunFormat]]:
    if paragraph.text.startswith(_LEAVES_NOTHING):
        return
    if paragraph.label:
        yield paragraph.label.text, paragraph.label.format
    for inline in paragraph.content:
        texts = (*inline.base, *inline.small) if isinstance(inline, Ruby) else (inline,)
        yield from ((text.text, text.format) for text in texts if isinstance(text, Text))
        if isinstance(inline, Enclosed):
            yield from inline.parts
        if isinstance(inline, PageField):
            yield _DIGIT, inline.format
