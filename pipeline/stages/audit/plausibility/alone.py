"""What is unlikely whatever the size of the other figures: a rate that adds up, a sign, more than all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.strategy import Direction, Kind
from pipeline.stages.audit.plausibility.row import BASELINE, PERCENT, Doubt, Row, called

_MAY_EXCEED = re.compile(r"比率|比$|増減|増加率|伸び率|上昇率|成長率|達成率|達成度|充足率|自給率|倍率|回転率|指数")
_MAY_FALL = re.compile(r"増減|増加率|伸び率|上昇率|成長率|収支|損益|差$|差額")


def kind_fits_the_unit(row: Row) -> Iterator[Doubt]:
    """A rate is of a year or a moment; it does not add up over the years."""
    given = row.indicator
    if given.kind is Kind.CUMULATIVE and row.is_rate:
        message = f"指標「{given.name}」は割合（{given.unit}）なのに、数え方が累計になっています"
        hint = "kind を point（時点）か annual（年間）に直すか、累計と書く理由があるかを確かめてください"
        yield Doubt("kind-unlike-unit", ("kind",), message, hint)


def signs_are_alike(row: Row) -> Iterator[Doubt]:
    """What is counted is not below zero in one year alone; what is to sink may just have sunk below it."""
    below = [path for path, value in row.numbers.items() if value < 0]
    if len(below) != 1 or len(row.numbers) == 1 or _MAY_FALL.search(row.indicator.name):
        return
    path, value = below[0], row.numbers[below[0]]
    last = list(row.of(path[0]))[-1:] == list(path[1:])
    if row.indicator.direction is Direction.DECREASE and last and abs(value) * 2 < max(map(abs, row.numbers.values())):
        return
    message = f"指標「{row.indicator.name}」の{called(path)}（{row.shown(value)}）だけが、0より小さくなっています"
    yield Doubt("figure-negative", path, message, "余分な「-」が付いていないかを確かめてください")


def percentages_are_at_most_100(row: Row) -> Iterator[Doubt]:
    """A share of something is no more than all of it; ratios and growth may be."""
    if row.indicator.unit not in PERCENT or _MAY_EXCEED.search(row.indicator.name):
        return
    above = [path for path, value in row.numbers.items() if value > 100]
    for path in above:
        what = "基準値" if path == BASELINE else f"{path[1]} の値"
        whole = path[:1] if path[0] == "targets" and len(above) > 2 else path  # all of them are of another unit
        message = f"指標「{row.indicator.name}」の {what}が 100% を超えています（{row.shown(row.numbers[path])}）"
        yield Doubt("percentage-above-100", whole, message, "小数点の位置や単位を確かめてください")
