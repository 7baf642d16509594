"""What is computed: rates, progress and ratings of every indicator where it is shown, and their counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.report import Band
from pipeline.model.strategy import Goal, Shown


@dataclass(frozen=True, slots=True)
class Assessment:
    """One indicator at one place. ``rate`` and ``progress`` are rounded % as printed; None with the reason in Japanese.

    ``met`` is decided on the exact values, never on the rounded rate. ``reason`` says why there is no rate (or no
    rating), ``progress_reason`` why there is no progress.
    """

    shown: Shown
    rate: Decimal | None
    progress: Decimal | None
    met: bool | None
    rating: Band | None
    reason: str | None
    progress_reason: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many places were met, not met, without data."""

    met: int
    unmet: int
    no_data: int


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal with its goal-level targets assessed, and the count over the indicators of its measures."""

    goal: Goal
    assessments: tuple[Assessment, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """A measure with its indicators assessed."""

    measure: Measure
    goal: Goal
    assessments: tuple[Assessment, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Results:
    """Every figure of the report. ``indicators`` counts the measures' 31 places, ``targets`` the goal-level ones."""

    evaluation: Evaluation
    goals: tuple[GoalResult, ...]
    measures: tuple[MeasureResult, ...]
    indicators: Count
    targets: Count
