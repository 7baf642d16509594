"""The second engine: what is asked of LibreOffice, and what the user reads when it does not deliver.

A script stands in for LibreOffice, so that these tests need none; the last test uses the real one where there is one.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pypdfium2
import pytest

from pipeline.cli.console import PlainReporter
from pipeline.cli.main import main
from pipeline.diagnostics import Severity, to_json
from pipeline.documents import libreoffice
from pipeline.documents.docx import read
from pipeline.documents.fonts import face, metrics
from pipeline.documents.office_fault import OfficeFault
from pipeline.documents.standard import Standard
from pipeline.model.documents import Book, Part
from pipeline.model.options import Engine
from pipeline.storage.store import Store
from pipeline.workflows.convert import Conversion, Converted, convert
from pipeline.workflows.run_log import Log
from pipeline.workflows.services import Services
from tests.documents.docx.docx_files import docx as small
from tests.documents.docx.docx_files import p, r
from tests.documents.pdf.pages import drawn
from tests.stages.sheets.samples import results

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")

_LOOP = 'for f in "$@"; do case "$f" in *.docx) {work};; esac; done\n'
_DELIVER = _LOOP.format(work='printf "%%PDF-1.7 %s" "$(cat "$f")" > "${f%.docx}.pdf"')


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty script that is found as LibreOffice, with a folder for temporary files that nothing else uses."""
    script = tmp_path / "bin" / "soffice"
    script.parent.mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return script


def behave(script: Path, commands: str) -> None:
    script.write_text(f"#!/bin/sh\n{commands}")
    script.chmod(0o755)


def files(*names: str) -> list[tuple[str, bytes]]:
    return [(name, name.removesuffix(".docx").encode()) for name in names]


def leftovers(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "temporary").iterdir())


def is_ended(state: Path) -> bool:
    """Wait for a process that was ended; it may still be listed until somebody asks for it."""
    for _ in range(100):
        try:
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_every_file_gets_its_pdf_in_order(tmp_path: Path, stand_in: Path) -> None:
    behave(stand_in, _DELIVER)
    given = files("2-1_子育て 支援.docx", "-1.docx")
    made = libreoffice.convert(given, 30)
    assert [pdf.decode() for pdf in made] == ["%PDF-1.7 2-1_子育て 支援", "%PDF-1.7 -1"]
    assert leftovers(tmp_path) == []


def test_it_works_in_a_profile_of_its_own_without_macros(tmp_path: Path, stand_in: Path) -> None:
    report = tmp_path / "seen"
    fonts, registry = "cat $FONTCONFIG_FILE", 'cat "$HOME/profile/user/registrymodifications.xcu"'
    behave(stand_in, f'(echo "$@"; {fonts}; {registry}) > {report}\n{_DELIVER}')
    libreoffice.convert(files("a.docx"), 30)
    seen = report.read_text()
    assert "-env:UserInstallation=file://" in seen
    assert "documents/fonts</dir>" in seen
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in seen


def test_typefaces_that_others_draw_have_the_heights_that_word_gives_them(tmp_path: Path, stand_in: Path) -> None:
    fonts = tmp_path / "copies"
    behave(stand_in, f"cp -R $HOME/copies {fonts}; cat $FONTCONFIG_FILE > {tmp_path}/seen\n{_DELIVER}")
    named = small(p("国", run="<w:rFonts w:eastAsia='游ゴシック'/>"))
    libreoffice.convert([("a.docx", named)], 30)
    names = [f"BIZ UDGothic 1213 453-{style}.ttf" for style in ("Bold", "Regular")]
    assert sorted(path.name for path in fonts.iterdir()) == names
    told = (tmp_path / "seen").read_text(encoding="utf-8").splitlines()
    assert any("<string>游ゴシック<" in line and "<string>BIZ UDGothic 1213 453<" in line for line in told)
    copied = metrics.read(fonts / names[0])
    assert (copied.ascent, copied.descent) == pytest.approx((1213, -453), abs=0.5)
    assert copied.widths == metrics.read(face(bold=True, family="BIZ UDGothic").path).widths


def test_without_libreoffice_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "_USUAL_PLACES", ())
    with pytest.raises(OfficeFault, match="apt install libreoffice-writer"):
        libreoffice.convert(files("a.docx"), 30)


def test_a_file_without_a_pdf_is_named_and_nothing_is_written(tmp_path: Path, stand_in: Path) -> None:
    behave(stand_in, f'echo "Error: source file could not be loaded"\n{_DELIVER}rm -f "$HOME/0002.pdf"\n')
    with pytest.raises(OfficeFault, match=r"「b\.docx」をPDFにできません(.|\n)*could not be loaded"):
        libreoffice.convert(files("a.docx", "b.docx"), 30)


def test_a_failure_gives_its_code(tmp_path: Path, stand_in: Path) -> None:
    behave(stand_in, "exit 77\n")
    with pytest.raises(OfficeFault, match="終了コード 77"):
        libreoffice.convert(files("a.docx"), 30)


def test_one_that_does_not_end_is_ended_with_its_children(tmp_path: Path, stand_in: Path) -> None:
    child = tmp_path / "child"
    behave(stand_in, f"sleep 600 & echo $! > {child}.part; mv {child}.part {child}\nwait\n")
    with pytest.raises(OfficeFault, match="秒以内に終わらなかった"):
        libreoffice.convert(files("a.docx"), 1)
    assert is_ended(Path(f"/proc/{child.read_text().strip()}/stat"))
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("commands", ["exit 77\n", "sleep 600\n", "true\n"])
def test_nothing_is_left_of_a_failure(tmp_path: Path, stand_in: Path, commands: str) -> None:
    behave(stand_in, f"touch $HOME/lock $TMPDIR/lu123.tmp\n{commands}")
    with pytest.raises(OfficeFault):
        libreoffice.convert(files("a.docx"), 0.5)
    assert leftovers(tmp_path) == []


def test_the_users_own_home_is_not_needed(tmp_path: Path, stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, "/proc/nowhere")  # where not even root can write
    writes = 'for d in "$HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"; do mkdir -p "$d" && touch "$d/own" || exit 1; done'
    behave(stand_in, f"{writes}\n{_DELIVER}")
    (made,) = libreoffice.convert(files("a.docx"), 30)
    assert made == b"%PDF-1.7 a"


def test_two_runs_at_once_have_each_a_profile(tmp_path: Path, stand_in: Path) -> None:
    """Each waits until the other has begun, and then has its own files before it still."""
    met = f'mkdir {tmp_path}/met-$$; while [ "$(ls -d {tmp_path}/met-* | wc -l)" -lt 2 ]; do sleep 0.05; done'
    behave(stand_in, f"echo $HOME >> {tmp_path}/homes\n{met}\n{_DELIVER}")
    given = [[("同じ名前.docx", name.encode())] for name in ("一", "二")]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda one: libreoffice.convert(one, 30), given))
    assert [pdf.decode() for (pdf,) in made] == ["%PDF-1.7 一", "%PDF-1.7 二"]
    assert len(set((tmp_path / "homes").read_text().split())) == 2


# -- what it draws is checked as our own drawing is


def delivered(stand_in: Path, *pdfs: bytes) -> None:
    """Let the stand-in deliver these PDFs, whatever it is given."""
    for number, pdf in enumerate(pdfs, 1):
        (stand_in.parent / f"{number:04d}.pdf").write_bytes(pdf)
    behave(stand_in, f'cp {stand_in.parent}/*.pdf "$HOME"\n')


def converted(tmp_path: Path, *texts: str) -> Converted:
    """Convert files of one line each, with strange names."""
    names = ["-1 評価 シート.docx", "2.docx"]
    given = tuple(tmp_path / name for name in names[: len(texts)])
    for path, text in zip(given, texts, strict=True):
        path.write_bytes(small(p(text)))
    return convert(Conversion(given, tmp_path / "out", Engine.LIBREOFFICE), lambda file, made: None)


def test_text_that_it_loses_is_a_warning_and_the_file_is_named(tmp_path: Path, stand_in: Path) -> None:
    delivered(stand_in, drawn(small(p("施策の評価"))), drawn(small(p("別の文"))))
    done = converted(tmp_path, "施策の評価", "失われた文")
    assert [path.name for path in done.made] == ["-1 評価 シート.pdf", "2.pdf"]
    assert [(d.id, Path(d.place.file).name) for d in done.diagnostics] == [("pdf-text-missing", "2.docx")]


def test_what_it_draws_by_another_typeface_is_told(tmp_path: Path, stand_in: Path) -> None:
    delivered(stand_in, drawn(small(p("施策の評価"))))
    path = tmp_path / "一.docx"
    path.write_bytes(small(p("施策の評価", run="<w:rFonts w:eastAsia='ＭＳ 明朝'/>")))
    done = convert(Conversion((path,), tmp_path / "out", Engine.LIBREOFFICE), lambda file, made: None)
    assert [(d.id, "ＭＳ 明朝→BIZ UD明朝" in d.message, "--strict" in d.hint) for d in done.diagnostics] == [
        ("docx-typeface", True, False)
    ]


def test_a_pdf_that_was_made_of_what_we_cannot_draw_gets_no_warning(
    tmp_path: Path, stand_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    delivered(stand_in, drawn(small(p("施策") + p("評価", "<w:pageBreakBefore/>"))))
    path = tmp_path / "一.docx"
    path.write_bytes(small(p("施策") + p("評価") + p("", extra=r("影", "<w:shadow/>"))))
    assert main(["convert", "--engine", "libreoffice", str(path), str(tmp_path / "out")]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == [f"{tmp_path}/out/一.pdf", ""]
    assert shown[2].endswith("一.docx（エラー0件、注意0件、お知らせ1件）")
    assert "お知らせ: PDFにしました。" in shown[3]
    assert shown[3].endswith("[pdf-unchecked]")


def test_nothing_more_is_said_of_what_is_whole(
    tmp_path: Path, stand_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    delivered(stand_in, drawn(small(p("施策"))))
    path = tmp_path / "一.docx"
    path.write_bytes(small(p("施策")))
    assert main(["convert", "--engine", "libreoffice", str(path), str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/out/一.pdf\n"


def test_a_page_has_the_number_that_the_parts_before_leave_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []

    def office(files: Sequence[tuple[str, bytes]]) -> tuple[bytes, ...]:
        given.extend(data for _, data in files)
        return tuple(drawn(data) for data in given)

    monkeypatch.setattr(libreoffice, "convert", office)
    parts = [small(p("表紙") + p("裏", "<w:pageBreakBefore/>")), small(p("目次"))]
    book = Book("評価", "市", tuple(Part(str(n), one, None, "頁", False) for n, one in enumerate(parts)), (), {})
    services = Services(results(), Log(PlainReporter(io.StringIO(), to_json)), Store(tmp_path))
    services.print(book, Engine.LIBREOFFICE, Standard.UA1)
    starts = [section.first_page for data in given for section in read(data, "x").sections]
    assert starts == [1, 3]


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (p("施策は、進んだ。"), {"pdf-untagged": Severity.WARNING}),
        (p("施策は、進んだ"), {"pdf-untagged": Severity.WARNING, "pdf-mark-missing": Severity.WARNING}),
        (p("施策は、"), {"pdf-untagged": Severity.WARNING, "pdf-text-missing": Severity.ERROR}),
        (
            p("施策は、進んだ。") + p("次", "<w:pageBreakBefore/>"),
            {"pdf-untagged": Severity.WARNING, "pdf-page-count": Severity.ERROR},
        ),
    ],
)
def test_a_book_that_lost_text_or_breaks_elsewhere_is_not_made(
    tmp_path: Path, stand_in: Path, made: str, found: dict[str, Severity]
) -> None:
    delivered(stand_in, drawn(small(made)))
    book = Book("評価", "市", (Part("1-1", small(p("施策は、進んだ。")), 4, "", False),), (), {})
    services = Services(results(), Log(PlainReporter(io.StringIO(), to_json)), Store(tmp_path))
    assert {d.id: d.severity for d in services.print(book, Engine.LIBREOFFICE, Standard.UA1).diagnostics} == found


def test_one_file_that_it_cannot_read_leaves_all_earlier_pdfs(tmp_path: Path, stand_in: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "2.pdf").write_bytes(b"earlier")
    delivered(stand_in, drawn(small(p("一"))))
    with pytest.raises(OfficeFault, match=r"「2\.docx」をPDFにできません"):
        converted(tmp_path, "一", "二")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2.pdf"]
    assert (tmp_path / "out" / "2.pdf").read_bytes() == b"earlier"


def test_two_files_of_one_name_are_not_mixed_up(stand_in: Path) -> None:
    behave(stand_in, _DELIVER)
    assert libreoffice.convert([("x.docx", b"a"), ("x.docx", b"b")], 30) == (b"%PDF-1.7 a", b"%PDF-1.7 b")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_a_pdf_in_the_report_typeface() -> None:
    source = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("施策の評価")
    document.save(source)
    (made,) = libreoffice.convert([("試験.docx", source.getvalue())], 120)
    with pypdfium2.PdfDocument(made) as pdf:
        assert "施策の評価" in pdf[0].get_textpage().get_text_range()
    assert b"BIZUD" in made  # the typefaces that stand in for those that the file names
