"""Who has to see to which figure: every indicator's owner, the state of its actual, and the day of which that is."""

from __future__ import annotations

from msgspec import Struct

from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Absence
from pipeline.wording.freshness import PRELIMINARY, as_of, state, unsettled


class Fresh(Struct, frozen=True):
    """An indicator: who owns it, the state of the evaluated year's actual (確定, 速報値, 未記入), the day of which that
    is (empty: it is not given), and earlier years that are still open (``late``, R2 速報値).
    """

    name: str
    owner: str
    state: str
    as_of: str
    late: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Return whether what was given is to become another figure."""
        return self.state in (PRELIMINARY, Absence.PENDING) or bool(self.late)


def of_indicators(evaluation: Evaluation) -> tuple[Fresh, ...]:
    """Return every indicator's state, in the order of the strategy; what goals alone show is the division's."""
    year, report = evaluation.report.year, evaluation.report
    departments = {measure.id: measure.department for measure in evaluation.measures}
    return tuple(
        Fresh(
            one.name,
            departments.get(evaluation.owner(one.id), report.division),
            state(one.actuals.get(year)),
            as_of(one, year),
            tuple(f"{late} {state(value)}" for late, value in unsettled(one, evaluation).items()),
        )
        for one in evaluation.indicators
    )
