"""Fields of a city's own, one of each kind: an entry each in form.yaml, ``{{ }}`` in Word, and nothing else.

They are followed from the inputs through schema, sheet, letter, Word and back into the inputs, and into the next year.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from pipeline.diagnostics import Severity
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from pipeline.workflows import department_files, new_year
from pipeline.workflows.project import Project
from tests.departments.returned.post import Post, Quiet, sent_project, write
from tests.project import BASE, FIXTURES, NEXT, ROOT, YEAR, copy_project, run
from tests.stages.validate.cases import change

pytestmark = pytest.mark.slow

OWN = """\
- {id: cost, on: initiative, name: 決算額, kind: number, unit: 千円, writer: department, each_year: true}
- {id: direction, on: initiative, name: 今後の方向性, kind: choice, choices: [拡充, 継続, 縮小, 廃止], each_year: true}
- {id: issues, on: measure, name: 課題, needed: draft, each_year: true}
- {id: key, on: measure, name: 重点, kind: yes-no}
- {id: begun, on: measure, name: 開始日, kind: date}
- {id: budget, on: measure, name: 予算額, kind: series, unit: 千円}
- {id: verdict, on: measure, name: 委員会の評価, kind: choice, choices: [A, B], writer: council, each_year: true}
"""
CELLS = ("課題", "重点", "開始日", "予算額.評価年度", "委員会の評価")
"""Rows of a table of their own on the sheet."""
FILE = "measures/1-2.yaml"
ITEM, OWN_TABLE = 3, 5


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with the fields in form.yaml and in the sheet's template; not to be changed."""
    root = copy_project(tmp_path_factory.mktemp("own"), FIXTURES / "small")
    standard = (ROOT / "pipeline" / "stages" / "validate" / "form.yaml").read_text(encoding="utf-8")
    (root / BASE / "form.yaml").write_text(standard.replace("\nparts:", f"\n{OWN}parts:"), encoding="utf-8")
    path = root / "templates" / "sheet.docx"
    document = docx.Document(str(path))
    extend(document)
    document.save(str(path))
    return root


def extend(document: Document) -> None:
    """Type the fields' names into the template: two lines beside an initiative's name, and a table at the end."""
    texts = document._body._element.iter(qn("w:t"))
    name = next(p for t in texts if "取組.番号" in (t.text or "") for p in t.iterancestors(qn("w:p")))
    for text in ("方向性：{{ 取組.今後の方向性 }}", "決算額：{{ 取組.決算額 }}千円"):
        line = copy.deepcopy(name)
        for run_ in line.findall(qn("w:r"))[1:]:
            line.remove(run_)
        next(line.iter(qn("w:t"))).text = text
        name.addnext(line)
    table = document.add_table(len(CELLS), 2)
    for row, field in zip(table.rows, CELLS, strict=True):
        row.cells[0].text, row.cells[1].text = field.partition(".")[0], f"{{{{ 施策.{field} }}}}"


@pytest.fixture
def root(city: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city, tmp_path / "project")


@pytest.fixture(scope="module")
def sent(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sent_project(shutil.copytree(city, tmp_path_factory.mktemp("sent") / "project"))


@pytest.fixture
def post(sent: Path, tmp_path: Path) -> Post:
    return Post(shutil.copytree(sent, tmp_path / "project"))


def fill(root: Path, values: Mapping[str, str]) -> None:
    """Write values of the measure 1-2 as a department does, those of initiatives under 創業の相談."""
    for key, value in values.items():
        if key in ("cost", "direction"):
            change(root, FILE, "  results: 相談に応じた。\n", f"  {key}: {value}\n  results: 相談に応じた。\n")
        else:
            change(root, FILE, 'opinions: ""', f'{key}: {value}\nopinions: ""')


GOOD = {
    "cost": "1234",
    "direction": "継続",
    "issues": "人手が足りない。",
    "key": "はい",
    "begun": "2020-04-01",
    "budget": "{R2: 1500}",
}
BAD = {
    "cost": ("12.5", "initiative-cost-decimals", "決算額"),
    "direction": ("拡大", "initiative-direction-unknown", "拡充、継続、縮小、廃止"),
    "key": ("たぶん", "measure-key-not-yes-no", "重点"),
    "begun": ("去年", "measure-begun-not-date", "開始日"),
    "budget": ("{R2: 多め}", "measure-budget-not-number", "予算額"),
}


def test_good_values_are_read_as_what_they_are(root: Path) -> None:
    fill(root, GOOD)
    read = validate.read(root / BASE, root)
    assert read.value is not None, read.diagnostics
    measure = read.value.measures[1]
    told = {**measure.initiatives[0].fields, **measure.fields}
    assert {key: str(told[key]) for key in ("cost", "direction", "issues", "key", "begun")} == {
        "cost": "1234",
        "direction": "継続",
        "issues": "人手が足りない。",
        "key": "True",
        "begun": "2020-04-01",
    }
    assert str(told["budget"]) == "{'R2': Decimal('1500')}"
    assert {d.id for d in read.diagnostics if d.severity is Severity.WARNING} == {"measure-issues-empty"}


@pytest.mark.parametrize("key", BAD)
def test_bad_values_are_told_by_the_fields_name(key: str, root: Path) -> None:
    value, identifier, words = BAD[key]
    fill(root, {key: value})
    (found,) = (d for d in validate.read(root / BASE, root).diagnostics if d.severity is Severity.ERROR)
    assert (found.id, found.place.file) == (identifier, f"{BASE}/{FILE}")
    assert words in found.message + found.hint


def test_editors_know_the_fields(root: Path) -> None:
    assert run(root, "schema").returncode == 0
    schema = json.loads((root / "inputs" / "schema" / "measure.schema.json").read_text(encoding="utf-8"))
    initiative = schema["$defs"]["InitiativeShape"]["properties"]
    assert initiative["direction"]["enum"] == ["拡充", "継続", "縮小", "廃止", "", None]
    assert (initiative["cost"]["title"], schema["properties"]["begun"]["title"]) == ("決算額", "開始日")


def test_the_sheet_prints_them_and_the_results_have_them(root: Path) -> None:
    fill(root, GOOD)
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (root / "outputs" / YEAR / "sheets").glob("1-2_*.docx")
    document = docx.Document(str(path))
    assert "決算額：1,234千円" in document.tables[ITEM].rows[1].cells[0].text
    assert [row.cells[1].text for row in document.tables[OWN_TABLE].rows] == [
        "人手が足りない。",
        "はい",
        "令和2年4月1日",
        "1,500",
        "",
    ]
    told = json.loads((root / "outputs" / YEAR / "achievement.json").read_text(encoding="utf-8"))["measures"][1]
    assert told["fields"]["budget"] == {"R2": "1500"}
    assert told["initiatives"][0]["fields"]["cost"] == "1234"


def test_departments_are_asked_for_theirs_alone(post: Post) -> None:
    document = docx.Document(str(next((post.project.outputs / "send").glob("*/1-2_*.docx"))))
    own = [row.cells[1].text for row in document.tables[OWN_TABLE].rows]
    assert own[:4] == ["【ここに記入してください】", "【記入】（はい・いいえ）", "【記入】", "【記入】"]
    assert own[4] == "（後で記載します）"
    assert "方向性：【記入】（拡充・継続・縮小・廃止）" in document.tables[ITEM].rows[1].cells[0].text
    (letter,) = (post.project.outputs / "send").glob("商工課/*送付状*.docx")
    asked = "".join(
        cell.text for table in docx.Document(str(letter)).tables for row in table.rows for cell in row.cells
    )
    assert "取組1の今後の方向性" in asked
    assert "委員会の評価" not in asked


def typed(document: Document, answers: Mapping[int, str], item: Mapping[str, str]) -> None:
    """Type answers into the rows of the own table, and into the lines beside the first initiative's name."""
    for row, text in answers.items():
        write(document.tables[OWN_TABLE].rows[row].cells[1].paragraphs[0], text)
    for paragraph in document.tables[ITEM].rows[1].cells[0].paragraphs:
        for label, text in item.items():
            if paragraph.text.startswith(label):
                write(paragraph, f"{label}{text}")


def test_what_is_typed_in_word_comes_back_into_the_inputs(post: Post) -> None:
    answers = {0: "人手が足りない。\n後継者もいない。", 1: "はい", 2: "令和２年４月１日", 3: "1,500千円"}
    post.edited(lambda d: typed(d, answers, {"方向性：": "拡充", "決算額：": "１，２３４千円"}))
    found = {p.path: p for p in post.collect() if p.path}
    assert {p.kind for p in found.values()} == {Kind.CHANGE}, [p.why for p in found.values()]
    post.decide("accept")
    assert {d.severity for d in post.apply().diagnostics} == {Severity.WARNING}  # of the other measures
    text = post.inputs(FILE)
    for line in (
        "cost: 1234",
        "direction: 拡充",
        "key: はい",
        "budget: {R2: 1500}",
        "begun: '2020-04-01'",
        "issues: |",
    ):
        assert line in text, text
    read = validate.read(post.project.inputs, post.root)
    assert read.value is not None
    assert read.value.measures[1].fields["issues"] == "人手が足りない。\n後継者もいない。"


@pytest.mark.parametrize(
    ("answers", "item", "words"),
    [
        ({}, {"方向性：": "拡大"}, "拡充、継続、縮小、廃止"),
        ({3: "1,500円"}, {}, "「円」は、この欄の単位（千円）ではありません"),
        ({2: "去年の春"}, {}, "日付として読めません"),
        ({1: "どちらとも"}, {}, "はい か いいえ"),
        ({4: "A"}, {}, "委員会の評価は、取りまとめの課が"),
    ],
)
def test_what_cannot_be_is_asked_about(answers: dict[int, str], item: dict[str, str], words: str, post: Post) -> None:
    post.edited(lambda d: typed(d, answers, item))
    (found,) = (p for p in post.collect() if p.path)
    assert found.kind is Kind.QUESTION
    assert words in found.why
    assert found.why.count(f"「{found.new}」") <= 1  # what is wrong with it is said once


def test_the_next_year_begins_without_what_is_written_every_year(root: Path) -> None:
    fill(root, GOOD)
    project = Project(root, YEAR)
    begun = new_year.begin(project, Quiet())
    assert begun.project is not None, begun.diagnostics
    assert begun.project.year == NEXT
    form = department_files.form(begun.project)
    assert form == department_files.form(project)
    text = (begun.project.inputs / FILE).read_text(encoding="utf-8")
    for line in ('cost: ""', 'direction: ""', 'issues: ""', "key: はい", "begun: 2020-04-01", "budget: {R2: 1500}"):
        assert line in text


@pytest.mark.parametrize(
    ("old", "new", "identifier"),
    [
        ("{id: cost, on: initiative", "{id: cost, on: goal", "field-writer-wrong"),
        ("{id: cost, on", "{id: activities, on", "field-id-taken"),
        ("{id: begun, on", "{id: key, on", "field-id-twice"),
        ("name: 開始日", "name: 重点", "field-name-twice"),
        ("name: 決算額", "name: 決算額（千円）", "field-in-template-unusable"),
        ("name: 決算額", "name: 番号", "field-in-template-taken"),
        (" choices: [A, B],", "", "field-choices-missing"),
        ("name: 課題, needed", "name: 課題, unit: 件, needed", "field-unit-needless"),
        ("name: 課題, needed", "name: 課題, after: advice, needed", "field-after-unknown"),
        ("kind: date", "kind: 日", "field-kind-unknown"),
    ],
)
def test_a_field_that_cannot_be_is_told_where_it_stands(old: str, new: str, identifier: str, root: Path) -> None:
    change(root, "form.yaml", old, new)
    (found,) = (d for d in validate.read(root / BASE, root).diagnostics if d.severity is Severity.ERROR)
    assert (found.id, found.place.file) == (identifier, f"{BASE}/form.yaml")
    assert found.place.line > 1
    assert found.hint
