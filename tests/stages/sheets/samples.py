"""Measures made by hand, filled into the real template, and looked at with python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import docx
from docx.document import Document
from docx.table import Table
from msgspec.structs import replace

from pipeline.diagnostics import Checked, Place
from pipeline.documents import docx as word
from pipeline.documents import pdf
from pipeline.documents.docx.completion import Completion
from pipeline.documents.docx.settings_xml import Settings
from pipeline.documents.parallel import TTask
from pipeline.model.documents import Chart, Sheet
from pipeline.model.evaluation import Evaluation, Initiative, Measure
from pipeline.model.results import Assessment, Results
from pipeline.model.strategy import Goal, Indicator, Sdg
from pipeline.stages.compute import compute
from pipeline.stages.sheets import fill, inspect
from pipeline.stages.sheets.fit import RESERVE
from tests.project import BASE, ROOT
from tests.stages.compute import examples
from tests.stages.compute.examples import entered

TEMPLATES = ROOT / "templates"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c636800000082"
    "0081772dda650000000049454e44ae426082"
)
SDGS = tuple(Sdg(number, f"目標の名前その{number}", "") for number in range(1, 18))
GOALS = (Goal("1", "雇用を確保するまちづくり", ()), Goal("2", "人材を育むまちづくり", ()))
R = TypeVar("R")
PLACE = Place(f"{BASE}/measures/1-1.yaml", 3, 1)


def indicators(count: int) -> tuple[Indicator, ...]:
    """Make indicators whose targets rise from 1,000 and are met by every second one."""
    targets = {f"R{year}": 1000 * year for year in range(2, 7)}
    return tuple(
        examples.indicator(
            900, targets, {"R2": 2000 - n % 2}, identifier=f"kpi-{n}", name=f"第{n + 1}の指標", unit="件", decimals=0
        )
        for n in range(count)
    )


def initiatives(count: int, text: str = "計画のとおり進めた。") -> tuple[Initiative, ...]:
    return tuple(
        replace(entered(examples.initiative(f"item-{n}"), results=text, evaluation=text), name=f"取組その{n}")
        for n in range(1, count + 1)
    )


def measure(identifier: str = "1-1", kpis: int = 2, items: int = 2, text: str = "計画のとおり進めた。") -> Measure:
    plain = examples.measure(identifier, *indicators(kpis), initiatives=initiatives(items, text))
    return replace(entered(plain, description="港の整備を進めます。"), place=PLACE)


def evaluation(*measures: Measure) -> Evaluation:
    return replace(examples.evaluation(GOALS, measures), sdgs=SDGS)


def results(*measures: Measure, change: Callable[[Evaluation], Evaluation] = lambda e: e) -> Results:
    computed = compute(change(evaluation(*measures))).value
    assert computed is not None
    return computed


def draw(assessment: Assessment, width: float, height: float) -> Chart:
    return Chart(assessment.shown.indicator.id, width, height, PIXEL, b"", f"{assessment.shown.name}のグラフ。")


class Paper:
    """Measures, and holds what is completed to what reading all of it anew would give."""

    def measure(self, docx: bytes, name: str) -> pdf.Measured:
        return pdf.measured(docx, name)

    def complete(self, docx: bytes, measured: pdf.Measured, completion: Completion) -> pdf.Pagination:
        assert completion.of(measured.document) == word.read(docx, measured.document.name)
        return pdf.paginate(docx, measured.document.name)


class Planned(Paper):
    """Takes every sheet for one that fits as it is: laying it out takes longer than all else."""

    def measure(self, docx: bytes, name: str) -> pdf.Measured:
        return planned(name, 2, RESERVE)

    def complete(self, docx: bytes, measured: pdf.Measured, completion: Completion) -> pdf.Pagination:
        return as_planned(measured)


def planned(name: str, pages: int, free: float) -> pdf.Measured:
    """Return paper that nothing was laid out on."""
    return pdf.Measured(word.Document(name, (), Settings(), {}), pages, free)


def as_planned(measured: pdf.Measured) -> pdf.Pagination:
    """Return the same paper with nothing on it, either."""
    return pdf.Pagination((1,) * measured.pages, measured.free, pdf.Layout(measured.document, ()))


def filled(given: Results, templates: Path = TEMPLATES, paper: type[Paper] = Planned) -> Checked[tuple[Sheet, ...]]:
    form = inspect(given, templates)
    return Checked(None, form.diagnostics) if form.value is None else fill(form.value, 4, draw, paper(), one_by_one)


def one_by_one(work: Callable[[TTask], R], tasks: Sequence[TTask], shared: Mapping[str, object]) -> list[R]:
    return [work(task) for task in tasks]


def sheet(given: Results, paper: type[Paper] = Planned) -> Sheet:
    """Fill a single measure that must come out without a finding."""
    checked = filled(given, paper=paper)
    assert checked.value is not None, checked.diagnostics
    assert checked.diagnostics == ()
    return checked.value[0]


def opened(made: Sheet) -> Document:
    return docx.Document(io.BytesIO(made.docx))


def table(made: Sheet, style: str) -> Table:
    found = [t for t in opened(made).tables if t.style is not None and t.style.style_id == style]
    assert len(found) == 1
    return found[0]


def texts(made: Sheet) -> list[str]:
    """Return the text of every paragraph, tables included, without headers and footers."""
    return [p.text for p in opened(made)._body._element.xpath(".//w:p") if (p.text or "").strip()]


def part(made: Sheet, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(made.docx)) as package:
        return package.read(name).decode()


def edited(folder: Path, old: str, new: str) -> Path:
    """Copy the template to a folder as a clerk would have changed it."""
    target = folder / "templates"
    target.mkdir()
    with zipfile.ZipFile(TEMPLATES / "sheet.docx") as source, zipfile.ZipFile(target / "sheet.docx", "w") as copy:
        for name in source.namelist():
            data = source.read(name).decode()
            assert name != "word/document.xml" or old in data
            copy.writestr(name, data.replace(old, new) if name == "word/document.xml" else data)
    return target


def amount(value: str) -> Decimal:
    return Decimal(value)
