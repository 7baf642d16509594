"""The comparison of both engines must find what differs; none of this needs LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.documents.docx import read
from pipeline.documents.pdf import PdfInfo, PdfPart, draw, lay_out, measured, paginate
from tests.compare import report
from tests.compare.cases import CASES
from tests.compare.cities import SHOWN, sheet
from tests.compare.faults import OFFICE_SHIFT
from tests.compare.lines import Line, Page, read_pages
from tests.compare.matching import compare
from tests.compare.office_files import OFFICE_FILES
from tests.compare.picture import side_by_side


def line(text: str, x: float, y: float) -> Line:
    return Line(text, tuple(x + 10.0 * n for n in range(len(text))), y)


def page(*lines: Line) -> Page:
    return Page(595.3, 841.9, lines)


def shifted(given: Page) -> Page:
    """Return a page as LibreOffice would place it."""
    return replace(given, lines=tuple(replace(one, xs=tuple(x + OFFICE_SHIFT for x in one.xs)) for one in given.lines))


ONE = page(line("施策の評価", 50, 50), line("目標", 50, 70))
TWO = page(line("実績", 50, 50))


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_drawn_on_the_paper_that_is_measured(name: str) -> None:
    assert_as_measured(CASES[name](), name)


@pytest.mark.parametrize("kind", OFFICE_FILES)
def test_documents_of_each_kind_are_drawn(kind: str) -> None:
    for name, make in list(OFFICE_FILES[kind].items())[::4]:
        assert_as_measured(make(), name)


def assert_as_measured(docx: bytes, name: str) -> None:
    """A document takes the same paper where its letters are set and where they are not."""
    drawn, found = paginate(docx, name), measured(docx, name)
    assert (found.pages, found.free) == (drawn.pages, drawn.free)


def test_lines_are_read_where_they_were_laid_out(tmp_path: Path) -> None:
    data = CASES["禁則とぶら下げ"]()
    path = tmp_path / "a.pdf"
    path.write_bytes(draw([PdfPart(data, "a")], PdfInfo("", "")))
    first = read_pages(path)[0].lines[0]
    assert first.text.startswith("人口減少と少子高齢化が進")
    assert (first.xs[0], first.y) == pytest.approx((56.7, 56.7 + 16 * 0.8), abs=0.01)


def test_text_within_a_picture_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(draw([PdfPart(CASES["禁則とぶら下げ"](), "a")], PdfInfo("", "")))
    whole, rest = read_pages(path), read_pages(path, [[(0.0, 0.0, 595.0, 100.0)]])
    assert [line for line in whole[0].lines if line.y > 100] == list(rest[0].lines)
    assert whole[1:] == rest[1:]


def test_the_same_pages_meet_all_goals() -> None:
    found = compare("a", [ONE, TWO], [shifted(ONE), shifted(TWO)])
    assert found.differences == ()
    assert all(met for _, met in report.goals([found]))
    assert max(pair.apart for pair in found.pairs) < 0.001


def test_a_line_on_another_page_is_a_difference_and_a_page_break_missed() -> None:
    short = page(ONE.lines[0])
    found = compare("a", [ONE, TWO], [shifted(short), shifted(page(ONE.lines[1], *TWO.lines))])
    assert (found.breaks, found.same_breaks) == (1, 0)
    assert [(d.page, d.ours and d.ours.text, d.office and d.office.text) for d in found.differences] == [
        (0, "目標", None),
        (1, None, "目標"),
    ]


def test_a_page_more_is_a_page_break_missed() -> None:
    found = compare("a", [ONE, TWO], [shifted(page(*ONE.lines, line("実績", 50, 90)))])
    assert (found.breaks, found.same_breaks) == (1, 0)


def test_distances_leave_out_the_shift_of_libreoffice() -> None:
    moved = page(line("施策の評価", 50.3, 50.2), line("目標", 50, 70))
    pair = next(pair for pair in compare("a", [moved], [shifted(ONE)]).pairs if pair.text == "施策の評価")
    assert (pair.right, pair.down, pair.inside) == pytest.approx((0.3, 0.2, 0.0))


def test_of_lines_of_one_text_the_nearest_are_twins() -> None:
    ours, office = page(line("事業", 50, 50), line("事業", 50, 90)), page(line("事業", 50, 90))
    found = compare("a", [ours], [shifted(office)])
    assert [
        (pair.down, difference.ours and difference.ours.y)
        for pair, difference in zip(found.pairs, found.differences, strict=True)
    ] == [(0, 50)]


def test_layout_cases_need_only_their_share_of_lines() -> None:
    short = page(*ONE.lines, *(line(f"{n}行", 50, 100 + n) for n in range(0, 400, 4)))
    found = compare("a", [short, TWO], [shifted(page(*short.lines[1:])), shifted(TWO)])
    assert [met for _, met in report.goals([found])] == [False, False, True]
    assert [met for _, met in report.goals_of_cases([found])] == [True]


@pytest.mark.parametrize("number", list(SHOWN)[::10])
def test_made_up_sheets_are_always_the_same_and_drawn(number: int) -> None:
    assert sheet(number) == sheet(number)
    assert lay_out(read(sheet(number), "a")).pages


def test_a_lost_mark_is_put_down_to_libreoffice() -> None:
    found = compare("a", [page(line("評価した。", 50, 50))], [shifted(page(line("評価した", 50, 50)))])
    assert [difference.fault for difference in found.differences] == ["行末のぶら下げの句読点がPDFから消える"]


def test_a_word_kept_with_the_comma_before_it_is_put_down_to_libreoffice_with_what_follows() -> None:
    ours = page(line("市と、", 50, 50), line("SNSで", 50, 64), line("国", 50, 78), line("他", 300, 64))
    office = page(line("市", 50, 50), line("と、SNS", 50, 64), line("で国", 50, 78), line("地", 300, 64))
    found = compare("a", [ours], [shifted(office)])
    assert [bool(difference.fault) for difference in found.differences] == [True, True, True, False]


@pytest.mark.parametrize(("ours", "office"), [
    (("実績R2/", "R3です"), ("実績", "R2/R3です")),
    (("国ABC", "（DEF）"), ("国", "ABC（DEF）")),
    (("国の（案）", "SNSで"), ("国の", "（案）SNSで")),
    (("観光協会", "（DMO）は"), ("観光協会（", "DMO）は")),
    (("目指して", "――市民"), ("目指して―", "―市民")),
])  # fmt: skip
def test_words_kept_together_are_put_down_to_libreoffice(ours: tuple[str, str], office: tuple[str, str]) -> None:
    one, other = (page(*(line(text, 50, 50 + 14 * n) for n, text in enumerate(texts))) for texts in (ours, office))
    assert all(difference.fault for difference in compare("a", [one], [shifted(other)]).differences)


def test_the_picture_shows_both_pages(tmp_path: Path) -> None:
    path, target = tmp_path / "a.pdf", tmp_path / "a.png"
    path.write_bytes(draw([PdfPart(CASES["タブとリーダー"](), "a")], PdfInfo("", "")))
    side_by_side(compare("a", read_pages(path), []), path, path, target)
    assert target.read_bytes().startswith(b"\x89PNG")
