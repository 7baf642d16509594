"""Charts as they were approved; a difference leaves a picture of both side by side."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.stages import charts
from tests.project import ROOT
from tests.stages.charts.examples import CASES, EVALUATED
from tests.stages.compute.examples import YEARS

FOLDER = ROOT / "tests" / "golden" / "charts"
GOLDENS = {
    "out-migration": (84, 54),
    "no-data": (84, 42),
    "long-numbers": (54.6, 38),
    "milestone": (112, 80),
    "negative": (54.6, 44),
    "past-years": (84, 46),
}
# Another release of the renderer may smooth edges otherwise, but moves nothing.
TOLERATED_LEVELS = 24
TOLERATED_SHARE = 0.002


@pytest.mark.parametrize("name", GOLDENS)
def test_a_chart_looks_as_approved(name: str, tmp_path: Path) -> None:
    width, height = GOLDENS[name]
    drawn = charts.draw(CASES[name], YEARS, EVALUATED.get(name, "R2"), width, height)[0].png
    approved = FOLDER / f"{name}.png"
    assert same(opened(drawn), opened(approved.read_bytes())), both(tmp_path / f"{name}.png", drawn, approved)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def same(one: Image.Image, two: Image.Image) -> bool:
    if one.size != two.size:
        return False
    difference = np.abs(np.asarray(one, np.int16) - np.asarray(two, np.int16)).max(axis=2)
    return bool((difference > TOLERATED_LEVELS).mean() <= TOLERATED_SHARE)


def both(target: Path, drawn: bytes, approved: Path) -> str:
    """Save what was drawn to the left of what was approved, and say where."""
    left, right = opened(drawn), opened(approved.read_bytes())
    sheet = Image.new("RGB", (left.width + right.width + 20, max(left.height, right.height)), "red")
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width + 20, 0))
    sheet.save(target)
    return f"drawn (left) and approved (right): {target}; to approve, save the drawn one as {approved}"
