"""A city that keeps its indicators in Excel: from the list to a first book, or every mistake by its cell."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.documents import xlsx
from pipeline.workflows import kpi_list, kpi_sheet
from tests.project import run

pytestmark = pytest.mark.slow

YEARS = ("R7", "R8", "R9", "R10", "R11")
COMMAND = ("newcity", "--name", "あかね市", "--years", "R7-R11", "--form", "標準")
ROW = ("安心して働ける", "企業立地の促進", "商工振興課", "新規立地企業数", "件", "大きいほど良い", "年間", "R6", 12)


def sheet(*rows: tuple[object, ...]) -> tuple[bytes, Worksheet]:
    """Return the list with rows filled in, and its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(kpi_sheet.blank(YEARS)))
    listed = book["一覧"]
    for row, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            listed.cell(row, column).value = value  # type: ignore[assignment]
    data = io.BytesIO()
    book.save(data)
    return data.getvalue(), listed


def begun(folder: Path, data: bytes) -> tuple[int, str]:
    """Begin a city with a list; return the exit code and what was said."""
    (folder / "一覧.xlsx").write_bytes(data)
    done = run(folder, "--project", str(folder / "akane"), *COMMAND, "--from", str(folder / "一覧.xlsx"))
    return done.returncode, done.stdout + done.stderr


def test_without_a_file_the_sheet_is_written_to_be_filled_in(tmp_path: Path) -> None:
    done = run(tmp_path, "--project", str(tmp_path / "akane"), *COMMAND, "--from")
    assert done.returncode == 0, done.stdout + done.stderr
    book = xlsx.read((tmp_path / "一覧.xlsx").read_bytes(), "一覧.xlsx")
    assert [one.name for one in book.sheets] == ["一覧", "書き方"]
    headings = [cell.text for (row, _), cell in sorted(book.sheets[0].cells.items()) if row == 0]
    assert headings[:3] + headings[-2:] == ["基本目標", "施策", "所管課", "R10実績", "R11実績"]
    assert not (tmp_path / "akane").exists()


def test_sixty_indicators_become_inputs_that_pass(tmp_path: Path) -> None:
    rows = [
        (
            f"目標{n // 20}のまち",
            f"施策{n // 4}の推進" if n % 20 else None,
            f"第{n // 8}課",
            f"指標{n}の数",
            "件" if n % 2 else "%",
            ("大きいほど良い", "小さいほど良い", "維持する")[n % 3],
            ("年間", "累計", "時点")[n % 3],
            ("R6", "令和6年度", 2024)[n % 3],
            Decimal(n) / 4,
            *(n + year for year in range(5)),
            "集計中" if n % 7 == 0 else n + 1,
        )
        for n in range(60)
    ]
    code, said = begun(tmp_path, sheet(*rows)[0])
    assert code == 0, said
    checked = run(tmp_path, "--project", str(tmp_path / "akane"), "check")
    assert "エラー" not in checked.stdout.replace("エラー0件", ""), checked.stdout
    assert len(list((tmp_path / "akane/inputs/R8/measures").glob("*.yaml"))) == 15
    strategy = (tmp_path / "akane/inputs/R8/strategy.yaml").read_text(encoding="utf-8")
    assert "baseline: {year: R6, value: 14.75}" in strategy


@pytest.mark.parametrize(
    ("column", "value", "place", "finding"),
    [
        (4, None, "D2", "list-blank"),
        (5, None, "E2", "list-blank"),
        (6, "上げたい", "F2", "list-word"),
        (7, "毎年", "G2", "list-word"),
        (8, "去年", "H2", "list-year"),
        (9, "約12", "I2", "list-figure"),
        (9, "=6+6", "I2", "list-figure"),
        (10, "検討中", "J2", "list-figure"),
        (10, "12人", "J2", "list-figure"),
        (15, "未設定", "O2", "list-figure"),
        (2, "=A2", "B2", "list-formula"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_cell(
    column: int, value: object, place: str, finding: str, tmp_path: Path
) -> None:
    row = [*ROW, 13, 14, 15, 16, 17]
    row += [None] * (15 - len(row))
    row[column - 1] = value
    code, said = begun(tmp_path, sheet(tuple(row))[0])
    assert code == 1
    assert f"一覧.xlsx!{place}: エラー" in said, said
    assert finding in said
    assert not (tmp_path / "akane").exists()


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    rows = [(*ROW[:8], "約12", "x", "y"), (*ROW[:5], "？", "？", "？", "？")]
    code, said = begun(tmp_path, sheet(*rows)[0])
    assert code == 1
    for place in ("I2", "J2", "K2", "F3", "G3", "H3", "I3", "J3"):
        assert f"一覧.xlsx!{place}:" in said, said


def test_a_percentage_is_what_it_shows(tmp_path: Path) -> None:
    data, _ = sheet((*ROW[:4], "%", *ROW[5:8], 0.857, 0.9, None, None, None, 1))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name in ("I2", "J2", "N2"):
        book["一覧"][name].number_format = "0.0%"
    saved = io.BytesIO()
    book.save(saved)
    code, said = begun(tmp_path, saved.getvalue())
    assert code == 0, said
    strategy = (tmp_path / "akane/inputs/R8/strategy.yaml").read_text(encoding="utf-8")
    assert "baseline: {year: R6, value: 85.7}" in strategy
    assert "targets: {R7: 90, R11: 100}" in strategy


def test_merged_goals_and_measures_stand_for_all_their_rows(tmp_path: Path) -> None:
    rows = [(*ROW, 13), (None, None, None, "雇用者数", "人", *ROW[5:], 20)]
    book = openpyxl.load_workbook(io.BytesIO(sheet(*rows)[0]))
    for letter in "ABC":
        book["一覧"].merge_cells(f"{letter}2:{letter}3")
    saved = io.BytesIO()
    book.save(saved)
    code, said = begun(tmp_path, saved.getvalue())
    assert code == 0, said
    assert "indicators: [kpi-1, kpi-2]" in (tmp_path / "akane/inputs/R8/strategy.yaml").read_text(encoding="utf-8")


def test_a_goal_written_once_for_several_rows_is_asked_for() -> None:
    """Its other measures would stand outside of every goal, under numbers of their own."""
    rows = [(*ROW, 15), (None, "創業の支援", "商工振興課", "創業者数", *ROW[4:], 15)]
    assert [str(one.place) for one in kpi_list.read(sheet(*rows)[0], "一覧.xlsx", YEARS).diagnostics] == [
        "一覧.xlsx!A3"
    ]
    without = [(None, *row[1:]) for row in rows]
    assert not kpi_list.read(sheet(*without)[0], "一覧.xlsx", YEARS).diagnostics


def found(*rows: tuple[object, ...], formats: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Return what is found in a list, by cell."""
    book = openpyxl.load_workbook(io.BytesIO(sheet(*rows)[0]))
    for name, code in formats.items():
        book["一覧"][name].number_format = code
    data = io.BytesIO()
    book.save(data)
    return [f"{one.place} {one.id}" for one in kpi_list.read(data.getvalue(), "一覧.xlsx", YEARS).diagnostics]


def test_a_figure_that_shows_as_another_one_is_told() -> None:
    row = (*ROW[:8], 1200, 12.345, 12, 12)
    formats = {"I2": "#,##0,", "J2": "0.0", "K2": '0"件"', "L2": "0.00"}
    assert found(row, formats=formats) == ["一覧.xlsx!I2 list-figure", "一覧.xlsx!J2 list-figure"]


def test_what_is_remarked_on_a_missing_figure_is_not_lost() -> None:
    assert found((*ROW, 13, *[None] * 4, "集計中（7月）")) == ["一覧.xlsx!O2 list-figure"]
    assert found((*ROW, 13, *[None] * 4, " 集計中 ")) == []


def test_a_year_with_few_actuals_is_not_evaluated_unasked() -> None:
    """A figure one column too far to the right would make the next year the evaluated one."""
    rows = [(*ROW[:3], f"指標{n}", *ROW[4:], 13, *[None] * 4, 12) for n in range(5)]
    assert found(*rows[:4], (*rows[4], 14)) == ["一覧.xlsx!P1 list-year-sparse"]
    assert found(*rows[:2], *((*row, "集計中") for row in rows[2:])) == []
