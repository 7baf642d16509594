"""Lines below and through text (17.3.2.40), and the marks over its characters (17.3.2.12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.documents.docx.formats import Emphasis, RunFormat, Underline
from pipeline.documents.docx.geometry import RECTANGLE
from pipeline.documents.docx.placement import Line, Outline
from pipeline.documents.docx.presets import preset
from pipeline.documents.pdf.boxes import PathBox, PictureBox, RuleBox, TextBox
from pipeline.documents.pdf.faces import ASCENT, DESCENT
from pipeline.documents.pdf.forms import form_boxes

_BELOW = 0.1
_THICKNESS = 0.05
_ABOVE = 0.3
_APART = 2.0
"""How far two lines side by side are from each other, in their thickness."""
_DASHES: Mapping[str, tuple[float, ...]] = {
    "dotted": (1, 1.5), "dash": (4, 2), "dashed": (4, 2), "dashLong": (8, 3), "dotDash": (4, 2, 1, 2),
    "dashDot": (4, 2, 1, 2), "dotDotDash": (4, 2, 1, 2, 1, 2), "dashDotDot": (4, 2, 1, 2, 1, 2),
}  # fmt: skip
"""Strokes and gaps, in the thickness of the line."""
_WAVE = 0.14
"""Half the length of a wave (em)."""
_MARK = 0.18
_ELLIPSE = preset("ellipse", {}) or RECTANGLE


def strikes(run: RunFormat) -> int:
    """Return how many lines go through the letters of a format."""
    return 2 if run.double_strike else int(run.strike)


def rules_of_text(box: TextBox) -> Iterator[RuleBox]:
    """Yield the underline and the strike-through of a box of text."""
    thickness = box.size * _THICKNESS
    if box.underline:
        yield from _underline(box, box.underline, thickness)
    for at in range(box.strikes):
        y = box.baseline - _ABOVE * box.size + (at - (box.strikes - 1) / 2) * _APART * thickness
        yield RuleBox(box.x, y, box.x + box.width, y, thickness=thickness, color=box.color)


def _underline(box: TextBox, kind: Underline, thickness: float) -> Iterator[RuleBox]:
    form = kind.removesuffix("Heavy")
    width = thickness * 2 if kind.endswith("Heavy") or kind == "thick" else thickness
    y = box.baseline + _BELOW * box.size
    for at in range(2 if kind in ("double", "wavyDouble") else 1):
        below = y + at * _APART * thickness
        if form.startswith("wav"):
            yield from _wave(box, below, width / 2)
        else:
            dashes = tuple(part * width for part in _DASHES.get(form, ()))
            yield RuleBox(box.x, below, box.x + box.width, below, thickness=width, color=box.color, dashes=dashes)


def _wave(box: TextBox, y: float, thickness: float) -> Iterator[RuleBox]:
    """Yield a line that goes up and down, at the same places whatever piece of the text it is below."""
    half = _WAVE * box.size
    at, deep = int(box.x // half), half / 2
    while at * half < box.x + box.width:
        first, last = max(box.x, at * half), min(box.x + box.width, (at + 1) * half)
        ends = [y + deep * (share if at % 2 else 1 - share) for share in ((x / half) - at for x in (first, last))]
        yield RuleBox(first, ends[0], last, ends[1], thickness=thickness, color=box.color)
        at += 1


def emphasis_mark(run: RunFormat, middle: float, baseline: float) -> Iterator[PathBox | PictureBox]:
    """Yield the mark of a character whose middle and baseline are given."""
    kind: Emphasis = run.emphasis
    half = run.size * _MARK / 2
    y = baseline + (DESCENT * run.size + half if kind == "underDot" else -ASCENT * run.size - half / 2)
    across = half * (0.7 if kind == "comma" else 1.0)
    fill, line = (None, Line(half / 3, run.color)) if kind == "circle" else (run.color, None)
    yield from form_boxes(Outline(_ELLIPSE, fill, line), (middle - across, y - half), (2 * across, 2 * half))
