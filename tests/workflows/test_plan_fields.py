"""Fields of goals and of the levels below them (基本的方向, 方針): entries in form.yaml and strategy.yaml, ``{{ }}`` in
Word, on the sheets of all measures below and in the book.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest
from docx.document import Document

from pipeline.diagnostics import Severity
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from pipeline.stages.validate.join_form import standard_text
from pipeline.workflows import new_year
from pipeline.workflows.project import Project
from tests.departments.returned.post import Post, Quiet, sent_project, write
from tests.project import BASE, FIXTURES, YEAR, copy_project, run
from tests.stages.validate.cases import change

pytestmark = pytest.mark.slow

OWN = """\
- {id: aim, on: goal, name: 基本的方向, writer: planning, needed: draft}
- {id: costs, on: goal, name: 事業費, kind: series, unit: 千円, writer: planning}
- {id: review, on: group, name: 総評, writer: planning, each_year: true}
- {id: rank, on: group, name: 優先度, kind: choice, choices: [高, 低], writer: planning}
"""
ENTERED = {
    "name: 学び育つまち}": "name: 学び育つまち, aim: 学びを支える。, costs: {R2: 1500}}",
    "name: 学校教育の充実}": "name: 学校教育の充実, review: 端末が行き渡った。, rank: 高}",
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("plan"), FIXTURES / "hibari")
    form = root / BASE / "form.yaml"
    standard = standard_text().partition("fields:\n")[2].partition("parts:")[0]
    form.write_text(f"{form.read_text(encoding='utf-8')}\nfields:\n{standard}{OWN}", encoding="utf-8")
    for old, new in ENTERED.items():
        change(root, "strategy.yaml", old, new)
    extend(root, "sheet", ("{{ 基本目標.基本的方向 }}", "{{ 基本目標.事業費.R2 }}", "{{ 基本施策.総評 }}"))
    extend(root, "summary", ("{%p for 節 in 階層一覧 %}", "{{ 節.見出し }}：{{ 節.優先度 }}", "{%p endfor %}"))
    return root


def extend(root: Path, part: str, lines: tuple[str, ...]) -> None:
    """Type paragraphs at the end of a template."""
    path = root / "templates" / f"{part}.docx"
    document = docx.Document(str(path))
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


@pytest.fixture
def root(city: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city, tmp_path / "project")


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_sheets_below_and_the_book_print_them(root: Path) -> None:
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    printed = {}
    for path in (root / "outputs" / YEAR / "sheets").glob("*.docx"):
        printed[path.name.partition("_")[0]] = texts(docx.Document(str(path)))[-3:]
    assert printed["1-1-1"] == printed["1-1-2"] == ["学びを支える。", "1,500", "端末が行き渡った。"]
    assert printed["A2"] == ["", "", ""]
    told = json.loads((root / "outputs" / YEAR / "achievement.json").read_text(encoding="utf-8"))
    assert told["goals"][0]["fields"] == {"aim": "学びを支える。", "costs": {"R2": "1500"}}
    assert told["groups"][0]["fields"] == {"review": "端末が行き渡った。", "rank": "高"}
    checks = json.loads((root / "outputs" / YEAR / "checks.json").read_text(encoding="utf-8"))["diagnostics"]
    (empty,) = (d for d in checks if d["id"] == "goal-aim-empty")
    assert "基本目標「2」の『aim』（基本的方向）が空です" in empty["message"]
    assert not [d for d in checks if d["id"] == "sheet-not-printed" and "優先度" in d["message"]]


def test_what_is_printed_nowhere_is_told_once(root: Path) -> None:
    shutil.copy(FIXTURES.parents[1] / "templates" / "summary.docx", root / "templates" / "summary.docx")
    checked = run(root, "check", "--format", "json")
    (found,) = (d for d in json.loads(checked.stdout)["diagnostics"] if d["id"] == "sheet-not-printed")
    assert "基本施策の優先度" in found["message"]
    assert "総評" not in found["message"]


def test_editors_know_them(root: Path) -> None:
    assert run(root, "schema").returncode == 0
    known = json.loads((root / "inputs" / "schema" / "strategy.schema.json").read_text(encoding="utf-8"))["$defs"]
    assert known["GoalShape"]["properties"]["aim"]["title"] == "基本的方向"
    assert known["GroupShape"]["properties"]["rank"]["enum"] == ["高", "低", "", None]
    assert known["GroupShape"]["title"] == "基本施策"


def test_what_a_department_changes_is_asked_about_and_can_be_taken(root: Path) -> None:
    post = Post(sent_project(root))
    (sheet,) = (post.project.outputs / "send" / "教育総務課").glob("1-1-2_*.docx")
    document = docx.Document(str(sheet))
    write(document.paragraphs[-1], "端末と回線が行き渡った。")
    post.inbox.mkdir(parents=True)
    document.save(str(post.inbox / "回答.docx"))
    (found,) = (p for p in post.collect() if p.path)
    assert (found.kind, found.path) == (Kind.QUESTION, "strategy.yaml#groups.1-1.review")
    assert "総評は、取りまとめの課が strategy.yaml に書きます" in found.why
    assert found.place
    post.decide("accept")
    post.apply()
    assert "review: 端末と回線が行き渡った。" in post.inputs("strategy.yaml")


def test_the_next_year_begins_without_what_is_written_every_year(root: Path) -> None:
    begun = new_year.begin(Project(root, YEAR), Quiet())
    assert begun.project is not None, begun.diagnostics
    text = (begun.project.inputs / "strategy.yaml").read_text(encoding="utf-8")
    for kept in ("aim: 学びを支える。", "costs: {R2: 1500}", "rank: 高", 'review: ""'):
        assert kept in text


@pytest.mark.parametrize(
    ("change_", "identifier", "cure"),
    [
        (("form.yaml", "総評, writer: planning", "総評"), "field-writer-wrong", "writer: planning"),
        (("form.yaml", "name: 優先度", "name: 番号"), "field-in-template-taken", "in_template"),
        (("form.yaml", "name: 基本的方向", "name: 達成"), "field-in-template-taken", "in_template"),
        (("form.yaml", "- {id: policy, name: 基本施策}\n", ""), "field-on-unknown", "on: measure"),
        (("strategy.yaml", "rank: 高", "rank: 中"), "group-rank-unknown", "高、低"),
        (("strategy.yaml", "costs: {R2: 1500}", "costs: 多め"), "goal-costs-not-mapping", ""),
    ],
)
def test_a_mistake_is_told_where_it_stands(
    change_: tuple[str, str, str], identifier: str, cure: str, root: Path
) -> None:
    change(root, *change_)
    found = [d for d in validate.read(root / BASE, root).diagnostics if d.severity is Severity.ERROR]
    wanted = next(d for d in found if d.id == identifier)
    assert wanted.place.file == f"{BASE}/{change_[0]}"
    assert cure in wanted.hint
