"""The steps from the inputs to the rating, in plain Japanese; written while an indicator is assessed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from pipeline.model.results import Step
from pipeline.model.scheme import Band, Formula, Judged, NoRating
from pipeline.model.strategy import Amount, Direction, Judgement, Worded
from pipeline.stages.compute import percentages
from pipeline.stages.compute.bands import BOUNDLESS, Facts
from pipeline.stages.compute.indicator_year import Benchmark, IndicatorYear, by_way, elapsed, previous, target_year
from pipeline.stages.compute.percentages import Quotient
from pipeline.stages.compute.step_text import exactly, with_unit
from pipeline.wording import ratings
from pipeline.wording.numbers import number
from pipeline.wording.revisions import called, day, figure, later

_WORSE, _BETTER = {Direction.DECREASE: "より大きい"}, {Direction.DECREASE: "以下"}


def given(judged: IndicatorYear) -> Iterator[Step]:
    """Tell the figures that were given, each with its line."""
    indicator, year = judged.indicator, target_year(judged)
    if indicator.baseline:
        text = f"{indicator.baseline_year} {with_unit(indicator.baseline, indicator)}".strip()
        yield Step("基準値", text, indicator.places.baseline)
    words = indicator.targets.get(year)
    compares = any(band.previous for band in judged.method.bands) or (isinstance(words, Worded) and words.previous)
    before = previous(judged) if compares else None
    if before:
        yield Step("前年度の実績", f"{before.year} {with_unit(before.amount, indicator)}", before.place)
    target, actual = indicator.targets.get(year), judged.actual
    yield Step("目標", f"{year} {with_unit(target, indicator)}", indicator.places.targets.get(year))
    yield Step("実績", f"{judged.year} {with_unit(actual, indicator)}", indicator.places.actuals.get(judged.year))
    yield from _revised(judged, year)


def _revised(judged: IndicatorYear, target_year: str) -> Iterator[Step]:
    """Tell what of these figures the plan was changed in, each with its line, and by which it is rated."""
    indicator = judged.indicator
    unfit = later(indicator, judged.asked)
    for one in (*indicator.revised(), *indicator.revised(target_year)):
        change = f"{figure(indicator, one.before)}から{figure(indicator, one.after)}に改めた（{one.reason}）"
        used = "前" if one in unfit else "後"
        text = (
            f"{called(one)}を{day(one)}に{change}。{one.since} の評価から用いるため、{judged.asked} は改める{used}の値"
        )
        yield Step("計画の改定", text, one.place)


def method(judged: IndicatorYear) -> Step:
    """Return which rule applies, and its formula."""
    named = f"「{judged.scheme.name}」" + (f"の特例「{judged.special.name}」" if judged.special else "")
    return Step("決め方", f"{named}　{_formula(judged)}", judged.scheme.place)


def latest(judged: IndicatorYear) -> Iterator[Step]:
    """Tell that another year is judged than the one that is evaluated, and why."""
    if judged.year != judged.asked:
        actuals, places = judged.indicator.actuals, judged.indicator.places.actuals
        why = with_unit(actuals.get(judged.asked), judged.indicator)
        text = f"{judged.asked} の実績が{why}のため、実績のある最も新しい年度 {judged.year} で判定する"
        yield Step("判定する年度", text, places.get(judged.asked))


def _formula(judged: IndicatorYear) -> str:
    used = judged.method
    if used.formula is Formula.FIXED:
        return "計算せずに区分を決める"
    if used.formula is Formula.COMPARE:
        return "率を使わず、実績を比べる"
    aim = ratings.aim(used)
    if by_way(judged):
        return f"{judged.scheme.rate_name} ＝（実績－基準値）÷（{aim}－基準値）"
    if judged.indicator.direction is not Direction.DECREASE:
        return f"{judged.scheme.rate_name} ＝ 実績÷{aim}"
    return f"{judged.scheme.rate_name} ＝ {ratings.falling(used)}（小さいほど良い指標）"


def no_rate(judged: IndicatorYear, reason: str) -> Step:
    """Return why there is no rate."""
    return Step("計算", f"{judged.scheme.rate_name}は示さない。理由: {reason}")


def rate(judged: IndicatorYear, found: Quotient, exact: Fraction, printed: Decimal) -> tuple[Step, ...]:
    """Tell the division, the bounds where they take effect, and the rounding."""
    return tuple(_rate(judged, found, exact, printed))


def _rate(judged: IndicatorYear, found: Quotient, exact: Fraction, printed: Decimal) -> Iterator[Step]:
    yield Step("計算", f"{found.division} ＝ {exactly(found.value)}%")
    if exact != found.value:
        yield Step("上限・下限", f"{ratings.bounds(judged.method)}とするため、{exactly(exact)}%")
    text = f"{ratings.rounding(judged.method)}して {printed:,f}%"
    plain = percentages.printed(exact, judged.method.rounding, judged.method.decimals, ())
    if printed < plain:
        text += "（区分の境に届いていないため、切り上げない）"
    if printed > plain:
        text += "（区分の境を超えているため、切り上げる）"
    yield Step("端数処理", text)
    share = elapsed(judged)
    if judged.method.judged is Judged.PACE and share:
        pace = f"{exactly(exact)}% ÷ 経過割合 {exactly(100 * share)}% ＝ {exactly(100 * exact / (100 * share))}%"
        yield Step("経過割合に対する率", pace, judged.scheme.place)


def met(judged: IndicatorYear, target: Benchmark, actual: Amount, reached: bool) -> Step:
    """Return whether the target is met, on the exact figures."""
    indicator = judged.indicator
    aim = ratings.AIMS[judged.method.target]
    aimed = target.number
    figure = number(aimed, indicator.decimals) if isinstance(aimed, Decimal) else exactly(aimed)
    shown = figure + indicator.unit + (f"（{target.state}）" if target.state else "")
    if judged.method.tolerance is not None and indicator.direction is Direction.MAINTAIN:
        width = ratings.width(judged.method.tolerance)
        verdict = f"{aim} {shown} の±{width}以内に{'ある' if reached else 'ない'}"
    elif reached:
        verdict = f"{aim} {shown} {_BETTER.get(indicator.direction, '以上')}"
    elif target.state and number_reaches(judged, target, actual):
        verdict = f"{aim} {shown} の段階に達していない"
    else:
        verdict = f"{aim} {shown} {_WORSE.get(indicator.direction, 'より小さい')}"
    return Step("達成", f"{'達成' if reached else '未達成'}。実績 {with_unit(actual, indicator)} は、{verdict}")


def number_reaches(judged: IndicatorYear, target: Benchmark, actual: Amount) -> bool:
    """Return whether the number alone would do."""
    gain = Fraction(actual.number) - Fraction(target.number)
    return gain <= 0 if judged.indicator.direction is Direction.DECREASE else gain >= 0


def decided(judged: IndicatorYear, band: Band, facts: Facts, exact: Fraction | None) -> Step:
    """Tell the rating, and the condition that earned it."""
    if ratings.rated(judged.method) and exact is None:
        reached = "届いたもの" if facts.met else "届かないもの"
        if facts.level == BOUNDLESS:
            reached = "十分に届いたもの（実績が0に近いほど率は限りなく大きい）"
        told = f"{judged.scheme.rate_name}を示さないため、{ratings.AIMS[judged.method.target]}に{reached}として判定"
        return Step("判定", f"{ratings.shown(band)}（{told}）")
    bands = judged.method.bands
    meaning = ratings.meaning(band, bands[: bands.index(band)], judged.method, judged.scheme.rate_name)
    if judged.indicator.direction is Direction.DECREASE:
        meaning = ratings.mirrored(meaning)
    return Step("判定", f"{ratings.shown(band)}（{meaning}）")


def entered(judged: IndicatorYear, band: Band, judgement: Judgement) -> Step:
    """Tell the rating that a person entered, with the reason."""
    asked = "、".join(ratings.conditions(band, judged.method, judged.scheme.rate_name))
    limit = f"限度「{asked.removesuffix('の')}」を満たす。" if asked else ""
    text = f"{ratings.shown(band)}（担当者の記入）。{limit}理由: {judgement.reason}"
    return Step("判定", text, judgement.place)


def undecided(printed: NoRating | Band, reason: str) -> Step:
    """Return what is printed where nothing can be judged, and why."""
    return Step("判定", f"{ratings.shown(printed)}（{reason}）")
