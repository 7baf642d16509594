"""Sheets that come back without what they asked for, and what only its owner is asked for."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree
from msgspec.structs import replace

from pipeline.cli import board
from pipeline.departments import deciding
from pipeline.departments.issued import records
from pipeline.departments.issued.asking import Asking
from pipeline.departments.returned.blanks import blanks
from pipeline.departments.sending import LETTER
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from tests.departments.returned.post import INDICATORS, INITIATIVES, OPINIONS, Post, cell, sent_project, trimmed, write
from tests.project import YEAR, copy_project

_SHARED = "measures/1-3.yaml#"
ACTUAL, RESULTS, EVALUATION = (INDICATORS, 2, 3), (INITIATIVES, 1, 1), (INITIATIVES, 1, 2)
"""Fields of the sheets 1-2 and 1-3 that ask, and of the sheet 3-2, which repeats those of 1-3."""


def emptied(root: Path, measure: str, initiative: str, actual: str) -> None:
    """Take an initiative's texts out of a measure, and an actual."""
    path = root / "inputs" / YEAR / "measures" / f"{measure}.yaml"
    text = path.read_text(encoding="utf-8")
    assert actual in text
    before, mark, rest = text.partition(f"- id: {initiative}\n")
    rest = re.sub(r"  (results|evaluation): \|-\n    .*\n", r"  \1: ''\n", rest, count=2)
    path.write_text((before + mark + rest).replace(actual, "{R2: 集計中}", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = trimmed(copy_project(tmp_path_factory.mktemp("asking")))
    emptied(root, "1-2", "siting", "{R2: 90}")
    emptied(root, "1-3", "startup-support", "{R2: 195}")
    return sent_project(root)


@pytest.fixture
def post(asking: Path, tmp_path: Path) -> Post:
    shutil.copytree(asking, tmp_path / "project")
    return Post(tmp_path / "project")


def row(post: Post, measure: str = "1-2") -> deciding.Row:
    found = post.collected().board
    assert found is not None
    return next(row for group in found.groups for row in group.rows if row.id == measure)


def filled(*places: tuple[int, int, int]) -> Callable[[Document], None]:
    def edit(document: Document) -> None:
        for place in places:
            write(cell(document, *place), "95" if place[0] == INDICATORS else "書きました。")

    return edit


def test_a_sheet_returned_as_it_was_sent_is_told_as_blank(post: Post) -> None:
    post.put(post.sheet())
    assert row(post).returned == "記入なし（空欄3）"
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.path, len(proposal.old.splitlines())) == (Kind.QUESTION, None, 3)
    assert "すべて空" in proposal.why
    assert "! 空欄 3件  1-2" in board.lines(post.collected())


def test_fields_that_share_a_cell_are_told_apart(post: Post) -> None:
    evaluation = validate.read(post.project.inputs, post.root).value
    issue = records.latest(records.load(post.project.inputs, post.root).value or ())["1-2"]
    assert evaluation
    [first, *rest] = [spot for spot in issue.spots if any(mark in str(spot.recipe) for mark in ("results", "evaluat"))]
    joined = replace(first, recipe=tuple(piece for spot in (first, *rest) for piece in spot.recipe))
    found = blanks([], replace(issue, spots=(joined,)), Asking(evaluation.form, "R2"), {}, lambda _: "表5の2行目")
    assert list(found.left.values()) == ["表5の2行目の取組・成果", "表5の2行目の進捗状況の評価／今後の対応"]


@pytest.mark.parametrize("text", ["", "　"])
def test_a_prompt_that_was_only_erased_leaves_the_field_blank(post: Post, text: str) -> None:
    post.edited(lambda document: write(cell(document, *RESULTS), text))
    assert row(post).returned == "記入なし（空欄3）"


def test_a_sheet_filled_in_part_says_how_much_is_left(post: Post) -> None:
    post.edited(filled(ACTUAL, RESULTS))
    assert row(post).returned == "1件（空欄1）"
    (left,) = [proposal for proposal in post.collect() if proposal.path is None]
    assert "3か所のうち1か所" in left.why
    assert "評価" in left.old


def test_two_files_fill_a_sheet_together(post: Post) -> None:
    post.edited(filled(ACTUAL, RESULTS), name="一.docx")
    post.edited(filled(EVALUATION), name="二.docx")
    assert row(post).returned == "2件"


def test_a_sheet_filled_in_is_not_blank(post: Post) -> None:
    post.edited(filled(ACTUAL, RESULTS, EVALUATION))
    assert row(post).returned == "1件"
    assert {proposal.kind for proposal in post.collect()} == {Kind.CHANGE}


def test_a_field_that_was_filled_since_is_not_blank(post: Post) -> None:
    path = post.project.inputs / "measures" / "1-2.yaml"
    text = path.read_text(encoding="utf-8").replace("results: ''", "results: 書いた。").replace("集計中", "95")
    path.write_text(text.replace("evaluation: ''", "evaluation: 続ける。"), encoding="utf-8")
    post.put(post.sheet())
    assert "空欄" not in row(post).returned


def is_yellow(document: Document, place: tuple[int, int, int]) -> bool:
    holder = cell(document, *place)._p.getparent()
    return holder is not None and "FFF2CC" in etree.tostring(holder, encoding="unicode")


def test_only_the_owner_is_asked(post: Post) -> None:
    """The sheet 3-2 repeats the initiative and shares the indicator of 1-3, which are blank."""
    owner, other = (docx.Document(io.BytesIO(post.sheet(measure))) for measure in ("1-3", "3-2"))
    shared = next(n for n, r in enumerate(owner.tables[INDICATORS].rows) if any("集計中" in c.text for c in r.cells))
    assert is_yellow(owner, (INDICATORS, shared, 3))
    for place in (ACTUAL, RESULTS, EVALUATION):
        assert not is_yellow(other, place)
        assert "記入してください" not in cell(other, *place).text
    assert cell(other, *RESULTS).text == "（1-3のシートに記入します）"


def test_what_is_written_for_another_measure_is_a_question_that_names_its_owner(post: Post) -> None:
    post.edited(filled(ACTUAL, RESULTS), measure="3-2")
    proposals = post.collect()
    assert {proposal.kind for proposal in proposals} == {Kind.QUESTION}
    assert all((proposal.path or "").startswith(_SHARED) for proposal in proposals)
    assert all("所管課が直す欄ではありません。1-3のシートの" in proposal.why for proposal in proposals)
    assert "空欄" not in row(post, "3-2").returned
    results = next(proposal for proposal in proposals if (proposal.path or "").endswith(".results"))
    assert results.new == "書きました。"


def test_opinions_typed_by_a_department_are_a_question(post: Post) -> None:
    post.edited(filled((OPINIONS, 1, 0)), measure="3-2")
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.path) == (Kind.QUESTION, "measures/3-2.yaml#opinions")
    assert "取りまとめの課" in proposal.why


def test_letters_ask_only_the_owner(post: Post) -> None:
    asked = {}
    for measure in ("1-3", "3-2"):
        (path,) = (post.project.outputs / "send").glob(f"*_{measure}/{LETTER}")
        tables = docx.Document(str(path)).tables
        asked[measure] = "".join(c.text for table in tables for r in table.rows for c in r.cells)
    assert "の取組・成果" in asked["1-3"]
    assert "の取組・成果" not in asked["3-2"]
