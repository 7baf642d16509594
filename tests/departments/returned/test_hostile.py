"""Files that want to do harm, or only are none of ours: refused with the reason, and the others are read."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable, Mapping
from random import Random

import pytest

from pipeline.model.correspondence import Kind, Proposal
from tests.departments.returned.post import Post, packed

Parts = dict[str, bytes]
_TEXT, _LINKS, _TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def declared(parts: Parts, declaration: str) -> Mapping[str, bytes]:
    _, _, text = parts[_TEXT].decode().partition("?>")
    return {_TEXT: f'<?xml version="1.0"?>{declaration}{text.replace("（戦略会議", "&a;（戦略会議", 1)}'.encode()}


def linked(parts: Parts, kind: str, target: str, mode: str = "External") -> Mapping[str, bytes]:
    link = f'<Relationship Id="rIdX" Type="{_KIND}{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return {_LINKS: parts[_LINKS].replace(b"</Relationships>", link.encode())}


def ended(parts: Parts, more: str) -> Mapping[str, bytes]:
    return {_TEXT: parts[_TEXT].replace(b"<w:sectPr", more.encode() + b"<w:sectPr", 1)}


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0)


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + bytes(8)


_CHANGED: dict[str, tuple[Callable[[Parts], Mapping[str, bytes]], str]] = {
    "entity": (lambda p: declared(p, '<!DOCTYPE d [<!ENTITY a "文">]>'), "文書型宣言"),
    "file-entity": (lambda p: declared(p, '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "文書型宣言"),
    "entity-bomb": (
        lambda p: declared(
            p, f'<!DOCTYPE d [<!ENTITY b "{"x" * 5000}"><!ENTITY c "{"&b;" * 5000}"><!ENTITY a "{"&c;" * 5000}">]>'
        ),
        "壊れて",
    ),
    "declaration-in-styles": (
        lambda p: {
            "word/styles.xml": b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d">' + p["word/styles.xml"].partition(b"?>")[2]
        },
        "文書型宣言",
    ),
    "ratio": (lambda p: {_TEXT: b"<w:document>" + b" " * 20_000_000 + b"</w:document>"}, "大きすぎる"),
    "many-parts": (lambda _: {f"word/x{n}.xml": b"" for n in range(1001)}, "多すぎる"),
    "path": (lambda _: {"../../evil.txt": b""}, "部品の名前"),
    "backslash-path": (lambda _: {"word\\..\\..\\evil.txt": b""}, "部品の名前"),
    "macros": (lambda _: {"word/vbaProject.bin": _OLE}, "マクロ"),
    "macros-in-capitals": (lambda _: {"word/VBAPROJECT.BIN": _OLE}, "マクロ"),
    "macros-by-another-name": (
        lambda p: {**linked(p, "vbaProject", "x.bin", "Internal"), "word/x.bin": _OLE},
        "マクロ",
    ),
    "docm": (lambda p: {_TYPES: p[_TYPES].replace(b"document.main+xml", b"document.macroEnabled.main+xml")}, "マクロ"),
    "controls": (lambda _: {"word/activeX/activeX1.bin": b""}, "マクロ"),
    "png": (lambda _: {"word/media/x.png": png(2**31 - 1, 2**31 - 1)}, "画像"),
    "jpeg": (lambda _: {"word/media/x.jpg": jpeg(65535, 65535)}, "画像"),
    "deep": (lambda p: ended(p, "<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000), "壊れて"),
    "paragraphs": (lambda p: ended(p, "<w:p/>" * 40_000), "大きすぎる"),
    "headers": (
        lambda p: {"word/header1.xml": p["word/header1.xml"].replace(b"</w:hdr>", b"<w:p/>" * 6000 + b"</w:hdr>")},
        "大きすぎる",
    ),
    "document-by-another-name": (
        lambda p: {
            "_rels/.rels": p["_rels/.rels"].replace(b"word/document.xml", b"word/document.dat"),
            "word/document.dat": Random(1).randbytes(5_000_000).hex().encode(),
        },
        "大きすぎる",
    ),
    "links": (
        lambda p: {
            _LINKS: p[_LINKS].replace(
                b"</Relationships>",
                "".join(f'<Relationship Id="l{n}" Type="{_KIND}image" Target="a"/>' for n in range(2_000)).encode()
                + b"</Relationships>",
            )
        },
        "大きすぎる",
    ),
    "comments-around-everything": (
        lambda p: ended(p, f"<w:p>{'<w:commentRangeStart/>' * 1_000}{'<w:r><w:t>あ</w:t></w:r>' * 600}</w:p>"),
        "大きすぎる",
    ),
    "large-parts": (
        lambda _: {f"word/h{n}.xml": Random(n).randbytes(900_000).hex().encode() for n in range(6)},
        "大きす",
    ),
}


@pytest.mark.parametrize("case", _CHANGED)
def test_a_hostile_sheet_is_refused_and_the_next_is_read(post: Post, case: str) -> None:
    change, word = _CHANGED[case]
    parts = opened(post.sheet())
    post.put(packed({**parts, **change(parts)}), "一.docx")
    post.put(post.sheet(), "二.docx")
    found = post.collected()
    assert [sheet.identity is None for sheet in found.sheets] == [True, False]
    refused(found.proposals, word)


def refused(proposals: tuple[Proposal, ...], word: str) -> None:
    (proposal,) = proposals
    assert proposal.kind is Kind.REFUSED
    assert word in proposal.why


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xff\xd8\xff\xe0 jpeg", "画像"),
        ("報告します。".encode(), "Word"),
        (_OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        (packed({"a.txt": b"x"}), "圧縮"),
        (packed({"[Content_Types].xml": b"<t/>", "xl/workbook.xml": b"<w/>"}), "Excel"),
        (
            packed({"_rels/.rels": f'<r><Relationship Type="{_KIND}officeDocument" Target="xl/w.xml"/></r>'.encode()}),
            "圧縮",
        ),
    ],
)
def test_other_files_are_refused_whatever_their_names(post: Post, data: bytes, word: str) -> None:
    post.put(data)
    refused(post.collect(), word)


@pytest.mark.parametrize("kept", [0.5, 0.999])
def test_a_truncated_file_is_refused(post: Post, kept: float) -> None:
    sheet = post.sheet()
    post.put(sheet[: int(len(sheet) * kept)])
    refused(post.collect(), "壊れて")


def test_a_file_with_a_wrong_sum_is_refused(post: Post) -> None:
    sheet = bytearray(post.sheet())
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        at = package.getinfo(_TEXT).header_offset + 600
    sheet[at] ^= 0x55
    post.put(bytes(sheet))
    refused(post.collect(), "壊れて")


def test_a_part_that_is_there_twice_refuses_the_file(post: Post) -> None:
    data = io.BytesIO(post.sheet())
    with zipfile.ZipFile(data, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(_TEXT, b"<other/>")
    post.put(data.getvalue())
    refused(post.collect(), "重なって")


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://127.0.0.1:9/a.png"),
        ("attachedTemplate", "http://127.0.0.1:9/t.dotm"),
        ("oleObject", "file:///C:/x.xlsx"),
    ],
)
def test_what_word_would_fetch_is_told(post: Post, kind: str, target: str) -> None:
    parts = opened(post.sheet())
    post.put(packed({**parts, **linked(parts, kind, target)}))
    (proposal,) = post.collect()
    assert (proposal.kind, proposal.new) == (Kind.OUTSIDE, target)


def test_what_is_no_plain_file_is_refused(post: Post) -> None:
    post.put(post.sheet(), "課/回答.docx")
    (post.inbox / "リンク.docx").symlink_to(post.inbox / "課" / "回答.docx")
    (post.inbox / "輪").symlink_to(post.inbox)
    os.mkfifo(post.inbox / "管.docx")
    found = {proposal.file: proposal.why for proposal in post.collect()}
    assert sorted(found) == ["リンク.docx", "管.docx", "輪"]
    assert "リンク" in found["輪"]


def test_names_that_cannot_be_shown_are_shown_otherwise(post: Post) -> None:
    post.put(b"x", "\x1b[31m赤\u202e.docx")
    with (post.inbox / os.fsdecode(b"\xff\x8d.docx")).open("wb") as stream:
        stream.write(b"y")
    assert sorted(proposal.file for proposal in post.collect()) == ["\ufffd[31m赤\ufffd.docx", "\ufffd\ufffd.docx"]
    assert "\ufffd[31m赤" in post.proposals.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_opened_is_refused(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.put(post.sheet())
    monkeypatch.setattr("pathlib.Path.open", denied)
    from pipeline.departments.returned import deliveries

    (delivery,) = deliveries(post.project.inputs)
    assert "開けません" in delivery.refusal


def denied(*_: object) -> None:
    raise PermissionError


def test_what_holds_itself_many_times_is_read_in_no_time(post: Post) -> None:
    parts = opened(post.sheet())
    box = "<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>"
    boxes = "<w:r><w:t>底の文字</w:t></w:r>"
    for _ in range(40):
        boxes = box.format(boxes)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="c{n}"><w:basedOn w:val="c{n + 1}"/></w:style>' for n in range(9_000)
    )
    heads = parts["word/styles.xml"].replace(b"</w:styles>", f"{styles}</w:styles>".encode())
    post.put(packed({**parts, **ended(parts, f"<w:p>{boxes}</w:p>"), "word/styles.xml": heads}))
    assert [proposal.new for proposal in post.collect() if proposal.new] == ["底の文字"]
