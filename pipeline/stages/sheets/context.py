"""Results of a measure -> the plain dicts that templates print. The keys are the vocabulary clerks may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pipeline.documents.template import tile
from pipeline.model.evaluation import Evaluation, Initiative, Measure
from pipeline.model.form import Holder
from pipeline.model.report import Report
from pipeline.model.results import Assessment, Count, MeasureResult
from pipeline.model.scheme import Aim, Formula, Lower
from pipeline.model.strategy import Amount, Direction, Indicator, Shown, Worded
from pipeline.stages.sheets import opinions, tiles, words
from pipeline.stages.sheets.entries import Entries
from pipeline.stages.sheets.indicators import ChartPlace, Script, indicator, years_named
from pipeline.stages.sheets.levels import figures
from pipeline.stages.sheets.nodes import NO_NODE, above
from pipeline.stages.sheets.pens import Pen, Places
from pipeline.wording import plan, ratings, terms
from pipeline.wording.numbers import item_number
from pipeline.wording.revisions import notes
from pipeline.wording.tally import breakdown
from pipeline.wording.terms import book_terms, conditional, draft_mark, shows_rate

Context: TypeAlias = dict[str, object]
_SUFFIXES = {"累計": "年度末までの合計", "年間": "1年間の合計", "時点": "調査した日の値"}


def context(result: MeasureResult, evaluation: Evaluation, pen: Pen) -> Context:
    """Return everything a template may print of a measure; ``pen`` writes what comes from a place in the inputs."""
    measure, report = result.measure, evaluation.report
    pen = pen.on(measure.id)
    places = Places(measure, evaluation)
    script, written = Script(pen, places), Entries(pen, evaluation)
    shown = _indicators(result, script, written)
    return {
        **_common(report, result.count),
        **_heading(measure, places, written),
        **_years(evaluation),
        "指標の数": len(shown),
        "達成した指標の数": result.count.met,
        "指標の内訳": breakdown(result.assessments, report.scheme),
        "判定一覧": terms.schemes(report),
        "評点一覧": [{"名称": one.name, "評点": one.printed} for one in result.scores],
        "指標一覧": [*shown.values()],
        "施策の指標一覧": [one for name, one in shown.items() if measure.row(name) is None],
        "指標の注記": _indicator_notes(result, evaluation),
        **_charts([*shown.values()], [shown[one.indicator.id] for one in measure.indicators if _is_drawn(one)]),
        "グラフの見方": _guide(result, report),
        "取組一覧": [_initiative(n, item, places, written, shown) for n, item in enumerate(measure.initiatives, 1)],
        **opinions.lists(measure, written),
        "意見の代わり": opinions.instead(evaluation),
        "取組の注記": words.initiatives_note(len(measure.initiatives), evaluation.form),
    }


def _heading(measure: Measure, places: Places, written: Entries) -> Context:
    """Return what is printed of a measure itself, and of where it stands in the plan."""
    evaluation, upper = written.evaluation, [*above(measure, written)]
    form = evaluation.form
    return {
        "呼び名": {"施策": form.lowest.short, "取組": form.rows.name},
        **{level.name: node for level, node in zip(form.upper, upper, strict=True)},
        "基本目標": upper[0] if upper else NO_NODE,
        "中間の階層": upper[1:],
        "基本目標の番号札": tiles.goal_index(evaluation.goals, measure.goal),
        "施策": {
            "番号": plan.number(measure),
            "識別名": measure.id,
            "見出しの番号": plan.before(plan.label(measure)),
            "所在": words.within(measure, evaluation),
            "名称": written.pen.write(measure.name, f"{places.strategy}.name"),
            **written.of(form.on(Holder.MEASURE), measure.fields, places.field),
            "所管課": "、".join(measure.departments),
        },
        "SDGs": tiles.sdg_line([sdg for sdg in evaluation.sdgs if sdg.number in measure.sdgs]),
    }


def _years(evaluation: Evaluation) -> Context:
    years, roles = years_named(evaluation.years, evaluation.report)
    notes = terms.roles(evaluation.years, evaluation.report)
    return {
        "年度": years,
        "年度の注": roles,
        "年度一覧": terms.by_year(evaluation.years, evaluation.report, {"注": notes}),
    }


def _indicators(result: MeasureResult, script: Script, written: Entries) -> dict[str, Context]:
    """Return what is printed of each indicator, by its id."""
    size, report = figures(len(result.assessments), 0), written.evaluation.report
    numbers = {one.shown.indicator.id: number for number, one in enumerate(by_chart(result), 1)}
    return {
        assessment.shown.indicator.id: {
            **indicator(
                assessment, ChartPlace(numbers[assessment.shown.indicator.id], size.width, size.height), report, script
            ),
            **_entered(assessment.shown.indicator, script.places, written),
        }
        for assessment in result.assessments
    }


def by_chart(result: MeasureResult) -> tuple[Assessment, ...]:
    """Return a measure's indicators in the order of their charts' numbers: those that a chart shows stand first."""
    return tuple(sorted(result.assessments, key=lambda one: not _is_drawn(one.shown)))


def _is_drawn(shown: Shown) -> bool:
    """Return whether a chart shows anything: not where all that is aimed at is words, and no figure is known yet."""
    figures = (*shown.indicator.targets.values(), *shown.indicator.actuals.values())
    in_words = any(isinstance(one, Worded) for one in figures)
    return not in_words or any(isinstance(one, Amount) for one in figures)


def _charts(shown: Sequence[Context], drawn: Sequence[Context]) -> Context:
    """Return the indicators as their charts are laid out: one by itself, or some to a row."""
    several = drawn if len(shown) > 1 else ()
    return {
        "単独の指標": shown[0] if len(shown) == 1 else None,
        "グラフの段": _rows(several, ("左", "右")),
        "三列のグラフの段": _rows(several, ("左", "中", "右")),
    }


def _entered(indicator: Indicator, places: Places, written: Entries) -> Mapping[str, object]:
    """Return what is entered in the form's fields of an indicator."""
    fields = written.evaluation.form.on(Holder.INDICATOR)
    return written.of(fields, indicator.fields, lambda field: places.of_indicator(indicator, field))


def _common(report: Report, count: Count) -> Mapping[str, object]:
    """Return what every template may print; the short names are those of the book's other templates."""
    shared = {
        **book_terms(report, count),
        "案の印": tiles.draft_mark(report),
        "末尾の案の印": tiles.draft_mark(report, last=True),
    }
    short = {name: shared[name] for name in ("案", "案の字", "案の文")}
    return {**short, "案の印": tile(draft_mark(report), "DraftMark"), "冊子": shared}


def _initiative(
    number: int, initiative: Initiative, places: Places, written: Entries, shown: Mapping[str, Context]
) -> Mapping[str, object]:
    """Return what is printed of an initiative, its own among the indicators ``shown`` with it."""
    pen, path = written.pen, places.initiative(initiative)
    fields = written.evaluation.form.on(Holder.INITIATIVE)
    return {
        "番号": item_number(number),
        "名称": pen.write(initiative.name, f"{path}.name", words.repeated_mark(initiative)),
        "具体的な取組": [
            pen.write(activity.name, f"{path}.activities", words.repeated_mark(activity))
            for activity in initiative.activities
        ],
        **written.of(fields, initiative.fields, lambda field: f"{path}.{field.id}"),
        "指標一覧": [shown[name] for name in initiative.indicators if name in shown],
    }


def _rows(shown: Sequence[Mapping[str, object]], slots: Sequence[str]) -> list[Mapping[str, object]]:
    """Lay the charts out in rows; a slot without one is None."""
    empty = dict.fromkeys(slots)
    starts = range(0, len(shown), len(slots))
    return [{**empty, **dict(zip(slots, shown[start : start + len(slots)], strict=False))} for start in starts]


def _indicator_notes(result: MeasureResult, evaluation: Evaluation) -> list[str]:
    """Say what was revised, of each indicator without a rate or a rating why it has none, and what else belongs to a
    rating.
    """
    report, revised = evaluation.report, notes(one.indicator for one in result.measure.indicators)
    if not report.show_rates:
        return revised
    return [
        *revised,
        *words.latest(result.assessments, report.year),
        *words.compared(result.assessments, report.year),
        *(note for a in result.assessments for note in words.reasons(a, report.scheme.rate_name)),
        *(note for a in result.assessments for note in words.further(a)),
        *(words.judgement(a) for a in result.assessments if a.shown.indicator.judgement and a.rating),
        *(
            f"※「{words.indicator_name(a.shown)}」は、{conditional(a, report.scheme)}"
            for a in result.assessments
            if a.conditional
        ),
        *(words.score(score, evaluation) for score in result.scores),
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
