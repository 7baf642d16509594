"""Indicators whose charts are hard to draw, by name."""

from __future__ import annotations

from decimal import Decimal

from pipeline.model.results import Assessment
from pipeline.model.strategy import Absence, Amount, Direction, Kind
from tests.stages.compute.examples import assessed, indicator

SIZES = ((112, 80), (84, 72), (84, 54), (84, 46), (84, 42), (54.6, 48), (54.6, 44), (54.6, 38))


def done(number: int, state: str) -> Amount:
    return Amount(Decimal(number), state)


NONE = Absence.NOT_SET
CASES: dict[str, Assessment] = {
    "out-migration": assessed(
        indicator(
            143,
            {"R2": 50, "R3": 45, "R4": 40, "R5": 35, "R6": 30},
            {"R2": 103},
            name="転出超過数",
            direction=Direction.DECREASE,
        )
    ),
    "no-data": assessed(
        indicator(
            "42.3",
            {"R2": NONE, "R3": NONE, "R4": NONE, "R5": NONE, "R6": "60.0"},
            {"R2": Absence.NOT_MEASURED},
            name="住みたいと思う人の割合",
            unit="％",
            decimals=1,
        )
    ),
    "long-numbers": assessed(
        indicator(
            268607,
            {"R2": 210000, "R3": 300000, "R4": 340000, "R5": 350000, "R6": 360000},
            {"R2": 195757},
            name="動物園入園者数",
        )
    ),
    "milestone": assessed(
        indicator(
            done(2, "整備中"),
            {year: done(2, "完成") for year in ("R2", "R3", "R4", "R5", "R6")},
            {"R2": done(2, "整備中")},
            name="航路等整備",
            unit="航路",
            kind=Kind.MILESTONE,
            states=("整備中", "完成"),
        )
    ),
    "negative": assessed(
        indicator(
            "-12.5",
            {"R2": "-8", "R3": -5, "R4": 0, "R5": 3, "R6": 5},
            {"R2": "-9.4"},
            name="収支",
            unit="億円",
            decimals=1,
        )
    ),
    "past-years": assessed(
        indicator(
            "37.7",
            {"R2": "45.5", "R3": "50", "R4": "50", "R5": "50", "R6": "50"},
            {"R2": "45.7", "R3": "48.2", "R4": "49.1"},
            name="洋式化率",
            unit="％",
            decimals=1,
        ),
        year="R4",
    ),
    "zeros": assessed(indicator(5, {"R2": 0, "R6": 0}, {"R2": 0}, direction=Direction.DECREASE, unit="件")),
    "nothing": assessed(indicator()),
    "untargeted": assessed(indicator(268607, {"R2": NONE, "R6": 360000}, {"R2": 295757})),
    "pending": assessed(indicator(100, {"R2": 120, "R6": 160}, {"R2": Absence.PENDING})),
    "far-apart": assessed(indicator(3, {"R2": 100000, "R6": 250000}, {"R2": 4})),
    "missed-by-one": assessed(indicator(1234567, {"R2": 1234567, "R6": 1534567}, {"R2": 1234566})),
}
EVALUATED = {"past-years": "R4"}
