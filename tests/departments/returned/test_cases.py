"""The cases of a returned sheet, one by one: what is a change, what is asked, what is refused."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from copy import deepcopy

import pytest
import yaml
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor

from pipeline.documents import libreoffice
from pipeline.documents.office_fault import OfficeFault
from pipeline.model.correspondence import Kind, Proposal
from tests.departments.returned.post import INDICATORS, INITIATIVES, OPINIONS, Post, cell, packed, write

RESULTS = "measures/1-2.yaml#initiatives.siting.results"
EVALUATION = "measures/1-2.yaml#initiatives.siting.evaluation"
ACTUAL = "measures/1-2.yaml#actuals.siting-designations.R2"
NEW = "電話とWEB会議に改めた。"


def one(post: Post) -> Proposal:
    (proposal,) = post.collect()
    return proposal


def kinds(post: Post) -> list[Kind]:
    return [proposal.kind for proposal in post.collect()]


def test_a_pending_number_is_asked_about(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INDICATORS, 2, 3), "集計中"))
    proposal = one(post)
    assert (proposal.kind, proposal.path, proposal.new) == (Kind.QUESTION, ACTUAL, "集計中")


def test_a_number_that_leaps_is_asked_about(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INDICATORS, 2, 3), "１，１９８．０件"))
    proposal = one(post)
    assert (proposal.kind, proposal.path, proposal.new) == (Kind.QUESTION, ACTUAL, "1198.0")


def test_a_number_only_written_otherwise_is_no_edit(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INDICATORS, 2, 3), "９０ 件"))
    assert post.collect() == ()


@pytest.mark.parametrize(("text", "kind"), [("95件", Kind.CHANGE), ("95人", Kind.QUESTION), ("90％", Kind.QUESTION)])
def test_a_unit_that_is_not_the_rows_is_asked_about(post: Post, text: str, kind: Kind) -> None:
    post.edited(lambda d: write(cell(d, INDICATORS, 2, 3), text))
    proposal = one(post)
    assert (proposal.kind, proposal.new) == (kind, text[:2])


def test_a_target_is_not_the_departments(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INDICATORS, 1, 4), "95"))
    proposal = one(post)
    assert proposal.kind is Kind.QUESTION
    assert proposal.path == "strategy.yaml#indicators.siting-designations.targets.R3"


def test_a_label_is_outside_the_fields(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INDICATORS, 0, 0), "指標の名前"))
    proposal = one(post)
    assert (proposal.kind, proposal.path, proposal.old) == (Kind.OUTSIDE, None, "指標（KPI）")


@pytest.mark.parametrize("look", ["strike", "red"])
def test_looks_that_mean_something_are_asked_about(post: Post, look: str) -> None:
    def edit(document: Document) -> None:
        run = cell(document, INITIATIVES, 1, 1).runs[0]
        run.font.strike = look == "strike"
        if look == "red":
            run.font.color.rgb = RGBColor(0xFF, 0, 0)

    post.edited(edit)
    proposal = one(post)
    assert (proposal.kind, proposal.path) == (Kind.QUESTION, RESULTS)
    assert ("取消線" if look == "strike" else "文字の色") in proposal.why


def test_an_entry_added_to_a_list_is_written_as_one(post: Post) -> None:
    def edit(document: Document) -> None:
        cells = document.tables[INITIATIVES].rows[1].cells
        cells[0].add_paragraph("新しい補助制度の周知", style=cells[0].paragraphs[1].style)

    post.edited(edit)
    proposal = one(post)
    assert (proposal.kind, proposal.path) == (Kind.CHANGE, "measures/1-2.yaml#initiatives.siting.activities")
    post.decide("accept")
    post.apply()
    activities = yaml.safe_load(post.inputs())["initiatives"][0]["activities"]
    assert activities == ["事業所等設置奨励補助制度の実施", "新しい補助制度の周知"]


def test_a_deleted_row_is_missing_and_never_emptied(post: Post) -> None:
    def edit(document: Document) -> None:
        table = document.tables[INITIATIVES]
        table._tbl.remove(table.rows[1]._tr)

    post.edited(edit)
    found = post.collect()
    assert [(p.kind, p.path) for p in found] == [(Kind.MISSING, None)]
    assert "企業立地の促進" in found[0].old
    before = post.inputs()
    post.decide("accept")
    assert post.apply().paths == ()
    assert post.inputs() == before


def test_a_deleted_table_is_missing(post: Post) -> None:
    def edit(document: Document) -> None:
        table = document.tables[INITIATIVES]._tbl
        document.element.body.remove(table)

    post.edited(edit)
    assert set(kinds(post)) <= {Kind.MISSING, Kind.OUTSIDE}
    assert Kind.MISSING in kinds(post)


def test_a_row_added_is_outside(post: Post) -> None:
    def edit(document: Document) -> None:
        row = deepcopy(document.tables[INITIATIVES].rows[3]._tr)
        document.tables[INITIATIVES]._tbl.append(row)
        write(cell(document, INITIATIVES, 4, 0), "④ 新しい取組")

    post.edited(edit)
    assert Kind.OUTSIDE in kinds(post)
    assert any("新しい取組" in p.new for p in post.collect())


def test_text_beside_the_fields_is_outside(post: Post) -> None:
    post.edited(lambda d: d.add_paragraph("よろしくお願いします。"))
    proposal = one(post)
    assert (proposal.kind, proposal.new) == (Kind.OUTSIDE, "よろしくお願いします。")


def test_a_tracked_change_knows_its_author(post: Post) -> None:
    who = 'w:author="商工 花子" w:date="2021-07-20T10:01:00Z"'
    deleted = f'<w:del w:id="801" {who}><w:r><w:delText>{{}}</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="802" {who}><w:r><w:t>{{}}</w:t></w:r></w:ins>'
    old = '<w:r><w:t xml:space="preserve">認定は1件で、年間目標件数の1件と同数であった。'
    new = deleted.format("認定は1件で、") + inserted.format("認定は2件で、")
    post.rewritten(old, new + old.replace("認定は1件で、", ""))
    proposal = one(post)
    assert (proposal.kind, proposal.author, proposal.date) == (Kind.CHANGE, "商工 花子", "2021-07-20T10:01:00Z")
    assert proposal.new.startswith("認定は2件で、年間")
    assert proposal.why == ""


def test_the_same_file_again_is_refused(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 1), NEW), name="課/一.docx")
    post.put((post.inbox / "課/一.docx").read_bytes(), "二.docx")
    assert sorted(kinds(post)) == [Kind.CHANGE, Kind.REFUSED]


def test_two_returns_that_disagree_are_a_conflict(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 1), NEW), name="一.docx")
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 1), "別の文章にした。"), name="二.docx")
    first, second = sorted(post.collect(), key=lambda p: p.file)
    assert (first.kind, second.kind) == (Kind.CONFLICT, Kind.CONFLICT)
    assert "（「二.docx」は「別の文章にした。」）" in first.why
    assert f"（「一.docx」は「{NEW}」）" in second.why
    post.decide("accept")
    assert [d.id for d in post.apply().diagnostics] == ["decisions-contradict"]


def test_a_conflict_with_what_another_file_brought_names_that_file(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 1), NEW), name="一.docx")
    post.collect()
    post.decide("accept")
    post.apply()
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 1), "別の文章にした。"), name="二.docx")
    (found,) = (p for p in post.collect() if p.file == "二.docx")
    assert (found.kind, found.old, found.new) == (Kind.CONFLICT, NEW, "別の文章にした。")
    assert "今の内容は、「一.docx」から反映したものです。" in found.why


def test_a_later_return_that_leaves_an_open_change_out_makes_it_a_question(post: Post) -> None:
    """The department corrected its sheet back, or began a second file anew: only people can tell."""

    def saved(hour: int, row: int, text: str) -> Callable[[Document], None]:
        def edit(document: Document) -> None:
            write(cell(document, INITIATIVES, row, 1), text)
            document.core_properties.modified = datetime.datetime(2021, 8, 2, hour, tzinfo=datetime.UTC)

        return edit

    post.edited(saved(9, 1, NEW), name="先.docx")
    assert kinds(post) == [Kind.CHANGE]
    post.edited(saved(11, 2, "別の文章にした。"), name="後.docx")
    found = {p.file: p for p in post.collect()}
    assert (found["先.docx"].kind, found["後.docx"].kind) == (Kind.QUESTION, Kind.CHANGE)
    told = "後で保存された「後.docx」では、送付したときのまま（「これまで"
    assert told in found["先.docx"].why


def test_a_second_return_that_leaves_an_accepted_change_out_is_asked(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 1), NEW), name="一.docx")
    post.collect()
    post.decide("accept")
    post.apply()
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 2), "評価を改めた。"), name="二.docx")
    found = {p.path: p for p in post.collect() if p.file == "二.docx"}
    assert found[EVALUATION].kind is Kind.CHANGE
    assert found[RESULTS].kind is Kind.QUESTION
    assert found[RESULTS].old == NEW


@pytest.mark.parametrize(("ours", "kind"), [("これまで", Kind.QUESTION), ("このため、", Kind.CONFLICT)])
def test_both_sides_changed_sentences_apart_or_side_by_side(post: Post, ours: str, kind: Kind) -> None:
    text = yaml.safe_load(post.inputs())["initiatives"][2]["results"]
    theirs = text.replace("コンビナート電力については、", "電力については、")
    post.edited(lambda d: write(cell(d, INITIATIVES, 3, 1), theirs))
    head, _, tail = post.inputs().rpartition(ours)
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(f"{head}以前は、{tail}", encoding="utf-8")
    proposal = one(post)
    assert proposal.kind is kind
    assert proposal.new == (theirs.replace(ours, "以前は、") if kind is Kind.QUESTION else theirs)


def test_both_sides_changed_one_number(post: Post) -> None:
    post.edited(lambda d: write(cell(d, INDICATORS, 2, 3), "95"))
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(post.inputs().replace("{R2: 90}", "{R2: 93}"), encoding="utf-8")
    proposal = one(post)
    assert (proposal.kind, proposal.old, proposal.new) == (Kind.CONFLICT, "93", "95")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "0バイト"),
        (b"PK\x03\x04 broken", "壊れ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "パスワード"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_docx_is_refused(post: Post, data: bytes, word: str) -> None:
    post.put(data)
    proposal = one(post)
    assert proposal.kind is Kind.REFUSED
    assert word in proposal.why


def test_a_sheet_of_another_measure_in_the_frame_of_this_one_is_refused(post: Post) -> None:
    with (
        zipfile.ZipFile(io.BytesIO(post.sheet("1-2"))) as source,
        zipfile.ZipFile(io.BytesIO(post.sheet("1-3"))) as other,
    ):
        parts = {name: source.read(name) for name in source.namelist()}
        parts["word/document.xml"] = other.read("word/document.xml")
    post.put(packed(parts))
    proposal = one(post)
    assert proposal.kind is Kind.REFUSED
    assert "食い違" in proposal.why


def test_text_that_nobody_reads_refuses_the_file(post: Post) -> None:
    hidden = "<w:strange><w:r><w:t>読まれない文</w:t></w:r></w:strange>"
    post.rewritten(
        "（戦略会議の後に記載します）</w:t></w:r></w:p></w:tc><w:tc>",
        f"（戦略会議の後に記載します）</w:t></w:r>{hidden}</w:p></w:tc><w:tc>",
    )
    proposal = one(post)
    assert proposal.kind is Kind.REFUSED
    assert "読まれない文" in proposal.why


def test_a_comment_comes_with_its_field(post: Post) -> None:
    def edit(document: Document) -> None:
        run = cell(document, INITIATIVES, 1, 1).runs[0]
        document.add_comment([run], text="数字を確認中です。", author="商工 花子", initials="花")

    post.edited(edit)
    proposal = one(post)
    assert (proposal.kind, proposal.path, proposal.new) == (Kind.COMMENT, RESULTS, "数字を確認中です。")
    assert proposal.author == "商工 花子"


def odt() -> bytes:
    """Make the least that says it is an OpenDocument text."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return data.getvalue()


def test_another_programs_file_is_converted_where_that_can_be_done(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.edited(lambda d: write(cell(d, INITIATIVES, 1, 1), NEW), name="一.docx")
    docx = (post.inbox / "一.docx").read_bytes()
    (post.inbox / "一.docx").unlink()
    post.put(odt(), "一.odt")
    monkeypatch.setattr(libreoffice, "to_docx", lambda data, kind: docx if kind == "odt" else b"")
    proposal = one(post)
    assert (proposal.kind, proposal.path, proposal.new) == (Kind.CHANGE, RESULTS, NEW)
    assert "odt" in proposal.why


def test_another_programs_file_is_refused_where_it_cannot_be_converted(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(data: bytes, kind: str) -> bytes:
        raise OfficeFault("LibreOffice が見つかりません。")

    monkeypatch.setattr(libreoffice, "to_docx", missing)
    post.put(odt(), "一.odt")
    proposal = one(post)
    assert proposal.kind is Kind.REFUSED
    assert "docx形式" in proposal.why


def test_cells_merged_are_missing_and_asked(post: Post) -> None:
    def edit(document: Document) -> None:
        first, second = (document.tables[INITIATIVES].rows[1]._tr.tc_lst[n] for n in (1, 2))
        first.merge(second)

    post.edited(edit)
    found = {p.path: p for p in post.collect()}
    assert found[EVALUATION].kind is Kind.MISSING
    assert found[RESULTS].kind is Kind.QUESTION


def test_what_was_written_beside_the_prompt_is_asked_about(post: Post) -> None:
    post.edited(lambda d: cell(d, OPINIONS, 1, 1).add_run("御意見を踏まえて進めます。"))
    proposal = one(post)
    assert (proposal.kind, proposal.path) == (Kind.QUESTION, "measures/1-2.yaml#response")
    assert proposal.new == "御意見を踏まえて進めます。"


def test_without_bookmarks_the_place_is_asked_about(post: Post) -> None:
    def edit(document: Document) -> None:
        for mark in list(document.element.body.iter(qn("w:bookmarkStart"))):
            if not mark.get(qn("w:name"), "").startswith("hk_id"):
                mark.getparent().remove(mark)
        write(cell(document, INITIATIVES, 1, 1), NEW)

    post.edited(edit)
    proposal = one(post)
    assert (proposal.kind, proposal.path) == (Kind.QUESTION, RESULTS)
    assert "目印" in proposal.why


def add_row(document: Document) -> None:
    table = document.tables[INITIATIVES]
    row = table.add_row()  # type: ignore[no-untyped-call]
    row.cells[0].text, row.cells[1].text = "サテライトオフィスの誘致", "3社を誘致した。"


def waiting(post: Post) -> list[str]:
    board = post.collected().board
    assert board is not None
    return [one.what for one in board.attentions if one.what == "入力データに書き足す行"]


def test_an_added_row_is_told_until_the_inputs_have_it(post: Post) -> None:
    post.edited(add_row)
    (added,) = post.collect()
    assert "サテライトオフィスの誘致" in added.new and "書き足してください" in added.why
    assert waiting(post) == []
    post.decide("accept")
    assert waiting(post) == ["入力データに書き足す行"]
    path = post.project.inputs / "measures/1-2.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = "サテライトオフィスの誘致"
    content["initiatives"].append({"id": "office", "name": name, "activities": [], "results": "", "evaluation": ""})
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert waiting(post) == []


def test_an_added_row_that_is_rejected_is_done(post: Post) -> None:
    post.edited(add_row)
    post.collect()
    post.decide("reject")
    assert waiting(post) == []
