"""What pages are filled with, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.documents.docx.tree import Columns
from pipeline.documents.pdf.blocks import ParagraphBlock
from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.floats import Obstacle
from pipeline.documents.pdf.tables import TableBlock

FlowBlock: TypeAlias = ParagraphBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Body:
    """The area of a page that the body fills, from ``top`` to ``bottom`` below the page's edge."""

    left: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The area's height."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that stand in the same columns, which are equally high where they are ``balanced``."""

    columns: Columns
    blocks: Iterable[FlowBlock]
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is known of pages before they are filled: obstacles by the number of their page, from its top on, and the
    paragraphs that begin a page.
    """

    obstacles: Mapping[int, Sequence[Obstacle]] = field(default_factory=dict)
    moved: Set[Node] = frozenset()


NOTHING_FORESEEN = Foreseen()
