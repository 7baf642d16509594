"""What every part of the book says: its title, years, date, whether it is a draft, and how ratings are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from pipeline.documents.fonts import face
from pipeline.documents.template import run, tile
from pipeline.model.evaluation import Evaluation
from pipeline.model.report import Report
from pipeline.model.results import Count
from pipeline.model.scheme import Aim, Band, NoRating
from pipeline.wording.terms import book_terms, draft_mark, rating_style

COVER_LINE = 14
"""Full-width characters on a line of the cover's title (30 pt in 172 mm), leaving room for （案）."""
HEADING_LINE = 26
"""Full-width characters on a line of a main heading (18 pt in 172 mm)."""
OTHER = "ほかの判定"
"""What is rated without being held against a target."""

_PHRASE = re.compile(r"(?=まち・ひと・しごと創生)|(?=総合戦略)|(?<=総合戦略の)")
"""Where a title may break: around the words that every city's strategy has by law (まち・ひと・しごと創生法)."""
_CLAUSE = re.compile(r"(?<=[ぁ-ん])(?=[^\W\d -ӿぁ-ゟー])|(?<=、)|(?<!^)(?=（)")
"""Where a line that is still too wide may: after the particle that ends a clause, at commas and brackets."""


def common(report: Report, count: Count) -> dict[str, object]:
    """Return the variables that every template of the book may use; ``count`` is of all its indicators."""
    mark = draft_mark(report)
    shared = {
        **book_terms(report, count),
        "題名の行": in_lines(report.book_title, COVER_LINE),
        "案の印": tile(mark, "DraftMark") + run("　") if mark else Markup(),
        "末尾の案の印": run("　") + tile(mark, "DraftMark") if mark else Markup(),
    }
    short = {name: shared[name] for name in ("案", "案の字", "案の文")}
    return {**short, "案の印": tile(mark, "DraftMark"), "冊子": shared}


def in_lines(title: str, length: int) -> str:
    """Return a title broken between its phrases so that no line is wider than so many full-width characters, if they
    allow.
    """
    lines = _filled(_PHRASE.split(title), length)
    return "\n".join(part for line in lines for part in _filled(_CLAUSE.split(line), length))


def _filled(phrases: Sequence[str], length: int) -> list[str]:
    lines = [""]
    for phrase in filter(None, phrases):
        if lines[-1] and face(bold=True).width(lines[-1] + phrase) > length:
            lines.append("")
        lines[-1] += phrase
    return lines


def outside(count: Count) -> str:
    """Return how many were not held against a target, in brackets; nothing where all were."""
    told = (f"{name}{number}" for name, number in (("判定なし", count.unrated), (OTHER, count.other)) if number)
    return f"（{'、'.join(told)}）" if count.unrated or count.other else ""


def aim_reached(evaluation: Evaluation) -> str:
    """Name what counts as met besides the evaluated year's target: 目標, 最終年度（R6）の目標, 期待値."""
    last, method = evaluation.years[-1], evaluation.report.scheme.method
    names = {Aim.LAST: f"最終年度（{last}）の目標", Aim.EXPECTED: "期待値", Aim.SHARE: "最終年度の目標の経過割合分"}
    return names.get(method.target, "目標")


def mark(rating: Band | NoRating) -> Markup:
    """Write the mark of a rating in the character style of its tone."""
    return run(rating.mark, _style(rating))


def word(rating: Band | NoRating) -> Markup:
    """Write the word of a rating in the character style of its tone."""
    return run(rating.label, _style(rating))


def rating(rating: Band | NoRating) -> Markup:
    """Write a rating in one line, mark and word."""
    return mark(rating) + run(" ") + word(rating)


def _style(rating: Band | NoRating) -> str:
    return rating_style(rating if isinstance(rating, Band) else None)
