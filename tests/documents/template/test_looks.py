"""Looks that depend on the year's figures: columns that are not shown, numbers too wide for their column."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.documents.docx.markup import VAL, W
from pipeline.documents.template.looks import HIDDEN, drop_hidden, emphasise_year
from pipeline.documents.template.numbers import SMALLEST, broken, keep_units, keep_whole

_NS = f'xmlns:w="{W[1:-1]}"'
STYLES = etree.fromstring(
    f'<w:styles {_NS}><w:style w:styleId="Base"><w:pPr><w:ind w:right="100"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr>'
    '</w:style><w:style w:styleId="Number"><w:basedOn w:val="Base"/></w:style></w:styles>'
)


def cell(text: str, width: int = 1000, span: int = 1, look: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}"/><w:gridSpan w:val="{span}"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Number"/></w:pPr><w:r>{look}<w:t>{text}</w:t></w:r></w:p></w:tc>'
    )


def table(*rows: str, columns: int = 4) -> etree._Element:
    grid = '<w:gridCol w:w="1000"/>' * columns
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return etree.fromstring(f"<w:tbl {_NS}><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>")


def texts(made: etree._Element) -> list[list[str]]:
    return [["".join(t.text or "" for t in c.iter(f"{W}t")) for c in r.iter(f"{W}tc")] for r in made.iter(f"{W}tr")]


def widths(made: etree._Element, path: str) -> list[str | None]:
    return [element.get(f"{W}w") for element in made.iterfind(path)]


def sizes(made: etree._Element) -> list[float]:
    return [float(size.get(VAL, "0")) / 2 for size in made.iter(f"{W}sz")]


def test_hidden_columns_go_and_the_widest_share_their_width() -> None:
    made = table(
        cell("名") + cell("R2") + cell("R3") + cell("率"),
        cell("目標") + cell("1") + cell(HIDDEN) + cell(HIDDEN),
        cell("全部", 4000, 4),
        cell("二つ", 2000, 2) + cell("右の二つ", 2000, 2),
    )
    drop_hidden(made)
    assert texts(made) == [["名", "R2"], ["目標", "1"], ["全部"], ["二つ"]]
    assert widths(made, f"{W}tblGrid/{W}gridCol") == ["2000", "2000"]
    assert widths(made, f"{W}tr/{W}tc/{W}tcPr/{W}tcW") == ["2000", "2000", "2000", "2000", "4000", "4000"]
    assert [e.get(VAL) for e in made.iter(f"{W}gridSpan")] == ["1", "1", "1", "1", "2", "2"]


def test_a_table_without_hidden_columns_or_rows_stays() -> None:
    for made in (table(cell("名") + cell("1")), table()):
        before = etree.tostring(made)
        drop_hidden(made)
        emphasise_year(made, "R2")
        assert etree.tostring(made) == before


def test_numbers_of_a_row_get_one_size_at_which_all_fit() -> None:
    made = table(cell("指標") + cell("1,234,567") + cell("12"), cell("指標") + cell("100.0%", 1200) + cell("12"))
    keep_whole(made, STYLES)
    first, second = sizes(made)
    assert first == second == SMALLEST
    assert not broken(made, STYLES)


def test_a_unit_in_brackets_is_not_broken() -> None:
    made = table(cell("目標"), cell("目標"))
    for paragraph, unit in zip(made.iter(f"{W}p"), ("（人/ha）", "（人）"), strict=True):
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = unit
    keep_units(made, STYLES)
    assert [len([*paragraph.iter(f"{W}br")]) for paragraph in made.iter(f"{W}p")] == [1, 0]


@pytest.mark.parametrize(("width", "lines"), [(1000, ["55.2", "（速報値）"]), (2000, ["55.2（速報値）"])])
def test_what_is_said_of_a_number_is_not_broken(width: int, lines: list[str]) -> None:
    made = table(cell("55.2（速報値）", width))
    keep_whole(made, STYLES)
    assert [text.text for text in made.iter(f"{W}t")] == lines
    assert len([*made.iter(f"{W}br")]) == len(lines) - 1
    assert sizes(made) == []


@pytest.mark.parametrize("text", ["1,234", "2（整備中）", "とても長い名称の指標", "R2"])
def test_what_fits_or_is_no_number_keeps_its_size(text: str) -> None:
    made = table(cell(text))
    keep_whole(made, STYLES)
    assert sizes(made) == []


def test_no_number_gets_smaller_than_can_be_read() -> None:
    made = table(cell("-999,999,999,999.999999"))
    keep_whole(made, STYLES)
    assert sizes(made) == [SMALLEST]
    assert broken(made, STYLES) == {"-999,999,999,999.999999"}


def test_the_size_takes_its_place_among_the_properties_of_a_run() -> None:
    made = table(cell("1,234,567,890", look='<w:rPr><w:b/><w:sz w:val="30"/><w:lang w:val="ja-JP"/></w:rPr>'))
    keep_whole(made, STYLES)
    look = made.find(f".//{W}rPr")
    assert look is not None
    assert [element.tag for element in look] == [W + name for name in ("b", "w", "sz", "szCs", "lang")]
