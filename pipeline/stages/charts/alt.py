"""What a screen reader reads in a chart's place, written from the same figures."""

from __future__ import annotations

from pipeline.model.results import Assessment
from pipeline.model.scheme import Aim
from pipeline.model.strategy import Direction
from pipeline.stages.charts.series import Column, Role, Series, series
from pipeline.wording.era import in_text

MET = {True: "を達成しています。", False: "を達成していません。"}
_AIMS = {Aim.LAST: "最終年度の目標", Aim.EXPECTED: "期待値", Aim.SHARE: "最終年度の目標の経過割合分"}


def alt_text(assessment: Assessment, years: tuple[str, ...], year: str) -> str:
    """Return name, each year's target and actual, targets to come, which way is better, and whether it is met."""
    shown = series(assessment, years, year)
    sentences = [
        f"{assessment.shown.name}の目標と実績の推移です。",
        *(_year(column, shown) for column in shown.columns if column.role is not Role.FUTURE),
        *_future([column for column in shown.columns if column.role is Role.FUTURE], shown),
    ]
    sentences += [f"{note}。" for note in shown.notes]
    if assessment.shown.indicator.direction is Direction.DECREASE:
        sentences.append("数値が小さいほど良い指標です。")
    if assessment.met is not None:
        aim = _AIMS.get(assessment.aim, "目標")
        sentences.append(f"{in_text(assessment.actual_year or year)}は{aim}{MET[assessment.met]}")
    return "".join(sentences)


def _year(column: Column, shown: Series) -> str:
    name = in_text(column.year)
    actual = _actual(column, shown.unit)
    if column.role is Role.BASELINE:
        return f"{name}の基準値は{actual}です。"
    return f"{name}の目標は{_target(column, shown.unit)}、実績は{actual}です。"


def _actual(column: Column, unit: str) -> str:
    state = f"（{column.state}）" if column.state else ""
    return f"{column.actual_text}{unit}{state}" if column.actual_text else column.word.removeprefix("実績")


def _target(column: Column, unit: str) -> str:
    if column.aim:
        return f"「{column.aim}」"
    number, mark, state = column.target_text.partition("（")
    return "設定なし" if column.untargeted else f"{number}{unit}{mark}{state}"


def _future(columns: list[Column], shown: Series) -> list[str]:
    if not columns:
        return []
    targets = "、".join(f"{in_text(c.year)}が{_target(c, shown.unit)}" for c in columns)
    return [f"今後の目標は、{targets}です。"]
