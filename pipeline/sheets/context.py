"""Results of a measure -> the plain dicts that templates print. The keys are the vocabulary clerks may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pipeline.house import draft_sentence
from pipeline.model.evaluation import Evaluation, Initiative
from pipeline.model.report import Report, Rounding
from pipeline.model.results import MeasureResult
from pipeline.model.strategy import Direction
from pipeline.sheets import tiles, words
from pipeline.sheets.indicators import Figure, indicator, years_named
from pipeline.sheets.levels import figures

Context: TypeAlias = dict[str, object]
_SUFFIXES = {"累計": "年度末までの合計", "年間": "1年間の合計", "時点": "調査した日の値"}


def context(result: MeasureResult, evaluation: Evaluation) -> Context:
    """Give everything a template may print of a measure."""
    measure, report = result.measure, evaluation.report
    size = figures(len(result.assessments), 0)
    shown = [
        indicator(assessment, Figure(number, size.width, size.height), evaluation.years, report)
        for number, assessment in enumerate(result.assessments, 1)
    ]
    years, roles = years_named(evaluation.years, report)
    return {
        "冊子": _book(report),
        "基本目標": {"番号": result.goal.id, "名称": result.goal.name},
        "基本目標の番号札": tiles.goal_index(evaluation.goals, result.goal.id),
        "施策": {"番号": measure.number, "名称": measure.name, "概要": words.paragraphs(measure.description) or [""]},
        "SDGs": tiles.sdg_line([sdg for sdg in evaluation.sdgs if sdg.number in measure.sdgs]),
        "指標の数": len(shown),
        "達成した指標の数": result.count.met,
        "年度": years,
        "年度の注": roles,
        "指標一覧": shown,
        "指標の注記": _indicator_notes(result, report),
        "単独の指標": shown[0] if len(shown) == 1 else None,
        "グラフの段": _rows(shown, ("左", "右")) if len(shown) > 1 else [],
        "三列のグラフの段": _rows(shown, ("左", "中", "右")) if len(shown) > 1 else [],
        "グラフの見方": _guide(result, report),
        "取組一覧": [_initiative(n, item) for n, item in enumerate(measure.initiatives, 1)],
        "取組の注記": words.initiatives_note(len(measure.initiatives)),
        "戦略会議": {"意見": words.paragraphs(measure.opinions), "方針": words.paragraphs(measure.response)},
    }


def _book(report: Report) -> Mapping[str, object]:
    return {
        "題名": report.book_title,
        "推進施策の題名": report.sheets_title,
        "率を示す": report.show_rates,
        "案の文": draft_sentence(report),
        "案の印": tiles.draft_mark(report),
        "末尾の案の印": tiles.draft_mark(report, last=True),
    }


def _initiative(number: int, initiative: Initiative) -> Mapping[str, object]:
    """Every text has at least one paragraph: a table cell must end in one."""
    return {
        "番号": words.item_number(number),
        "名称": words.repeated(initiative),
        "具体的な取組": [words.repeated(activity) for activity in initiative.activities],
        "成果": words.paragraphs(initiative.results) or [""],
        "評価": words.paragraphs(initiative.evaluation) or [""],
    }


def _rows(shown: Sequence[Mapping[str, object]], slots: Sequence[str]) -> list[Mapping[str, object]]:
    """Lay the charts out in rows; a slot without one is None."""
    empty = dict.fromkeys(slots)
    starts = range(0, len(shown), len(slots))
    return [{**empty, **dict(zip(slots, shown[start : start + len(slots)], strict=False))} for start in starts]


def _indicator_notes(result: MeasureResult, report: Report) -> list[str]:
    """Say of each indicator without a rate why it has none."""
    if not report.show_rates:
        return []
    return [
        f"※「{words.indicator_name(a.shown)}」は達成率を示していません。理由: {a.reason}"
        for a in result.assessments
        if a.rate is None and a.reason
    ]


def _guide(result: MeasureResult, report: Report) -> list[str]:
    """How to read the charts, as far as this sheet's charts need it."""
    indicators = [a.shown.indicator for a in result.assessments]
    lower = any(i.direction is Direction.DECREASE for i in indicators)
    suffixes = [f"「{s}」は{meaning}" for s, meaning in _SUFFIXES.items() if any(i.suffix == s for i in indicators)]
    lines = [
        "斜線の棒は基準値、塗りつぶしの棒は実績です。",
        "太い横線は各年度の目標です。棒が横線に届くと目標を達成しています。",
        "「小さいほど良い」指標は、棒が横線以下のときに目標を達成しています。" if lower else "",
        _rate_guide(report) if report.show_rates else "",
        f"{'、'.join(suffixes)}です。" if suffixes else "",
    ]
    return [line for line in lines if line]


def _rate_guide(report: Report) -> str:
    rounding = "四捨五入" if report.scheme.rounding is Rounding.HALF_UP else "切り捨て"
    return f"達成率は、実績を目標で割った値の小数第{report.scheme.decimals + 1}位を{rounding}しています。"
