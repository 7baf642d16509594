"""The PNG file: its size, its bytes, and what is not in it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.diagnostics import Diagnostic
from pipeline.model.documents import Chart
from pipeline.model.results import Assessment
from pipeline.stages import charts
from tests.project import BASE
from tests.stages.charts.examples import CASES, SIZES
from tests.stages.compute.examples import YEARS, assessed, indicator

CASE = CASES["out-migration"]


def draw(case: Assessment = CASE) -> Chart:
    return charts.draw(case, YEARS, "R2", 84, 54)[0]


def found(case: Assessment) -> tuple[Diagnostic, ...]:
    return charts.draw(case, YEARS, "R2", 84, 54)[1]


def opened(chart: Chart) -> Image.Image:
    return Image.open(io.BytesIO(chart.png))


@pytest.mark.parametrize("size", SIZES)
def test_a_chart_has_the_pixels_of_its_size_on_paper(size: tuple[float, float]) -> None:
    image = opened(charts.draw(CASE, YEARS, "R2", *size)[0])
    assert image.size == tuple(round(length / 25.4 * 300) for length in size)
    assert [round(each) for each in image.info["dpi"]] == [300, 300]


def test_a_chart_is_small() -> None:
    assert opened(draw()).mode == "P"
    assert len(draw().png) < 25_000


def test_the_same_figures_give_the_same_bytes() -> None:
    assert draw().png == draw().png


def test_the_file_tells_nothing_but_its_resolution() -> None:
    assert set(opened(draw()).info) == {"dpi"}


def test_a_sound_chart_passes_the_checks() -> None:
    assert found(CASE) == ()


def test_a_letter_outside_the_font_is_noticed_not_an_exception() -> None:
    odd = assessed(indicator(1, {"R2": 1}, {"R2": 1}, unit="𠮷"))
    (missing,) = found(odd)
    assert missing.id == "chart-letter-missing"
    assert (missing.place.file, missing.place.line) == (f"{BASE}/strategy.yaml", 10)


def test_an_endless_unit_is_noticed() -> None:
    odd = assessed(indicator(1, {"R2": 1}, {"R2": 1}, unit="人" * 60))
    assert "chart-text-outside" in [d.id for d in found(odd)]
