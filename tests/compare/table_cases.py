"""Word files that each try one thing of tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.compare.documents import EXACT, docx_of, paragraphs, text
from tests.compare.texts import MIXED, TEXTS
from tests.documents.docx.docx_files import cell, p, row, table

_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="333333"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
GRID = f"<w:tblBorders>{_LINES}</w:tblBorders>"
_PADDED = (
    '<w:tcMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
    '<w:right w:w="100" w:type="dxa"/></w:tcMar>'
)


def padded(text: str, more: str = "", paragraph: str = "", run: str = "") -> str:
    return cell("".join(p(line, paragraph, run) for line in text.split("\n")), more + _PADDED)


def _merged_rows() -> bytes:
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows: list[str] = []
    for group in range(9):
        for n in range(group % 4 + 2):
            head = padded(TEXTS[group % 4][: 20 + 30 * (group % 3)], start) if n == 0 else padded("", go_on)
            rows.append(
                row(head, padded(TEXTS[n % 4][: 12 + 17 * n]), padded(str(n * 1234)), properties="<w:cantSplit/>")
            )
    return docx_of(table([2835, 4819, 1984], rows, GRID))


def _split_rows() -> bytes:
    head = row(padded("取組", run="<w:b/>"), padded("内容", run="<w:b/>"), properties="<w:tblHeader/>")
    rows = [
        row(padded(f"取組{n}\n{TEXTS[n % 4][:25]}"), padded(f"{text(n % 5 + 2)}\n{text(2, MIXED)}")) for n in range(9)
    ]
    return docx_of(table([2438, 7200], [head, *rows], GRID))


def _repeated_headers() -> bytes:
    heads = [
        row(
            padded("指標", '<w:vMerge w:val="restart"/>'),
            padded("年度", '<w:gridSpan w:val="3"/>'),
            properties="<w:tblHeader/>",
        ),
        row(padded("", "<w:vMerge/>"), *map(padded, ("R1", "R2", "R3")), properties="<w:tblHeader/>"),
    ]
    rows = [
        row(
            padded(TEXTS[n % 4][: 10 + n % 30]),
            *(padded(f"{n * k:,}", paragraph='<w:jc w:val="right"/>') for k in (7, 91, 1003)),
            properties="<w:cantSplit/>",
        )
        for n in range(70)
    ]
    return docx_of(table([4538, 1700, 1700, 1700], [*heads, *rows], GRID))


def _shading() -> bytes:
    def looks(n: int) -> str:
        sides = ("top", "left", "bottom", "right")
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="{(4, 8, 12, 24)[(n + k) % 4]}" w:space="0" w:color="0017C1"/>'
            for k, side in enumerate(sides)
        )
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{("E8F1FE", "FFF4E5", "F2F2F2")[n % 3]}"/>'
        return f'<w:tcBorders>{borders}</w:tcBorders>{shade}<w:vAlign w:val="{("top", "center", "bottom")[n % 3]}"/>'

    rows = [
        row(
            *(padded(TEXTS[(n + k) % 4][: 15 + 22 * k], looks(n + k)) for k in range(3)),
            properties=f'<w:trHeight w:val="{600 + 150 * (n % 4)}" w:hRule="atLeast"/>',
        )
        for n in range(9)
    ]
    boxed = (
        "<w:pBdr>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="333333"/>'
            for side in ("top", "left", "bottom", "right")
        )
        + '</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
    )
    return docx_of(table([2500, 3338, 3800], rows) + p(TEXTS[0], boxed) + p(TEXTS[1], boxed) + p("", ""))


def _asides() -> bytes:
    place = "<w:tblpPr w:leftFromText='142' w:rightFromText='142' w:vertAnchor='text' w:horzAnchor='margin' {}/>"
    narrow = ("w:tblpX='0' w:tblpY='160'", "w:tblpXSpec='right' w:tblpY='160'")
    tables = (table([2400], [row("表の文字")] * 3, f"{place.format(where)}{GRID}") for where in narrow)
    return docx_of("".join(one + paragraphs(EXACT, rounds=1) for one in tables))


TABLE_CASES: Mapping[str, Callable[[], bytes]] = {
    "縦に結合した行": _merged_rows,
    "ページをまたぐ行": _split_rows,
    "見出し行の繰り返し": _repeated_headers,
    "セルの網かけと罫線": _shading,
    "文字列の折り返しを伴う表": _asides,
}
"""What makes each case's docx, by name."""
