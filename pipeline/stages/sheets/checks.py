"""What must hold of a filled sheet, whatever the template: everything is in it, once, and nothing is left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.documents.docx.markup import W, text_of
from pipeline.documents.docx.package import Package
from pipeline.documents.memory import Memory
from pipeline.documents.template import Template, printed
from pipeline.model.documents import Sheet
from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Assessment, MeasureResult
from pipeline.stages.sheets import courses, wml, words
from pipeline.stages.sheets.context import Context
from pipeline.stages.sheets.figure_checks import blocks, lost_figures
from pipeline.wording import numbers
from pipeline.wording.revisions import notes

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bnan\b", re.IGNORECASE)
_SHORT = 20
_CHART_NAME = re.compile(r'name="(chart\d+)"')
CHART = ".グラフ"
"""Ends the names under which a template has charts."""


class Subject(Struct, frozen=True):
    """A filled sheet's text, with what it was made from; ``named`` is what the template prints, by its name there,
    ``paragraphs`` the text of each.
    """

    body: etree._Element
    result: MeasureResult
    evaluation: Evaluation
    named: Mapping[str, tuple[object, ...]]
    paragraphs: Sequence[str]


Problem = tuple[str, str]
"""A stable id and a sentence."""
Check = Callable[[Subject], Iterator[Problem]]


def check_sheet(
    sheet: Sheet,
    result: MeasureResult,
    template: Template,
    evaluation: Evaluation,
    named: Mapping[str, tuple[object, ...]],
) -> tuple[Diagnostic, ...]:
    """Return everything that does not hold of a sheet, opened as a reader would; the template is to be mended.

    ``named`` is what the template prints, by its name there: what it does not name is not asked for. Of each rule the
    first finding stands for all: one field that is lost is missing in many places.
    """
    package = Package(sheet.docx, sheet.file)
    body = package.xml(package.document)
    subject = Subject(body, result, evaluation, named, [*_paragraphs(body)])
    place = Place(template.file)
    hint = f"様式{template.file}の、この項目のある欄を確かめてください。"
    found = [problems for rule in CHECKS if (problems := tuple(rule(subject)))]
    return tuple(
        error(identifier, place, f"シート{result.measure.id}: {message}{_more(others)}", hint)
        for (identifier, message), *others in found
    )


def by_name(template: Template, variables: Context, memory: Memory) -> Mapping[str, tuple[object, ...]]:
    """Return what a template prints of a measure, by its name there; ``memory`` has what was read of the template."""
    found: dict[str, list[object]] = {}
    for one in printed(template, variables, memory):
        found.setdefault(one.name, []).append(one.value)
    return {name: tuple(values) for name, values in found.items()}


def told_once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the template once for all sheets; what is wrong in a measure's file stays."""
    alike: dict[tuple[str, Place], list[Diagnostic]] = {}
    for finding in found:
        alike.setdefault((finding.id, finding.place), []).append(finding)
    return tuple(
        replace(first, message=f"{first.message}ほかに{len(others)}枚のシートでも同じです。") if others else first
        for first, *others in alike.values()
    )


def _more(others: Sequence[Problem]) -> str:
    return f"ほかに{len(others)}か所あります。" if others else ""


def _expected(subject: Subject) -> Iterator[str]:
    """Yield every text of the model that the template names, paragraph by paragraph."""
    return (text for name, text in _texts(subject) if name in subject.named)


def _texts(subject: Subject) -> Iterator[tuple[str, str]]:
    measure = subject.result.measure
    yield "施策.名称", measure.name
    yield "施策.所管課", "、".join(measure.departments)
    for level, node in zip(subject.evaluation.form.upper, subject.evaluation.above(measure), strict=True):
        yield from ((f"{name}.名称", node.name) for name in words.names_of(level, node.holder))
    yield from (("SDGs", sdg.name) for sdg in subject.evaluation.sdgs if sdg.number in measure.sdgs)
    yield from (("指標一覧.名称", words.indicator_name(a.shown)) for a in subject.result.assessments)
    for assessment in subject.result.assessments:
        yield from _courses(assessment)
    yield from (("指標の注記", note) for note in notes(one.indicator for one in measure.indicators))
    for item in measure.initiatives:
        yield "取組一覧.名称", words.repeated(item)
        yield from (
            ("取組一覧.指標一覧.名称", shown.name)
            for shown in measure.indicators
            if shown.indicator.id in item.indicators
        )
        yield from (("取組一覧.具体的な取組", words.repeated(activity)) for activity in item.activities)
    for field in words.fields(measure, subject.evaluation):
        yield from ((field.name, text) for text in words.paragraphs(field.text))


def _courses(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Yield what is told of the year before and of the years so far."""
    told = courses.against_the_year_before(assessment)
    yield from ((f"指標一覧.前年度比.{name}", text) for name, text in told.items() if text)
    for one in (*assessment.past, assessment):
        yield "指標一覧.推移.達成率", numbers.rate(one)
        yield "指標一覧.推移.実績", numbers.value(one.actual, one.shown.indicator.decimals)
        yield "指標一覧.推移.目標", numbers.value(one.target, one.shown.indicator.decimals)


def _texts_missing(subject: Subject) -> Iterator[Problem]:
    printed = _unbroken("\n".join(subject.paragraphs))
    for text in dict.fromkeys(_expected(subject)):
        if _unbroken(text) not in printed:
            shown = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
            yield "sheet-text-missing", f"「{shown}」が印刷されていません。"


def _unbroken(text: str) -> str:
    """Return a text without tabs and breaks: one may stand between a figure and what is said of it."""
    return text.replace("\t", "")


def _paragraphs(body: etree._Element) -> Iterator[str]:
    for paragraph in body.iter(f"{W}p"):
        yield "".join(_character(e) for e in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"))


def _character(element: etree._Element) -> str:
    return (element.text or "") if element.tag == f"{W}t" else "\t"


def _left_over(subject: Subject) -> Iterator[Problem]:
    typed = sorted((text for _, text in _texts(subject) if _LEFT_OVER.search(text)), key=len, reverse=True)
    for paragraph in subject.paragraphs:
        rest = paragraph
        for text in typed:
            rest = rest.replace(text, "")
        if _LEFT_OVER.search(rest):
            yield "sheet-left-over", f"「{rest[:_SHORT]}」が置き換わらずに残っています。"


def _indicators_wrong(subject: Subject) -> Iterator[Problem]:
    """The template's own table of indicators has each once, in order."""
    for table in wml.tables(subject.body, wml.INDICATORS) if "指標一覧.名称" in subject.named else ():
        names = [words.indicator_name(a.shown) for a in subject.result.assessments]
        firsts = [text_of(wml.cells(row)[0]) for row in wml.rows(table)[1:]]
        if [n for n, cell in blocks(firsts, names)] != [*range(len(names))]:
            yield "sheet-indicators-wrong", "指標の表に、この施策の指標が順に並んでいません。"


def _figures_wrong(subject: Subject) -> Iterator[Problem]:
    """Every figure that the template names stands in its indicator's rows, under its year where a table has years."""
    for lost in lost_figures(subject.body, subject.result, subject.evaluation, subject.named):
        yield "sheet-figures-wrong", lost


def _cells_open(subject: Subject) -> Iterator[Problem]:
    """A cell without a last paragraph is a damaged file to Word (ISO/IEC 29500-1, 17.4.65)."""
    for cell in subject.body.iter(f"{W}tc"):
        if cell[-1].tag != f"{W}p":
            yield "sheet-cell-empty", "表の欄が段落で終わっていません。"


def _charts_wrong(subject: Subject) -> Iterator[Problem]:
    """Every chart that the template names is there; whatever is shown can be heard."""
    charts = wml.charts(subject.body)
    values = (value for name, shown in subject.named.items() if name.endswith(CHART) for value in shown)
    wanted = {name[1] for value in values if (name := _CHART_NAME.search(str(value)))}
    found = {picture.get("name", "") for picture in charts}
    if wanted != found:
        yield "sheet-charts-wrong", f"グラフが{len(found)}点あります（様式の項目では{len(wanted)}点）。"
    if not all(picture.get("descr", "") for picture in charts):
        yield "sheet-chart-silent", "代替テキストのないグラフがあります。"


CHECKS: tuple[Check, ...] = (
    _texts_missing,
    _left_over,
    _indicators_wrong,
    _figures_wrong,
    _cells_open,
    _charts_wrong,
)
