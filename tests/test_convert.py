"""Word files to PDF on the command line: one or many, refusals by name, nothing half written."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.project import run


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A Word file of one line in the report's typeface."""
    document = docx.Document(str(Path(__file__).parent.parent / "templates/cover.docx"))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    document.add_paragraph("評価シートの提出について")
    document.save(str(tmp_path / "依頼文.docx"))
    return tmp_path / "依頼文.docx"


def text(path: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def test_one_file_to_one_pdf(letter: Path) -> None:
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert "評価シートの提出について" in text(letter.parent / "out.pdf")


def test_several_files_to_a_folder(letter: Path) -> None:
    shutil.copy(letter, letter.with_name("写し.docx"))
    assert run(letter.parent, "convert", "依頼文.docx", "写し.docx", "made").returncode == 0
    assert sorted(p.name for p in (letter.parent / "made").iterdir()) == ["依頼文.pdf", "写し.pdf"]


def test_a_file_that_is_no_docx_is_refused_and_an_earlier_pdf_stays(tmp_path: Path) -> None:
    (tmp_path / "memo.docx").write_text("メモ")
    (tmp_path / "out.pdf").write_bytes(b"earlier")
    done = run(tmp_path, "convert", "memo.docx", "out.pdf")
    assert done.returncode == 1
    assert "memo.docx: エラー" in done.stdout
    assert (tmp_path / "out.pdf").read_bytes() == b"earlier"


def test_a_construct_that_cannot_be_drawn_is_named_with_the_text_nearby(letter: Path) -> None:
    document = docx.Document(str(letter))
    document.paragraphs[0].add_run("KPI").font.name = "Comic Sans MS"
    document.save(str(letter))
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert done.returncode == 1
    assert "評価シート" in done.stdout and "Comic Sans MS" in done.stdout
    assert not (letter.parent / "out.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("absent.docx", "out.pdf"), "absent.docx"),
        (("依頼文.docx", "依頼文.docx", "made"), "同じ名前"),
        (("依頼文.docx", "a/依頼文.docx", "out.pdf"), "フォルダー"),
    ],
)
def test_wrong_usage(letter: Path, arguments: tuple[str, ...], message: str) -> None:
    (letter.parent / "a").mkdir()
    shutil.copy(letter, letter.parent / "a")
    done = run(letter.parent, "convert", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_libreoffice_asked_for_and_missing_is_said_with_how_to_install_it(
    letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(letter.parent))
    done = run(letter.parent, "convert", "--engine", "libreoffice", "依頼文.docx", "out.pdf")
    assert done.returncode == 3
    assert "LibreOffice が見つかりません" in done.stderr
