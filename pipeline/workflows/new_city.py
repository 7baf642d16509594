"""A city's first year: blank inputs to be filled in, and the templates of a form from the gallery.

In: the folder of a project, an ``Order``. Out: ``Founded``, after the files were written. ``cli`` calls.

The gallery lies beside the templates: each form has a folder with its ``form.yaml`` and the Word files in which it
departs from the usual ones, and ``標準`` is the program's own form; ``記入前`` has what all forms begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, Place, error, shorten
from pipeline.model.form import BookPart, Form
from pipeline.stages.validate.form_file import FormFile
from pipeline.stages.validate.join_form import form, standard_text
from pipeline.stages.validate.tree import parse, plain
from pipeline.storage import atomic
from pipeline.storage.naming import GOALS, REPORT, STRATEGY, of_measure
from pipeline.wording.era import after, before, gregorian, span
from pipeline.workflows import first_inputs, kpi_list, kpi_sheet
from pipeline.workflows.kpi_list import KpiList
from pipeline.workflows.project import DEFAULT_TEMPLATES, Project

GALLERY = "gallery"
STANDARD = "標準"
BLANK = "記入前"
_BESIDE = ("letter", "reminder", "return", "answers", "explain", "changes", "digest")
"""What is written beside the book."""
_PAGES = "web"
_COMMENT = "# 欄を増やすときは、fields に1行書き、Wordの様式（templates/sheet.docx）に {{ }} を置きます。\n"


class Order(Struct, frozen=True):
    """The city's name, the plan's years (R7-R11), the form, and the file of the list to begin with (None: none)."""

    name: str
    years: str
    form: str
    source: Path | None = None


class Founded(Struct, frozen=True):
    """What came of it: the new year's project (None: errors), and what was written, by path in the project.

    ``sheet`` is the list that was written to be filled in first, where there was none.
    """

    diagnostics: tuple[Diagnostic, ...]
    project: Project | None = None
    files: tuple[str, ...] = ()
    sheet: Path | None = None


def forms() -> tuple[str, ...]:
    """List the gallery's forms, the usual one first."""
    folders = (DEFAULT_TEMPLATES / GALLERY).iterdir()
    found = sorted(folder.name for folder in folders if (folder / FormFile.file).is_file())
    return (STANDARD, *found)


def found(root: Path, order: Order) -> Founded:
    """Write the templates and then the first year's inputs; nothing that is there is overwritten. Raises ``OSError``.

    The inputs come last and at once: a run that was stopped before them is gone on with, as the year is not there yet.
    """
    years = span(order.years)
    wrong = (*_unusable(order, years),)
    if wrong:
        return Founded(wrong)
    if order.source is not None and not order.source.exists():
        atomic.write(order.source, kpi_sheet.blank(years))
        return Founded((), sheet=order.source)
    listed = _listed(order, years)
    if listed.value is None:
        return Founded(listed.diagnostics)
    known = listed.value if order.source else None
    project = Project(root, after(_evaluated(years, known)))
    templates = _templates(order.form)
    own = root / DEFAULT_TEMPLATES.name
    taken = tuple(_taken(project, own, templates))
    if taken:
        return Founded(taken)
    inputs = _inputs(order, years, known)
    for name, data in templates.items():
        if not (own / name).exists():
            atomic.write(own / name, data)
    atomic.create(project.inputs, {name: text.encode() for name, text in inputs.items()})
    written = (*(f"inputs/{project.year}/{name}" for name in inputs), *(f"templates/{name}" for name in templates))
    return Founded(listed.diagnostics, project, written)


def _listed(order: Order, years: Sequence[str]) -> Checked[KpiList]:
    """Read the list, if one is given; a form without goals has no place for any."""
    if order.source is None:
        return Checked(KpiList())
    name = order.source.name
    found = kpi_list.read(atomic.read(order.source), name, years)
    if found.value is None or found.value.measures:
        return found
    message = "施策のある行が一つもありません。"
    return Checked(None, (error("list-no-measure", Place(name), message, "施策の列を埋めてください。"),))


def _evaluated(years: Sequence[str], found: KpiList | None) -> str:
    """Return the year that is evaluated first: the last one with actuals, else the plan's first."""
    told = {year for one in found.indicators for year in one.actuals} if found else set()
    return next((year for year in reversed(years) if year in told), years[0])


def _unusable(order: Order, years: Sequence[str]) -> Iterator[Diagnostic]:
    place = Place("newcity")
    if not order.name.strip():
        yield error("city-unnamed", place, "市の名前がありません。", "--name あかね市 のように指定してください。")
    elif signs := re.sub(r"[\w・]", "", order.name.strip()):
        message = f"市の名前に「{shorten(signs)}」は使えません。"
        yield error(
            "city-name-unusable", place, message, "文字だけで指定し、要る記号は、できたファイルに書き足してください。"
        )
    if not years:
        message = f"計画期間「{order.years}」が読めません。"
        hint = "--years R7-R11（西暦で数えるなら 2025-2029）のように、1年から10年までの期間を書いてください。"
        yield error("city-years", place, message, hint)
    if order.form not in forms():
        message = f"様式「{order.form}」はありません。"
        yield error("city-form", place, message, f"次から選んでください: {'、'.join(forms())}")


def _taken(project: Project, own: Path, templates: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Report what is there already: the year, and templates that are not those to be written."""
    elsewhere = "--project 新しいフォルダー を付けて、別の所に作ってください（make では PROJECT=新しいフォルダー）。"
    if project.inputs.exists():
        place = Place(project.name_of(project.inputs))
        yield error("year-exists", place, "この年度のフォルダーは、もうあります。", elsewhere)
    for name, data in templates.items():
        path = own / name
        if path.exists() and path.read_bytes() != data:
            yield error("template-exists", Place(f"{own.name}/{name}"), "この様式は、もうあります。", elsewhere)


def _templates(name: str) -> dict[str, bytes]:
    """Return the form's templates: its own, and the usual ones of every part that it may take in, and of pages."""
    own = DEFAULT_TEMPLATES / GALLERY / name
    parts = ("sheet", *_BESIDE, *(part for part in BookPart if part is not BookPart.SHEETS))
    files = {f"{part}.docx": (own / f"{part}.docx", DEFAULT_TEMPLATES / f"{part}.docx") for part in parts}
    words = {file: next(path for path in paths if path.is_file()).read_bytes() for file, paths in files.items()}
    pages = sorted((DEFAULT_TEMPLATES / _PAGES).iterdir())
    return words | {f"{_PAGES}/{path.name}": path.read_bytes() for path in pages}


def _form(name: str) -> Form:
    tree = parse(_form_text(name), FormFile.file).value
    return form(FormFile.model_validate(plain(tree) if tree else {}))


def _form_text(name: str) -> str:
    return _text(name, FormFile.file) or _COMMENT + standard_text()


def _text(folder: str, file: str) -> str:
    path = DEFAULT_TEMPLATES / GALLERY / folder / file
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _inputs(order: Order, years: Sequence[str], found: KpiList | None) -> dict[str, str]:
    """Return the first year's inputs by their names, with what a list says."""
    year = _evaluated(years, found)
    shape = _form(order.form)
    words = {
        "市": order.name.strip(),
        "対象年度": year,
        "評価年度": after(year),
        "基準年度": before(years[0]),
        "日付の例": f"{gregorian(after(year))}-08-01",
        "階層": "や".join(dict.fromkeys(level.short for level in (shape.top, shape.lowest))),
        "施策": shape.lowest.short,
        "目標": f"{{{', '.join(f'{year}: 未設定' for year in years)}}}",
    }
    measure = found.measures[0].id if found else "1-1" if shape.upper else "1"
    actuals = [f"actuals:                # 実績。例 example: {{{years[0]}: 12}}", f"  example: {{{years[0]}: 集計中}}"]
    sdgs = _text(order.form, STRATEGY) or "\nsdgs: []\n"
    made = {
        REPORT: _text(BLANK, REPORT) + _text(order.form, REPORT),
        FormFile.file: _form_text(order.form),
        STRATEGY: first_inputs.strategy(shape, measure, years, _text(BLANK, "indicators.yaml")) + sdgs,
        GOALS: f"# {first_inputs.goals(shape)}\nactuals: {{}}\n",
        of_measure(measure): first_inputs.measure(shape, measure, actuals),
    }
    made |= _of_list(shape, found, years, sdgs) if found else {}
    return {name: _filled(text, words) for name, text in made.items()}


def _of_list(shape: Form, found: KpiList, years: Sequence[str], sdgs: str) -> dict[str, str]:
    """Return the texts of what a list says, in the place of empty ones."""
    shown: set[str] = set()
    measures = {
        of_measure(one.id): first_inputs.measure(shape, one.id, first_inputs.listed_actuals(one, found, shown))
        for one in found.measures
    }
    of_goals = [line for goal in found.goals for line in first_inputs.listed_actuals(goal, found, shown)]
    told = [line for line in of_goals if line.startswith("  ")]
    goals = "\n".join([f"# {first_inputs.goals(shape)}", *(["actuals:", *told] if told else ["actuals: {}"])])
    return {STRATEGY: first_inputs.listed_strategy(shape, found, years) + sdgs, GOALS: f"{goals}\n", **measures}


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"＜{name}＞", word)
    return text
