"""A bare table of indicators on which a rating scheme is tried, without a report."""

from __future__ import annotations

from msgspec import Struct

from pipeline.model.results import Assessment, Score
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import Shown


class TriedIndicator(Struct, frozen=True):
    """An indicator of the table; ``measure`` and ``goal`` group indicators for scores, and may be empty."""

    shown: Shown
    measure: str
    goal: str = ""


class Trial(Struct, frozen=True):
    """What is tried: a scheme on indicators in a year; ``years`` are the plan's, baseline first, or none."""

    year: str
    years: tuple[str, ...]
    scheme: Scheme
    entries: tuple[TriedIndicator, ...]


class Tried(Struct, frozen=True):
    """What came of it: every indicator assessed in the table's order, and the scores by measure and goal."""

    trial: Trial
    assessments: tuple[Assessment, ...]
    scores: tuple[tuple[str, Score], ...]
