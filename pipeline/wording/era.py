"""Years as the report writes them: R2 in tables, 令和2年度 in text; 2020 and 2020年度 where a city counts so.

The only module that knows eras. A year of an era is written in the era in which it begins or changes: H31 is R1.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import cache, lru_cache

_ERAS = (
    ("R", "令和", datetime.date(2019, 5, 1)),
    ("H", "平成", datetime.date(1989, 1, 8)),
    ("S", "昭和", datetime.date(1926, 12, 25)),
)
"""Letter, name and first day of each era, the latest first."""
LETTERS = {name: letter for letter, name, _ in _ERAS}
"""The letters of eras by their names."""
LONGEST = 10
"""Years of the longest plan that tables have room for."""
PATTERN = "[RHS][1-9][0-9]?|(?:19|20)[0-9]{2}"
"""A year as tables write it."""
_YEAR = re.compile(PATTERN)
_DATE = r"(?ai)(令和|平成|昭和|[RHS]|)(\d+|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?"


def is_year(text: str) -> bool:
    """Return whether the text is a year as tables write it (R2, H31, 2020)."""
    return _YEAR.fullmatch(text) is not None


@cache  # asked for every key of every file; there are no more years than PATTERN has
def gregorian(year: str) -> int:
    """Return the calendar year in which the fiscal year starts: R2 -> 2020."""
    if not is_year(year):
        raise ValueError(f"not a year: {year!r}")
    return int(year) if by_calendar(year) else _first(year[0]) + int(year[1:]) - 1


def by_calendar(year: str) -> bool:
    """Return whether a year is written by the calendar (2020), not by an era."""
    return year.isdigit()


@lru_cache(4096)  # asked for every key of every file, many times
def canonical(text: str) -> str:
    """Return the one way in which a year is written: H31 -> R1; any other text as it is."""
    return alike(text, text) if is_year(text) else text


def alike(year: str, other: str) -> str:
    """Write a year in the way of another: 2020, R6 -> R2."""
    return _written(gregorian(year), by_calendar(other))


def fiscal_year(date: datetime.date) -> int:
    """Return the calendar year in which the fiscal year of a date starts: it begins on April 1."""
    return date.year - (date.month < 4)


def in_text(year: str) -> str:
    """Write the year as running text does: R2 -> 令和2年度, R1 -> 令和元年度, 2020 -> 2020年度."""
    if by_calendar(year):
        return f"{year}年度"
    name = next(name for letter, name, _ in _ERAS if letter == year[0])
    return f"{name}{_ordinal(int(year[1:]))}年度"


def following(first: str, last: str) -> tuple[str, ...]:
    """List the years from first to last inclusive, in the way of ``last``: H29, H30, R1."""
    return tuple(_written(year, by_calendar(last)) for year in range(gregorian(first), gregorian(last) + 1))


def before(year: str) -> str:
    """Return the year before: R2 -> R1, R1 -> H30."""
    return _written(gregorian(year) - 1, by_calendar(year))


def after(year: str) -> str:
    """Return the year after: R2 -> R3, H30 -> R1."""
    return _written(gregorian(year) + 1, by_calendar(year))


def a_day(year: str) -> str:
    """Return a day in a fiscal year as people type it, for examples: R3 -> 2021-07-30."""
    return f"{gregorian(year)}-07-30"


def date_in_text(date: datetime.date, year: str) -> str:
    """Write a date in the way of a year: 2021-08-01, R3 -> 令和3年8月1日."""
    return f"{month_in_text(date, year)}{date.day}日"


def month_in_text(date: datetime.date, year: str) -> str:
    """Write the month of a date in the way of a year: 2021-08-01, R3 -> 令和3年8月."""
    return f"{_year_of(date, year)}{date.month}月"


def date_of(text: str) -> datetime.date | None:
    """Read a date: 令和3年8月1日, R3.8.1, 2021/8/1, 2021-08-01; None where the text is none."""
    match = re.fullmatch(_DATE, re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if match is None:
        return None
    start = next((_first(letter) for letter, name, _ in _ERAS if match[1].upper() in (letter, name)), 1)
    number = 1 if match[2] == "元" else int(match[2])
    try:
        date = datetime.date(start + number - 1, int(match[3]), int(match[4]))
    except ValueError:
        return None
    return date if 1900 <= date.year < 2100 else None


def _year_of(date: datetime.date, year: str) -> str:
    if not by_calendar(year):
        for _, name, start in _ERAS:
            if date >= start:
                return f"{name}{_ordinal(date.year - start.year + 1)}年"
    return f"{date.year}年"


def open_month(year: str) -> str:
    """Return what stands for a month that is not settled, in the way of a year: 令和●年●月."""
    return "●年●月" if by_calendar(year) else f"{in_text(year)[:2]}●年●月"


def span(text: str) -> tuple[str, ...]:
    """Return the years of a plan written as R7-R11, or as its only year; none where it is not one of one to ten."""
    first, _, last = (part.strip() for part in text.replace("～", "-").replace("〜", "-").partition("-"))
    years = following(first, last or first) if is_year(first) and is_year(last or first) else ()
    return years if len(years) <= LONGEST else ()


def _ordinal(number: int) -> str:
    return "元" if number == 1 else str(number)


def _first(letter: str) -> int:
    return next(start.year for era, _, start in _ERAS if era == letter)


def _written(year: int, by_calendar: bool) -> str:
    letter = next((era for era, _, start in _ERAS if year >= start.year), None)
    return str(year) if by_calendar or letter is None else f"{letter}{year - _first(letter) + 1}"
