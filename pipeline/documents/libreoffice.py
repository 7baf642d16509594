"""The optional second engine: LibreOffice, asked to turn Word files into PDF.

In: docx files. Out: a PDF for each. The stage ``pdf``, ``workflows.convert`` and the comparison of both engines call.

Each call has a temporary folder of its own for the files, LibreOffice's profile, and its fonts, and removes it
afterwards; nothing of the user's own LibreOffice is read or changed, and another one may be open at the same time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain
from pathlib import Path

from pipeline.documents.fonts import FAMILY, FOLDER, OTHER_NAMES
from pipeline.documents.fonts.copies import copies
from pipeline.documents.fonts.substitutes import spellings
from pipeline.documents.office_fault import OfficeFault

SECONDS = 120.0
"""The time LibreOffice gets for all files of a call."""
_COMMANDS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
)
_MISSING = (
    "LibreOffice が見つかりません。\n"
    "→ 次のように入れてから、もう一度実行してください（https://ja.libreoffice.org/ からも入れられます）。\n"
    "   Windows          winget install TheDocumentFoundation.LibreOffice\n"
    "   Mac              brew install --cask libreoffice\n"
    "   Debian・Ubuntu   sudo apt install libreoffice-writer\n"
    "   Fedora           sudo dnf install libreoffice-writer\n"
    "→ LibreOffice を使わずに作るときは、ENGINE=libreoffice を付けずに実行してください。"
)
_RETRY = "→ ENGINE=libreoffice を付けなければ、LibreOffice を使わずに作れます。"
_SHOWN = 300
_DOCX = "MS Word 2007 XML"
_FILTERS = {"doc": "MS Word 97", "odt": "writer8"}
"""LibreOffice's names for kinds of files."""

# Untrusted files: no macros, no links followed. Text without a language is taken as Word takes it in
# Japan. PDFs are tagged.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Linguistic/General", "DefaultLocale", "en-US"),
    ("org.openoffice.Office.Linguistic/General", "DefaultLocale_CJK", "ja-JP"),
    ("org.openoffice.Office.Common/Filter/PDF/Export", "UseTaggedPDF", "true"),
)
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n'
)
_ITEM = '<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
_FONTS = (
    '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
    "<fontconfig><dir>{fonts}</dir><dir>{copies}</dir><cachedir>{cache}</cachedir>\n{names}"
    '<match><edit name="family" mode="append_last"><string>{default}</string></edit></match></fontconfig>\n'
)
_FONTS_FILE, _COPIES = "fonts.conf", "copies"
_NAME = (
    '<match><test name="family"><string>{name}</string></test>'
    '<edit name="family" mode="assign" binding="same"><string>{family}</string></edit></match>\n'
)


def find() -> Path:
    """Return LibreOffice's command; raises ``OfficeFault``, with how to install it, where there is none."""
    found = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if found is not None:
        return Path(found)
    place = next((path for path in _USUAL_PLACES if path.is_file()), None)
    if place is None:
        raise OfficeFault(_MISSING)
    return place


def convert(files: Sequence[tuple[str, bytes]], timeout: float = SECONDS) -> tuple[bytes, ...]:
    """Return the PDFs of docx files (name for messages, content), made in one call of LibreOffice, in their order.

    ``timeout`` (seconds) is for all files together. Raises ``OfficeFault`` when LibreOffice is missing, fails on a file
    or takes too long, ``OSError`` when the temporary folder cannot be written.
    """
    if not files:
        return ()
    command = find()
    with tempfile.TemporaryDirectory(prefix="libreoffice-", ignore_cleanup_errors=True) as name:
        workshop = Path(name).resolve()
        sources = [_numbered(workshop, index, "docx") for index in range(len(files))]
        for (_, data), source in zip(files, sources, strict=True):
            source.write_bytes(data)
        _write_fonts(workshop, _mentioned(files))
        record = _run(_arguments(command, workshop, sources), workshop, timeout)
        made = [_numbered(workshop, index, "pdf") for index in range(len(files))]
        _check([name for name, _ in files], made, record)
        return tuple(pdf.read_bytes() for pdf in made)


def to_docx(data: bytes, kind: str) -> bytes:
    """Convert an older or foreign text document (``kind``: doc or odt) to docx; macros never run.

    Raises ``OfficeFault`` when LibreOffice is missing, fails or takes too long.
    """
    command = find()
    with tempfile.TemporaryDirectory(prefix="libreoffice-", ignore_cleanup_errors=True) as name:
        workshop = Path(name).resolve()
        source, made = _numbered(workshop, 0, kind), _numbered(workshop, 0, "docx")
        source.write_bytes(data)
        _write_fonts(workshop, ())
        into = ["--convert-to", f"docx:{_DOCX}", "--outdir", str(workshop), str(source)]
        _run([*_opening(command, workshop, _FILTERS[kind]), *into], workshop, SECONDS)
        if not made.is_file():
            raise OfficeFault("LibreOffice でdocxに変換できませんでした。")
        return made.read_bytes()


def _numbered(workshop: Path, index: int, ending: str) -> Path:
    """Return a file a name that no command line or locale misreads."""
    return workshop / f"{index + 1:04d}.{ending}"


def _arguments(command: Path, workshop: Path, sources: Sequence[Path]) -> list[str]:
    into = ("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(workshop))
    return [*_opening(command, workshop, _DOCX), *into, *map(str, sources)]


def _opening(command: Path, workshop: Path, kind: str) -> list[str]:
    """Start the command line: a file is read as the kind it is said to be, and never guessed at."""
    profile = workshop / "profile"
    _write_profile(profile)
    return [
        str(command),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--nologo", "--norestore", "--nolockcheck"),
        f"--infilter={kind}",
    ]


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_REGISTRY.format(items=items), encoding="utf-8")


def _mentioned(files: Sequence[tuple[str, bytes]]) -> Iterator[str]:
    """Yield the known typefaces that are named somewhere in files; what cannot be read LibreOffice will tell."""
    from pipeline.documents.docx.errors import Damaged  # noqa: PLC0415 - whoever names a fault of LibreOffice's
    from pipeline.documents.docx.package import Package  # noqa: PLC0415 - needs nothing that reads Word files

    for name, data in files:
        with contextlib.suppress(Damaged):
            package = Package(data, name)
            texts = [package.part(part).decode("utf-8", "replace") for part in package.parts if part.endswith(".xml")]
            yield from (found for found, _ in spellings() if any(found in text for text in texts))


def _write_fonts(workshop: Path, mentioned: Iterable[str]) -> None:
    """Give LibreOffice the report's fonts, those that stand for the ``mentioned`` ones, and no others."""
    folder, copied = workshop / _COPIES, copies(mentioned)
    folder.mkdir()
    for name, data in chain.from_iterable(copy.files() for copy in set(copied.values())):
        (folder / name).write_bytes(data)
    own = {name: own for own, others in OTHER_NAMES.items() for name in others}
    drawn = {**own, **dict(_substitutes()), **{name: copy.name for name, copy in copied.items()}}
    names = "".join(_NAME.format(name=escape(name), family=family) for name, family in drawn.items())
    folders = {"fonts": FOLDER, "copies": folder, "cache": workshop / "fonts-cache"}
    places = {kind: escape(str(folder)) for kind, folder in folders.items()}
    (workshop / _FONTS_FILE).write_text(_FONTS.format(**places, names=names, default=FAMILY), encoding="utf-8")


def _environment(workshop: Path) -> Mapping[str, str]:
    """Return LibreOffice its fonts, and a home of its own for whatever it leaves behind."""
    return {
        **os.environ,
        "FONTCONFIG_FILE": str(workshop / _FONTS_FILE),
        "HOME": str(workshop),
        "XDG_CACHE_HOME": str(workshop / "cache"),
        "XDG_CONFIG_HOME": str(workshop / "config"),
        "TMPDIR": str(workshop),
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _substitutes() -> Iterator[tuple[str, str]]:
    """Yield other typefaces with what draws them: a name has one for all letters here, that of Japanese ones."""
    for name, drawn in spellings():
        yield name, drawn.asian


def face(name: str) -> str:
    """Return the typeface that draws one that is not at hand."""
    return dict(_substitutes()).get(name, FAMILY)


def _run(arguments: Sequence[str], workshop: Path, timeout: float) -> str:
    """Run LibreOffice to its end and give what it printed; raises ``OfficeFault`` for a failure or too long a time."""
    record = workshop / "record.txt"
    try:
        code = _finish(_start(arguments, workshop, record), timeout)
    except subprocess.TimeoutExpired:
        message = f"LibreOffice での変換が {timeout:g} 秒以内に終わらなかったため、止めました。\n{_RETRY}"
        raise OfficeFault(message) from None
    text = record.read_text(encoding="utf-8", errors="replace").strip()
    if code:
        raise OfficeFault(f"LibreOffice での変換に失敗しました（終了コード {code}）。{_excerpt(text)}\n{_RETRY}")
    return text


def _start(arguments: Sequence[str], workshop: Path, record: Path) -> subprocess.Popen[bytes]:
    """Start LibreOffice in a process group of its own; what it prints goes to a file, which no child can block."""
    with record.open("wb") as stream:
        try:
            return subprocess.Popen(  # noqa: S603 - the command is LibreOffice, the files are numbered copies
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=_environment(workshop),
                start_new_session=True,
            )
        except OSError as fault:
            raise OfficeFault(f"LibreOffice を起動できませんでした（{fault.strerror}）。\n{_RETRY}") from fault


def _finish(process: subprocess.Popen[bytes], timeout: float) -> int:
    """Return the exit code; whatever ends the waiting early (time, Ctrl+C) ends LibreOffice too."""
    try:
        return process.wait(timeout)
    except BaseException:
        _kill(process)
        raise


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with all it has started: the command is a script, and its children would outlive it."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _excerpt(record: str) -> str:
    """Return what LibreOffice says of its failure, not what it says of its work."""
    errors = [line for line in record.splitlines() if line.startswith("Error")]
    return f"\nLibreOffice の表示: {' '.join(errors)[:_SHOWN]}" if errors else ""


def _check(files: Sequence[str], made: Sequence[Path], record: str) -> None:
    """Raise ``OfficeFault`` where a file has no PDF: LibreOffice passes over what it cannot read, in silence."""
    failed = [file for file, pdf in zip(files, made, strict=True) if not _is_pdf(pdf)]
    if failed:
        names = "、".join(f"「{file}」" for file in failed)
        raise OfficeFault(f"LibreOffice は{names}をPDFにできませんでした。{_excerpt(record)}\n{_RETRY}")


def _is_pdf(path: Path) -> bool:
    return path.is_file() and path.read_bytes().startswith(b"%PDF-")
