"""``make compare``: the same Word files through our engine and through LibreOffice, and what differs.

PDFs of both, and a picture of each document's worst page, are left in .compare/.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from pipeline.documents import libreoffice
from pipeline.documents.docx import DocxError, read
from pipeline.documents.office_fault import OfficeFault
from pipeline.documents.pdf import Layout, PdfInfo, PdfPart, draw, lay_out
from pipeline.documents.pdf.boxes import Page, PictureBox
from tests.compare import report
from tests.compare.lines import Area, read_pages
from tests.compare.matching import Comparison, compare
from tests.compare.picture import side_by_side
from tests.compare.sources import REPORT, Documents, groups
from tests.project import ROOT

FOLDER = ROOT / ".compare"
_TIMEOUT = 600.0
_EDGE = 0.5
"""How far (pt) text of a picture may begin outside it."""


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Compare all documents; gives 0 where all goals are met, 1 where one is not, 3 without LibreOffice."""
    try:
        libreoffice.find()
    except OfficeFault as fault:
        say(str(fault))
        return 3
    shutil.rmtree(FOLDER, ignore_errors=True)
    done = {title: _group(FOLDER / title, documents) for title, documents in groups().items()}
    everything = [comparison for group in done.values() for comparison in group]
    _list_differences(everything)
    say("LibreOffice の誤り（合わせていないもの）")
    for line in report.faults(everything):
        say(f"  {line}")
    missed = sum([_reached(title, group) for title, group in done.items()])
    say(f"\nPDF、最も違うページの図、相違の一覧: {FOLDER.relative_to(ROOT)}/")
    return 1 if missed else 0


def _group(folder: Path, documents: Documents) -> list[Comparison]:
    """Compare the documents of a group, and print its table."""
    drawn = _drawn(folder / "本製品", documents)
    sources = [_written(folder / "docx" / f"{name}.docx", documents[name][0]) for name in drawn]
    printed = libreoffice.convert([(source.name, source.read_bytes()) for source in sources], _TIMEOUT)
    made = [_written(folder / "LibreOffice" / f"{name}.pdf", pdf) for name, pdf in zip(drawn, printed, strict=True)]
    done = []
    for (name, (ours, layout)), theirs in zip(drawn.items(), made, strict=True):
        pictures = [_pictures(page) for page in layout.pages]
        upright = [page.section.is_vertical for page in layout.pages]
        own = read_pages(ours, pictures, upright)[: len(layout.pages)]
        comparison = compare(name, own, read_pages(theirs, pictures, upright))
        side_by_side(comparison, ours, theirs, folder / f"{name}.png")
        done.append(comparison)
    say(f"\n■ {folder.name}")
    for line in report.table(done):
        say(line)
    return done


def _drawn(folder: Path, documents: Documents) -> dict[str, tuple[Path, Layout]]:
    """Draw the documents with our engine; gives each one's PDF, which begins with its own pages, and its layout.

    A document that the engine refuses is told and left out.
    """
    drawn = {}
    for name, (data, *linked) in documents.items():
        try:
            layout = lay_out(read(data, name))
            pdf = draw([PdfPart(layout, name), *(PdfPart(other, name) for other in linked)], PdfInfo(name, ""))
        except DocxError as refused:
            say(f"描けないもの: {refused}")
        else:
            drawn[name] = (_written(folder / f"{name}.pdf", pdf), layout)
    return drawn


def _pictures(page: Page) -> list[Area]:
    """Return where the pictures are: our engine draws a chart's text as text, LibreOffice as part of a bitmap."""
    pictures = (box for box in page.boxes if isinstance(box, PictureBox))
    return [(b.x - _EDGE, b.y - _EDGE, b.x + b.width + _EDGE, b.y + b.height + _EDGE) for b in pictures]


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _list_differences(comparisons: list[Comparison]) -> None:
    lines = list(report.differences(comparisons))
    _written(FOLDER / "相違.txt", "".join(f"{line}\n" for line in lines).encode())
    say(f"\n一致しない行: {len(lines)}")
    for line in (line for line in lines if "【" not in line):
        say(f"  {line}")
    say()


def _reached(title: str, comparisons: list[Comparison]) -> int:
    """Print a group's goals; gives how many it misses."""
    say(f"\n{title}")
    reached = list(report.goals(comparisons) if title in REPORT else report.goals_of_cases(comparisons))
    for text, met in reached:
        say(f"  {'達成  ' if met else '未達成'} {text}")
    return sum(not met for _, met in reached)


if __name__ == "__main__":
    sys.exit(main())
