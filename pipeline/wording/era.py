"""Years of the Japanese era as the report writes them: R2 in tables, 令和2年度 in text."""

from __future__ import annotations

import datetime
import re
import unicodedata

_FIRST = {"R": ("令和", 2019), "H": ("平成", 1989)}
_REIWA = datetime.date(2019, 5, 1)
_DATE = re.compile(r"(令和|平成|[RH]|)(\d+|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"([RH])([1-9][0-9]?)")


def is_year(text: str) -> bool:
    """Return whether the text is a year as tables write it (R2, H31)."""
    return _YEAR.fullmatch(text) is not None


def gregorian(year: str) -> int:
    """Return the calendar year in which the fiscal year starts: R2 -> 2020."""
    match = _YEAR.fullmatch(year)
    if match is None:
        raise ValueError(f"not a year: {year!r}")
    return _FIRST[match[1]][1] + int(match[2]) - 1


def fiscal_year(date: datetime.date) -> int:
    """Return the calendar year in which the fiscal year of a date starts: it begins on April 1."""
    return date.year - (date.month < 4)


def in_text(year: str) -> str:
    """Write the year as running text does: R2 -> 令和2年度, R1 -> 令和元年度."""
    name, number = _FIRST[year[0]][0], int(year[1:])
    return f"{name}{'元' if number == 1 else number}年度"


def following(first: str, last: str) -> tuple[str, ...]:
    """List the years from first to last inclusive: H29, H30, R1; the year of change in the era of ``last``."""
    change = _FIRST[last[0]][1]
    span = range(gregorian(first), gregorian(last) + 1)
    return tuple(_written(last[0] if year >= change else first[0], year) for year in span)


def before(year: str) -> str:
    """Return the year before: R2 -> R1, R1 -> H30."""
    earlier = gregorian(year) - 1
    return _written(year[0] if earlier >= _FIRST[year[0]][1] else "H", earlier)


def after(year: str) -> str:
    """Return the year after: R2 -> R3, H30 -> R1."""
    later = gregorian(year) + 1
    return _written("R" if later >= _FIRST["R"][1] else "H", later)


def _written(era: str, year: int) -> str:
    return f"{era}{year - _FIRST[era][1] + 1}"


def date_in_text(date: datetime.date) -> str:
    """Write a date in its era: 2021-08-01 -> 令和3年8月1日, 2019-04-01 -> 平成31年4月1日."""
    return f"{_year_of(date)}年{date.month}月{date.day}日"


def month_in_text(date: datetime.date) -> str:
    """Write the month of a date in its era: 2021-08-01 -> 令和3年8月."""
    return f"{_year_of(date)}年{date.month}月"


def _year_of(date: datetime.date) -> str:
    name, first = _FIRST["R" if date >= _REIWA else "H"]
    return f"{name}{'元' if date.year == first else date.year - first + 1}"


def date_of(text: str) -> datetime.date | None:
    """Read a date: 令和3年8月1日, R3.8.1, 2021/8/1, 2021-08-01; None where the text is none, or lies before Heisei."""
    match = _DATE.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if match is None:
        return None
    era = match[1][:1].replace("令", "R").replace("平", "H").upper()
    number = 1 if match[2] == "元" else int(match[2])
    year = _FIRST[era][1] + number - 1 if era else number
    try:
        date = datetime.date(year, int(match[3]), int(match[4]))
    except ValueError:
        return None
    return date if year >= _FIRST["H"][1] else None
