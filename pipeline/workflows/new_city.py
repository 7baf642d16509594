"""A city's first year: blank inputs to be filled in, and the templates of a form from the gallery. ``cli`` calls.

The gallery lies beside the templates: each form has a folder with its ``form.yaml`` and the Word files in which it
departs from the usual ones, and ``標準`` is the program's own form; ``記入前`` has what all forms begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.diagnostics import Diagnostic, Place, error, shorten
from pipeline.model.form import BookPart, Field, FieldKind, Form, Holder, Writer
from pipeline.stages.validate.form_file import FormFile
from pipeline.stages.validate.join_form import form, standard_text
from pipeline.stages.validate.tree import parse, plain
from pipeline.storage import atomic
from pipeline.storage.naming import GOALS, REPORT, STRATEGY, of_measure
from pipeline.wording.era import after, before, gregorian, span
from pipeline.wording.fields import TO_FILL_IN
from pipeline.workflows.project import DEFAULT_TEMPLATES, Project

GALLERY = "gallery"
STANDARD = "標準"
BLANK = "記入前"
_ALWAYS = ("letter", "explain")
_COMMENT = "# 欄を増やすときは、fields に1行書き、Wordの様式（templates/sheet.docx）に {{ }} を置きます。\n"


@dataclass(frozen=True, slots=True)
class Order:
    """The city's name, the plan's years (R7-R11) and the form."""

    name: str
    years: str
    form: str


@dataclass(frozen=True, slots=True)
class Founded:
    """What came of it: the new year's project (None: errors), and what was written, by path in the project."""

    diagnostics: tuple[Diagnostic, ...]
    project: Project | None = None
    files: tuple[str, ...] = ()


def forms() -> tuple[str, ...]:
    """List the gallery's forms, the usual one first."""
    folders = (DEFAULT_TEMPLATES / GALLERY).iterdir()
    found = sorted(folder.name for folder in folders if (folder / FormFile.file).is_file())
    return (STANDARD, *found)


def found(root: Path, order: Order) -> Founded:
    """Write the first year's inputs and the templates; nothing that is there is overwritten. Raises ``OSError``."""
    years = span(order.years)
    wrong = (*_unusable(order, years),)
    if wrong:
        return Founded(wrong)
    project = Project(root, after(years[0]))
    templates = _templates(order.form)
    own = root / DEFAULT_TEMPLATES.name
    taken = tuple(_taken(project, own, templates))
    if taken:
        return Founded(taken)
    inputs = _inputs(order, years)
    atomic.create(project.inputs, {name: text.encode() for name, text in inputs.items()})
    for name, data in templates.items():
        if not (own / name).exists():
            atomic.write(own / name, data)
    written = (*(f"inputs/{project.year}/{name}" for name in inputs), *(f"templates/{name}" for name in templates))
    return Founded((), project, written)


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
        yield error("city-years", place, message, "--years R7-R11 のように、1年から10年までの期間を書いてください。")
    if order.form not in forms():
        message = f"様式「{order.form}」はありません。"
        yield error("city-form", place, message, f"次から選んでください: {'、'.join(forms())}")


def _taken(project: Project, own: Path, templates: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Report what is there already: the year, and templates that are not those to be written."""
    elsewhere = "--project 新しいフォルダー を付けて、別の所に作ってください（make では PROJECT=新しいフォルダー）。"
    if project.inputs.exists():
        place = Place(project.inputs.relative_to(project.root).as_posix())
        yield error("year-exists", place, "この年度のフォルダーは、もうあります。", elsewhere)
    for name, data in templates.items():
        path = own / name
        if path.exists() and path.read_bytes() != data:
            yield error("template-exists", Place(f"{own.name}/{name}"), "この様式は、もうあります。", elsewhere)


def _templates(name: str) -> dict[str, bytes]:
    """Return the form's Word files: its own, and the usual ones of the parts that it has besides."""
    own = DEFAULT_TEMPLATES / GALLERY / name
    parts = ("sheet", *_ALWAYS, *(p for p in _form(name).parts if p is not BookPart.SHEETS))
    files = {f"{part}.docx": (own / f"{part}.docx", DEFAULT_TEMPLATES / f"{part}.docx") for part in parts}
    return {file: next(path for path in paths if path.is_file()).read_bytes() for file, paths in files.items()}


def _form(name: str) -> Form:
    tree = parse(_form_text(name), FormFile.file).value
    return form(FormFile.model_validate(plain(tree) if tree else {}))


def _form_text(name: str) -> str:
    return _text(name, FormFile.file) or _COMMENT + standard_text()


def _text(folder: str, file: str) -> str:
    path = DEFAULT_TEMPLATES / GALLERY / folder / file
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _inputs(order: Order, years: Sequence[str]) -> dict[str, str]:
    """Return the first year's inputs by their names."""
    shape = _form(order.form)
    words = {
        "市": order.name.strip(),
        "対象年度": years[0],
        "評価年度": after(years[0]),
        "基準年度": before(years[0]),
        "日付の例": f"{gregorian(after(years[0]))}-08-01",
        "階層": "や".join(dict.fromkeys(level.short for level in (shape.top, shape.lowest))),
        "施策": shape.lowest.short,
        "目標": f"{{{', '.join(f'{year}: 未設定' for year in years)}}}",
    }
    measure = "1-1" if shape.upper else "1"
    made = {
        REPORT: _text(BLANK, REPORT) + _text(order.form, REPORT),
        FormFile.file: _form_text(order.form),
        STRATEGY: _strategy(shape, measure, years) + (_text(order.form, STRATEGY) or "\nsdgs: []\n"),
        GOALS: f"# {_goals(shape)}\nactuals: {{}}\n",
        of_measure(measure): _measure(shape, measure, years[0]),
    }
    return {name: _filled(text, words) for name, text in made.items()}


def _goals(shape: Form) -> str:
    """Say what goals.yaml is for."""
    if not shape.upper:
        return f"{shape.lowest.short}の指標の実績は、このファイルではなく measures/ に書きます。"
    return f"{shape.top.name}の数値目標の実績です。{shape.lowest.short}の指標の実績は measures/ に書きます。"


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"＜{name}＞", word)
    return text


def _strategy(shape: Form, measure: str, years: Sequence[str]) -> str:
    lines = [
        "# 計画で定めたことのファイルです。取りまとめの課が編集します。"
        f"{TO_FILL_IN}とある所は、正しい内容に書き換えてください。",
        f"years: {{baseline: {before(years[0])}, last: {years[-1]}}}      # 基準年度と計画の最終年度",
        "",
    ]
    if shape.upper:
        lines += [f"# {shape.top.name}", "goals:", '- id: "1"', f"  name: {TO_FILL_IN}{shape.top.name}の名称"]
        lines += [*(line for field in shape.on(Holder.GOAL) for line in _blank(field, "  ", TO_FILL_IN)), ""]
    lines += [
        f"# {shape.lowest.name}。増やすときは、この一まとまりを写して id を変え、measures/ にファイルを作ります。",
        "measures:",
        f'- id: "{measure}"',
        f"  name: {TO_FILL_IN}{shape.lowest.name}の名称",
        f"  department: {TO_FILL_IN}所管課名",
        *(line for field in shape.on(Holder.MEASURE, Writer.PLANNING) for line in _blank(field, "  ", TO_FILL_IN)),
        "  sdgs: []              # 関連するSDGsの番号。例 [8, 9]",
        "  indicators: [example]",
        "",
    ]
    return "\n".join(lines) + _text(BLANK, "indicators.yaml")


def _measure(shape: Form, measure: str, year: str) -> str:
    of_measure = shape.on(Holder.MEASURE, Writer.DEPARTMENT, Writer.COUNCIL)
    lines = [
        f"# {shape.lowest.name}{measure}（所管課が記入します）",
        f'measure: "{measure}"',
        f"actuals:                # 実績。例 example: {{{year}: 12}}",
        f"  example: {{{year}: 集計中}}",
        "initiatives:" if shape.rows.least else "initiatives: []",
    ]
    if shape.rows.least:
        lines += [
            "- id: example",
            f"  name: {TO_FILL_IN}{shape.rows.short}の名称",
            "  activities: []        # 具体的な取組の一覧",
            *(line for field in shape.on(Holder.INITIATIVE) for line in _blank(field, "  ")),
        ]
    lines += [line for field in of_measure for line in _blank(field, "")]
    return "\n".join(lines) + "\n"


def _blank(field: Field, indent: str, text: str = "") -> Iterator[str]:
    """Yield the line of a field that is not filled in yet."""
    if field.kind is FieldKind.TEXT:
        yield f'{indent}{field.id}: "{text}{field.name if text else ""}"      # {field.name}'
    else:
        kinds = "、".join(field.choices) or field.unit or field.kind.called
        yield f"{indent}# {field.id}:       # {field.name}（{kinds}）。書くときは、始めの「#」を消します"
