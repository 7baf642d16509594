"""Files that are broken, or made to do harm, are turned away before they are unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.docx import Damaged, DocxError, read
from pipeline.documents.docx.package import MAX_BYTES, MAX_PARTS
from tests.documents.docx.docx_files import docx, p, package
from tests.examples import tried

GOOD = docx(p("本文"))


def turned_away(data: bytes) -> str:
    with pytest.raises(Damaged) as caught:
        read(data, "提出.docx")
    assert caught.value.name == "提出.docx"
    return caught.value.message


def test_not_a_zip() -> None:
    assert "Wordファイル" in turned_away(b"not a zip")


def test_no_document() -> None:
    assert "本文が見つかりません" in turned_away(package({"a.txt": "x"}))


def test_broken_xml() -> None:
    assert "word/styles.xml" in turned_away(docx(p(), parts={"styles.xml": "<a>"}))


def test_entities() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    assert "DOCTYPE" in turned_away(docx(p(), parts={"styles.xml": bomb}))


def test_external_entity() -> None:
    leak = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    assert "DOCTYPE" in turned_away(docx(p(), parts={"styles.xml": leak}))


def test_zip_bomb_by_ratio() -> None:
    assert "大きすぎる" in turned_away(docx(p(), parts={"media/x.bin": b"\0" * 2_000_000}))


def test_zip_bomb_by_size() -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("x", b"")
        archive.infolist()[-1].file_size = MAX_BYTES  # what the directory claims
        archive.infolist()[-1].compress_size = MAX_BYTES // 10
    assert "大きすぎる" in turned_away(buffer.getvalue())


def test_too_many_parts() -> None:
    many = {f"p{number}": "" for number in range(MAX_PARTS)}
    assert "多すぎる" in turned_away(docx(p(), parts=many))


def test_doubled_parts() -> None:
    buffer = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "重なって" in turned_away(buffer.getvalue())


def test_a_part_without_a_name_hinders_nothing() -> None:
    data = docx(p("x"), parts={"@@@@": ""}).replace(b"word/@@@@", b"\0ord/@@@@")
    assert read(data, "x.docx").sections


def test_style_that_is_its_own_parent() -> None:
    styles = "<w:style w:type='paragraph' w:styleId='A'><w:name w:val='輪'/><w:basedOn w:val='A'/></w:style>"
    assert "輪" in turned_away(docx(p("x", "<w:pStyle w:val='A'/>"), styles=styles))


@tried(60)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_damage_anywhere_ends_in_an_error_of_ours(at: int, noise: bytes) -> None:
    data = GOOD[:at] + noise + GOOD[at + len(noise) :]
    try:
        read(data, "x.docx")
    except DocxError as fault:
        assert fault.message
