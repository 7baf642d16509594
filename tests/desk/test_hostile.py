"""What nobody sends by accident: lengths that are none, clients that wait, crowds, masses, names that are markup."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.desk import server, shown
from tests.departments.returned.post import Post
from tests.desk.desks import Served, served
from tests.desk.test_deciding import changed, decisions, listed, row_of
from tests.project import FIXTURES, YEAR, copy_project

_MASS = 1_900
"""Keys of a file, of which each is wrong."""


def spoken(desk: Served, *lines: str, body: bytes = b"") -> bytes:
    """Send a request as it is written here; return all that comes until the desk hangs up."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(
            "\r\n".join((*lines, f"Host: 127.0.0.1:{desk.port}", f"Cookie: {desk.cookie}", "", "")).encode() + body
        )
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_what_comes_with_a_question_is_no_second_question(desk: Served) -> None:
    second = f"GET /state HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {desk.cookie}\r\n\r\n".encode()
    for length in (f"Content-Length: {len(second)}", "Transfer-Encoding: chunked"):
        assert spoken(desk, "GET /state HTTP/1.1", length, body=second).count(b"HTTP/1.1 ") == 1


def test_a_client_that_sends_less_than_it_said_is_left(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server._Handler, "timeout", 0.2)
    said = ("POST /decide HTTP/1.1", "Content-Type: application/json", f"Origin: {desk.origin}")
    assert spoken(desk, *said, f"X-Desk-Token: {desk.writing}", "Content-Length: 100000", body=b"{") == b""
    assert desk.get("/state").status == 200


def test_a_client_that_sends_a_byte_now_and_then_is_left(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server._Handler, "timeout", 0.4)
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line, pytest.raises(OSError):
        for byte in b"GET /state HTTP/1.1\r\nX: " + b"y" * 100:
            line.sendall(bytes([byte]))
            time.sleep(0.05)
    assert desk.get("/state").status == 200


def test_a_crowd_is_turned_away_and_the_desk_goes_on(desk: Served) -> None:
    with ExitStack() as crowd:
        lines = [
            crowd.enter_context(socket.create_connection(("127.0.0.1", desk.port), timeout=20))
            for _ in range(server._MOST + 5)
        ]
        assert lines[-1].recv(1) == b""
    assert desk.get("/state").status == 200


def test_masses_of_findings_are_shown_in_part_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_project(tmp_path, FIXTURES / "small")
    for path in (folder / "inputs" / YEAR / "measures").glob("*.yaml"):
        wrong = "".join(f"x{number}: 1\n" for number in range(_MASS))
        path.write_text(path.read_text(encoding="utf-8") + wrong, encoding="utf-8")
    with served(folder) as one:
        one.desk.make()
        told = one.get("/state").data
        assert 3 <= len(told["findings"]) + told["rest"] <= 3 * _MASS
        monkeypatch.setattr(shown, "_MOST", 2)
        fewer = one.get("/state").data
        assert fewer["findings"] == told["findings"][:2]
        assert fewer["rest"] == len(told["findings"]) - 2


def test_a_text_of_ten_million_characters_is_refused_in_words(tmp_path: Path) -> None:
    folder = copy_project(tmp_path, FIXTURES / "small")
    path = folder / "inputs" / YEAR / "measures" / "1-1.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"x: {'あ' * 10_000_000}\n", encoding="utf-8")
    with served(folder) as one:
        one.desk.make()
        (found,) = one.get("/state").data["findings"]
        assert "大きすぎます" in found["message"]


def test_names_that_are_markup_or_turn_the_line_around_are_texts(tmp_path: Path) -> None:
    folder = copy_project(tmp_path, FIXTURES / "small")
    name = "1-9'\"><img src=x onerror=alert(1)>#%2e\u202e.yaml"
    (folder / "inputs" / YEAR / "measures" / name.replace("/", "")).write_text("measure: [\n", encoding="utf-8")
    with served(folder) as one:
        one.desk.make()
        found = next(one for one in one.get("/state").data["findings"] if "1-9" in one["file"])
        assert "\u202e" not in found["file"]
        assert "<U+202E>" in found["file"]
        assert not set("<>\"'#\u202e") & set(found["editor"])


def test_files_whose_names_look_alike_are_read_each_by_itself(post: Post) -> None:
    """Names in the encoding of another system, of which nothing can be shown."""
    for name, text in ((b"\x89\xf1\x93\x9a.docx", "一つめの文章。"), (b"\x8f\xc1\x90\xb3.docx", "二つめの文章。")):
        post.edited(changed(text))
        (post.inbox / "回答.docx").rename(post.inbox / os.fsdecode(name))
    again = post.inbox / "\u200b\u200b\u200b\u200b.docx"
    again.write_bytes((post.inbox / os.fsdecode(name)).read_bytes())
    with served(post.root) as desk:
        desk.post("/collect")
        rows = {row["file"]: row for row in desk.post("/collect").data["rows"]}
        assert {file: row["kind"] for file, row in rows.items()} == {
            "����.docx": "conflict", "����（2）.docx": "conflict", "����（3）.docx": "refused"
        }  # fmt: skip
        for row in rows.values():
            assert desk.get(f"/returned?id={row['id']}").data["places"] or row["kind"] == "refused"


@pytest.fixture
def office(post: Post) -> Iterator[tuple[Post, Served]]:
    post.edited(changed("修正した文章。"), name="<script>alert(1)</script>.js.docx")
    post.put(b"<script>alert(1)</script>", "..%2f..%2findex.html.docx")
    post.collect()
    with served(post.root) as one:
        yield post, one


def test_of_two_windows_the_later_answer_is_asked_for_again(office: tuple[Post, Served]) -> None:
    post, desk = office
    row = row_of(desk, "<script>alert(1)</script>.js.docx")
    first = {"id": row["id"], "seen": row["decision"]}
    desk.post("/decide", {**first, "verdict": "reject", "reason": "様式のため。"})
    told = desk.post("/decide", {**first, "verdict": "accept"}).data
    assert "読み直しました" in told["message"]
    assert decisions(post)[row["id"]] == {"reject": "様式のため。"}
    again = next(one for one in listed(desk) if one["id"] == row["id"])
    desk.post("/decide", {"id": row["id"], "seen": again["decision"], "verdict": "accept"})
    assert decisions(post)[row["id"]] == "accept"


def test_returned_files_named_like_scripts_are_never_addresses(office: tuple[Post, Served]) -> None:
    _, desk = office
    for row in listed(desk):
        assert desk.get(f"/page/{row['file']}".replace(" ", "")).status in (400, 404)
        assert desk.get(f"/returned?id={row['id']}").headers["Content-Type"] == "application/json"
