"""Filling the pages of a section, again from the top where something reaches up over text that stands there already.

A picture may stand at a place of the page while the paragraph it is tied to comes only after the text beside it: that
text keeps clear of it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from pipeline.documents.docx.tree import Block, Group, Paragraph, Picture, Section, Shape
from pipeline.documents.pdf.boxes import Node, Page
from pipeline.documents.pdf.floats import Obstacle
from pipeline.documents.pdf.flow import Flow
from pipeline.documents.pdf.flow_parts import Body, Foreseen, Part
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.open_page import MeasuredPage, ReachesUp

_MOST = 50
"""How often pages of one section are filled anew."""


class _Measuring(Flow):
    """Fills pages on which no letter is set."""

    page = MeasuredPage


def measured(section: Section, bodies: tuple[Body, Body], frame: Frame, parts: Iterable[Part]) -> Iterator[Page]:
    """Yield the pages of a section as ``filled``, but for what stands on them where nothing floats."""
    floats = any(map(_floats, section.blocks))
    return filled(section, bodies, frame, parts) if floats else _Measuring(section, *bodies, frame).fill(parts)


def filled(section: Section, bodies: tuple[Body, Body], frame: Frame, parts: Iterable[Part]) -> Iterator[Page]:
    """Yield the pages of a section; raises Unsupported. Its blocks are kept only where pages may be filled anew."""
    if not any(map(_wraps, section.blocks)):
        yield from Flow(section, *bodies, frame).fill(parts)
        return
    kept = [replace(part, blocks=[*part.blocks]) for part in parts]
    given, seen = 0, _Seen()
    for attempt in range(_MOST):
        flow = Flow(section, *bodies, frame, seen.foreseen())
        try:
            for page in islice(flow.fill(kept), given, None):
                given += 1
                yield page
        except ReachesUp as reaching:
            if attempt + 1 == _MOST:
                raise
            seen.add(flow.closed, reaching)
        else:
            return


class _Seen:
    """What reached up so far, by page. What moves its own paragraph to the next page goes there with it."""

    def __init__(self) -> None:
        self._tied: dict[int, dict[Obstacle, Node]] = {}
        self._moved: set[Node] = set()

    def foreseen(self) -> Foreseen:
        return Foreseen({page: [*tied] for page, tied in self._tied.items()}, self._moved)

    def add(self, page: int, reaching: ReachesUp) -> None:
        if reaching.obstacle is None or reaching.tied is None:
            self._moved.update(self._tied.pop(page).values())
        else:
            self._tied.setdefault(page, {})[reaching.obstacle] = reaching.tied


def _floats(block: Block) -> bool:
    """Return whether something is tied to a block, or a table to what stands beside it, that text goes around."""
    return _wraps(block) if isinstance(block, Paragraph) else block.place is not None


def _wraps(block: Block) -> bool:
    """Return whether text goes around something that is tied to a paragraph."""
    drawn = block.content if isinstance(block, Paragraph) else ()
    places = (item.place for item in drawn if isinstance(item, (Picture, Shape, Group)))
    return any(place is not None and place.wrap != "none" for place in places)
