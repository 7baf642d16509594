"""Word files to PDF on the command line: one or many, refusals by name, nothing half written."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import docx
import pypdfium2
import pytest

from pipeline.documents import pdf
from pipeline.model.options import Engine
from pipeline.workflows.convert import Conversion, convert
from tests.documents.docx.docx_files import FONT, PICTURE, W, p, picture, png, r
from tests.documents.docx.docx_files import docx as small
from tests.project import ROOT, environment, run, started


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A Word file of one line in the report's typeface."""
    document = docx.Document(str(ROOT / "templates/cover.docx"))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    document.add_paragraph("評価シートの提出について")
    document.save(str(tmp_path / "依頼文.docx"))
    return tmp_path / "依頼文.docx"


def text(path: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def test_one_file_to_one_pdf(letter: Path) -> None:
    done = started(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert "評価シートの提出について" in text(letter.parent / "out.pdf")


def test_several_files_to_a_folder(letter: Path) -> None:
    shutil.copy(letter, letter.with_name("写し.docx"))
    assert run(letter.parent, "convert", "依頼文.docx", "写し.docx", "made").returncode == 0
    assert sorted(p.name for p in (letter.parent / "made").iterdir()) == ["依頼文.pdf", "写し.pdf"]


def test_a_folder_of_files_and_one_that_fails_does_not_stop_the_others(letter: Path) -> None:
    (letter.parent / "in").mkdir()
    shutil.move(letter, letter.parent / "in" / "三.docx")
    (letter.parent / "in" / "一.DOCX").write_bytes((letter.parent / "in" / "三.docx").read_bytes())
    (letter.parent / "in" / "二.docx").write_text("メモ")
    (letter.parent / "in" / "~$三.docx").write_text("Wordが開いている印")
    done = run(letter.parent, "convert", "in", "made")
    assert done.returncode == 1
    assert sorted(p.name for p in (letter.parent / "made").iterdir()) == ["一.pdf", "三.pdf"]
    assert [line for line in done.stdout.splitlines() if line.startswith("(")] == [
        "(1/3) made/一.pdf", "(2/3) made/三.pdf", "(3/3) in/二.docx はPDFにできませんでした",
    ]  # fmt: skip
    assert done.stdout.endswith("3件のうち2件をPDFにしました。\n")


def test_tracked_changes_are_shown_and_told_unless_asked_to_accept_them(letter: Path) -> None:
    deleted = "<w:del w:id='2'><w:r><w:delText>まで</w:delText></w:r></w:del>"
    letter.write_bytes(small(p("提出に", extra=f"<w:ins w:id='1'>{r('ついて')}</w:ins>{deleted}")))
    shown = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert shown.returncode == 0
    assert "変更履歴" in shown.stdout and "--accept-changes" in shown.stdout
    assert "提出についてまで" in text(letter.parent / "out.pdf")
    done = run(letter.parent, "convert", "--accept-changes", "依頼文.docx", "out.pdf")
    assert (done.returncode, done.stdout) == (0, "out.pdf\n")
    assert "提出について" in text(letter.parent / "out.pdf")


def test_comments_are_left_out_with_a_word_about_it(letter: Path) -> None:
    comment = "<w:comment w:id='0'><w:p><w:r><w:t>確認</w:t></w:r></w:p></w:comment>"
    comments = f"<w:comments xmlns:w='{W}'>{comment}</w:comments>"
    letter.write_bytes(small(p("本文", run=FONT), related={"c": ("comments", "c.xml")}, parts={"c.xml": comments}))
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert done.returncode == 0
    assert "コメント（1件）はPDFに入れていません" in done.stdout
    assert "確認" not in text(letter.parent / "out.pdf")


def test_figures_without_words_are_told(letter: Path) -> None:
    for alt in ("", "市章"):
        image = {"media/image1.png": png()}
        letter.write_bytes(small(p("本文", extra=picture(alt=alt)), related=PICTURE, parts=image))
        done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
        assert ("代替テキストのない図（1個）" in done.stdout) == (not alt)


def test_a_date_that_word_works_out_anew_is_drawn_as_stored_with_a_word_about_it(letter: Path) -> None:
    stored = f"<w:fldSimple w:instr='DATE'>{r('令和7年8月18日')}</w:fldSimple>"
    letter.write_bytes(small(p("", extra=stored)))
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert (done.returncode, text(letter.parent / "out.pdf")) == (0, "令和 7 年 8 月 18 日")
    assert "日付に変わるフィールド（1か所）" in done.stdout and "Ctrl＋Shift＋F9" in done.stdout


def test_all_that_cannot_be_drawn_is_told_with_what_to_do(letter: Path) -> None:
    letter.write_bytes(small(p("甲", "<w:bidi/>") + p("乙", extra="<w:r><w:object/></w:r>")))
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert done.returncode == 1
    assert "「甲」の付近にある右から左への段落" in done.stdout and "左から右" in done.stdout
    assert "「乙」の付近にある埋め込みオブジェクト" in done.stdout and "図（PNG）" in done.stdout


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "古い形式のWord文書（doc）"),
        (b"", "壊れています"),
    ],
)
def test_files_of_another_kind_are_named(letter: Path, data: bytes, message: str) -> None:
    letter.write_bytes(data)
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert done.returncode == 1
    assert message in done.stdout


def test_a_fault_of_the_program_stops_one_file_only(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(letter, letter.with_name("後.docx"))
    draw = pdf.draw

    def faulty(parts: Sequence[pdf.PdfPart], info: pdf.PdfInfo) -> bytes:
        if parts[0].name == letter.name:
            raise AssertionError("思いがけないこと")
        return draw(parts, info)

    monkeypatch.setattr(pdf, "draw", faulty)
    wanted = Conversion((letter, letter.with_name("後.docx")), letter.parent, Engine.EMBEDDED)
    converted = convert(wanted, lambda file, made: None)
    assert [path.name for path in converted.made] == ["後.pdf"]
    assert [d.id for d in converted.diagnostics] == ["docx-fault"]
    assert isinstance(converted.fault, AssertionError)


def test_a_file_that_is_no_docx_is_refused_and_an_earlier_pdf_stays(tmp_path: Path) -> None:
    (tmp_path / "memo.docx").write_text("メモ")
    (tmp_path / "out.pdf").write_bytes(b"earlier")
    done = run(tmp_path, "convert", "memo.docx", "out.pdf")
    assert done.returncode == 1
    assert "memo.docx: エラー" in done.stdout
    assert (tmp_path / "out.pdf").read_bytes() == b"earlier"


def test_a_construct_that_cannot_be_drawn_is_named_with_the_text_nearby(letter: Path) -> None:
    document = docx.Document(str(letter))
    document.paragraphs[0].add_run("KPI").font.rtl = True
    document.save(str(letter))
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert done.returncode == 1
    assert "評価シート" in done.stdout and "右から左への文字" in done.stdout
    assert not (letter.parent / "out.pdf").exists()


def test_another_typeface_is_drawn_and_told_and_stops_where_it_is_to(letter: Path) -> None:
    document = docx.Document(str(letter))
    document.paragraphs[0].add_run("KPI").font.name = "Comic Sans MS"
    document.save(str(letter))
    done = run(letter.parent, "convert", "依頼文.docx", "out.pdf")
    assert done.returncode == 0
    assert "Comic Sans MS→BIZ UDPゴシック" in done.stdout
    strict = run(letter.parent, "convert", "--strict-fonts", "依頼文.docx", "other.pdf")
    assert strict.returncode == 1
    assert "Comic Sans MS" in strict.stdout and "BIZ UDゴシック" in strict.stdout
    assert not (letter.parent / "other.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("absent.docx", "out.pdf"), "absent.docx"),
        (("依頼文.docx", "依頼文.docx", "made"), "同じ名前"),
        (("依頼文.docx", "a/依頼文.docx", "out.pdf"), "フォルダー"),
        (("empty", "made"), "フォルダーにWordファイル"),
        (("--accept-changes", "--engine", "libreoffice", "依頼文.docx", "out.pdf"), "一緒には使えません"),
        (("--pdf-standard", "ua2", "--engine", "libreoffice", "依頼文.docx", "out.pdf"), "一緒には使えません"),
    ],
)
def test_wrong_usage(letter: Path, arguments: tuple[str, ...], message: str) -> None:
    (letter.parent / "a").mkdir()
    (letter.parent / "empty").mkdir()
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


CUT_SHORT = """
import resource, sys
from pipeline.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.exit(main(sys.argv[1:]))
"""
"""Converts on a disk that takes no more than a thousand bytes of a file."""
KILLED = """
import os, pathlib, sys
from pipeline.cli.main import main
pathlib.Path.replace = lambda *_: os._exit(9)
main(sys.argv[1:])
"""
"""Converts until the PDF is about to take its place."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
@pytest.mark.parametrize(("script", "code"), [(CUT_SHORT, 3), (KILLED, 9)])
def test_an_earlier_pdf_outlives_a_full_disk_and_a_kill(letter: Path, script: str, code: int) -> None:
    earlier = letter.with_name("out.pdf")
    earlier.write_bytes(b"earlier")
    arguments = [sys.executable, "-c", script, "convert", letter.name, earlier.name]
    # A disk that takes only so many bytes would cut off the compiled modules of this checkout, too.
    surroundings = {**environment(), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(arguments, cwd=letter.parent, env=surroundings, capture_output=True, timeout=60, check=False)
    assert done.returncode == code, done.stderr
    assert earlier.read_bytes() == b"earlier"
    left = [path.name for path in letter.parent.glob(".*.building.*")]
    assert len(left) == (code == 9)
    assert run(letter.parent, "convert", letter.name, earlier.name).returncode == 0
    assert earlier.read_bytes().startswith(b"%PDF")


def titled(data: bytes, title: str) -> bytes:
    """Return a docx with a title in its properties."""
    document = docx.Document(io.BytesIO(data))
    document.core_properties.title = title
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize(("title", "said"), [(" 提出の\nお願い ", "提出の お願い"), ("", "依頼文")])
def test_a_pdf_has_the_title_of_the_word_file_else_its_name(letter: Path, title: str, said: str) -> None:
    letter.write_bytes(titled(letter.read_bytes(), title))
    assert run(letter.parent, "convert", "依頼文.docx", "out.pdf").returncode == 0
    assert pypdfium2.PdfDocument(letter.parent / "out.pdf").get_metadata_value("Title") == said


def test_a_pdf_of_the_newer_standards_is_made_where_asked_for(letter: Path) -> None:
    assert run(letter.parent, "convert", "--pdf-standard", "ua2", "依頼文.docx", "out.pdf").returncode == 0
    made = (letter.parent / "out.pdf").read_bytes()
    assert made.startswith(b"%PDF-2.0") and b"<pdfuaid:part>2<" in made
