"""The summary (総括): how many targets were met, by goal and indicator by indicator. Variables of summary.docx."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from pipeline.documents.template import Template, run
from pipeline.documents.template.looks import HIDDEN
from pipeline.model.documents import Nodes
from pipeline.model.report import Report
from pipeline.model.results import Assessment, Count, GoalResult, MeasureResult, Results
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import Indicator, Value
from pipeline.stages.book import judged, revisions
from pipeline.stages.book.bars import bar, room
from pipeline.stages.book.contents import summary_title
from pipeline.stages.book.words import HEADING_LINE, OTHER, aim_reached, in_lines, outside, rating
from pipeline.wording import plan, terms
from pipeline.wording.numbers import rate, value
from pipeline.wording.tally import breakdown, by_rating, share
from pipeline.wording.terms import conditional, shows_rate, verdict

_TOLD_ALONE = 3
"""Indicators judged for a reason that are told one by one; the table shows which ones they are."""


_NO_BAR = Markup(f"<w:p>{run(HIDDEN)}</w:p>")  # noqa: S704 - ``run`` escapes


def variables(results: Results, template: Template | None, nodes: Nodes) -> dict[str, object]:
    """Return the variable 総括 of summary.docx; the template's cells say how long a full bar is; None has no bars."""
    report, others = results.evaluation.report, results.indicators.other > 0
    width = room(template, "目標.棒")
    return {
        "総括": {
            "題名": summary_title(report),
            "階層": results.evaluation.form.top.name,
            "シートの階層": results.evaluation.form.lowest.short,
            "見出し": in_lines(headline(results), HEADING_LINE),
            "目標の年度": terms.year_compared(results.assessments, report),
            "基本目標": [
                {**nodes.above[goal.goal.id], **_goal(goal, results, width, others=others)}
                for goal in results.goals
                if goal.count.total
            ],
            "区分": [*_bands(results, 0, room(template, "区分.棒"))],
            "判定一覧": [*_every(results, room(template, "判定一覧.区分.棒"))],
            "選択肢一覧": [*judged.choices(results.evaluation, room(template, "選択肢一覧.区分.棒"))],
            "施策一覧": [*nodes.measures.values()],
            "内訳": breakdown(results.assessments, report.scheme),
            "割合の注": _share_of(results.indicators),
            "合計": counts(results.indicators, width, others=others)
            | {"区分": _in_columns(results.assessments, results)},
            "指標": [row for m in results.measures for row in _rows(m, results, room(template, "指標.棒"))],
            "注": [*revisions.of_targets(results), *(_remarks(results) if report.show_rates else ())],
        },
    }


def headline(results: Results) -> str:
    """Say the page's message: how many of how many targets were met or have which rating, or only what it lists where
    rates are hidden.
    """
    count, report = results.indicators, results.evaluation.report
    if not report.show_rates:
        return f"{count.total}指標の目標と実績"
    if not terms.tells_met(report, count):
        return f"{count.total}指標の判定は、{breakdown(results.assessments, report.scheme).replace('　', '、')}"
    return f"{count.total}指標のうち、{count.met}指標が{aim_reached(results.evaluation)}を達成{outside(count)}"


def counts(count: Count, width: int, *, others: bool) -> dict[str, object]:
    """Return a count as a row of the table has it, with the share that was met and its bar; ``others`` as a column."""
    length = Decimal(count.share.numerator) / count.share.denominator
    return {
        "指標数": str(count.total),
        "達成": str(count.met),
        "未達成": str(count.unmet),
        "ほかの判定": str(count.other) if others else HIDDEN,
        "判定なし": str(count.unrated),
        "割合": share(count.met, count.judged),
        "棒": bar(length, True, width),
    }


def _goal(result: GoalResult, results: Results, width: int, *, others: bool) -> dict[str, object]:
    places = results.assessments_below(result.goal.id)
    told = breakdown(places, results.evaluation.report.scheme)
    columns = _in_columns(places, results)
    own = {"番号": result.goal.number, "名称": result.goal.name, "内訳": told, "区分": columns}
    return {**own, **counts(result.count, width, others=others)}


def _in_columns(assessments: Sequence[Assessment], results: Results) -> list[dict[str, object]]:
    """Return a row's counts under the ratings that head the columns, which are those of the whole plan."""
    every, scheme = results.assessments, results.evaluation.report.scheme
    return [{"数": str(count)} for _, count in by_rating(assessments, scheme, every)]


def _every(results: Results, width: int) -> Iterator[dict[str, object]]:
    """Yield every judgement with its own bands and counts, the main one first."""
    report = results.evaluation.report
    for number, (scheme, told) in enumerate(zip(report.schemes, terms.schemes(report), strict=True)):
        places = [place.judgements[number] for place in results.assessments]
        yield {**told, "区分": [*_bands(results, number, width)], "内訳": breakdown(places, scheme)}


def _by_scheme(judgement: Assessment, report: Report) -> dict[str, object]:
    """Return one of an indicator's several judgements."""
    named = judgement.scheme
    shown = report.show_rates and named is not None and bool(named.rate_name)
    told = rating(judgement.printed) if report.show_rates else run(HIDDEN)
    return {"名称": named.name if named else "", "達成率": rate(judgement) if shown else HIDDEN, "判定": told}


def _bands(results: Results, number: int, width: int) -> Iterator[dict[str, object]]:
    """Yield a row for every rating of a scheme: mark and word, how many have it, the share of all as number and bar."""
    scheme = results.evaluation.report.schemes[number]
    assessments = [place.judgements[number] for place in results.assessments]
    for one, count in by_rating(assessments, scheme):
        length = Decimal(100 * count) / len(assessments) if assessments else Decimal(0)
        yield {
            "判定": rating(one),
            "記号": one.mark,
            "語": one.label,
            "数": str(count),
            "割合": share(count, len(assessments)),
            "棒": bar(length, True, width),
        }


def _remarks(results: Results) -> Iterator[str]:
    if results.indicators.other and results.evaluation.report.scheme.tells_met:
        yield f"「{OTHER}」は、目標に届いたかどうかによらない判定です。"
    yield from _latest(results)
    yield from _further(results)
    yield from _scores(results)
    yield from _notes(results)
    yield from _revised(results)


def _latest(results: Results) -> Iterator[str]:
    """Tell what the mark of an earlier year's actual means, where one is judged."""
    year = results.evaluation.report.year
    marks = dict.fromkeys(terms.other_actual(a) for a in results.assessments)
    told = "」「".join(filter(None, marks))
    if told:
        yield f"「{told}」は、{year}の実績が未測定か集計中のため、実績のある最も新しい年度で判定したものです。"


def _further(results: Results) -> Iterator[str]:
    """Tell how many have which rating by each further scheme, and whose ratings these are counts of."""
    for number, scheme in enumerate(results.evaluation.report.further, 1):
        places = [place.judgements[number] for place in results.assessments]
        yield f"「{scheme.name}」は、{breakdown(places, scheme).replace('　', '、')}です（全{len(places)}指標）。"


def _share_of(count: Count) -> str:
    """Return what the shares are shares of, where not every indicator is held against a target."""
    return "（割合は、達成と未達成の計に対するもの）" if count.other or count.unrated else ""


def _rows(result: MeasureResult, results: Results, width: int) -> Iterator[dict[str, object]]:
    report = results.evaluation.report
    rated, compared = shows_rate(report), terms.year_compared(results.assessments, report)
    for number, assessment in enumerate(result.assessments):
        indicator = assessment.shown.indicator
        yield {
            "基本目標の先頭": number == 0 and _is_first(result, results),
            "施策": plan.place(result.measure, results.evaluation),
            "施策の名称": result.measure.name,
            "施策の識別名": result.measure.id,
            "所管課": "、".join(result.measure.departments),
            "取組": row.name if (row := result.measure.row(indicator.id)) else "",
            "名称": _named_row(result, assessment),
            "単位": indicator.unit,
            "目標": _figure(indicator, assessment.target, terms.target_marks(assessment, compared)),
            "実績": _figure(indicator, assessment.actual, terms.other_actual(assessment)),
            "達成率": rate(assessment) if rated else HIDDEN,
            "棒": bar(assessment.rate, assessment.met is True, width) if rated else _NO_BAR,
            "判定": rating(verdict(assessment, report.scheme)),
            "判定一覧": [_by_scheme(one, report) for one in assessment.judgements],
        }


def _named_row(result: MeasureResult, assessment: Assessment) -> str:
    """Return an indicator's name, behind that of a measure without number, which its row would not tell otherwise."""
    name = assessment.shown.name
    return name if plan.number(result.measure) else f"{result.measure.name}／{name}"


def _is_first(result: MeasureResult, results: Results) -> bool:
    """Return whether the measure is the first of its goal that shows an indicator."""
    shown = (m.measure.id for m in results.measures if m.measure.goal == result.measure.goal and m.assessments)
    return next(shown, "") == result.measure.id


def _figure(indicator: Indicator, figure: Value | None, named: str = "") -> Markup:
    """Return a number's paragraph. Whole numbers keep the room of ``.0``, so that units stand under units; one that is
    of another year than the column stands over its name.
    """
    plain = indicator.decimals or indicator.states
    style = "SummaryNumber" if plain else "SummaryNumberWhole"
    text = run(value(figure, indicator.decimals))
    told = f"<w:r><w:br/></w:r>{run(named)}" if named else ""
    return Markup(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}{told}</w:p>')  # noqa: S704 - ``run`` escapes


def _scores(results: Results) -> Iterator[str]:
    """Tell the scores of all goals and groups, a line for every level, where the scheme asks for them."""
    scores = {node.goal.id: node.scores for node in results.nodes}
    found: dict[tuple[str, str], list[str]] = {}
    for level, node in plan.nodes(results.evaluation):
        for score in scores[node.id]:
            told = f"{node.number or node.name}が{score.printed}"
            found.setdefault((level.name, score.name), []).append(told)
    for (level_name, name), each in found.items():
        yield f"{level_name}の{terms.of_scheme(name, results.evaluation.report)}評点は、{'、'.join(each)}です。"


def _notes(results: Results) -> Iterator[str]:
    """Explain every judgement that no rate stands behind, such as a milestone in an earlier state."""
    notes: dict[str, list[str]] = {}
    for subject, assessment in _named(results):
        notes.setdefault(_verdict(assessment, results.evaluation.report.scheme), []).append(subject)
    notes.pop("", None)
    alone = sum(map(len, notes.values())) <= _TOLD_ALONE
    for told_as, subjects in notes.items():
        told = subjects if alone or len(subjects) == 1 else [f"{len(subjects)}指標"]
        yield from (f"{subject}は、{told_as}" for subject in told)


def _named(results: Results) -> Iterator[tuple[str, Assessment]]:
    """Yield every place that shows an indicator, with its name in a note."""
    for measure in results.measures:
        yield from (
            (f"{plan.before(plan.place(measure.measure, results.evaluation))}{a.shown.name}", a)
            for a in measure.assessments
        )


def _revised(results: Results) -> Iterator[str]:
    """Tell every judgement by a revised baseline."""
    scheme = results.evaluation.report.scheme
    yield from (f"{subject}は、{conditional(a, scheme)}" for subject, a in _named(results) if a.conditional)


def _verdict(assessment: Assessment, scheme: Scheme) -> str:
    """Return what a rating is due to where no rate stands behind it; nothing where one does."""
    label, name = verdict(assessment, scheme).label, scheme.rate_name
    if assessment.rating_reason:
        return f"{_cause(assessment.rating_reason)}ため、{label}としました。"
    if not assessment.rate_reason or not name:
        return ""
    if assessment.met is None or assessment.shown.indicator.judgement:
        return f"{_cause(assessment.rate_reason)}ため、{name}を示していません。"
    reached = "届いた" if assessment.met else "届いていない"
    return f"{_cause(assessment.rate_reason)}ため{name}を示さず、目標に{reached}ことから、{label}としました。"


def _cause(reason: str) -> str:
    """Return a reason without its last word; a milestone's has none, it is its state: 整備中（目標は完成）."""
    return reason.removesuffix("ため") if reason.endswith("ため") else f"{reason}の"
