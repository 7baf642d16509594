"""Sending from the desk: what would go out is shown, and only that is made; nothing is recorded before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Shared
from tests.departments.returned.post import Post, sent_project
from tests.desk.desks import Served, served
from tests.desk.test_deciding import changed
from tests.project import FIXTURES, copy_project


@pytest.fixture
def office(shared: Shared, tmp_path: Path) -> Iterator[tuple[Post, Served]]:
    """The small city, its sheets sent, on a desk."""
    sent = shared("sending", lambda folder: sent_project(copy_project(folder, FIXTURES / "small")))
    post = Post(Path(shutil.copytree(sent, tmp_path / "office")))
    with served(post.root) as one:
        yield post, one


def records(post: Post) -> list[str]:
    return sorted(path.stem for path in (post.project.inputs / "issued").glob("*.json"))


def unsent(post: Post) -> None:
    for record in (post.project.inputs / "issued").glob("*-1-2-*"):
        record.unlink()


def test_what_would_go_out_is_shown_and_then_made(office: tuple[Post, Served]) -> None:
    post, desk = office
    unsent(post)
    before = records(post)
    planned = desk.post("/send", {"sort": "send", "deadline": "2021-07-30"}).data
    files = {file["file"]: file["isNew"] for folder in planned["folders"] for file in folder["files"]}
    assert files == {"1-1_港の整備.docx": False, "1-2_創業の支援.docx": True, "2-1_観光と交流.docx": False}
    assert records(post) == before
    done = desk.post("/send", {"sort": "send", "deadline": "2021-07-30", "shown": planned["shown"]}).data
    assert (done["isDone"], done["path"]) == (True, str(post.project.outputs / "send"))
    assert len(records(post)) == len(before) + 1
    assert desk.get("/board").data["progress"][0]["sent"] == 3


def test_what_changed_since_it_was_shown_is_shown_anew(office: tuple[Post, Served]) -> None:
    post, desk = office
    unsent(post)
    planned = desk.post("/send", {"sort": "send"}).data
    assert "「各課に送る」の「回答の期限」を 2021-07-30" in planned["findings"][0]["hint"]
    path = post.project.inputs / "measures" / "1-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("。", "等。", 1), encoding="utf-8")
    told = desk.post("/send", {"sort": "send", "shown": planned["shown"]}).data
    assert "変わりました" in told["message"]
    assert "isDone" not in told
    assert len(records(post)) == 2


def test_a_reminder_goes_to_those_who_have_not_answered(office: tuple[Post, Served]) -> None:
    post, desk = office
    post.put(post.sheet("1-1"), "1-1.docx")
    planned = desk.post("/send", {"sort": "remind"}).data
    assert [file["file"][:3] for folder in planned["folders"] for file in folder["files"]] == ["1-2", "2-1"]
    assert planned["answered"] == 1
    assert desk.post("/send", {"sort": "remind", "shown": planned["shown"]}).data["isDone"]


def test_what_was_rejected_goes_back(office: tuple[Post, Served]) -> None:
    post, desk = office
    assert "返すものはありません" in desk.post("/send", {"sort": "sendback"}).data["message"]
    post.edited(changed("直した文。"), "1-1")
    post.collect()
    (row,) = desk.get("/proposals").data["rows"]
    desk.post("/decide", {"id": row["id"], "verdict": "reject", "reason": "様式のため。"})
    planned = desk.post("/send", {"sort": "sendback"}).data
    assert desk.post("/send", {"sort": "sendback", "shown": planned["shown"]}).data["isDone"]
    assert [name for name in records(post) if "-1-1-02-" in name]


def test_what_cannot_be_sent_is_told_with_the_reason(office: tuple[Post, Served]) -> None:
    desk = office[1]
    told = desk.post("/send", {"sort": "send", "again": "9-9"}).data
    assert [one["id"] for one in told["findings"]] == ["send-unknown-measure"]
    assert (told["folders"], told["message"]) == ([], "")


@pytest.mark.parametrize(
    "content",
    [{}, {"sort": "burn"}, {"sort": "send", "deadline": "7月"}, {"sort": "send", "again": ["1-2"]},
     {"sort": "send", "again": "1" * 1001}, {"sort": "send", "deadline": 1}],
)  # fmt: skip
def test_what_the_page_never_sends_is_refused(office: tuple[Post, Served], content: dict[str, object]) -> None:
    post, desk = office
    before = records(post)
    assert desk.post("/send", content).status == 400
    assert records(post) == before
