"""Deciding on the desk: answers are saved at once by the rules of ``make review``; apply and undo say what changes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from docx.document import Document

from pipeline.documents import pdf
from pipeline.stages import validate
from pipeline.storage import outputs
from pipeline.workflows import as_returned
from tests.departments.returned.post import INITIATIVES, Post, cell, write
from tests.desk.desks import Served, served

HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=1</script>\u202e'


@pytest.fixture(scope="module")
def returned(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sent project with two returned sheets that were read; not to be changed."""
    post = Post(Path(shutil.copytree(sent, tmp_path_factory.mktemp("returned") / "project")))
    post.edited(changed("修正した文章。", HOSTILE))
    post.edited(changed("別の課の文章。"), name="再提出.docx")
    post.collect()
    return post.root


@pytest.fixture
def office(returned: Path, tmp_path: Path) -> Iterator[tuple[Post, Served]]:
    """A copy of it on a desk."""
    post = Post(Path(shutil.copytree(returned, tmp_path / "project")))
    with served(post.root) as one:
        yield post, one


def changed(*texts: str) -> Any:  # noqa: ANN401 - what edits a document
    """Return what writes texts over the results of the first initiatives."""

    def edit(document: Document) -> None:
        for row, text in enumerate(texts, 1):
            write(cell(document, INITIATIVES, row, 1), text)

    return edit


def listed(desk: Served) -> list[Any]:
    rows = desk.get("/proposals").data["rows"]
    assert isinstance(rows, list)
    return rows


def decisions(post: Post) -> dict[str, object]:
    table = yaml.safe_load(post.proposals.read_text(encoding="utf-8"))["proposals"]
    return {p["id"]: p["decision"] for p in table}


def row_of(desk: Served, file: str) -> Any:  # noqa: ANN401 - as it came
    return next(row for row in listed(desk) if row["file"] == file and row["kind"] != "refused")


def test_both_texts_are_told_with_what_differs_and_the_file(office: tuple[Post, Served]) -> None:
    row = row_of(office[1], "回答.docx")
    assert row["headings"] == ["今の内容（入力データ）", "提案（回答.docx）"]
    assert any(mark == "ins" for mark, _ in row["new"])
    assert "取組・成果" in row["title"]


def test_an_answer_is_saved_at_once_and_taken_back(office: tuple[Post, Served]) -> None:
    post, desk = office
    row = row_of(desk, "回答.docx")
    saved = desk.post("/decide", {"id": row["id"], "verdict": "reject", "reason": "様式のため。"}).data
    assert decisions(post)[row["id"]] == {"reject": "様式のため。"}
    assert saved["open"] == len(listed(desk)) - 1
    desk.post("/take-back")
    assert set(decisions(post).values()) == {"open"}
    assert desk.post("/take-back").data["message"] == "取り消す答えはありません。"


def test_a_comment_is_beside_its_field_and_answered_by_itself(post: Post) -> None:
    def edit(document: Document) -> None:
        changed("修正した文章。")(document)
        document.add_comment(cell(document, INITIATIVES, 1, 1).runs, "数は、月末に決まります。")

    post.edited(edit)
    post.collect()
    with served(post.root) as desk:
        rows = listed(desk)
        assert [len(row["comments"]) for row in rows if row["kind"] == "change"] == [1]
        for row in rows:
            saved = desk.post("/decide", {"id": row["id"], "verdict": "accept"}).data
        assert saved["waiting"] == []


def test_what_was_accepted_in_the_same_place_is_asked_about_with_both_texts(office: tuple[Post, Served]) -> None:
    post, desk = office
    first, second = row_of(desk, "回答.docx"), row_of(desk, "再提出.docx")
    assert first["path"] == second["path"]
    desk.post("/decide", {"id": first["id"], "verdict": "accept"})
    asked = desk.post("/decide", {"id": second["id"], "verdict": "accept"}).data
    assert [rival["headings"] for rival in asked["rivals"]] == [["前の採用（回答.docx）", "これ（再提出.docx）"]]
    assert any(mark == "ins" for mark, _ in asked["rivals"][0]["new"])
    assert decisions(post)[second["id"]] == "open"
    desk.post("/decide", {"id": second["id"], "verdict": "accept", "sure": True})
    assert (decisions(post)[first["id"]], decisions(post)[second["id"]]) == ("reject", "accept")


def test_a_text_that_cannot_be_written_is_refused_with_the_proposals_name(office: tuple[Post, Served]) -> None:
    post, desk = office
    row = row_of(desk, "回答.docx")
    refused = desk.post("/decide", {"id": row["id"], "verdict": "accept", "text": "絵文字\U0001f600"}).data["refused"]
    assert refused["id"] == row["id"]
    assert refused["reason"]
    assert decisions(post)[row["id"]] == "open"


NEVER_SENT: tuple[dict[str, object], ...] = (
    {"verdict": "accept", "text": " "},
    {"verdict": "accept", "text": 1},
    {"verdict": "burn"},
    {"verdict": "reject", "reason": ["x"]},
    {"verdict": "accept", "text": "x" * 100_001},
    {},
)


def test_what_the_page_never_sends_is_refused(office: tuple[Post, Served]) -> None:
    post, desk = office
    row = row_of(desk, "回答.docx")
    for content in NEVER_SENT:
        assert desk.post("/decide", {"id": row["id"], **content}).status == 400, content
        assert set(decisions(post).values()) == {"open"}


def test_a_proposal_that_is_gone_gives_the_list_anew(office: tuple[Post, Served]) -> None:
    told = office[1].post("/decide", {"id": "../../x", "verdict": "accept"}).data
    assert "一覧を読み直しました" in told["message"]
    assert told["rows"]


def test_the_rest_of_a_sheet_is_told_and_then_taken(office: tuple[Post, Served]) -> None:
    post, desk = office
    rows = [row for row in listed(desk) if row["kind"] == "change"]
    wanted = {"id": row_of(desk, "回答.docx")["id"], "which": "sheet"}
    told = desk.post("/decide-many", wanted).data["many"]
    assert {one["id"] for one in told} <= {row["id"] for row in rows}
    assert set(decisions(post).values()) == {"open"}
    saved = desk.post("/decide-many", {**wanted, "sure": True}).data
    assert {one["id"] for one in saved.get("saved", [])} == {one["id"] for one in told}
    assert desk.post("/decide-many", {**wanted, "which": "all", "sure": True}).data == {"many": []}


def test_what_is_applied_is_told_before_and_can_be_undone(office: tuple[Post, Served]) -> None:
    post, desk = office
    row, before = row_of(desk, "回答.docx"), post.inputs()
    assert desk.get("/apply").data["changes"] == []
    desk.post("/decide", {"id": row["id"], "verdict": "accept"})
    (change,) = desk.get("/apply").data["changes"]
    assert (change["path"], change["new"]) == (row["path"], "修正した文章。")
    assert post.inputs() == before
    assert "1か所" in desk.post("/apply").data["message"]
    assert "修正した文章。" in post.inputs()
    assert [change["old"] for change in desk.get("/undo").data["changes"]] == ["修正した文章。"]
    assert "1か所" in desk.post("/undo").data["message"]
    assert post.inputs() == before


def test_markup_of_returned_files_stays_text(office: tuple[Post, Served]) -> None:
    told = office[1].get("/proposals")
    assert told.headers["Content-Type"] == "application/json"
    pieces = [piece for row in told.data["rows"] for piece in row["new"]]
    assert any("<script>" in text for _, text in pieces)
    assert ["code", "U+202E"] in pieces


def test_the_board_tells_what_came_back(office: tuple[Post, Served]) -> None:
    board = office[1].get("/board").data
    row = next(row for group in board["groups"] for row in group["rows"] if row["id"] == "1-2")
    assert (row["sent"], row["returned"]) == ("第1回", "2件")
    assert board["progress"] == [{"name": "施策", "all": 3, "sent": 3, "back": 1}]


def test_the_board_leaves_what_is_blank_to_the_findings(office: tuple[Post, Served]) -> None:
    """Each of a new year's many stood before the table."""
    path = office[0].project.inputs / "measures" / "1-2.yaml"
    emptied = re.sub(r"( evaluation:) \|-\n(?:    .*\n)+", r'\1 ""\n', path.read_text(encoding="utf-8"), count=1)
    path.write_text(emptied, encoding="utf-8")
    found = validate.read(office[0].project.inputs, office[0].root).diagnostics
    assert "initiative-evaluation-empty" in {d.id for d in found}
    told = {one["id"] for one in office[1].get("/board").data["findings"]}
    assert "initiative-evaluation-empty" not in told


def test_reading_what_came_back_keeps_what_was_decided(office: tuple[Post, Served]) -> None:
    post, desk = office
    row = row_of(desk, "回答.docx")
    desk.post("/decide", {"id": row["id"], "verdict": "accept"})
    post.edited(changed("三つめの文章。"), measure="1-3", name="1-3.docx")
    told = desk.post("/collect").data
    assert told["message"] == "3件のファイルを読みました。"
    assert decisions(post)[row["id"]] == "accept"
    assert any(row["file"] == "1-3.docx" for row in told["rows"])


def test_another_run_is_told_of_and_nothing_is_lost(
    office: tuple[Post, Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "PATIENCE", 0.1)
    post, desk = office
    row = row_of(desk, "回答.docx")
    with outputs.locked(post.project.outputs):
        told = desk.post("/decide", {"id": row["id"], "verdict": "accept"})
    assert (told.status, "別の画面で実行中" in told.text) == (409, True)
    assert desk.post("/decide", {"id": row["id"], "verdict": "accept"}).data["saved"]


def test_the_sheet_that_came_back_is_shown_where_the_text_stands(office: tuple[Post, Served]) -> None:
    post, desk = office
    row = row_of(desk, "再提出.docx")
    told = desk.get(f"/returned?id={row['id']}").data
    assert (told["reason"], told["pages"] > told["page"]) == ("", True)
    assert told["places"]
    shown = desk.get(f"/returned-picture?id={row['id']}&page={told['page']}")
    assert (shown.headers["Content-Type"], shown.body[:4]) == ("image/png", b"\x89PNG")
    (post.inbox / "再提出.docx").unlink()
    hostile = desk.get(f"/returned?id={row_of(desk, '回答.docx')['id']}").data["reason"]
    assert "U+202E" in hostile
    assert "\u202e" not in hostile
    assert "ありません" in desk.get(f"/returned?id={row['id']}").data["reason"]


def test_who_does_not_wait_for_the_drawing_decides(
    office: tuple[Post, Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office[1]
    row, begun, decided = row_of(desk, "再提出.docx"), Event(), Event()
    draw = pdf.draw_document

    def slow(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is handed on
        begun.set()
        assert decided.wait(20)
        return draw(*given, **named)

    monkeypatch.setattr(pdf, "draw_document", slow)
    as_returned._drawn.cache_clear()
    with ThreadPoolExecutor() as windows:
        looked = windows.submit(desk.get, f"/returned?id={row['id']}")
        assert begun.wait(20)
        assert desk.post("/decide", {"id": row["id"], "verdict": "accept"}).data["saved"]
        assert "1か所" in desk.post("/apply").data["message"]
        decided.set()
        assert looked.result().data["places"]


@pytest.mark.parametrize(("limit", "most"), [("_MOST", 1_000), ("_LONGEST", 500)])
def test_a_novel_is_not_drawn(
    office: tuple[Post, Served], monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    row = row_of(office[1], "再提出.docx")
    as_returned._drawn.cache_clear()
    monkeypatch.setattr(as_returned, limit, most)
    assert "大きなファイル" in office[1].get(f"/returned?id={row['id']}").data["reason"]


def test_browsers_hear_of_no_work_where_only_a_file_is_looked_at(
    office: tuple[Post, Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = row_of(office[1], "再提出.docx")
    said: list[object] = []
    monkeypatch.setattr(office[1].desk.news, "say", said.append)
    assert office[1].get(f"/returned?id={row['id']}").data["places"]
    assert said == []


def test_no_page_is_shown_that_is_not_there(office: tuple[Post, Served]) -> None:
    desk = office[1]
    row = row_of(desk, "回答.docx")
    for asked in (f"id={row['id']}&page=99", f"id={row['id']}&page=-1", f"id={row['id']}", f"id={row['id']}&page=１"):
        assert desk.get(f"/returned-picture?{quote(asked, safe='=&')}").status == 404, asked
    assert desk.get("/returned-picture?id=../../x&page=0").status == 404


def test_a_file_that_is_not_read_is_not_drawn(office: tuple[Post, Served]) -> None:
    post, desk = office
    post.put(b"PK\x03\x04", "<img src=x>.docx")
    desk.post("/collect")
    (row,) = (row for row in listed(desk) if row["kind"] == "refused")
    assert desk.get(f"/returned-picture?id={row['id']}&page=0").status == 404
    assert desk.get(f"/returned?id={row['id']}").data["reason"]
