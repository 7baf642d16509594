"""What runs through a paragraph, gathered as it is read: characters as they are drawn, in formats of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.documents.docx.context import Context, ReadText
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.styles_xml import Look
from pipeline.documents.docx.tree import Bookmark, Break, Inline, Link, Text

_SMALL_CAPITALS = 0.8
"""The size of small capitals, in that of the capitals beside them."""
_SCRIPT = 0.58
_RISES = {"superscript": 0.88 * (1 - _SCRIPT), "subscript": -0.12 * (1 - _SCRIPT)}
"""The size of raised and lowered characters, and how far they move: to the text's top or bottom, as in LibreOffice."""
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u2060\ufe0e\ufe0f\ufeff"))
"""Characters that have neither width nor mark: hyphens and breaks that may be, joiners, marks of order and of looks."""


class Reading(Struct):
    """The state of reading one paragraph; ``boxed`` reads the paragraphs of a text box in it."""

    context: Context
    look: Look
    boxed: ReadText
    content: list[Inline] = field(default_factory=list)

    @property
    def shows(self) -> bool:
        """Whether what is read now is drawn: not a field's code, nor a result that is worked out anew."""
        return all(opened.shows for opened in self.context.fields)

    def add(self, *inlines: Inline) -> None:
        """Add what stands in the line, unless it is not drawn."""
        if self.shows and not any(_is_hidden(inline) for inline in inlines):
            self.content.extend(inlines)

    def add_text(self, text: str, run: RunFormat, link: Link | None) -> None:
        """Add characters, unless they are not drawn."""
        if self.shows and not run.hidden:
            pieces = _as_drawn(text.translate(UNSEEN), run)
            self.content.extend(Text(piece, format_, link) for piece, format_ in pieces if piece)


def joined(content: Iterable[Inline]) -> Iterator[Inline]:
    """Join characters of one format, so that editing traces of Word do not multiply runs."""
    for _, alike in groupby(content, lambda it: (id(it.format), it.link) if isinstance(it, Text) else id(it)):
        first, *others = alike
        joined = "".join(it.text for it in (first, *others) if isinstance(it, Text))
        yield replace(first, text=joined) if isinstance(first, Text) and others else first


def alone(content: Sequence[Inline]) -> Iterator[Inline]:
    """Yield what stands in a paragraph; of formulas, only those stand alone that nothing else is on one line with."""
    seen = [inline for inline in content if not isinstance(inline, Bookmark)]
    beside = {id(one) for pair in pairwise(seen) if not any(isinstance(each, Break) for each in pair) for one in pair}
    for inline in content:
        yield replace(inline, stands_alone=False) if isinstance(inline, Formula) and id(inline) in beside else inline


def _is_hidden(inline: Inline) -> bool:
    return not isinstance(inline, Bookmark) and inline.format.hidden


def _as_drawn(text: str, run: RunFormat) -> Iterator[tuple[str, RunFormat]]:
    """Yield text in capitals where the format says so (17.3.2.5, 17.3.2.33), in formats without such wishes."""
    full, small = drawn_formats(run)
    if run.capitals or not run.small_capitals:
        yield (text.upper() if run.capitals else text), full
        return
    for is_lower, letters in groupby(text, str.islower):
        yield "".join(letters).upper(), small if is_lower else full


@lru_cache(maxsize=256)
def drawn_formats(run: RunFormat) -> tuple[RunFormat, RunFormat]:
    """Return a format and that of its small capitals; equal questions give the same objects."""
    full = replace(run, shading=run.highlight or run.shading, highlight=None, capitals=False, small_capitals=False)
    if run.script:
        full = replace(full, size=run.size * _SCRIPT, rise=run.rise + run.size * _RISES[run.script], script="")
    full = run if full == run else full
    return full, replace(full, size=full.size * _SMALL_CAPITALS)
