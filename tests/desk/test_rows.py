"""A row that a department added becomes an initiative on one decision, and goes again when that is undone."""

from __future__ import annotations

from docx.document import Document

from tests.departments.returned.post import INITIATIVES, Post
from tests.desk.desks import served


def add_row(document: Document) -> None:
    row = document.tables[INITIATIVES].add_row()  # type: ignore[no-untyped-call]
    row.cells[0].text = "④ サテライトオフィスの誘致\n・視察の受入れ\n・家賃の補助"
    row.cells[1].text = "3社を誘致した。"


def test_a_row_becomes_an_initiative_on_one_decision(post: Post) -> None:
    post.edited(add_row)
    (added,) = post.collect()
    before = post.inputs()
    with served(post.root) as desk:
        assert desk.get("/proposals").data["rows"][0]["mayBeAdded"]
        shown = desk.post("/row", {"id": added.id}).data
        assert shown["file"] == "measures/1-2.yaml"
        assert post.inputs() == before
        assert desk.post("/row", {"id": added.id, "sure": True}).data["message"]
        lines = "\n".join(shown["lines"])
        assert lines in post.inputs()
        for words in ("name: サテライトオフィスの誘致", "- 視察の受入れ", "- 家賃の補助", "results: 3社を誘致した。"):
            assert words in lines
        assert desk.get("/proposals").data["open"] == 0
        assert desk.post("/row", {"id": added.id, "sure": True}).data["findings"][0]["id"] == "row-gone"
        assert desk.get("/undo").data["changes"]
        desk.post("/undo")
        assert post.inputs() == before
        assert desk.get("/proposals").data["open"] == 1


def test_a_row_of_which_nobody_can_tell_the_cells_is_left_to_people(post: Post) -> None:
    def edit(document: Document) -> None:
        row = document.tables[INITIATIVES].add_row()  # type: ignore[no-untyped-call]
        row.cells[0].text = "取組 | 別の欄"

    post.edited(edit)
    (added,) = post.collect()
    before = post.inputs()
    with served(post.root) as desk:
        told = desk.post("/row", {"id": added.id, "sure": True}).data
        assert told["findings"][0]["id"] == "row-unclear"
        assert desk.post("/row", {}).status == 400
    assert post.inputs() == before
