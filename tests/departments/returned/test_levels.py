"""A city of three levels, with numbers of its own: its sheets go out to several departments, come back, are applied."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import yaml
from docx.document import Document

from pipeline.cli import apply
from pipeline.departments import deciding
from pipeline.departments.issued import identity
from pipeline.model.correspondence import Decision, Kind, Verdict
from tests.departments.returned.post import Post, cell, sent_project, write
from tests.project import BASE, FIXTURES, MADE, ROOT, YEAR, copy_project, run

pytestmark = pytest.mark.slow

HIBARI = FIXTURES / "hibari"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city after one ``send``; not to be changed."""
    return sent_project(copy_project(tmp_path_factory.mktemp("hibari"), HIBARI))


@pytest.fixture
def post(out: Path, tmp_path: Path) -> Post:
    return Post(Path(shutil.copytree(out, tmp_path / "project")))


def sheet_in(post: Post, department: str, measure: str) -> bytes:
    (path,) = (post.project.outputs / "send" / department).glob(f"{measure}_*.docx")
    return path.read_bytes()


def edited(data: bytes, edit: Callable[[Document], object]) -> bytes:
    """Edit a sheet with python-docx."""
    document, made = docx.Document(io.BytesIO(data)), io.BytesIO()
    edit(document)
    document.save(made)
    return made.getvalue()


def test_every_department_of_a_measure_gets_its_sheet(post: Post) -> None:
    folders = sorted(path.name for path in (post.project.outputs / "send").iterdir() if path.is_dir())
    assert folders == ["学校教育課", "教育総務課", "生涯学習課", "福祉課"]
    assert sheet_in(post, "学校教育課", "1-1-1") == sheet_in(post, "教育総務課", "1-1-1")
    letter = docx.Document(str(post.project.outputs / "send" / "教育総務課" / "送付状.docx"))
    rows = [row.cells[2].text for row in letter.tables[0].rows[1:]]
    assert "学校教育課が取りまとめて提出します" in rows[0]
    assert "取りまとめて" not in rows[1]


@pytest.mark.parametrize(
    ("department", "path", "table", "row"),
    [
        ("学校教育課", "measures/1-1-1.yaml#initiatives.tablets.results", 3, 1),
        ("教育総務課", "measures/1-1-2.yaml#initiatives.buildings.results", 1, 1),  # no indicators, nor their tables
        ("福祉課", "measures/A2.yaml#initiatives.visits.results", 3, 2),
    ],
)
def test_an_edit_comes_back_whatever_the_id_is(post: Post, department: str, path: str, table: int, row: int) -> None:
    def edit(document: Document) -> None:
        write(cell(document, table, row, 1), "書き改めた。")

    measure = path.partition("#")[0].removeprefix("measures/").removesuffix(".yaml")
    post.put(edited(sheet_in(post, department, measure), edit))
    (proposal,) = post.collect()
    assert (proposal.measure, proposal.path) == (measure, path)
    post.decide("accept")
    assert post.apply().paths == (path,)
    assert "results: 書き改めた。" in post.inputs(f"measures/{measure}.yaml")


def test_what_one_department_fills_in_the_other_is_not_asked_for(tmp_path: Path) -> None:
    root = copy_project(tmp_path, HIBARI)
    measure = root / "inputs" / YEAR / "measures/1-1-1.yaml"
    text = measure.read_text(encoding="utf-8")
    measure.write_text(re.sub(r"(results|evaluation): .+", r"\1: ''", text, count=2), encoding="utf-8")
    post = Post(sent_project(root))
    for department, column in (("学校教育課", 1), ("教育総務課", 2)):

        def edit(document: Document, column: int = column) -> None:
            write(cell(document, 3, 1, column), "書きました。")

        post.put(edited(sheet_in(post, department, "1-1-1"), edit), f"{department}.docx")
    assert [(p.path is None, p.new) for p in post.collect()] == [(False, "書きました。")] * 2
    post.put(sheet_in(post, "教育総務課", "1-1-1"), "教育総務課.docx")
    assert [p.why[:12] for p in post.collect() if p.path is None] == ["記入を依頼した欄が、2か"] * 2


def test_a_city_with_a_scheme_file_of_its_own_gets_its_answers_back(tmp_path: Path) -> None:
    root = copy_project(tmp_path, HIBARI)
    ready = root / "inputs/schemes"
    ready.mkdir(exist_ok=True)
    shutil.copyfile(ROOT / "inputs/schemes/年度達成率.yaml", ready / "町の判定.yaml")
    report = root / BASE / "report.yaml"
    kept = report.read_text(encoding="utf-8").partition("\nscheme:")
    after = re.split(r"\n(?=\w)", kept[2], maxsplit=1)[1]
    report.write_text(f"{kept[0]}\nscheme: 町の判定\n{after}", encoding="utf-8")
    post = Post(sent_project(root))
    post.put(edited(sheet_in(post, "学校教育課", "1-1-1"), lambda document: write(cell(document, 3, 1, 1), "書いた。")))
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.new) == (Kind.CHANGE, "書いた。")
    post.decide("accept")
    assert post.apply().paths == (proposal.path,)


def test_two_departments_that_answer_one_sheet_are_merged(post: Post) -> None:
    for department, place, text in (("学校教育課", 1, "一つ目。"), ("教育総務課", 2, "二つ目。")):

        def edit(document: Document, place: int = place, text: str = text) -> None:
            write(cell(document, 3, 1, place), text)

        post.put(edited(sheet_in(post, department, "1-1-1"), edit), f"{department}.docx")
    assert sorted(p.new for p in post.collect()) == ["一つ目。", "二つ目。"]
    post.decide("accept")
    post.apply()
    written = post.inputs("measures/1-1-1.yaml")
    assert "results: 一つ目。" in written
    assert "evaluation: 二つ目。" in written
    again = post.collect()  # each file leaves as sent what the other changed
    assert sorted(p.new for p in again) == ["一つ目。", "二つ目。"]
    assert {p.decision for p in again} == {Decision(Verdict.ACCEPT)}


def test_what_one_department_filled_in_and_the_other_left_blank_is_not_asked_about(tmp_path: Path) -> None:
    root = copy_project(tmp_path, HIBARI)
    path = root / BASE / "measures/1-1-1.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["initiatives"][0] |= {"results": "", "evaluation": ""}
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    post = Post(sent_project(root))
    for department, place in (("学校教育課", 1), ("教育総務課", 2)):

        def edit(document: Document, place: int = place) -> None:
            write(cell(document, 3, 1, place), "書き入れた。")

        post.put(edited(sheet_in(post, department, "1-1-1"), edit), f"{department}.docx")
    assert [p.new for p in post.collect() if p.path] == ["書き入れた。"] * 2
    post.decide("accept")
    assert len(post.apply().paths) == 2
    assert {p.decision for p in post.collect()} == {Decision(Verdict.ACCEPT)}


def test_what_two_departments_wrote_alike_is_told_once(post: Post) -> None:
    for number, department in enumerate(("学校教育課", "教育総務課")):

        def edit(document: Document, number: int = number) -> None:
            write(cell(document, 3, 1, 1), "二つの課で書いた。")
            write(cell(document, 3, 2, 1), f"{number}校に置いた。")

        post.put(edited(sheet_in(post, department, "1-1-1"), edit), f"{department}.docx")
    post.collect()
    assert "所管課 学校教育課、教育総務課" in (post.proposals.parent / deciding.PAGE).read_text(encoding="utf-8")
    content = yaml.safe_load(post.proposals.read_text(encoding="utf-8"))
    for proposal in content["proposals"]:
        proposal["decision"] = "accept" if proposal["new"] == "二つの課で書いた。" else "reject"
    post.proposals.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    told = apply.applied(post.apply(), post.project)
    assert told[0] == "入力データの1件を反映しました。"
    assert sum("tablets.results" in line for line in told) == 1


def test_a_sheet_without_rows_is_identified(post: Post) -> None:
    post.put(post.sheet("1-2-1"))
    assert post.collect() == ()
    assert [sheet.identity.measure for sheet in post.collected().sheets if sheet.identity] == ["1-2-1"]


def test_bookmarks_have_40_characters_at_most() -> None:
    found = identity.parse(f"2024-{'1-' * 7}12-9999-a1b2c3")
    assert found is not None
    assert found.measure == "1-1-1-1-1-1-1-12"
    name = identity.bookmark(found)
    assert len(name) <= 40
    assert identity.from_bookmarks([name]) == (found,)


def test_the_book_follows_the_levels(tmp_path: Path) -> None:
    project = copy_project(tmp_path, HIBARI)
    done = run(project, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((project / MADE / "manifest.json").read_text(encoding="utf-8"))
    titles = [entry["title"] for entry in manifest["pages"]["entries"]]
    assert titles == [
        "総合計画の評価・検証について",
        "評価シート",
        "基本目標Ⅰ　学び育つまち",
        "基本施策1-1　学校教育の充実",
        "1-1-1　確かな学力の育成",
        "1-1-2　学校施設の整備",
        "基本施策1-2　生涯学習の推進",
        "1-2-1　図書館の充実",
        "基本目標Ⅱ　支えあうまち",
        "基本施策2-1　地域福祉の推進",
        "見守りの輪",
        "令和2年度の総括（指標一覧）",
    ]
    checks = json.loads((project / MADE / "checks.json").read_text(encoding="utf-8"))
    assert {d["id"] for d in checks["diagnostics"]} >= {"book-targets-left-out", "book-sdgs-left-out"}
    figures = json.loads((project / MADE / "achievement.json").read_text(encoding="utf-8"))
    assert [(m["id"], m["goal"], m["groups"], m["number"]) for m in figures["measures"]] == [
        ("1-1-1", "1", ["1-1"], "1-1-1"),
        ("1-1-2", "1", ["1-1"], "1-1-2"),
        ("1-2-1", "1", ["1-2"], "1-2-1"),
        ("A2", "2", ["2-1"], ""),
    ]
    assert [level["name"] for level in figures["levels"]] == ["基本目標", "基本施策", "個別施策"]


def test_a_flat_plan_has_neither_goals_nor_groups(tmp_path: Path) -> None:
    project = copy_project(tmp_path, HIBARI)
    strategy = project / BASE / "strategy.yaml"
    text = strategy.read_text(encoding="utf-8")
    start, end = text.index("goals:"), text.index("measures:")
    strategy.write_text((text[:start] + text[end:]).replace("  goal: 2-1\n", ""), encoding="utf-8")
    form = project / BASE / "form.yaml"
    lines = form.read_text(encoding="utf-8").splitlines(keepends=True)
    form.write_text("".join(line for line in lines if "id: goal" not in line and "id: policy" not in line), "utf-8")
    done = run(project, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((project / MADE / "manifest.json").read_text(encoding="utf-8"))
    titles = [entry["title"] for entry in manifest["pages"]["entries"]]
    assert titles[1:4] == ["評価シート", "1-1-1　確かな学力の育成", "1-1-2　学校施設の整備"]
