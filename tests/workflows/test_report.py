"""One full run on this year's inputs: the contracts, the figures, the text, the same bytes."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline.stages.audit import TITLES
from pipeline.storage.outputs import sha256
from tests.project import MADE, copy_project, started

pytestmark = pytest.mark.slow


def load(reported: Path, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((reported / MADE / name).read_text(encoding="utf-8"))
    return content


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def texts(docx: Path) -> list[str]:
    """List the text of every paragraph of the body, tables included."""
    body = Document(str(docx)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


@pytest.fixture(scope="module")
def pages(reported: Path) -> list[str]:
    document = pypdfium2.PdfDocument(reported / f"{MADE}/report.pdf")
    return [squeezed(page.get_textpage().get_text_range()) for page in document]


def sizes(page: pypdfium2.PdfPage) -> Iterator[float]:
    """Yield how high (pt) the letters of a page are set."""
    text, turned = page.get_textpage(), pypdfium2.raw.FS_MATRIX()
    for n in range(text.count_chars()):
        if text.get_text_range(n, 1).strip():
            pypdfium2.raw.FPDFText_GetMatrix(text, n, turned)
            yield pypdfium2.raw.FPDFText_GetFontSize(text, n) * math.hypot(turned.c, turned.d)


def test_no_letter_is_smaller_than_older_readers_can_read(reported: Path) -> None:
    with pypdfium2.PdfDocument(reported / f"{MADE}/report.pdf") as document:
        assert min(size for page in document for size in sizes(page)) > 7.49


def test_the_figures_are_those_of_the_source(reported: Path) -> None:
    achievement = load(reported, "achievement.json")
    places = [i for m in achievement["measures"] for i in m["indicators"]]
    targets = [i for g in achievement["goals"] for i in g["indicators"]]
    assert [len(places), len({i["id"] for i in places}), len(achievement["measures"])] == [31, 30, 19]
    assert [sum(i["met"] is m for i in places) for m in (True, False, None)] == [17, 14, 0]
    assert [sum(i["met"] is m for i in targets) for m in (True, False, None)] == [1, 4, 1]
    initiatives = [i for m in achievement["measures"] for i in m["initiatives"]]
    assert [len(initiatives), sum(i["repeated_from"] is not None for i in initiatives)] == [43, 6]
    assert sum(len(m["sdgs"]) for m in achievement["measures"]) == 97


@pytest.mark.parametrize(
    ("measure", "indicator", "rate", "met"),
    [
        ("1-1", "port-routes", None, False),
        ("1-2", "siting-designations", "115.4", True),
        ("2-1", "care-visits", "92.0", False),
        ("4-2", "zoo-visitors", "93.2", False),
        ("4-3", "sports-users", "36.7", False),
        ("5-2", "residential-density", "99.0", False),
    ],
)
def test_rates_by_hand(reported: Path, measure: str, indicator: str, rate: str | None, met: bool) -> None:
    measures = {m["id"]: m for m in load(reported, "achievement.json")["measures"]}
    found = next(i for i in measures[measure]["indicators"] if i["id"] == indicator)
    assert (found["rate"], found["met"]) == (rate, met)


def test_the_csv_has_a_row_for_every_place_and_opens_in_a_spreadsheet(reported: Path) -> None:
    data = (reported / f"{MADE}/achievement.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))) == 1 + 6 + 31


def test_every_measure_has_its_sheet_and_every_place_its_chart(reported: Path) -> None:
    folder = reported / MADE
    assert len(list((folder / "sheets").glob("*.docx"))) == 19
    assert (folder / "sheets/1-2_企業立地の促進.docx").is_file()
    assert len(list((folder / "charts").glob("?-?/*.png"))) == 31
    assert len(list((folder / "charts").glob("?-?/*.svg"))) == 31


def test_contents_and_page_map_are_those_of_the_source(reported: Path) -> None:
    entries = {e["title"]: (e["first"], e["last"]) for e in load(reported, "manifest.json")["pages"]["entries"]}
    assert entries["第2期周南市まち・ひと・しごと創生総合戦略の評価・検証について"] == (1, 2)
    assert entries["基本目標に係る数値目標の達成状況一覧"] == (3, 3)
    sheets = [pages for title, pages in entries.items() if title.startswith("（")]
    assert sheets == [(4 + 2 * n, 5 + 2 * n) for n in range(19)]
    assert list(entries.values())[-1] == (42, 42)


def test_the_book_has_cover_contents_and_42_numbered_pages(reported: Path, pages: list[str]) -> None:
    document = pypdfium2.PdfDocument(reported / f"{MADE}/report.pdf")
    assert len(pages) == 44
    labels = [document.get_page_label(n) for n in range(44)]
    assert labels[2:] == [str(n) for n in range(1, 43)]
    assert document.get_metadata_value("Title").startswith("第2期周南市")
    bookmarks = [b.get_title() for b in document.get_toc()]
    assert sum("（" in title for title in bookmarks) >= 19


def test_all_text_of_every_sheet_is_on_its_two_pages(reported: Path, pages: list[str]) -> None:
    for n, sheet in enumerate(sorted((reported / f"{MADE}/sheets").glob("*.docx"))):
        for text in map(squeezed, texts(sheet)):
            assert is_on(text, pages[5 + 2 * n], pages[6 + 2 * n]), (sheet.name, text)


def is_on(text: str, left: str, right: str) -> bool:
    """Return whether a paragraph stands on a spread, whole or broken once at the page's end."""
    return text in left or text in right or any(text[:n] in left and text[n:] in right for n in range(1, len(text)))


@pytest.mark.slow
def test_two_runs_in_different_folders_give_the_same_bytes(reported: Path, tmp_path: Path) -> None:
    other = copy_project(tmp_path / "よその フォルダー")
    assert started(other, "report").returncode == 0
    first, second = (
        {p.relative_to(f).as_posix(): sha256(p.read_bytes()) for p in sorted(f.rglob("*")) if p.is_file()}
        for f in (reported / MADE, other / MADE)
    )
    assert first == second


def test_the_manifest_hashes_what_lies_there(reported: Path) -> None:
    manifest = load(reported, "manifest.json")
    for path, digest in manifest["outputs"].items():
        assert sha256((reported / MADE / path).read_bytes()) == digest
    for path, digest in {**manifest["inputs"], **manifest["templates"]}.items():
        assert sha256((reported / path).read_bytes()) == digest
    assert len(manifest["inputs"]) == 24


def test_nothing_of_this_year_is_wrong_but_what_the_audit_warns_of(reported: Path) -> None:
    found = load(reported, "checks.json")["diagnostics"]
    assert [d for d in found if d["severity"] != "info" and d["id"] not in TITLES] == []
