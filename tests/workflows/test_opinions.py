"""Opinions through the year: entered once, asked of their department, answered in Word, listed, carried on."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
import yaml
from docx.document import Document
from docx.table import Table, _Cell

from pipeline.departments.issued.asking import TO_FILL
from pipeline.departments.issued.references import HEADING
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from pipeline.workflows import new_year, send
from pipeline.workflows.project import Project
from tests.departments.returned.post import Post, Quiet, sent_project
from tests.project import BASE, FIXTURES, MADE, NEXT, YEAR, copy_project, run

OPINIONS = """\
opinions:
  1-2:
  - id: desk
    text: |-
      相談の窓口が分かりにくい。
      広報紙でも知らせてほしい。
    said_by: 学識経験者
  - id: figures
    text: 創業した後の経過も示してほしい。
    answer: 3年後の継続率を示す。
    handling: 反映した
  - id: before
    raised: R2
    text: 支援制度を見直すこと。
    answer: 見直しを始めた。
  all:
  - id: terms
    text: 用語の説明を付けてほしい。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("opinions"), FIXTURES / "small")
    (root / BASE / "opinions.yaml").write_text(OPINIONS, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def sent(city: Path) -> Path:
    return sent_project(city)


@pytest.fixture
def post(sent: Path, tmp_path: Path) -> Post:
    return Post(copied(sent, tmp_path))


def copied(root: Path, target: Path) -> Path:
    return Path(shutil.copytree(root, target / "city"))


def opinions(document: Document) -> list[Table]:
    """Return the tables of this year's opinions and of those left open before."""
    return [table for table in document.tables if table.rows[0].cells[-1].text == "対応区分"]


def type_in(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].runs[0].text = text


def test_a_sheet_has_its_opinions_numbered_with_the_answer_asked_for(sent: Path) -> None:
    [path] = (sent / MADE / "send").glob("*/1-2_*.docx")
    now, earlier = opinions(docx.Document(str(path)))
    rows = [[cell.text for cell in row.cells] for row in now.rows[1:]]
    assert rows[0][:3] == [
        "1",
        "相談の窓口が分かりにくい。\n広報紙でも知らせてほしい。\n（学識経験者）",
        "【ここに記入してください】",
    ]
    assert rows[0][3].startswith("【記入】（反映した・")
    assert rows[1] == ["2", "創業した後の経過も示してほしい。", "3年後の継続率を示す。", "反映した"]
    assert [row.cells[0].text for row in earlier.rows[1:]] == ["3"]
    [other] = (sent / MADE / "send").glob("*/1-1_*.docx")
    assert not opinions(docx.Document(str(other)))


def letter(root: Path, department: str = "商工課", year: str = YEAR) -> str:
    path = root / "outputs" / year / "send" / department / "送付状.docx"
    return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


def test_a_letter_asks_for_answers_where_there_are_opinions(sent: Path) -> None:
    assert "評価についての意見への回答について（依頼）" in letter(sent)
    assert "評価シートの確認と記入について（依頼）" in letter(sent, "港湾課")


def test_a_reminder_goes_to_those_who_have_not_answered(post: Post) -> None:
    post.edited(lambda document: type_in(opinions(document)[0].rows[1].cells[2], "案内板を直した。"))
    report = post.root / BASE / "report.yaml"
    told = "letters: {number: 3企第12号, date: 2021-08-02, contact: 内線12}"
    report.write_text(f"{report.read_text(encoding='utf-8')}{told}\n", encoding="utf-8")
    before = sorted((post.root / BASE / "issued").iterdir())
    done = run(post.root, "remind", "--deadline", "2021-08-10")
    assert done.returncode == 0, done.stdout
    folders = sorted(path.name for path in (post.root / MADE / "send").iterdir() if path.is_dir())
    assert folders == ["港湾課", "観光課"]
    text = letter(post.root, "港湾課")
    assert text.startswith("3企第12号\n令和3年8月2日\n港湾課　御中")
    assert "評価シートの提出について（再依頼）" in text
    assert "連絡先\t内線12" in text
    assert sorted((post.root / BASE / "issued").iterdir()) == before


def test_answers_come_back_and_opinions_are_not_the_departments_to_write(post: Post) -> None:
    def edit(document: Document) -> None:
        rows = opinions(document)[0].rows
        type_in(rows[1].cells[2], "案内板を直した。")
        type_in(rows[1].cells[3], "既に取り組んでいる")
        type_in(rows[2].cells[1], "経過は要らない。")

    post.edited(edit)
    found = {one.path: one for one in post.collect()}
    answer = found["opinions.yaml#opinions.1-2.desk.answer"]
    assert (answer.kind, answer.new) == (Kind.CHANGE, "案内板を直した。")
    assert found["opinions.yaml#opinions.1-2.desk.handling"].kind is Kind.CHANGE
    opinion = found["opinions.yaml#opinions.1-2.figures.text"]
    assert opinion.kind is Kind.QUESTION
    assert "意見の文は、取りまとめの課が opinions.yaml に書きます。" in opinion.why


def test_what_is_accepted_is_written_beside_its_opinion(post: Post) -> None:
    post.edited(lambda document: type_in(opinions(document)[0].rows[1].cells[2], "案内板を直した。"))
    post.collect()
    post.decide("accept")
    post.apply()
    entries = yaml.safe_load((post.root / BASE / "opinions.yaml").read_text(encoding="utf-8"))["opinions"]["1-2"]
    assert [one.get("answer") for one in entries] == ["案内板を直した。", "3年後の継続率を示す。", "見直しを始めた。"]


def test_the_list_counts_them_and_stands_in_the_book(city: Path, tmp_path: Path) -> None:
    root = copied(city, tmp_path)
    done = run(root, "opinions")
    assert done.returncode == 0, done.stdout + done.stderr
    made = docx.Document(str(root / MADE / "opinions" / "意見と対応.docx"))
    assert made.element.xpath("//w:sectPr/w:pgNumType/@w:start") == ["1"]
    tables = made.tables
    assert ["反映した", "1"] in [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert [[cell.text for cell in row.cells] for row in tables[1].rows][1:] == [
        ["全体について", "1"],
        ["基本目標1　働く場のあるまち", "3"],
    ]
    said = [row.cells[2].text for table in tables[2:] for row in table.rows]
    assert [one for one in said if "引き継いだ" in one] == ["支援制度を見直すこと。\n（令和2年度から引き継いだ意見）"]
    assert (root / MADE / "opinions" / "意見と対応.pdf").is_file()
    assert run(root, "report").returncode == 0
    assert "令和2年度の評価についての意見と対応" in (root / MADE / "manifest.json").read_text(encoding="utf-8")


def test_without_opinions_there_is_no_list_and_no_part(tmp_path: Path) -> None:
    root = copy_project(tmp_path, FIXTURES / "small")
    done = run(root, "opinions")
    assert (done.returncode, "[opinions-none]" in done.stdout) == (1, True)


def test_the_next_year_goes_on_with_what_is_not_closed(city: Path, tmp_path: Path) -> None:
    root = copied(city, tmp_path)
    path = root / BASE / "opinions.yaml"
    path.write_text(OPINIONS.replace("見直しを始めた。", f"見直した。\n    closed: {YEAR}"), encoding="utf-8")
    assert new_year.begin(Project(root, YEAR), Quiet()).project is not None
    read = validate.read(root / "inputs" / NEXT, root)
    assert read.value is not None, read.diagnostics
    assert [(one.id, one.raised) for one in read.value.opinions] == [("desk", YEAR), ("figures", YEAR), ("terms", YEAR)]
    assert [one.fields["answer"] for one in read.value.opinions] == [""] * 3
    assert read.value.opinions[1].fields["handling"] == ""
    assert "見直した。" in (root / "inputs" / NEXT / "opinions.yaml").read_text(encoding="utf-8")


def test_the_next_year_asks_how_far_an_opinion_is_beside_what_was_answered(city: Path, tmp_path: Path) -> None:
    root = copied(city, tmp_path)
    assert new_year.begin(Project(root, YEAR), Quiet()).project is not None
    assert send.send(Project(root, NEXT), send.Order(), Quiet()).folder is not None
    [sheet] = (root / "outputs" / NEXT / "send").glob("*/1-2_*.docx")
    texts = {cell.text for table in docx.Document(str(sheet)).tables for row in table.rows for cell in row.cells}
    asked = next(text for text in texts if "3年後の継続率を示す。" in text)
    assert asked.splitlines() == [TO_FILL, HEADING, "3年後の継続率を示す。"]
    assert "評価シートの確認と記入について（依頼）" in letter(root, year=NEXT)


def test_a_final_edition_needs_an_answer_to_each(city: Path, tmp_path: Path) -> None:
    root = copied(city, tmp_path)
    report = root / BASE / "report.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("edition: draft", "edition: final"), encoding="utf-8")
    found = validate.read(root / "inputs" / YEAR, root).diagnostics
    empty = [d for d in found if d.id == "opinion-answer-empty"]
    assert len(empty) == 2
    assert len([d for d in found if d.id == "opinion-handling-empty"]) == 3
    assert not [d for d in found if d.id == "measure-opinions-empty"]


@pytest.mark.parametrize(
    ("old", "new", "identifier"),
    [
        ("  1-2:", "  1-9:", "opinion-node-unknown"),
        ("id: figures", "id: desk", "opinion-id-twice"),
        ("handling: 反映した", "handling: 反映", "opinion-handling-unknown"),
        ("    text: 創業した後の経過も示してほしい。\n", "", "opinion-text-missing"),
    ],
)
def test_slips_are_found(city: Path, tmp_path: Path, old: str, new: str, identifier: str) -> None:
    root = copied(city, tmp_path)
    (root / BASE / "opinions.yaml").write_text(OPINIONS.replace(old, new), encoding="utf-8")
    found = validate.read(root / "inputs" / YEAR, root).diagnostics
    assert identifier in {d.id for d in found}
