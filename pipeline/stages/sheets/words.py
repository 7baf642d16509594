"""The words of a sheet that are put together from several facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.model.evaluation import Activity, Evaluation, Initiative, Measure
from pipeline.model.form import Form, Holder, Level
from pipeline.model.results import Assessment, Score
from pipeline.model.strategy import Absence, Direction, Shown
from pipeline.storage import naming
from pipeline.wording import plan
from pipeline.wording.fields import printed
from pipeline.wording.numbers import item_number
from pipeline.wording.opinions import list_of
from pipeline.wording.terms import is_draft, of_scheme, other_actual, other_target

_SLOTS = 4


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; empty lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def indicator_name(shown: Shown) -> str:
    """Write an indicator's name with the parenthesis that belongs to it."""
    return shown.name + note(shown)


def note(shown: Shown) -> str:
    """Write the parenthesis that belongs to an indicator's name; nothing where there is none."""
    return f"（{shown.indicator.note}）" if shown.indicator.note else ""


def counting(shown: Shown) -> str:
    """Write how an indicator counts, and that lower is better where it is: （年間）（小さいほど良い）."""
    suffix = f"（{shown.indicator.suffix}）" if shown.indicator.suffix else ""
    lower = "（小さいほど良い）" if shown.indicator.direction is Direction.DECREASE else ""
    return suffix + lower


def repeated(item: Initiative | Activity) -> str:
    """Write a name, marked where the item is repeated from another measure."""
    return item.name + repeated_mark(item)


def repeated_mark(item: Initiative | Activity) -> str:
    """Return the mark of an item that is repeated from another measure; else nothing."""
    return "（再掲）" if item.repeated_from else ""


def initiatives_note(count: int, form: Form) -> str:
    """Say that the list ends here where it has fewer items than the form's four slots; else nothing."""
    return f"この{form.lowest.short}の{form.rows.name}は、以上の{count}件です。" if 0 < count < _SLOTS else ""


def reasons(assessment: Assessment, rate_name: str) -> Iterator[str]:
    """Yield why there is no rate, and why there is no rating where that is for another reason."""
    name = f"※「{indicator_name(assessment.shown)}」は"
    if rate_name and assessment.rate_reason:
        yield f"{name}{rate_name}を示していません。理由: {assessment.rate_reason}"
    told = assessment.rate_reason if rate_name else None
    if assessment.rating is None and assessment.rating_reason != told:
        yield f"{name}判定していません。理由: {assessment.rating_reason}"


def compared(assessments: Sequence[Assessment], year: str) -> Iterator[str]:
    """Yield with which year's target indicators were compared, where the table has none for the evaluated year."""
    other = [a for a in assessments if other_target(a, year)]
    for target in dict.fromkeys(a.target_year for a in other):
        named = [f"「{indicator_name(a.shown)}」" for a in other if a.target_year == target]
        subject = "" if len(named) == len(assessments) else f"{'、'.join(named)}の"
        yield f"※{subject}判定は、{target}の目標と比べたものです。"


def latest(assessments: Sequence[Assessment], year: str) -> Iterator[str]:
    """Yield which indicators are judged by an earlier year's actual, and why."""
    for assessment in assessments:
        if other_actual(assessment):
            missing = assessment.shown.indicator.actuals.get(year)
            why = f"{year}の実績が{missing.value if isinstance(missing, Absence) else '未記入'}のため"
            yield f"※「{indicator_name(assessment.shown)}」は、{why}、{assessment.actual_year}の実績で判定しています。"


def further(assessment: Assessment) -> Iterator[str]:
    """Yield of every further judgement why there is none, or why a person gave it."""
    for one in assessment.others:
        subject = f"※「{indicator_name(one.shown)}」の「{one.scheme.name if one.scheme else ''}」"
        entered = one.shown.indicator.judgement
        if one.rating is None:
            yield f"{subject}は、判定していません。理由: {one.rating_reason}"
        elif entered:
            yield f"{subject}を「{one.rating.label}」とした理由: {entered.reason}"


def judgement(assessment: Assessment) -> str:
    """Return who gave a rating, and why, where a person entered it."""
    entered, label = assessment.shown.indicator.judgement, assessment.rating.label if assessment.rating else ""
    return f"※「{indicator_name(assessment.shown)}」の判定「{label}」の理由: {entered.reason if entered else ''}"


def score(score: Score, evaluation: Evaluation) -> str:
    """Return what a measure comes to, where the scheme averages its indicators."""
    called, scheme = evaluation.form.lowest.short, of_scheme(score.name, evaluation.report)
    label = f"（{score.rating.label}）" if score.rating else ""
    return f"この{called}の{scheme}評点は、{score.text}{label}です。"


def title(measure: Measure, evaluation: Evaluation) -> str:
    """Write the document's title for its properties."""
    draft = "（案）" if is_draft(evaluation.report) else ""
    return f"評価シート　{within(measure, evaluation)}{measure.name}{draft}"


def within(measure: Measure, evaluation: Evaluation) -> str:
    """Write where a sheet belongs, before its name: 基本目標1（2）."""
    top = next((heading for heading, _ in plan.headings(measure, evaluation)), "")
    label = plan.before(plan.label(measure))
    return f"{top}{'' if not label or label.startswith('（') else '　' if top else ''}{label}"


def file_name(measure: Measure) -> str:
    """Name a sheet's file: 1-2_企業立地の促進.docx."""
    return naming.safe(f"{measure.id}_{measure.name}", ".docx")


class Entry(Struct, frozen=True):
    """What is entered in a field as it is printed: the field's name in templates, what a reader finds it by, itself."""

    name: str
    title: str
    text: str


def fields(measure: Measure, evaluation: Evaluation) -> Iterator[Entry]:
    """Yield what is entered in the form's fields."""
    form, year = evaluation.form, evaluation.report.year
    for level, node in zip(form.upper, evaluation.above(measure), strict=True):
        for field in form.on(node.holder):
            for name in names_of(level, node.holder):
                title = f"{level.name}の{field.name}"
                yield Entry(f"{name}.{field.in_template}", title, printed(field, node.fields[field.id], year))
    for field in form.on(Holder.MEASURE):
        yield Entry(f"施策.{field.in_template}", field.name, printed(field, measure.fields[field.id], year))
    for shown in measure.indicators:
        for field in form.on(Holder.INDICATOR):
            text = printed(field, shown.indicator.fields[field.id], year)
            yield Entry(f"指標一覧.{field.in_template}", f"{shown.name}の{field.name}", text)
    for position, item in enumerate(measure.initiatives, 1):
        for field in form.on(Holder.INITIATIVE):
            title = f"{form.rows.short}{item_number(position)}の{field.name}"
            yield Entry(f"取組一覧.{field.in_template}", title, printed(field, item.fields[field.id], year))
    for opinion in measure.opinions:
        name, title = list_of(opinion, evaluation.report), f"意見{opinion.number}"
        yield Entry(f"{name}.意見", title, opinion.text)
        for field in form.on(Holder.OPINION):
            text = printed(field, opinion.fields[field.id], year)
            yield Entry(f"{name}.{field.in_template}", f"{title}の{field.name}", text)


def names_of(level: Level, holder: Holder) -> tuple[str, str]:
    """Return the names that templates have for a node above the measures: a general one, and its level's."""
    return "中間の階層" if holder is Holder.GROUP else "基本目標", level.name
