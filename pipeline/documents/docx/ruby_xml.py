"""w:ruby (17.3.3.25): small letters over others, which tell how these are read."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.inlines import Reading
from pipeline.documents.docx.markup import W, child_value, half_points, inside
from pipeline.documents.docx.tree import Ruby, RubyAlignment, Text

ReadRun = Callable[[etree._Element, Reading, None], None]
_ALIGNMENTS: dict[str, RubyAlignment] = {
    "center": "center", "left": "left", "right": "right", "distributeLetter": "letters", "distributeSpace": "spaces",
}  # fmt: skip
_ABOVE = 0.86
"""How far (in sizes of the letters below) small letters stand above the baseline where nothing is said of it."""


def read_ruby(element: etree._Element, run: RunFormat, reading: Reading, read_run: ReadRun) -> Ruby:
    """Read what stands over what; ``read_run`` reads a run of either."""
    said = inside(element, "rubyPr")
    base, small = (_texts(element, name, reading, read_run) for name in ("rubyBase", "rt"))
    alignment = child_value(said, "rubyAlign") or "center"
    if alignment not in _ALIGNMENTS:
        raise reading.context.refuse("右側に縦に付けるルビ", element)
    raised = child_value(said, "hpsRaise")
    rise = half_points(raised) if raised else _ABOVE * run.size
    return Ruby(base, small, _ALIGNMENTS[alignment], rise, base[0].format if base else run)


def _texts(element: etree._Element, name: str, reading: Reading, read_run: ReadRun) -> tuple[Text, ...]:
    own, held = replace(reading, content=[]), element.find(W + name)
    for child in () if held is None else held:
        if child.tag != f"{W}r":
            raise reading.context.refuse("ルビの中のそのほかの要素", child)
        read_run(child, own, None)
    for inline in own.content:
        if not isinstance(inline, Text):
            raise reading.context.refuse("ルビの中の図や改行", element)
    return tuple(inline for inline in own.content if isinstance(inline, Text))
