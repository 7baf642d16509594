"""The contents (目次): the lines with their page numbers, as entries and as variables of contents.docx."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.fonts import face
from pipeline.documents.template import run
from pipeline.model.documents import ContentsEntry
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import BookPart
from pipeline.model.report import Report
from pipeline.model.results import MeasureResult, Results
from pipeline.stages.book import opinions, revisions
from pipeline.stages.book.numbering import Pages, Span
from pipeline.wording import plan
from pipeline.wording.era import in_text
from pipeline.wording.terms import anchor

SHEETS = BookPart.SHEETS.called
NOWHERE = Span(0, 0)


class Kind(Enum):
    """What a line of the contents tells of: a part of the book, or a node of the plan."""

    PART = auto()
    GOAL = auto()
    GROUP = auto()
    MEASURE = auto()


_ROOM = {Kind.GOAL: 5.4, Kind.MEASURE: 2.1}
"""Full-width characters for which the lines' styles have a column of labels; a longer one moves its title along."""


class Line(Struct, frozen=True):
    """A line of the contents: ``label`` stands before the title (基本目標1, （2）), ``anchor`` is where it leads.

    ``level`` is how deep it stands: 0 a part, 1 the plan's highest level.
    """

    kind: Kind
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
        BookPart.OPINIONS: opinions.title(results.evaluation),
        BookPart.REVISIONS: revisions.title(results.evaluation),
        BookPart.SUMMARY: summary_title(report),
    }
    if part is BookPart.SHEETS:
        yield from _group(Line(Kind.PART, 0, "", SHEETS, NOWHERE, ""), results.measures, pages)
        yield from _sheets(results.measures, results.evaluation, pages)
    elif part in titles:
        yield Line(Kind.PART, 0, "", titles[part], pages.parts[part], part)


def entries(lines: Sequence[Line]) -> tuple[ContentsEntry, ...]:
    """Return the lines as entries of the book."""
    return tuple(
        ContentsEntry(_joined(line), line.anchor, line.level, line.span.first, line.span.last) for line in lines
    )


def variables(lines: Sequence[Line]) -> dict[str, object]:
    """Return the variable 目次 of contents.docx."""
    return {"目次": [_row(line) for line in lines]}


def _sheets(measures: Sequence[MeasureResult], evaluation: Evaluation, pages: Pages) -> Iterator[Line]:
    """Yield the lines of all measures, each node above them before its first."""
    told: tuple[str, ...] = ()
    for result in measures:
        above = plan.headings(result.measure, evaluation)
        chain = tuple(node.id for _, node in above)
        for depth, (label, node) in enumerate(above):
            if told[: depth + 1] != chain[: depth + 1]:
                below = [m for m in measures if _chain(m, evaluation)[: depth + 1] == chain[: depth + 1]]
                line = Line(Kind.GROUP if depth else Kind.GOAL, depth + 1, label, node.name, NOWHERE, "")
                yield from _group(line, below, pages)
        told = chain
        measure = result.measure
        span, level = pages.sheets[measure.id], len(above) + 1
        yield Line(Kind.MEASURE, level, plan.label(measure), measure.name, span, anchor(measure))


def _chain(result: MeasureResult, evaluation: Evaluation) -> tuple[str, ...]:
    return tuple(node.id for node in evaluation.above(result.measure))


def _group(line: Line, measures: Sequence[MeasureResult], pages: Pages) -> tuple[Line, ...]:
    """Return one line for all sheets of the measures, none where there are no measures."""
    if not measures:
        return ()
    taken = [pages.sheets[m.measure.id] for m in measures]
    return (replace(line, span=Span(taken[0].first, taken[-1].last), anchor=anchor(measures[0].measure)),)


def _joined(line: Line) -> str:
    return f"{plan.before(line.label)}{line.title}"


def _row(line: Line) -> dict[str, object]:
    last = line.anchor == BookPart.SUMMARY
    return {
        "部": line.kind is Kind.PART and not last,
        "基本目標": line.kind is Kind.GOAL,
        "中間": line.kind is Kind.GROUP,
        "施策": line.kind is Kind.MEASURE,
        "総括": last,
        "内容": _link(line),
    }


def _link(line: Line) -> Markup:
    """Return the whole line as one link: label, title and pages, with tabs that the template's style places."""
    goal = line.kind is Kind.GOAL
    gap = run("\t" if face(bold=True).width(line.label) <= _ROOM.get(line.kind, 0) else "　")
    label = run(line.label, "Tile" if goal else "") + gap if line.label else Markup()
    runs = label + run(line.title) + run("\t", "" if goal else "Leader") + run(str(line.span))
    return Markup(f'<w:hyperlink w:anchor="{escape(line.anchor)}" w:history="1">{runs}</w:hyperlink>')  # noqa: S704
