"""Cities made by hand, bound with the real templates, and looked at as a reader would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import docx
from docx.document import Document
from msgspec.structs import replace

from pipeline.diagnostics import Checked
from pipeline.model.documents import Book, Chart, Extent, Sheet
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.report import FlowStep, Section
from pipeline.model.results import Assessment, Results
from pipeline.model.strategy import Goal, Indicator, Sdg, Shown
from pipeline.stages.book import assemble, begin, inspect
from pipeline.stages.book.targets import Draw
from pipeline.stages.compute import compute
from pipeline.stages.sheets import nodes
from tests.project import ROOT
from tests.stages.compute import examples
from tests.stages.sheets.samples import one_by_one

Changes: TypeAlias = Any
"""Fields of a dataclass to be replaced."""

TEMPLATES = ROOT / "templates"
PARTS = ("cover", "contents", "explanation", "targets", "summary")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c636800000082"
    "0081772dda650000000049454e44ae426082"
)
SECTIONS = (
    Section("purpose", "評価の目的", ("取組を確かめます。", "見直しに生かします。"), (), "", ()),
    Section("flow", "評価の流れ", (), tuple(FlowStep(f"段階{n}", f"{n}番目に行うこと。") for n in range(1, 5)), "", ()),
    Section("viewpoints", "視点", ("次のとおりです。",), (), "視点の例", ("妥当か", "適切か")),
)


def kpi(identifier: str, actual: int | None = 100, **changes: Changes) -> Indicator:
    """Make an indicator whose target is 100 in every year; ``actual`` is that of R2, None = not measured."""
    targets = {f"R{n}": 100 for n in range(2, 7)}
    actuals = {} if actual is None else {"R2": actual}
    made = examples.indicator(80, targets, actuals, identifier=identifier, name=f"指標{identifier}", unit="件")
    return replace(made, **changes)


def city(goals: int = 2, measures: int = 2, actuals: tuple[int | None, ...] = (100, 90), **report: Changes) -> Results:
    """Make a city in which every measure shows an indicator for each of ``actuals``, and every goal the first."""
    made = tuple(_measure(g, m, actuals) for g in range(1, goals + 1) for m in range(1, measures + 1))
    aims = tuple(_goal(str(n)) for n in range(1, goals + 1))
    return computed(examples.evaluation(aims, made), **report)


def computed(evaluation: Evaluation, **report: Changes) -> Results:
    """Assess an evaluation whose report is changed."""
    sdgs = tuple(Sdg(n, f"目標{n}", "内容") for n in range(1, 18))
    told = replace(evaluation.report, **{"sections": SECTIONS, **report})
    results = compute(replace(evaluation, report=told, sdgs=sdgs)).value
    assert results is not None
    return results


def with_measures(results: Results, *measures: Measure, **report: Changes) -> Results:
    """Put other measures into a city."""
    return computed(replace(results.evaluation, measures=measures), **report)


def _goal(identifier: str) -> Goal:
    made = kpi(f"goal-{identifier}")
    return Goal(identifier, f"安心して働けるまちづくりその{identifier}", (Shown(made, f"数値目標{identifier}"),))


def _measure(goal: int, number: int, actuals: tuple[int | None, ...]) -> Measure:
    kpis = (kpi(f"{goal}{number}{n}", actual) for n, actual in enumerate(actuals))
    return examples.measure(f"{goal}-{number}", *kpis)


def draw(assessment: Assessment, width: float, height: float) -> Chart:
    return Chart(assessment.shown.indicator.id, width, height, PIXEL, b"", f"{assessment.shown.name}のグラフ。")


def sheets(results: Results, pages: Mapping[str, int] | None = None) -> tuple[Sheet, ...]:
    """Make sheets of two pages, or as many as ``pages`` says by measure; their docx is not looked into."""
    taken = {m.measure.id: 2 for m in results.measures} | dict(pages or {})
    return tuple(Sheet(m, f"{m}.docx", b"", (), 0, Extent((1,) * n, 0.0)) for m, n in taken.items())


def bind(
    results: Results,
    pages: Mapping[str, int] | None = None,
    templates: Path = TEMPLATES,
    given: tuple[Sheet, ...] | None = None,
    draw_chart: Draw = draw,
) -> Checked[Book]:
    """Assemble with parts that take the planned pages, or as many as ``pages`` says by part or measure."""
    counts = {"explanation": 2, **(pages or {})}

    def taken(_: bytes, name: str) -> int:
        return counts.get(Path(name).stem, 1)

    of_sheets = {m.measure.id: counts[m.measure.id] for m in results.measures if m.measure.id in counts}
    forms = inspect(results, lambda _: templates, nodes(results.evaluation))
    if forms.value is None:
        return Checked(None, forms.diagnostics)
    return assemble(begin(forms.value, draw_chart, taken, one_by_one), given or sheets(results, of_sheets))


def book(results: Results, pages: Mapping[str, int] | None = None) -> Book:
    """Assemble a book that must come out without an error."""
    checked = bind(results, pages)
    assert checked.value is not None, checked.diagnostics
    return checked.value


def part(made: Book, name: str) -> bytes:
    return next(p.docx for p in made.parts if p.name == name)


def opened(made: Book, name: str) -> Document:
    return docx.Document(io.BytesIO(part(made, name)))


def rows(made: Book, name: str, table: int) -> list[list[str]]:
    """Return the texts of a table's cells, row by row."""
    return [[cell.text for cell in row.cells] for row in opened(made, name).tables[table].rows]


def xml(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def text(made: Book, name: str) -> str:
    """Return all text of a part's body, a line per paragraph."""
    body = opened(made, name)._body._element
    return "\n".join("".join(t.text or "" for t in p.xpath(".//w:t")) for p in body.xpath(".//w:p"))


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    """Copy the templates to a folder, one of them as a clerk would have changed it."""
    target = folder / "templates"
    target.mkdir()
    for each in PARTS:
        (target / f"{each}.docx").write_bytes((TEMPLATES / f"{each}.docx").read_bytes())
    with zipfile.ZipFile(TEMPLATES / f"{name}.docx") as source, zipfile.ZipFile(target / f"{name}.docx", "w") as copy:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == "word/document.xml":
                assert old in data.decode()
                data = data.decode().replace(old, new).encode()
            copy.writestr(entry, data)
    return target
