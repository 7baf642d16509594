"""What else lies in the folder: several sheets in one file, traces of systems, mails, files of other programs."""

from __future__ import annotations

import io
import time
from copy import deepcopy

import docx
import pytest

from pipeline.departments.returned.guards import Refused
from pipeline.departments.returned.witnesses import identify
from pipeline.documents.docx.markup import W
from pipeline.model.correspondence import Identity, Kind
from tests.departments.returned.post import Post
from tests.project import YEAR

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def together(post: Post, *, marks: bool = True) -> bytes:
    """Paste the sheet 1-3 behind the sheet 1-2, as Word does: with its bookmarks."""
    one, other = (docx.Document(io.BytesIO(post.sheet(measure))) for measure in ("1-2", "1-3"))
    body, end = one.element.body, one.element.body[-1]
    for block in list(other.element.body)[:-1]:
        copy = deepcopy(block)
        if not marks:
            for mark in [m for m in copy.iter(f"{W}bookmarkStart") if "hk_id_" in m.get(f"{W}name", "")]:
                holder = mark.getparent()
                assert holder is not None
                holder.remove(mark)
        end.addprevious(copy)
    assert len(body)
    data = io.BytesIO()
    one.save(data)
    return data.getvalue()


def test_two_sheets_in_one_file_are_refused_by_their_names(post: Post) -> None:
    post.put(together(post), "二枚.docx")
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.path) == (Kind.REFUSED, None)
    assert f"{YEAR}-1-2-01-" in proposal.why
    assert f"{YEAR}-1-3-01-" in proposal.why


def test_a_second_sheet_without_its_number_is_told_with_its_measure(post: Post) -> None:
    post.put(together(post, marks=False))
    proposals = post.collect()
    assert {proposal.kind for proposal in proposals} == {Kind.OUTSIDE}
    assert any("1-3のシートの表が追加されています。" in proposal.why for proposal in proposals)


@pytest.mark.parametrize(
    "name",
    [
        "回答.docx:Zone.Identifier",
        "回答.docx\uf03aZone.Identifier",
        "別の回答.docx_Zone.Identifier",
        "回答.docx:com.dropbox.attrs",
        "~$回答.docx",
        ".~lock.回答.docx#",
        "~WRL0001.tmp",
        "Thumbs.db",
        "ehthumbs.db",
        "Desktop.ini",
        ".DS_Store",
        "._回答.docx",
    ],
)
def test_traces_of_systems_and_programs_are_passed_over(post: Post, name: str) -> None:
    post.put(post.sheet())
    post.put(b"\x00\x05\x16\x07", name)
    assert [sheet.file for sheet in post.collected().sheets] == ["回答.docx"]


@pytest.mark.parametrize("name", [".回答.docx", "~$回答.docx", "回答.docx:古い版.docx"])
def test_a_sheet_is_read_whatever_its_name(post: Post, name: str) -> None:
    post.put(post.sheet("1-3"))
    post.put(post.sheet(), name)
    assert sorted(s.identity.measure for s in post.collected().sheets if s.identity) == ["1-2", "1-3"]


@pytest.mark.parametrize("name", ["回答.docx.part", "別名:回答", "報告.tmp"])
def test_other_files_are_told(post: Post, name: str) -> None:
    post.put(b"x", name)
    assert [proposal.kind for proposal in post.collect()] == [Kind.REFUSED]


def compound(*streams: str) -> bytes:
    return _OLE + bytes(600) + b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("回答.msg", compound("__properties_version1.0"), "電子メール"),
        ("回答.msg", compound("WordDocument", "__substg1.0_0037001F"), "電子メール"),
        ("名前なし", compound("__properties_version1.0", "EncryptedPackage"), "電子メール"),
        ("回答.eml", b"Received: from a\r\n by b\r\nFrom: a@example.jp\r\n\r\nx", "電子メール"),
        ("回答.eml", b"\xef\xbb\xbfX-Mailer: a\nMIME-Version: 1.0\n\nx", "電子メール"),
        ("winmail.dat", b"\x78\x9f\x3e\x22", "電子メール"),
        ("表.xls", compound("Workbook", "WordDocument"), "Excel"),
        ("図.ppt", compound("PowerPoint Document"), "PowerPoint"),
        ("回答.jtd", compound("DocumentText"), "一太郎"),
        ("回答.doc", compound("WordDocument", "Workbook"), "doc形式"),
        ("回答.docx", compound("EncryptedPackage"), "パスワード"),
        ("何か", _OLE + bytes(600), "パスワード"),
    ],
)
def test_files_of_other_programs_are_called_by_their_names(
    post: Post, name: str, data: bytes, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no LibreOffice, which would try to read what only begins like a document
    post.put(data, name)
    (proposal,) = post.collect()
    assert proposal.kind is Kind.REFUSED
    assert word in proposal.why
    assert (word == "パスワード") == ("パスワード" in proposal.why)


def test_a_long_text_that_looks_like_a_mail_takes_no_time(post: Post) -> None:
    post.put(b"X-a: b\r\n c\r\n" * 100_000, "長い.txt")
    began = time.monotonic()
    assert [proposal.kind for proposal in post.collect()] == [Kind.REFUSED]
    assert time.monotonic() - began < 10


def test_a_sheet_of_another_year_is_refused_with_the_one_to_fill_in() -> None:
    earlier = Identity("2026", "1-2", 1, "a1b2c3")
    told = "2026年度に送ったシート（2026-1-2-01-a1b2c3）です。2027年度に送ったシートに記入してもらってください。"
    with pytest.raises(Refused, match=told):
        identify({"ヘッダー": (earlier,)}, (), "2027")
