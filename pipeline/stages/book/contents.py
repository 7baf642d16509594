"""The contents (目次): the lines with their page numbers, as entries and as variables of contents.docx."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.documents.template import run
from pipeline.model.documents import ContentsEntry
from pipeline.model.form import BookPart
from pipeline.model.report import Report
from pipeline.model.results import GoalResult, MeasureResult, Results
from pipeline.stages.book.numbering import Pages, Span
from pipeline.wording.era import in_text
from pipeline.wording.terms import anchor

SHEETS = BookPart.SHEETS.called

_PART, _GOAL, _MEASURE = range(3)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents: ``label`` stands before the title (基本目標1, （2）), ``anchor`` is where it leads."""

    level: int
    label: str
    title: str
    span: Span
    anchor: str


def summary_title(report: Report) -> str:
    """Name the summary page: 令和2年度の総括（指標一覧）."""
    return f"{in_text(report.year)}の総括（指標一覧）"


def lines(results: Results, pages: Pages) -> tuple[Line, ...]:
    """List the contents in reading order. Goals and 評価シート lead to the first of their sheets."""
    return tuple(line for part in results.evaluation.form.parts for line in _part(part, results, pages))


def _part(part: BookPart, results: Results, pages: Pages) -> Iterator[Line]:
    """Yield the lines of a part; the cover and the contents themselves have none."""
    report = results.evaluation.report
    titles = {
        BookPart.EXPLANATION: report.explanation_title,
        BookPart.TARGETS: report.targets_title,
        BookPart.SUMMARY: summary_title(report),
    }
    if part is BookPart.SHEETS:
        yield from _group(_PART, "", SHEETS, results.measures, pages)
        yield from (line for goal in results.goals for line in _goal(goal, results, pages))
    elif part in titles:
        yield Line(_PART, "", titles[part], pages.parts[part], part)


def entries(lines: Sequence[Line]) -> tuple[ContentsEntry, ...]:
    """Return the lines as entries of the book."""
    return tuple(
        ContentsEntry(_joined(line), line.anchor, line.level, line.span.first, line.span.last) for line in lines
    )


def variables(lines: Sequence[Line]) -> dict[str, object]:
    """Return the variable 目次 of contents.docx."""
    return {"目次": [_row(line) for line in lines]}


def _goal(goal: GoalResult, results: Results, pages: Pages) -> tuple[Line, ...]:
    measures = tuple(m for m in results.measures if m.goal.id == goal.goal.id)
    heading = _group(_GOAL, f"基本目標{goal.goal.id}", goal.goal.name, measures, pages)
    return (*heading, *(_measure(m, pages) for m in measures))


def _measure(result: MeasureResult, pages: Pages) -> Line:
    measure = result.measure
    return Line(_MEASURE, f"（{measure.number}）", measure.name, pages.sheets[measure.id], anchor(result.measure))


def _group(level: int, label: str, title: str, measures: Sequence[MeasureResult], pages: Pages) -> tuple[Line, ...]:
    """Return one line for all sheets of the measures, none where there are no measures."""
    if not measures:
        return ()
    taken = [pages.sheets[m.measure.id] for m in measures]
    return (Line(level, label, title, Span(taken[0].first, taken[-1].last), anchor(measures[0].measure)),)


def _joined(line: Line) -> str:
    space = "　" if line.level == _GOAL else ""
    return f"{line.label}{space}{line.title}"


def _row(line: Line) -> dict[str, object]:
    last = line.anchor == BookPart.SUMMARY
    return {
        "部": line.level == _PART and not last,
        "基本目標": line.level == _GOAL,
        "施策": line.level == _MEASURE,
        "総括": last,
        "内容": _link(line),
    }


def _link(line: Line) -> Markup:
    """Return the whole line as one link: label, title and pages, with tabs that the template's style places."""
    label = run(line.label, "Tile" if line.level == _GOAL else "") + run("\t") if line.label else Markup()
    runs = label + run(line.title) + run("\t", "" if line.level == _GOAL else "Leader") + run(str(line.span))
    return Markup(f'<w:hyperlink w:anchor="{escape(line.anchor)}" w:history="1">{runs}</w:hyperlink>')  # noqa: S704
