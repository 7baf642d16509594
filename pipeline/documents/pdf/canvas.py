"""The drawer: boxes into the content stream of a page. It places nothing and chooses nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

from pipeline.documents import metafiles
from pipeline.documents.docx.placement import UPRIGHT, WHOLE, Crop
from pipeline.documents.docx.tree import Link
from pipeline.documents.fonts import embeddable, has_bold
from pipeline.documents.metafiles import is_metafile
from pipeline.documents.pdf.boxes import Box, FillBox, Node, PathBox, PictureBox, RuleBox, TextBox
from pipeline.documents.pdf.content import Content, Look
from pipeline.documents.pdf.pictures import Embedded, plain_png
from pipeline.documents.pdf.structure import Element, Structure
from pipeline.documents.pdf.tags import Rectangle
from pipeline.documents.pdf.text_lines import rules_of_text
from pipeline.documents.pdf.turning import turned_rule
from pipeline.documents.pdf.vector_canvas import vector_operators
from pipeline.documents.pdf.vectors import Drawing, read_drawing
from pipeline.documents.pdf.vertical import draw_vertical

_APART = 0.5
"""The least space (em) that parts words of a link, such as a tab's."""

Shape: TypeAlias = FillBox | RuleBox | PathBox | PictureBox
_Linked: TypeAlias = tuple[TextBox, Element | None]
_Key: TypeAlias = tuple[Link, float, Element | None]


class PageCanvas:
    """Draws a page, and adds every mark to the structure; the same calls give the same bytes.

    ``vector_texts`` are the texts of each picture drawn as vectors. Pictures are added to ``pictures``, each once.
    """

    def __init__(self, height: float, structure: Structure, pictures: dict[str, Embedded]) -> None:
        """Begin a page of a height (pt)."""
        self.content = Content(height)
        self.vector_texts: list[tuple[str, ...]] = []
        self._structure = structure
        self._pictures = pictures
        self._height = height

    def draw(self, boxes: Iterable[Box]) -> None:
        """Draw boxes in their order; raises PictureFault."""
        linked: list[_Linked] = []
        for is_text, run in groupby(boxes, lambda box: isinstance(box, TextBox)):
            if is_text:
                linked += self._draw_texts([box for box in run if isinstance(box, TextBox)])
            else:
                self._draw_shapes(box for box in run if not isinstance(box, TextBox))
        for (link, _, element), (rectangle, words) in _joined(linked, self._height).items():
            self._structure.annotate(element, link, words, rectangle)

    def _draw_shapes(self, boxes: Iterable[Shape]) -> None:
        for node, run in groupby(boxes, _node):
            opening, element = self._structure.mark(node)
            self.content.add(opening)
            for box in run:
                self._draw_shape(box)
                if element is not None and isinstance(box, PictureBox | PathBox):
                    element.area = _united(element.area, _area(box, self._height))
            self.content.add("EMC")

    def _draw_shape(self, box: Shape) -> None:
        if isinstance(box, FillBox):
            self.content.fill(box.x, box.y, box.width, box.height, box.color)
        elif isinstance(box, RuleBox):
            self.content.rule((box.x1, box.y1, box.x2, box.y2), box.thickness, box.color, box.dashes)
        elif isinstance(box, PathBox):
            self.content.path(box)
        else:
            self._draw_placed(box)

    def _draw_placed(self, box: PictureBox) -> None:
        """Draw a picture as it is clipped and turned."""
        content, opened = self.content, 0
        if box.top is not None and box.top > box.y:
            content.open_clipped(box.x, box.top, box.width, box.y + box.height - box.top)
            opened += 1
        if box.clip:
            content.open_clip(box.clip)
            opened += 1
        if box.turn != UPRIGHT:
            content.open_turned(box.turn, box.middle)
            opened += 1
        self._draw_picture(box)
        for _ in range(opened):
            content.close()

    def _draw_texts(self, boxes: Sequence[TextBox]) -> list[_Linked]:
        """Draw boxes of text that follow each other; gives those that are links, with their elements."""
        content = self.content
        content.add("BT")
        linked: list[_Linked] = []
        for (node, link), run in groupby(boxes, lambda box: (box.node, box.link)):
            own = list(run)
            words = _words(own) if link else ""
            for language, spoken in groupby(own, lambda box: box.language):
                opening, element = self._structure.mark(node, link, words, language)
                words = ""
                content.add(opening)
                for box in spoken:
                    (draw_vertical if box.is_vertical else _draw_text)(content, box, _look(box))
                    linked += [(box, element)] if link is not None else []
                content.add("EMC")
        content.add("ET")
        self._draw_shapes(rule for box in boxes if box.underline or box.strikes for rule in _rules(box))
        return linked

    def _draw_picture(self, box: PictureBox) -> None:
        drawing = read_drawing(box.svg)
        if drawing is not None:
            self._draw_vectors(box, drawing, vector_operators(drawing, self.content))
        elif is_metafile(box.data):
            self._draw_metafile(box)
        else:
            name = self._embed(box.data, box.crop)
            self.content.add_scaled(f"/{name} Do", (box.width, box.height), box.x, box.y + box.height)

    def _draw_metafile(self, box: PictureBox) -> None:
        from pipeline.documents.pdf.metafile_canvas import metafile_operators  # noqa: PLC0415 - late: met by few

        played = metafiles.read(box.data, box.crop)
        self._draw_vectors(box, played, metafile_operators(played, self.content, self._embed))

    def _draw_vectors(self, box: PictureBox, drawing: Drawing | metafiles.Drawing, operators: str) -> None:
        self.vector_texts.append(drawing.texts)
        self.content.add_scaled(operators, (box.width / drawing.width, -box.height / drawing.height), box.x, box.y)

    def _embed(self, data: bytes, crop: Crop) -> str:
        mark = b"" if crop == WHOLE else repr(crop).encode()
        name = f"I{hashlib.sha256(data + mark).hexdigest()[:16]}"
        if name not in self._pictures:
            self._pictures[name] = _embedded(data, crop)
        return name


def _embedded(data: bytes, crop: Crop) -> Embedded:
    """Return the image object for what is seen of a picture; raises PictureFault."""
    plain = plain_png(data) if crop == WHOLE else None
    if plain is not None:
        return plain
    from pipeline.documents.pdf.decoding import decoded, decoded_part  # noqa: PLC0415 - Pillow, for other pictures alone

    return decoded(data) if crop == WHOLE else decoded_part(data, crop)


def _words(boxes: Sequence[TextBox]) -> str:
    """Return what boxes read, with a space where there is one between them."""
    words = boxes[0].text
    for before, box in pairwise(boxes):
        is_apart = box.baseline == before.baseline and box.x - before.x - before.width > _APART * box.size
        words += f" {box.text}" if is_apart else box.text
    return words


def _rules(box: TextBox) -> Iterator[Shape]:
    rules = rules_of_text(box)
    yield from rules if box.turned is None else (turned_rule(rule, box.turned) for rule in rules)


def _area(box: PictureBox | PathBox, height: float) -> Rectangle:
    """Return the room of a box on the page."""
    if isinstance(box, PathBox):
        values = [values for _, values in box.path if values]
        across, down = ([value for row in values for value in row[at::2]] for at in (0, 1))
        return min(across), height - max(down), max(across), height - min(down)
    corners = [
        box.turn.of((box.x + across, box.y + down), box.middle) for across in (0, box.width) for down in (0, box.height)
    ]
    across, down = ([corner[at] for corner in corners] for at in (0, 1))
    return min(across), height - max(down), max(across), height - min(down)


def _united(first: Rectangle | None, second: Rectangle) -> Rectangle:
    if first is None:
        return second
    (x1, y1, x2, y2), (x3, y3, x4, y4) = first, second
    return min(x1, x3), min(y1, y3), max(x2, x4), max(y2, y4)


def _draw_text(content: Content, box: TextBox, look: Look) -> None:
    content.text(box.x, box.baseline, box.text, look)


def _look(box: TextBox) -> Look:
    is_thickened = box.bold and not has_bold(box.family)
    return Look(
        font=embeddable(box.bold, box.family),
        size=box.size,
        color=box.color,
        spacing=box.spacing,
        stretch=box.stretch,
        is_slanted=box.italic,
        is_thickened=is_thickened,
        turned=box.turned,
    )


def _node(box: Shape) -> Node | None:
    return box.node if isinstance(box, PictureBox | PathBox) else None


def _joined(
    linked: Sequence[_Linked], height: float
) -> dict[tuple[Link, float, Element | None], tuple[Rectangle, str]]:
    """Return one rectangle for each link and line, from its first to its last character there, with its words."""
    areas: dict[_Key, tuple[Rectangle, str]] = {}
    for box, element in linked:
        if box.link is None:
            continue
        key = (box.link, box.baseline, element)
        left, top, right, bottom = box.area
        own = (left, height - bottom, right, height - top)
        old, words = areas.get(key, (own, ""))
        area = (min(own[0], old[0]), min(own[1], old[1]), max(own[2], old[2]), max(own[3], old[3]))
        areas[key] = area, words + box.text
    return areas
