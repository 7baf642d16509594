"""The second engine: what is asked of LibreOffice, and what the user reads when it does not deliver.

A script stands in for LibreOffice, so that these tests need none; the last test uses the real one where there is one.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import docx
import pypdfium2
import pytest

from pipeline import office

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


def files(folder: Path, *names: str) -> list[Path]:
    made = [folder / name for name in names]
    for path in made:
        path.write_text(path.stem)
    return made


def leftovers(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "temporary").iterdir())


def test_every_file_gets_its_pdf_in_order(tmp_path: Path, stand_in: Path) -> None:
    behave(stand_in, _DELIVER)
    given = files(tmp_path, "2-1_子育て 支援.docx", "-1.docx")
    made = office.convert(given, tmp_path / "out", 30)
    assert made == (tmp_path / "out" / "2-1_子育て 支援.pdf", tmp_path / "out" / "-1.pdf")
    assert [path.read_text() for path in made] == ["%PDF-1.7 2-1_子育て 支援", "%PDF-1.7 -1"]
    assert leftovers(tmp_path) == []


def test_it_works_in_a_profile_of_its_own_without_macros(tmp_path: Path, stand_in: Path) -> None:
    report = tmp_path / "seen"
    fonts, registry = "cat $FONTCONFIG_FILE", 'cat "$HOME/profile/user/registrymodifications.xcu"'
    behave(stand_in, f'(echo "$@"; {fonts}; {registry}) > {report}\n{_DELIVER}')
    office.convert(files(tmp_path, "a.docx"), tmp_path / "out", 30)
    seen = report.read_text()
    assert "-env:UserInstallation=file://" in seen
    assert "templates/fonts</dir>" in seen
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in seen


def test_without_libreoffice_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    with pytest.raises(office.OfficeFault, match="apt install libreoffice-writer"):
        office.convert(files(tmp_path, "a.docx"), tmp_path / "out", 30)


def test_a_file_without_a_pdf_is_named_and_nothing_is_written(tmp_path: Path, stand_in: Path) -> None:
    behave(stand_in, f'echo "Error: source file could not be loaded"\n{_DELIVER}rm -f "$HOME/0002.pdf"\n')
    with pytest.raises(office.OfficeFault, match=r"「b\.docx」をPDFにできません(.|\n)*could not be loaded"):
        office.convert(files(tmp_path, "a.docx", "b.docx"), tmp_path / "out", 30)
    assert not (tmp_path / "out").exists()


def test_a_failure_gives_its_code(tmp_path: Path, stand_in: Path) -> None:
    behave(stand_in, "exit 77\n")
    with pytest.raises(office.OfficeFault, match="終了コード 77"):
        office.convert(files(tmp_path, "a.docx"), tmp_path / "out", 30)


def test_one_that_does_not_end_is_ended_with_its_children(tmp_path: Path, stand_in: Path) -> None:
    child = tmp_path / "child"
    behave(stand_in, f"sleep 600 & echo $! > {child}.part; mv {child}.part {child}\nwait\n")
    with pytest.raises(office.OfficeFault, match="秒以内に終わらなかった"):
        office.convert(files(tmp_path, "a.docx"), tmp_path / "out", 1)
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"
    assert leftovers(tmp_path) == []


def test_two_files_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one name"):
        office.convert([tmp_path / "a" / "x.docx", tmp_path / "b" / "x.docx"], tmp_path, 30)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_a_pdf_in_the_report_typeface(tmp_path: Path) -> None:
    source = tmp_path / "試験.docx"
    document = docx.Document()
    document.add_paragraph("施策の評価")
    document.save(str(source))
    (made,) = office.convert([source], tmp_path / "out", 120)
    with pypdfium2.PdfDocument(made) as pdf:
        assert "施策の評価" in pdf[0].get_textpage().get_text_range()
    assert b"BIZUDPGothic" in made.read_bytes()
