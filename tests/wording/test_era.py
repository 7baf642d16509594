"""Years of eras, across their changes, and of the calendar."""

from __future__ import annotations

import datetime

import pytest

from pipeline.wording import era


@pytest.mark.parametrize(("year", "later"), [("R2", "R3"), ("R9", "R10"), ("H29", "H30"), ("H30", "R1")])
def test_the_year_before_and_the_year_after(year: str, later: str) -> None:
    assert (era.after(year), era.before(later)) == (later, year)


@pytest.mark.parametrize(
    ("year", "written", "text"),
    [
        ("H31", "R1", "令和元年度"),
        ("S64", "H1", "平成元年度"),
        ("2024", "2024", "2024年度"),
        ("S63", "S63", "昭和63年度"),
    ],
)
def test_a_year_is_written_in_one_way(year: str, written: str, text: str) -> None:
    assert (era.canonical(year), era.in_text(written)) == (written, text)


def test_years_go_on_across_eras_and_by_the_calendar() -> None:
    assert era.following("H29", "R2") == ("H29", "H30", "R1", "R2")
    assert (era.before("2020"), era.after("2020"), era.alike("R6", "2020")) == ("2019", "2021", "2024")


@pytest.mark.parametrize(
    ("text", "years"),
    [("R7-R9", 3), ("R7～R9", 3), ("2025-2032", 8), ("R7", 1), ("R7-R17", 0), ("R9-R7", 0), ("来年", 0)],
)
def test_a_span_of_years_is_one_to_ten(text: str, years: int) -> None:
    assert len(era.span(text)) == years


def test_a_date_is_written_as_the_years_are() -> None:
    date = datetime.date(2019, 4, 30)
    assert era.date_in_text(date, "R1") == "平成31年4月30日"
    assert era.date_in_text(date, "2019") == "2019年4月30日"
