"""Last year's texts in this year's sheets: to be read, written over or left, and never taken for an answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from pipeline.model.correspondence import Kind, Proposal
from pipeline.workflows.project import Project
from tests.departments.returned.post import Post, begun, sent_project, write
from tests.project import BASE, FIXTURES, NEXT, copy_project

RESULTS = "measures/1-2.yaml#initiatives.desk.results"
LAST = ("相談に応じた件数は、前の年度を上回った。", "創業の講座を3回開いた。")
OPINION = "窓口が分かりにくいという声を聞く。"
ASKS, HEADING = "【ここに記入してください】", "【参考：前年度の記入】"
NEW = "出張の相談を始めた。"


class NextYear(Post):
    """The post of the year after."""

    @property
    def project(self) -> Project:
        return Project(self.root, NEXT)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("references"), FIXTURES / "small")
    path = root / BASE / "measures" / "1-2.yaml"
    text = path.read_text(encoding="utf-8").replace('opinions: ""', f"opinions: {OPINION}")
    indented = "\n    ".join(LAST)
    path.write_text(text.replace("results: 相談に応じた。", f"results: |-\n    {indented}"), encoding="utf-8")
    return sent_project(begun(root), NEXT)


@pytest.fixture
def post(sent: Path, tmp_path: Path) -> NextYear:
    return NextYear(Path(shutil.copytree(sent, tmp_path / "city")))


def asked(document: Document) -> _Cell:
    """Return the cell of the results of the first initiative."""
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    found: _Cell = next(cell for cell in cells if LAST[0] in cell.text)
    return found


def edited(post: NextYear, edit: Callable[[_Cell], object]) -> list[Proposal]:
    """Return what is proposed for the cell after an edit of it."""
    post.edited(lambda document: edit(asked(document)))
    found = post.collected()
    assert [p for p in found.proposals if p.path not in (None, RESULTS)] == []
    return [p for p in found.proposals if p.path == RESULTS]


def behind(cell: _Cell, text: str) -> None:
    """Type a paragraph behind the last one, which looks like it."""
    last = cell.paragraphs[-1]
    last._p.addnext(deepcopy(last._p))
    write(cell.paragraphs[-1], text)


def over(cell: _Cell, text: str) -> None:
    """Select all that stands in a cell, and type."""
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    write(cell.paragraphs[0], text)


def test_an_empty_cell_shows_last_years_text_in_grey_below_what_asks(sent: Path) -> None:
    [path] = (sent / "outputs" / NEXT / "send").glob("*/1-2_*.docx")
    document = docx.Document(str(path))
    cell = asked(document)
    assert [paragraph.text for paragraph in cell.paragraphs] == [ASKS, HEADING, *LAST]
    assert [_colour(paragraph) for paragraph in cell.paragraphs] == ["", *["666666"] * 3]
    texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(text.endswith(f"{HEADING}\n{OPINION}") for text in texts)


def _colour(paragraph: Paragraph) -> str:
    return str(paragraph.runs[0].font.color.rgb or "")


def test_the_book_has_none_of_it(sent: Path) -> None:
    assert not (sent / "outputs" / NEXT / "sheets").exists()
    record = next((sent / "inputs" / NEXT / "issued").glob("*-1-2-*.json")).read_text(encoding="utf-8")
    assert record.count(LAST[0]) == 1  # what stands there for reference, and no value


def test_what_is_left_as_it_was_is_not_filled_in(post: NextYear) -> None:
    post.put(post.sheet())
    found = post.collected()
    assert [p.path for p in found.proposals] == [None]
    assert RESULTS in found.sheets[0].blank


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (lambda cell: over(cell, NEW), Kind.CHANGE),
        (lambda cell: write(cell.paragraphs[0], NEW), Kind.CHANGE),
        (lambda cell: behind(cell, NEW), Kind.QUESTION),
        (lambda cell: cell.paragraphs[-1].add_run(NEW), Kind.QUESTION),
        (lambda cell: write(cell.paragraphs[1], f"{NEW}{HEADING}"), Kind.QUESTION),
    ],
)
def test_only_what_is_new_is_proposed(post: NextYear, edit: Callable[[_Cell], object], kind: Kind) -> None:
    [proposal] = edited(post, edit)
    assert (proposal.old, proposal.new, proposal.kind) == ("", NEW, kind)


def test_taking_last_years_text_away_proposes_nothing(post: NextYear) -> None:
    assert edited(post, lambda cell: over(cell, ASKS)) == []


def test_last_years_text_with_other_words_is_asked_about_and_kept_whole(post: NextYear) -> None:
    [proposal] = edited(post, lambda cell: write(cell.paragraphs[3], "創業の講座を5回開いた。"))
    assert proposal.kind is Kind.QUESTION
    assert "前年度の文章が書き換えられています" in proposal.why
    assert proposal.new == f"{LAST[0]}\n創業の講座を5回開いた。"


def test_last_years_text_made_this_years_says_how_much_of_it_is(post: NextYear) -> None:
    def edit(cell: _Cell) -> None:
        write(cell.paragraphs[0], f"{LAST[0]}{NEW}")

    [proposal] = edited(post, edit)
    assert proposal.new == f"{LAST[0]}{NEW}"
    assert proposal.kind is Kind.CHANGE
    assert "文章の約66%が、前年度の文章と同じです。" in proposal.why
