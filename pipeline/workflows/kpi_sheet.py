"""The list of indicators that a city begins with, before it is filled in: one row an indicator, and what to write."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.departments.issued.workbook import ABSENCES
from pipeline.documents.xlsx import Book, Column, Content, Figure, Free, Listed, Table, write
from pipeline.documents.xlsx.book import Entry
from pipeline.workflows import kpi_list
from pipeline.workflows.kpi_list import (
    ACTUAL,
    BASELINE,
    DEPARTMENT,
    DIRECTION,
    DIRECTIONS,
    GOAL,
    KIND,
    KINDS,
    MEASURE,
    NAME,
    TARGET,
    TARGET_WORDS,
    UNIT,
    YEAR,
)

FILE = "一覧.xlsx"
_ROWS = 100
_WIDTHS = {GOAL: 24, MEASURE: 24, DEPARTMENT: 15, NAME: 34, UNIT: 8, DIRECTION: 15, KIND: 11, YEAR: 10, BASELINE: 11}
_FIGURE = 11
_MEANT = {
    GOAL: ("計画の一番上の階層の名称。番号は付けません（書いた順に番号が付きます）", "安心して働ける"),
    MEASURE: ("評価シートを作る階層の名称。空けると、基本目標の数値目標になります", "企業立地の促進"),
    DEPARTMENT: ("評価シートを提出する課", "商工振興課"),
    NAME: ("指標（KPI）の名称。同じ指標を二つの施策に載せるときは、同じ内容の行をもう一つ書きます", "新規立地企業数"),
    UNIT: ("数値の単位。合計特殊出生率や指数のように単位を付けないものは、なし と書きます", "件"),
    DIRECTION: ("、".join(one.called for one in DIRECTIONS), DIRECTIONS[0].called),
    KIND: (
        f"{'、'.join(one.called for one in KINDS)}。段階のある指標は、後から strategy.yaml に書きます",
        KINDS[1].called,
    ),
    YEAR: ("基準値の年度。R6、令和6年度、2024 のどれでも", "R6"),
    BASELINE: ("計画を立てたときの数値。ないときは空けます", "12"),
    TARGET: (f"年度ごとの目標の数値。定めていない年度は {TARGET_WORDS[0]}。最終年度だけのときは、途中を空けます", "15"),
    ACTUAL: (f"年度ごとの実績の数値。ないときは {'、'.join(ABSENCES)} のどれか。まだ来ない年度は空けます", "14"),
}


def blank(years: Sequence[str]) -> bytes:
    """Return the workbook for a plan of these years."""
    listed = Table("一覧", (), _columns(years), (_row(years),) * _ROWS, 4, protected=False)
    columns = (Column("列", 14), Column("書くこと", 80), Column("例", 24))
    rows = tuple(tuple(map(Content, (name, *told))) for name, told in _MEANT.items())
    return write(Book("指標の一覧", "", (listed, Table("書き方", (), columns, rows))))


def _columns(years: Sequence[str]) -> tuple[Column, ...]:
    own = [Column(name, _WIDTHS[name], name == BASELINE) for name in kpi_list.COLUMNS]
    return (*own, *(Column(f"{year}{what}", _FIGURE, True) for what in (TARGET, ACTUAL) for year in years))


def _row(years: Sequence[str]) -> tuple[Content, ...]:
    own = (Content(entry=_entry(name), decimals=None) for name in kpi_list.COLUMNS)
    figures = (words for words in (TARGET_WORDS, ABSENCES) for _ in years)
    return (*own, *(Content(entry=Figure(words), decimals=None) for words in figures))


def _entry(name: str) -> Entry:
    words = {DIRECTION: DIRECTIONS, KIND: KINDS}.get(name)
    if words:
        return Listed(tuple(word.called for word in words))
    return Figure() if name == BASELINE else Free()
