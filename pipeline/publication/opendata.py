"""The figures as open data: one datum a cell, a row for every indicator and year, and a dictionary beside them.

By the ministry's rules for tables that programs read (統計表における機械判読可能なデータの表記方法の統一ルール):
numbers are numbers, what is no number stands in a column of its own, years in both calendars, nothing merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.documents.csv_file import BOM, guarded, lines
from pipeline.documents.xlsx import Book, Column, Content, Table, write
from pipeline.model.results import Assessment, Results
from pipeline.model.strategy import Absence, Amount, Revision, Value
from pipeline.wording import era, plan
from pipeline.wording.terms import verdict

DATA, DICTIONARY = "指標の目標と実績", "項目の説明"
_MEANT = {
    "団体コード": "全国地方公共団体コード（report.yaml の area_code）",
    "団体名": "地方公共団体の名称",
    "計画名": "計画の名称",
    "年度": "計画での年度の書き方（R2 は令和2年度）",
    "西暦年度": "年度が始まる年の西暦",
    "基本目標": "計画の一番上の階層の名称。ない計画では空",
    "施策番号": "施策の識別番号。数値目標（基本目標の指標）では空",
    "施策": "施策の名称。数値目標では空",
    "所管課": "施策の所管課",
    "指標ID": "指標の識別名。同じ指標が複数の施策にあるときは、同じIDの行が並ぶ",
    "指標": "指標の名称",
    "単位": "目標値と実績値の単位",
    "方向": "どうなると良いか（大きいほど良い、小さいほど良い、維持する）",
    "種類": "数え方（年間、累計、時点、段階、施策の実施）",
    "区分": "基準値の年度の行は「基準値」、ほかは「計画」",
    "目標値": "その年度の目標の数値。数値がない理由は「目標の備考」",
    "目標の備考": "目標に数値がない理由（未設定）、言葉の目標、又は段階",
    "実績値": "その年度の実績の数値。基準値の行では基準値。数値がない理由は「実績の備考」",
    "実績の備考": "実績に数値がない理由（集計中、未測定、終了）、段階、又は速報値の表示",
    "達成率": "評価年度の達成率（％）。ほかの年度は空",
    "判定": "評価年度の判定。ほかの年度は空",
    "備考": "達成率や判定がない理由",
}
_FIGURES = ("西暦年度", "目標値", "実績値", "達成率")
_WIDTH, _WIDE = 13, 30
Datum = str | Decimal


def csv(results: Results) -> bytes:
    """Return the data as CSV: UTF-8 with BOM."""
    rows = (tuple(map(_cell, row)) for row in _rows(results))
    return BOM + lines((tuple(_MEANT), *rows))


def dictionary() -> bytes:
    """Return what the columns mean, as CSV."""
    return BOM + lines((("項目", "説明"), *_MEANT.items()))


def workbook(results: Results) -> bytes:
    """Return the data and the dictionary as a workbook, a table a sheet."""
    columns = tuple(Column(name, _WIDE if name in ("指標", "施策") else _WIDTH, name in _FIGURES) for name in _MEANT)
    rows = tuple(tuple(_content(name, one) for name, one in zip(_MEANT, r, strict=True)) for r in _rows(results))
    meant = tuple(tuple(map(Content, told)) for told in _MEANT.items())
    data = Table(DATA, (), columns, rows, 1, protected=False)
    told = Table(DICTIONARY, (), (Column("項目", _WIDTH), Column("説明", 90)), meant, protected=False)
    report = results.evaluation.report
    return write(Book(f"{report.title} {DATA}", report.city, (data, told)))


def _cell(datum: Datum) -> str:
    return f"{datum:f}" if isinstance(datum, Decimal) else guarded(datum)


def _content(name: str, datum: Datum) -> Content:
    if not isinstance(datum, Decimal):
        return Content(datum)
    return Content(datum, decimals=len(f"{datum:f}".partition(".")[2]), plain=name == "西暦年度")


def _rows(results: Results) -> Iterator[tuple[Datum, ...]]:
    """Yield the rows, goal-level targets first, each indicator by its years."""
    for goal in results.goals:
        for assessment in goal.assessments:
            yield from _years(results, (goal.goal.name, "", "", ""), assessment)
    for result in results.measures:
        one = result.measure
        above = results.evaluation.above(one)
        place = (above[0].name if above else "", plan.spoken(one), one.name, "、".join(one.departments))
        for assessment in result.assessments:
            yield from _years(results, place, assessment)


def _years(results: Results, place: Sequence[str], assessment: Assessment) -> Iterator[tuple[Datum, ...]]:
    report, one = results.evaluation.report, assessment.shown.indicator
    known = (one.id, assessment.shown.name, one.unit, one.direction.called, one.kind.called)
    begun = {one.baseline_year: one.baseline} if one.baseline is not None else {}
    for what, targets, actuals in (("基準値", {}, begun), ("計画", one.targets, one.actuals)):
        for year in sorted({*targets, *actuals}, key=era.gregorian):
            body = (report.area_code, report.city, report.title, year, Decimal(era.gregorian(year)))
            planned, begins = (one.revised(year), ()) if what == "計画" else ((), one.revised())
            figures = (*_figure(year, targets, planned), *_figure(year, actuals, begins))
            is_judged = what == "計画" and year == report.year
            told = _judged(results, assessment) if is_judged else ("", "", "")
            yield (*body, *place, *known, what, *figures, *told)


def _figure(year: str, values: Mapping[str, Value], revisions: Sequence[Revision]) -> tuple[Datum, str]:
    """Return the number of a year, and what is to be said besides, or instead."""
    changed = [f"{one.date.isoformat()}改定（改定前は{_remark(one.before)}）" for one in revisions]
    found = values.get(year)
    number: Datum = found.number if isinstance(found, Amount) else ""
    marks = (found.state, "速報値" if found.preliminary else "") if isinstance(found, Amount) else (_remark(found),)
    return number, "、".join(filter(None, (*marks, *changed)))


def _remark(value: Value | None) -> str:
    """Write a figure, or what stands in its place, as a remark."""
    match value:
        case Amount(number):
            return f"{number:f}"
        case Absence() as reason:
            return reason.value
        case None:
            return ""
        case worded:
            return worded.words


def _judged(results: Results, assessment: Assessment) -> tuple[Datum, str, str]:
    label = verdict(assessment, results.evaluation.report.scheme).label
    rate: Datum = "" if assessment.rate is None else assessment.rate
    return rate, label, assessment.reason or assessment.rate_reason or ""
