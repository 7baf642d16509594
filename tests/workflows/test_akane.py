"""A city with fields of its own through its year: sent, filled in in Word, applied, made final, and begun anew.

Its form has money, choices, yes and no and texts on its initiatives, no council that must be heard, and a sheet of its
own; its targets are for the plan's last year alone.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import docx
import pytest
import yaml
from docx.document import Document
from docx.table import _Cell

from pipeline.diagnostics import Severity
from pipeline.model.correspondence import Kind, Proposal
from pipeline.model.evaluation import Initiative
from pipeline.stages import validate
from pipeline.workflows import apply, collect, new_year, send
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order
from tests.departments.returned.post import Quiet
from tests.project import FIXTURES, copy_project, run

pytestmark = pytest.mark.slow

AKANE = FIXTURES / "akane"
YEAR, NEXT = "R9", "R10"
MEASURE = "1-5"
FILE = f"measures/{MEASURE}.yaml"
ROWS = 3
"""The table of the initiatives, whose second row of two has the texts."""
ONE = f"{FILE}#initiatives.hall-partnership"
OTHER = f"{FILE}#initiatives.youth-sports"
EMPTIED = ("budget", "settled", "progress", "validity", "direction", "evaluation")


def akane(root: Path) -> Path:
    """Copy the city with the usual templates, but for those that it has of its own."""
    project = copy_project(root, AKANE)
    shutil.copytree(AKANE / "templates", project / "templates", dirs_exist_ok=True)
    return project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = akane(tmp_path_factory.mktemp("akane"))
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def sheet(root: Path) -> Document:
    (path,) = (root / "outputs" / YEAR / "sheets").glob(f"{MEASURE}_*.docx")
    return docx.Document(str(path))


def initiatives(document: Document) -> list[list[str]]:
    """Return the rows of the initiatives' table, a merged cell once."""
    (table,) = (t for t in document.tables if t.rows[0].cells[0].text == "事務事業")
    return [
        [cell.text for cell in dict.fromkeys(row._tr.tc_lst) for cell in (_Cell(cell, table),)] for row in table.rows
    ]


def test_the_final_edition_goes_out_with_every_field_and_without_opinions(made: Path) -> None:
    heads, _, figures, texts, *_ = initiatives(sheet(made))
    assert heads[1:] == ["予算額\n（円）", "決算額\n（円）", "進捗状況", "妥当性", "効率性", "有効性", "今後の方向性"]
    assert figures[1:] == ["10,388,000", "10,314,607", "計画どおり完了", "A", "A", "A", "継続"]
    assert figures[0].endswith("重点事業：はい")
    assert texts[1:] == [
        "市民との協働により公演を12回行い、延べ4,120人が来場した。",
        "来場者が固定化しているため、若い世代に向けた内容を加える。",
    ]
    told = json.loads((made / "outputs" / YEAR / "checks.json").read_text(encoding="utf-8"))["diagnostics"]
    assert {d["id"] for d in told} == {"book-sdgs-left-out"}
    headings = [p.text for p in sheet(made).paragraphs if p.style is not None and p.style.name == "heading 2"]
    assert "外部評価" not in headings


def test_the_summary_lists_the_targets_that_the_ratings_go_by(made: Path) -> None:
    text = re.sub(r"\s+", "", _summary(made))
    assert "R11目標R8実績" in text
    assert "図書館の貸出件数（件）420,000327,918" in text


def _summary(root: Path) -> str:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(str(root / "outputs" / YEAR / "report.pdf"))
    return str(document[len(document) - 1].get_textpage().get_text_range())


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city as a draft whose departments have yet to write most of the fields; its sheets are out."""
    root = akane(tmp_path_factory.mktemp("sent"))
    folder = root / "inputs" / YEAR
    report = folder / "report.yaml"
    report.write_text(report.read_text(encoding="utf-8").replace("edition: final", "edition: draft"), encoding="utf-8")
    text = (folder / FILE).read_text(encoding="utf-8")
    for key in EMPTIED:
        text = re.sub(rf"(?m)^  {key}: .*$", f'  {key}: ""', text)
    (folder / FILE).write_text(re.sub(r"(?m)^  priority: false$", '  priority: ""', text), encoding="utf-8")
    found = send.send(Project(root, YEAR), Order(), Quiet())
    assert found.folder is not None, found.diagnostics
    return root


@pytest.fixture
def project(sent: Path, tmp_path: Path) -> Project:
    """That city, to be changed."""
    return Project(Path(shutil.copytree(sent, tmp_path / "project")), YEAR)


def returned(project: Project, *answers: tuple[int, int, str]) -> dict[str, Proposal]:
    """Type answers into cells of the initiatives' table (row, place), send the sheet back, and collect."""
    (path,) = (project.outputs / "send").glob(f"*/{MEASURE}_*.docx")
    document = docx.Document(str(path))
    (table,) = (t for t in document.tables if t.rows[0].cells[0].text == "事務事業")
    for row, place, text in answers:
        paragraph = _Cell(table.rows[row]._tr.tc_lst[place], table).paragraphs[0]
        paragraph.runs[0].text = text
        for rest in paragraph.runs[1:]:
            rest.text = ""
    data = io.BytesIO()
    document.save(data)
    inbox = project.inputs / "returned"
    inbox.mkdir(exist_ok=True)
    (inbox / "回答.docx").write_bytes(data.getvalue())
    return {p.path: p for p in collect.collect(project, Quiet()).proposals if p.path}


ANSWERS = (
    (2, 1, "10,388,000円"),
    (2, 2, "１０，３１４，６０７"),
    (2, 3, "計画どおり完了"),
    (2, 4, "A"),
    (2, 7, "拡充"),
    (3, 2, "若い世代に向けた内容を加える。"),
)


def decide(project: Project, decision: str) -> None:
    listed = project.outputs / "returned" / "proposals.yaml"
    content = yaml.safe_load(listed.read_text(encoding="utf-8"))
    for one in content["proposals"]:
        one["decision"] = decision
    listed.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_a_year_from_the_sheet_that_goes_out_to_the_next(project: Project) -> None:
    found = returned(project, *ANSWERS)
    assert {path: p.kind for path, p in found.items()} == {
        f"{ONE}.{key}": Kind.CHANGE for key in ("budget", "settled", "progress", "validity", "direction", "evaluation")
    }
    decide(project, "accept")
    assert set(apply.apply(project, "2027-08-02", Quiet()).paths) == found.keys()
    assert {key: str(first(project).fields[key]) for key in ("budget", "progress", "validity", "direction")} == {
        "budget": "10388000",
        "progress": "計画どおり完了",
        "validity": "A",
        "direction": "拡充",
    }
    report = project.inputs / "report.yaml"
    report.write_text(report.read_text(encoding="utf-8").replace("edition: draft", "edition: final"), encoding="utf-8")
    done = run(project.root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    assert initiatives(sheet(project.root))[2][1:] == [
        *("10,388,000", "10,314,607", "計画どおり完了", "A", "A", "A", "拡充")
    ]
    begun = new_year.begin(project, Quiet())
    assert begun.project == Project(project.root, NEXT), begun.diagnostics
    assert first(begun.project).fields["priority"] is True
    assert not any(first(begun.project).fields[key] for key in EMPTIED)


def first(project: Project) -> Initiative:
    """Return the first initiative of the measure as the inputs have it."""
    read = validate.read(project.inputs, project.root)
    assert read.value is not None, [d for d in read.diagnostics if d.severity is Severity.ERROR]
    return next(m for m in read.value.measures if m.id == MEASURE).initiatives[0]


def test_words_that_are_chosen_from_a_list_may_be_those_of_other_cells(project: Project) -> None:
    """Of two that were exchanged it is asked all the same."""
    (found,) = returned(project, (4, 5, "A")).values()
    assert (found.path, found.kind, found.new) == (f"{OTHER}.efficiency", Kind.CHANGE, "A")
    swapped = returned(project, (4, 5, "A"), (4, 6, "B"))
    assert {p.kind for p in swapped.values()} == {Kind.QUESTION}


@pytest.mark.parametrize(
    ("answer", "path", "words"),
    [
        ((2, 7, "拡大"), f"{ONE}.direction", "拡充、継続、縮小、廃止、終了"),
        ((2, 4, "D"), f"{ONE}.validity", "A、B、C"),
        ((2, 1, "10,388千円"), f"{ONE}.budget", "千円"),
        ((4, 3, "完了した"), f"{OTHER}.progress", "計画どおり完了、遅れ、未着手"),
    ],
)
def test_what_a_field_cannot_be_is_asked_about(
    answer: tuple[int, int, str], path: str, words: str, project: Project
) -> None:
    (found,) = returned(project, answer).values()
    assert (found.path, found.kind) == (path, Kind.QUESTION)
    assert words in found.why


def test_without_a_form_the_unknown_keys_are_named_with_the_line_that_makes_them_fields(tmp_path: Path) -> None:
    root = akane(tmp_path)
    form = root / "inputs" / YEAR / "form.yaml"
    form.unlink()
    told = {d.id: d for d in reversed(validate.read(form.parent, root).diagnostics) if d.id.endswith("key-unknown")}
    entries = [re.search(r"「(- \{.*?\})」", told[f"{where}-key-unknown"].hint) for where in ("measure", "initiative")]
    own = "".join(f"{entry[1]}\n" for entry in entries if entry)
    assert own == (
        "- {id: basic_policy, on: measure, name: 欄の呼び名}\n"
        "- {id: budget, on: initiative, name: 欄の呼び名, kind: number}\n"
    )
    form.write_text(f"rows: {{name: 事務事業, least: 0}}\nfields:\n{own}", encoding="utf-8")
    left = [d.message for d in validate.read(form.parent, root).diagnostics if d.id.endswith("key-unknown")]
    assert left
    assert not any("『basic_policy』" in message or "『budget』" in message for message in left)
