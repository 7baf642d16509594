"""How opinions are told: in which of a sheet's lists one stands."""

from __future__ import annotations

from pipeline.model.evaluation import Opinion
from pipeline.model.report import Report
from pipeline.wording.era import gregorian

ABOUT_ALL = "全体について"
"""Heads the opinions that are about no single node."""
LISTS = ("意見一覧", "前年度までの意見一覧")
"""The names that templates have for opinions: of this year, and those that earlier years left open."""


def list_of(opinion: Opinion, report: Report) -> str:
    """Return the name of the list that an opinion stands in."""
    return LISTS[gregorian(opinion.raised) < gregorian(report.evaluated_in)]
