"""Numbers as printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.strategy import Absence, Amount
from pipeline.wording import numbers
from tests.stages.compute.examples import judged


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("360000", 0, "360,000"),
        ("1234.5", 2, "1,234.50"),
        ("165", 1, "165.0"),
        ("71.45", 1, "71.5"),
        ("-0.5", 0, "-1"),
        ("-0.04", 1, "0.0"),
        ("-1234", 0, "-1,234"),
        ("1E+3", 0, "1,000"),
    ],
)
def test_numbers_have_separators_and_the_declared_decimals(number: str, decimals: int, text: str) -> None:
    assert numbers.number(Decimal(number), decimals) == text


def test_every_kind_of_absence_prints_differently_from_zero() -> None:
    absent = [numbers.value(v, 0) for v in (None, Absence.NOT_SET, Absence.NOT_MEASURED, Absence.PENDING)]
    assert absent == ["", "―", "―", "集計中"]
    assert numbers.value(Amount(Decimal(0)), 0) == "0"


def test_a_milestone_names_its_state() -> None:
    assert numbers.value(Amount(Decimal(2), "整備中"), 0) == "2（整備中）"


def test_a_rate_has_its_sign_or_a_dash() -> None:
    assert numbers.rate(judged(78, 90)) == "115.4%"
    assert numbers.rate(judged(1, 5000)) == "500,000.0%"
    assert numbers.rate(judged(None, 90)) == "―"
