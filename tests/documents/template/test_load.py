"""Template files as clerks leave them: what cannot be used is named before anything is filled."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.documents.template import load
from tests.project import ROOT

_RUN = '<w:ins w:id="1" w:author="x"><w:r><w:t>書き足し</w:t></w:r></w:ins>'
_NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
_MATH = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:phant/></m:oMath>'


def told(folder: Path) -> tuple[str, str]:
    (found,) = load(folder, "cover.docx").diagnostics
    assert str(found.place) == f"{folder.name}/cover.docx"
    assert found.hint
    return found.id, found.message


@pytest.mark.parametrize(("inserted", "words"), [(_RUN, "変更履歴"), (_NOTE, "脚注"), (_MATH, "数式")])
def test_what_the_pages_could_not_show_is_refused_with_its_place(inserted: str, words: str, tmp_path: Path) -> None:
    result = io.BytesIO()
    with zipfile.ZipFile(ROOT / "templates/cover.docx") as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            target.writestr(name, part.replace("</w:p>", f"{inserted}</w:p>", 1) if "document.xml" in name else part)
    (tmp_path / "cover.docx").write_bytes(result.getvalue())
    identifier, message = told(tmp_path)
    assert identifier == "template-unsupported"
    assert words in message


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html></html>"])
def test_what_is_no_word_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "cover.docx").write_bytes(content)
    assert told(tmp_path)[0] == "template-unreadable"


def test_an_old_or_locked_file_is_told_how_to_be_saved(tmp_path: Path) -> None:
    (tmp_path / "cover.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "パスワード" in told(tmp_path)[1]


def test_a_missing_file_and_a_folder_in_its_place_are_refused(tmp_path: Path) -> None:
    assert told(tmp_path)[0] == "template-missing"
    (tmp_path / "cover.docx").mkdir()
    assert told(tmp_path)[0] == "template-unreadable"
