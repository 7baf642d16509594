"""Word files that each try one thing of what is drawn, and how text keeps clear of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.compare.documents import EXACT, docx_of, paragraphs
from tests.compare.table_cases import GRID
from tests.compare.texts import TEXTS
from tests.documents.docx.docx_files import PICTURE, cell, p, picture, row, table
from tests.documents.docx.shape_files import SQUARE, TOP_AND_BOTTOM, anchored, graphic, group, member
from tests.documents.metafiles.records import emf, font, integers, points, text

_CLEAR = "<wp:anchor distT='0' distB='0' distL='114300' distR='114300' "
_INDENTS = ("", '<w:ind w:left="420"/>', '<w:ind w:left="420" w:hanging="210"/>', '<w:ind w:firstLine="210"/>')


def _beside() -> bytes:
    shapes = (anchored(graphic("図"), width=120, height=60, x=n % 2 * 200, y=8, wrap=SQUARE) for n in range(7))
    texts = (p(TEXTS[n % 4] * 2, EXACT + _INDENTS[n % 4], extra=one) for n, one in enumerate(shapes))
    return docx_of("".join(texts).replace("<wp:anchor ", _CLEAR))


def _of_the_page() -> bytes:
    """A picture at a place of the page, tied to a paragraph that comes after the text beside it."""
    shapes = {2: (SQUARE, 60), 6: (TOP_AND_BOTTOM, 330)}
    body = ""
    for n in range(10):
        wrap, down = shapes.get(n, ("", 0.0))
        shape = anchored(graphic("図"), width=150, height=90, y=down, wrap=wrap) if wrap else ""
        body += p(TEXTS[n % 4], EXACT, extra=shape.replace("relativeFrom='paragraph'", "relativeFrom='margin'"))
    return docx_of(body.replace("<wp:anchor ", _CLEAR))


def _groups() -> bytes:
    members = (member(graphic(name), x=x, y=y) for name, x, y in (("入口", 0, 0), ("受付", 90, 0), ("会場", 45, 60)))
    drawn = group(*members, width=160, height=110, inner=(160, 110))
    shape = anchored(drawn, width=160, height=110, wrap=TOP_AND_BOTTOM)
    return docx_of(p("会場の見取図", EXACT, extra=shape) + paragraphs(EXACT, rounds=1))


def _metafile() -> bytes:
    pen = integers(38, 1, 0, 1, 0, 0x800000), integers(37, 1)
    words = integers(18, 1), font(2, "BIZ UDPゴシック", -18), text("取組の流れ", 8, 8)
    data = emf(*pen, points(3, (4, 4), (396, 4), (396, 96), (4, 96)), *words, frame=(0, 0, 10160, 2540))
    auto = '<w:spacing w:line="240" w:lineRule="auto"/>'
    run = picture(3657600, 914400)
    related = {"i": (PICTURE["i"][0], "media/image1.emf")}
    return docx_of(
        paragraphs(EXACT, rounds=1) + p("", auto, extra=run) + p(TEXTS[0], EXACT), related=related,
        parts={"media/image1.emf": data},
    )  # fmt: skip


def _upright_cells() -> bytes:
    upright = "<w:textDirection w:val='tbRlV'/><w:vAlign w:val='center'/>"
    rows = (
        row(cell(p(head, '<w:jc w:val="center"/>'), upright), cell(p(TEXTS[n]) * 2)) for n, head in enumerate("学歴")
    )
    return docx_of(table([700, 8000], list(rows), GRID) + p("", ""))


DRAWING_CASES: Mapping[str, Callable[[], bytes]] = {
    "図形の横の字下げ": _beside,
    "前の段落にかかる図形": _of_the_page,
    "グループ化した図形": _groups,
    "拡張メタファイルの図": _metafile,
    "縦書きのセル": _upright_cells,
}
"""What makes each case's docx, by name."""
