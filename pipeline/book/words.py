"""What every part of the book says: its title, years, date, whether it is a draft, and how ratings are written."""

from __future__ import annotations

import re

from markupsafe import Markup

from pipeline.era import in_text, month_in_text
from pipeline.house import draft_mark, draft_sentence, is_draft, rating_style
from pipeline.model.evaluation import Measure
from pipeline.model.report import Band, Report, Scheme
from pipeline.model.results import Count
from pipeline.templating import run

COVER_LINE = 14
"""Full-width characters on a line of the cover's title (30 pt in 172 mm), leaving room for （案）."""
HEADING_LINE = 26
"""Full-width characters on a line of a main heading (18 pt in 172 mm)."""
OPEN_MONTH = "令和●年●月"
"""Printed while the date is open."""
DRAFT = "（案）"

_PHRASE = re.compile(r"(?=まち・ひと・しごと創生)|(?=総合戦略)|(?<=総合戦略の)")
"""Where a title may break: around the words that every city's strategy has by law (まち・ひと・しごと創生法)."""


def common(report: Report) -> dict[str, object]:
    """Give the variables that every template of the book may use."""
    draft = is_draft(report)
    return {
        "案": draft,
        "案の印": draft_mark(report),
        "案の字": DRAFT if draft else "",
        "案の文": draft_sentence(report),
        "冊子": {
            "題名": report.book_title,
            "題名の行": in_lines(report.book_title, COVER_LINE),
            "評価する年度": in_text(report.evaluated_in),
            "対象年度": in_text(report.year),
            "対象年度の略": report.year,
            "年月": month_in_text(report.date) if report.date else OPEN_MONTH,
            "市": report.city,
            "課": report.division,
            "率を示す": report.show_rates,
        },
    }


def in_lines(title: str, length: int) -> str:
    """Break a title between its phrases so that no line has more than ``length`` characters, if its phrases allow."""
    lines = [""]
    for phrase in filter(None, _PHRASE.split(title)):
        if lines[-1] and len(lines[-1] + phrase) > length:
            lines.append("")
        lines[-1] += phrase
    return "\n".join(lines)


def place(measure: Measure) -> str:
    """Write a measure's number within the strategy: 1-（2）."""
    return f"{measure.goal}-（{measure.number}）"


def total(count: Count) -> int:
    """Add up how many indicators were counted."""
    return count.met + count.unmet + count.no_data


def mark(band: Band | None, scheme: Scheme) -> Markup:
    """Write the mark of a rating in the character style of its tone; None = there is no rating."""
    return run(band.mark if band else scheme.none_mark, rating_style(band))


def word(band: Band | None, scheme: Scheme) -> Markup:
    """Write the word of a rating in the character style of its tone; None = there is no rating."""
    return run(band.label if band else scheme.none_label, rating_style(band))


def rating(band: Band | None, scheme: Scheme) -> Markup:
    """Write a rating in one line, mark and word."""
    return mark(band, scheme) + run(" ") + word(band, scheme)
