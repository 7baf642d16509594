"""Results of a measure -> the plain dicts that templates print. The keys are the vocabulary clerks may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pipeline.model.evaluation import Evaluation, Initiative
from pipeline.model.form import Form, Holder
from pipeline.model.report import Report
from pipeline.model.results import MeasureResult
from pipeline.model.scheme import Aim, Formula, Lower
from pipeline.model.strategy import Direction
from pipeline.stages.sheets import tiles, words
from pipeline.stages.sheets.entries import entries
from pipeline.stages.sheets.indicators import ChartPlace, Script, indicator, years_named
from pipeline.stages.sheets.levels import figures
from pipeline.stages.sheets.pens import STRATEGY, Pen, Places
from pipeline.wording import ratings
from pipeline.wording.terms import conditional, draft_sentence, shows_rate

Context: TypeAlias = dict[str, object]
_SUFFIXES = {"累計": "年度末までの合計", "年間": "1年間の合計", "時点": "調査した日の値"}


def context(result: MeasureResult, evaluation: Evaluation, pen: Pen) -> Context:
    """Return everything a template may print of a measure; ``pen`` writes what comes from a place in the inputs."""
    measure, report = result.measure, evaluation.report
    pen = pen.on(measure.id)
    form, places = evaluation.form, Places(measure, evaluation)
    script = Script(pen, places)
    size = figures(len(result.assessments), 0)
    shown = [
        indicator(assessment, ChartPlace(number, size.width, size.height), report, script)
        for number, assessment in enumerate(result.assessments, 1)
    ]
    years, roles = years_named(evaluation.years, report)
    return {
        "冊子": _book(report),
        "基本目標": {
            "番号": result.goal.id,
            "名称": pen.write(result.goal.name, f"{STRATEGY}#goals.{result.goal.id}.name"),
        },
        "基本目標の番号札": tiles.goal_index(evaluation.goals, result.goal.id),
        "施策": {
            "番号": measure.number,
            "名称": pen.write(measure.name, f"{places.strategy}.name"),
            **entries(form.on(Holder.MEASURE), measure.fields, places.field, script),
        },
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
        "取組一覧": [_initiative(n, item, form, script) for n, item in enumerate(measure.initiatives, 1)],
        "取組の注記": words.initiatives_note(len(measure.initiatives)),
    }


def _book(report: Report) -> Mapping[str, object]:
    return {
        "題名": report.book_title,
        "推進施策の題名": report.sheets_title,
        "率を示す": report.show_rates,
        "率の名称": report.scheme.rate_name,
        "案の文": draft_sentence(report),
        "案の印": tiles.draft_mark(report),
        "末尾の案の印": tiles.draft_mark(report, last=True),
    }


def _initiative(number: int, initiative: Initiative, form: Form, script: Script) -> Mapping[str, object]:
    pen, path = script.pen, script.places.initiative(initiative)
    fields = form.on(Holder.INITIATIVE)
    return {
        "番号": words.item_number(number),
        "名称": pen.write(initiative.name, f"{path}.name", words.repeated_mark(initiative)),
        "具体的な取組": [
            pen.write(activity.name, f"{path}.activities", words.repeated_mark(activity))
            for activity in initiative.activities
        ],
        **entries(fields, initiative.fields, lambda field: f"{path}.{field.id}", script),
    }


def _rows(shown: Sequence[Mapping[str, object]], slots: Sequence[str]) -> list[Mapping[str, object]]:
    """Lay the charts out in rows; a slot without one is None."""
    empty = dict.fromkeys(slots)
    starts = range(0, len(shown), len(slots))
    return [{**empty, **dict(zip(slots, shown[start : start + len(slots)], strict=False))} for start in starts]


def _indicator_notes(result: MeasureResult, report: Report) -> list[str]:
    """Say of each indicator without a rate or a rating why it has none, and what else belongs to a rating."""
    if not report.show_rates:
        return []
    return [
        *(note for a in result.assessments for note in words.reasons(a, report.scheme.rate_name)),
        *(words.judgement(a) for a in result.assessments if a.shown.indicator.judgement and a.rating),
        *(
            f"※「{words.indicator_name(a.shown)}」は、{conditional(a, report.scheme)}"
            for a in result.assessments
            if a.conditional
        ),
        *([words.score(result.score)] if result.score else []),
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
        _rate_guide(report) if shows_rate(report) else "",
        f"{'、'.join(suffixes)}です。" if suffixes else "",
    ]
    return [line for line in lines if line]


def _rate_guide(report: Report) -> str:
    method, name = report.scheme.method, report.scheme.rate_name
    rounding = ratings.rounding(method)
    if (method.formula, method.target, method.lower) == (Formula.RATIO, Aim.YEAR, Lower.INVERSE):
        return f"{name}は、実績を目標で割った値の{rounding}しています。"
    if not ratings.rated(method):
        return ""
    return f"{name}は、{ratings.formula(method)}の{rounding}しています。"
