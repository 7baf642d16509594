"""Years as running text names them (令和元年度, R2, 前年度, 基準年度, 最終年度), and which one is meant.

A year is a fiscal year or a calendar year that an indicator may be counted in; dates (令和2年4月) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.stages.audit.numerals import parse
from pipeline.wording.era import LETTERS, alike, before, is_year

_KANJI = "一二三四五六七八九十"
YEAR = (
    rf"(?:(?:前|昨|今|本|当該|同|基準|最終|初)年度|前年(?!同)|昨年|前回|基準値|計画策定時|策定時|計画当初|"
    rf"(?:令和|平成|昭和|(?<![A-Za-z])[RHS])\s?(?:元|\d+|[{_KANJI}]+)(?:年度?|(?=実績|目標|の|は|から|比|に対))(?!\d)|"
    r"(?<!\d)(?:19|20)\d\d年度)"
)
"""A year; what stands for one is looked up by ``Calendar``."""
_YEAR = re.compile(rf"(?P<year>{YEAR})(?!\s?[\d{_KANJI}]+月|\s?[\d{_KANJI}]+か月)")
_NUMBERED = re.compile(rf"(令和|平成|昭和|[RHS]|)\s?(元|\d+|[{_KANJI}]+)")
_EVALUATED = ("今年度", "本年度", "当該年度", "同年度")
_BEFORE = ("前年", "昨年", "前回")


class Named(Struct, frozen=True):
    """A year at ``start`` to ``end`` of a text."""

    start: int
    end: int
    year: str


class Calendar(Struct, frozen=True):
    """The years that words stand for: the evaluated one, an indicator's base, the plan's last."""

    year: str
    base: str
    last: str

    def named(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Named]:
        """List the years that a stretch of a (narrow) text names."""
        for match in _YEAR.finditer(text, start, len(text) if end is None else end):
            year = self._meant(match["year"])
            if year:
                yield Named(match.start(), match.end(), year)

    def _meant(self, words: str) -> str | None:
        if words.startswith(_EVALUATED):
            return self.year
        if words.startswith(_BEFORE):
            return before(self.year)
        if words.startswith("最終"):
            return self.last
        numbered = _NUMBERED.match(words)
        return self._numbered(numbered) if numbered else self.base

    def _numbered(self, match: re.Match[str]) -> str | None:
        """Return a year by its number, None where an era has no such year; 平成31年度 is 令和元年度."""
        number = 1 if match[2] == "元" else int((parse(match[2]) or (0, 0))[0])
        year = f"{LETTERS.get(match[1], match[1])}{number}"
        return alike(year, self.year) if is_year(year) else None
