"""What all paragraphs of a document are laid out with."""

from __future__ import annotations

from msgspec import Struct

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.pdf.shaping import PageNumbers


class Frame(Struct, frozen=True):
    """What all paragraphs of a document share: its name, default tab distance, spacing rule, and page numbers.

    ``captions`` are the styles of captions, ``row_names`` those of what names a row, ``compatibility`` is the version
    of Word that the document is laid out for. With ``marks_follow_breaks``, a page break that ends a paragraph leaves a
    line on the next page. ``grid`` is the distance of the lines that the text of the section keeps to, 0 for none, and
    that in its tables where ``tables_keep_grid``. Where it ``squeezes``, marks give way to one character more of a
    line; ``pitch`` is what the grid adds to characters; ``left`` is how far its text is from the edge of the paper, and
    ``width`` that between its margins, ``is_vertical`` tells how it is written; ``plainer`` notes what is drawn more
    plainly than in Word, None where that is refused.
    """

    name: str
    default_tab: float
    add_spacing: bool
    captions: frozenset[str]
    row_names: frozenset[str]
    compatibility: int
    marks_follow_breaks: bool = False
    numbers: PageNumbers | None = None
    grid: float = 0.0
    tables_keep_grid: bool = False
    squeezes: bool = False
    pitch: float = 0.0
    left: float = 0.0
    width: float = 0.0
    is_vertical: bool = False
    plainer: Plainer | None = None

    def make_plainer(self, what: str, how: str, near: str) -> None:
        """Note what is drawn otherwise than in Word, and how; raises Unsupported where it may not be."""
        if self.plainer is None:
            raise Unsupported(what, near, self.name)
        self.plainer.add(f"{what}（{how}）", near)
