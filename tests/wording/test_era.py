"""Years of the Japanese era, across the change of 2019."""

from __future__ import annotations

import pytest

from pipeline.wording import era


@pytest.mark.parametrize(("year", "later"), [("R2", "R3"), ("R9", "R10"), ("H29", "H30"), ("H30", "R1")])
def test_the_year_before_and_the_year_after(year: str, later: str) -> None:
    assert (era.after(year), era.before(later)) == (later, year)
