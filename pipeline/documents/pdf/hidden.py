"""Texts that readers of a PDF do not see whole: the same letters stand there already, as where labels of charts meet.

Readers go through a line from the left, and take a letter near the same one, or a text near the same, for a shadow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from math import floor

from pipeline.documents.fonts import embeddable, measured
from pipeline.documents.pdf.boxes import Box, TextBox

_TEXT = 0.25
"""How far (em) a text may be from the same text and still be one with it to a reader."""
_LETTER = 0.07
"""How far a letter may be from the same letter."""
_EM = 1000


def hidden_texts(boxes: Iterable[Box]) -> Iterator[str]:
    """Yield the texts of a page's lines of which readers miss letters, in the order of drawing."""
    lines = [*_lines(box for box in boxes if isinstance(box, TextBox))]
    seen: dict[int, list[TextBox]] = {}
    found = set()
    for at in sorted(range(len(lines)), key=lambda at: lines[at][0].x):
        if any(_hides(other, box) for box in lines[at] for other in _beside(box, seen)):
            found.add(at)
        for box in lines[at]:
            seen.setdefault(floor(box.baseline), []).append(box)
    for at in sorted(found):
        yield "".join(box.text for box in lines[at])


def _lines(boxes: Iterable[TextBox]) -> Iterator[list[TextBox]]:
    """Yield boxes that go on from each other on one baseline together."""
    line: list[TextBox] = []
    for box in boxes:
        if line and (
            box.baseline != line[-1].baseline or abs(line[-1].x + line[-1].width - box.x) > _LETTER * box.size
        ):
            yield line
            line = []
        line.append(box)
    if line:
        yield line


def _beside(box: TextBox, seen: dict[int, list[TextBox]]) -> list[TextBox]:
    """Return the boxes that were read before at the height of a box, but for those that end before it begins."""
    near = box.size * _TEXT
    left, heights = box.x - near, range(floor(box.baseline - near), floor(box.baseline + near) + 1)
    return [other for height in heights for other in seen.get(height, ()) if other.x + other.width >= left]


def _hides(other: TextBox, box: TextBox) -> bool:
    """Return whether a box that was read before hides letters of another one."""
    across, down = abs(other.x - box.x) / box.size, abs(other.baseline - box.baseline) / box.size
    if other.text == box.text and max(across, down) < _TEXT:
        return True
    near = _LETTER * box.size
    if down >= _LETTER or other.x + other.width < box.x + near or box.x + box.width < other.x + near:
        return False
    places = [*_places(other)]
    return any(letter == known and abs(x - place) < near for letter, x in _places(box) for known, place in places)


def _places(box: TextBox) -> Iterator[tuple[str, float]]:
    """Yield the letters of a level box, each with where it begins."""
    if box.is_vertical or box.turned is not None:
        return
    widths, em = measured(embeddable(box.bold, box.family)).widths, box.size * box.stretch / _EM
    steps = (widths[ord(letter)] * em + box.spacing for letter in box.text[:-1])
    yield from zip(box.text, accumulate(steps, initial=box.x), strict=False)
