"""Every form of the gallery can be read by older people: no small letters, and figures that keep apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.documents import pdf
from pipeline.documents.pdf.boxes import TextBox
from pipeline.documents.units import MM
from pipeline.workflows import new_city
from tests.project import run

pytestmark = pytest.mark.slow

LEAST, APART = 7.5, 2.0
"""The least size (pt) of letters, and the least distance (mm) between figures of five digits and more."""
WRITTEN = [
    ("strategy.yaml", "value: 0}", "value: 268607}"),
    ("strategy.yaml", "{R7: 未設定, R8: 未設定, R9: 未設定", "{R7: 210000, R8: 300000, R9: 340000"),
    ("measures/1-1.yaml", "{R7: 集計中}", "{R7: 195757}"),
    ("measures/1.yaml", "{R7: 集計中}", "{R7: 195757}"),
]
FIGURE = re.compile(r"\d{2,3},\d{3}")


@pytest.fixture(scope="module", params=new_city.forms())
def sheet(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sheet of a city with figures of six digits."""
    root = tmp_path_factory.mktemp("gallery")
    new_city.found(root, new_city.Order("あかね市", "R7-R11", request.param))
    for name, old, new in WRITTEN:
        path = root / "inputs" / "R8" / name
        if path.exists():
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = run(root, "sheets")
    assert done.returncode == 0, done.stdout + done.stderr
    return next((root / "outputs" / "R8" / "sheets").glob("*.docx"))


def boxes(sheet: Path) -> Iterator[TextBox]:
    for page in pdf.paginate(sheet.read_bytes(), sheet.name).layout.pages:
        yield from (box for box in page.boxes if isinstance(box, TextBox) and box.text.strip())


def test_no_letter_is_smaller_than_can_be_read(sheet: Path) -> None:
    assert min(box.size for box in boxes(sheet)) >= LEAST
    for chart in (sheet.parents[1] / "charts").rglob("*.svg"):
        sizes = re.findall(r'font-size="([\d.]+)"', chart.read_text(encoding="utf-8"))
        assert min(map(float, sizes)) >= LEAST


def test_figures_side_by_side_keep_apart(sheet: Path) -> None:
    shown = sorted((round(box.baseline), box.x, box) for box in boxes(sheet) if FIGURE.fullmatch(box.text))
    assert len(shown) >= 5
    gaps = [right.x - left.x - left.width for (y, _, left), (z, _, right) in pairwise(shown) if y == z]
    assert min(gaps) >= (APART - 0.1) * MM
