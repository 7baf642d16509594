"""The city's own inputs."""

from __future__ import annotations

import pytest

from pipeline.diagnostics import Severity
from pipeline.model.evaluation import Evaluation
from pipeline.stages import validate
from tests.project import CITY, INPUTS


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    checked = validate.read(INPUTS, CITY)
    assert [d for d in checked.diagnostics if d.severity is Severity.ERROR] == []
    assert checked.value is not None
    return checked.value


def test_the_report_is_complete(evaluation: Evaluation) -> None:
    measures = evaluation.measures
    assert (len(evaluation.goals), len(measures), len(evaluation.sdgs)) == (5, 19, 17)
    assert sum(len(goal.indicators) for goal in evaluation.goals) == 6
    assert sum(len(measure.indicators) for measure in measures) == 31
    assert len({shown.indicator.id for measure in measures for shown in measure.indicators}) == 30
    assert sum(len(measure.initiatives) for measure in measures) == 43


def test_repeated_entries_lead_to_their_originals(evaluation: Evaluation) -> None:
    initiatives = [initiative for measure in evaluation.measures for initiative in measure.initiatives]
    assert [i.repeated_from for i in initiatives if i.repeated_from] == [
        "1-3/startup-support",
        "1-2/urban-industry",
        "3-1/city-promotion",
        "1-2/urban-industry",
        "4-2/conventions",
        "5-2/public-transport",
    ]
    written_here = [a for i in initiatives if not i.repeated_from for a in i.activities]
    assert len([a for a in written_here if a.repeated_from]) == 4


def test_all_files_are_read() -> None:
    assert len(validate.files(INPUTS)) == 24
