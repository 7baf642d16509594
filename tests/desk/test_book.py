"""The book on the desk: pages as they are in outputs, exchanged where they changed, findings beside them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.desk.desks import Served, served
from tests.project import FIXTURES, YEAR, copy_project


def test_pages_are_those_of_the_outputs(desk: Served) -> None:
    pages = desk.get("/state").data["pages"]
    assert [page["label"] for page in pages][:2] == ["表紙", "目次"]
    picture = desk.get(f"/picture?key={pages[0]['key']}&scale=1")
    size = Image.open(io.BytesIO(picture.body)).size
    assert abs(size[0] - pages[0]["width"]) <= 1
    assert "immutable" in picture.headers["Cache-Control"]


def test_the_text_of_a_page_stands_where_it_is_printed(desk: Served) -> None:
    state = desk.get("/state").data
    sheet = next(page for page in state["pages"] if page["measure"])
    texts = desk.get(f"/texts?key={sheet['key']}").data
    assert any("重要業績評価指標" in text for text, *_ in texts)
    for _, left, top, width, height in texts:
        assert 0 <= left <= left + width <= sheet["width"] + 1
        assert -1 <= top <= top + height <= sheet["height"] + 1


def test_what_is_not_there_is_not_found(desk: Served) -> None:
    key = desk.get("/state").data["pages"]
    for path in (
        f"/picture?key={key[0]['key']}&scale=99",
        "/picture?key=x&scale=1",
        "/texts?key=x",
        "/texts",
        "/other",
    ):
        assert desk.get(path).status == 404


def test_only_pages_of_what_changed_are_exchanged(tmp_path: Path) -> None:
    with served(copy_project(tmp_path, FIXTURES / "small")) as one:
        one.desk.make()
        before = one.get("/state").data
        file = sorted((tmp_path / "inputs" / YEAR / "measures").glob("*.yaml"))[0]
        text = file.read_text(encoding="utf-8")
        place = text.index("。")
        file.write_text(text[:place] + "等" + text[place:], encoding="utf-8")
        one.desk.make()
        after = one.get("/state").data
        changed = [b for a, b in zip(before["pages"], after["pages"], strict=True) if a["key"] != b["key"]]
        assert {page["measure"] for page in changed} == {file.stem}


def test_errors_leave_the_last_good_book_with_what_is_wrong(tmp_path: Path) -> None:
    with served(copy_project(tmp_path, FIXTURES / "small")) as one:
        one.desk.make()
        before = one.get("/state").data
        file = sorted((tmp_path / "inputs" / YEAR / "measures").glob("*.yaml"))[0]
        file.write_text(file.read_text(encoding="utf-8") + "unknown-key: 1\n", encoding="utf-8")
        one.desk.make()
        after = one.get("/state").data
        assert (after["isCurrent"], after["pages"]) == (False, before["pages"])
        first = after["findings"][0]
        assert (first["severity"], first["file"]) == ("error", f"inputs/{YEAR}/measures/{file.stem}.yaml")
        assert {after["pages"][n]["measure"] for n in first["pages"]} == {file.stem}
