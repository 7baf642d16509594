"""Rules of numbers: years, decimals, a milestone's states, and where actuals are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.model.strategy import Absence
from pipeline.stages.validate.measure_file import ActualShape, ActualValue, GoalsFile
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.strategy_file import AmountShape, IndicatorShape, WordsShape
from pipeline.stages.validate.views import (
    FigureAt,
    actual_documents,
    actuals,
    as_the_plan_writes,
    evaluated_year,
    figures,
    foreign,
    items,
    nearest,
    owners,
    words,
    years,
)
from pipeline.storage.naming import of_measure
from pipeline.wording.era import LONGEST, after, alike, by_calendar, gregorian

_SLIPS = 5
"""The most indicators that have the same slip; with more of them, what they all depend on is wrong."""

_CALLED = {"kpi-baseline": "基準値", "kpi-target": "目標値", "kpi-actual": "実績値"}


def strategy_years_are_in_order(sources: Sources) -> Iterator[Diagnostic]:
    """The plan comes after its baseline, has one to ten years, and all its years are written in one way."""
    data = sources.strategy.data
    if data is None:
        return
    first, last = data.years.first or after(data.years.baseline), data.years.last
    written = [year for year in (data.years.baseline, data.years.first, last) if year]
    if len({by_calendar(year) for year in written}) > 1:
        message = f"計画期間（years）の年度 {'、'.join(written)} に、元号と西暦が混じっています"
        hint = f"{'、'.join(alike(year, last) for year in written)} のように、どちらかにそろえてください"
        yield error("years-mixed", sources.strategy.at("years"), message, hint)
    elif gregorian(first) <= gregorian(data.years.baseline):
        message = f"計画期間の最初の年度 {first} が、基準年度 {data.years.baseline} の後ではありません"
        hint = "baseline には基準年度、first には計画の最初の年度を書いてください"
        yield error("years-out-of-order", sources.strategy.at("years", "first"), message, hint)
    elif not 0 <= gregorian(last) - gregorian(first) < LONGEST:
        message = f"計画期間の最終年度 {last} が、最初の年度 {first} から{LONGEST}年度以内ではありません"
        hint = "baseline には基準年度、last には計画の最終年度を書いてください"
        yield error("years-out-of-order", sources.strategy.at("years", "last"), message, hint)


def years_are_in_the_strategy(sources: Sources) -> Iterator[Diagnostic]:
    """Every target and actual belongs to a year that the tables print."""
    known = years(sources)
    lost = [f for f in figures(sources) if known and f.stem != "kpi-baseline" and f.year not in known]
    if len({figure.indicator.id for figure in lost}) > _SLIPS:
        lost_years = sorted({figure.year for figure in lost}, key=gregorian)
        message = (
            f"計画期間は {known[0]}～{known[-1]} ですが、{'、'.join(lost_years)} の値が{len(lost)}か所に書かれています"
        )
        hint = "years の baseline と last を確かめてください"
        yield error("years-too-few", sources.strategy.at("years", "last"), message, hint)
        return
    for figure in lost:
        message = f"{figure.year} は、計画期間（{known[0]}～{known[-1]}）の中にありません"
        yield error(f"{figure.stem}-year-unknown", figure.year_place, message, as_the_plan_writes(figure.year, known))


def baselines_are_of_a_year(sources: Sources) -> Iterator[Diagnostic]:
    """A baseline may be of any year up to the plan's last, written as the strategy writes its years."""
    data, known = sources.strategy.data, years(sources)
    for index, shape in enumerate(data.indicators if data and len(known) > 1 else []):
        year, place = shape.baseline.year, sources.strategy.at("indicators", index, "baseline", "year")
        if (meant := alike(year, known[-1])) != year:
            message = f"指標「{shape.id}」の基準年度 {year} の書き方が、計画期間（{known[0]}～{known[-1]}）と違います"
            yield error("kpi-baseline-year-unknown", place, message, f"{meant} と書いてください")
        elif gregorian(year) > gregorian(known[-1]):
            message = f"指標「{shape.id}」の基準年度 {year} が、計画の最終年度 {known[-1]} より後です"
            yield error("kpi-baseline-year-unknown", place, message, "年度を確かめてください")
        elif gregorian(known[0]) - gregorian(year) > LONGEST:
            message = f"指標「{shape.id}」の基準年度 {year} が、計画期間（{known[0]}～{known[-1]}）から離れています"
            hint = f"書き間違いなら、{known[0]} のように直してください。正しければ、このままで構いません"
            yield warning("kpi-baseline-year-far", place, message, hint)


def baseline_year_has_only_its_baseline(sources: Sources) -> Iterator[Diagnostic]:
    """The baseline year, and any before it, has neither target nor actual: its figure is the baseline."""
    known = years(sources)
    early: dict[str, list[FigureAt]] = {}
    for figure in figures(sources):
        baseline, strategy = figure.indicator.baseline.year, known[0] if known else ""
        outside = known and (
            figure.year not in known or gregorian(baseline) > gregorian(known[-1])
        )  # has a finding of its own
        start = max((y for y in (baseline, strategy) if y), key=gregorian)
        if figure.stem != "kpi-baseline" and gregorian(figure.year) <= gregorian(start) and not outside:
            early.setdefault(figure.indicator.id, []).append(figure)
    for found in early.values():
        baseline = found[0].indicator.baseline.year
        if known and gregorian(baseline) > gregorian(known[0]):
            yield _late_baseline(sources, found, known[0])
            continue
        for figure in found:
            start = known[0] if known else baseline
            message = f"基準年度 {start} 以前の {figure.year} に{_CALLED[figure.stem]}が書かれています"
            hint = "この年度を消してください。基準年度の値は strategy.yaml の baseline に書きます"
            yield error(f"{figure.stem}-baseline-year", figure.year_place, message, hint)


def _late_baseline(sources: Sources, found: Sequence[FigureAt], first: str) -> Diagnostic:
    """Tell of a baseline later than the strategy's that has other figures: more likely it is the slip than they are."""
    shape = found[0].indicator
    written = "、".join(sorted({figure.year for figure in found}, key=gregorian))
    message = f"指標「{shape.id}」の基準年度 {shape.baseline.year} 以前に、目標値や実績値（{written}）が書かれています"
    hint = f"もしかして「{first}」ではありませんか。{shape.baseline.year} が正しければ、{written} の値を消してください"
    index = sources.strategy.given().indicators.index(shape)
    place = sources.strategy.at("indicators", index, "baseline", "year")
    return error("kpi-baseline-year-late", place, message, hint)


def targets_are_given_as_elsewhere(sources: Sources) -> Iterator[Diagnostic]:
    """Where most indicators have a target for each year, one that lacks some says so; one may have the last alone."""
    data, known = sources.strategy.data, years(sources)
    shapes = data.indicators if data and sources.strategy.whole else []
    lacking = {index: missing for index, shape in enumerate(shapes) if (missing := _untargeted(shape, known[1:]))}
    if 2 * len(lacking) >= len(shapes) > 1:
        return
    for index, missing in lacking.items():
        if shapes[index].targets.keys() == {known[-1]}:
            continue
        message = f"指標「{shapes[index].id}」に {'、'.join(missing)} の目標値がありません"
        place = sources.strategy.key("indicators", index, "targets")
        hint = f"目標を定めない年度は {missing[0]}: 未設定 と書いてください"
        yield warning("kpi-target-missing", place, message, hint)


def _untargeted(shape: IndicatorShape, plan: Sequence[str]) -> list[str]:
    """Return the years of the plan after an indicator's baseline for which nothing is written."""
    return [y for y in plan if gregorian(y) > gregorian(shape.baseline.year) and not _has(shape.targets, y)]


def _has(values: Mapping[str, object], year: str) -> bool:
    """Return whether something is written for a year, be it in the way of another plan: that is told by itself."""
    return any(gregorian(one) == gregorian(year) for one in values)


def figures_have_their_decimals(sources: Sources) -> Iterator[Diagnostic]:
    """No figure has more decimals than are printed."""
    for figure in figures(sources):
        number = figure.value.number if isinstance(figure.value, ActualShape | AmountShape) else figure.value
        shape = figure.indicator
        if isinstance(number, Decimal) and _decimals(number) > shape.decimals:
            called = f"{_CALLED[figure.stem]} {number}"
            message = f"{called} の小数が、指標「{shape.id}」の{shape.decimals}桁より多くなっています"
            hint = f"数字を直すか、strategy.yaml のこの指標に decimals: {_decimals(number)} と書いてください"
            yield error(f"{figure.stem}-decimals", figure.place, message, hint)


def states_belong_to_milestones(sources: Sources) -> Iterator[Diagnostic]:
    """Only a milestone has states."""
    data = sources.strategy.data
    for index, shape in enumerate(data.indicators if data else []):
        if shape.states and shape.kind != "milestone":
            message = f"指標「{shape.id}」は milestone（段階）ではないのに『states』（段階の一覧）があります"
            hint = "kind: milestone に直すか、states を消してください"
            yield error("kpi-states-not-milestone", sources.strategy.key("indicators", index, "states"), message, hint)


def states_are_separated(sources: Sources) -> Iterator[Diagnostic]:
    """No state holds a Japanese comma, which does not separate the items of a list."""
    for indicator in items(sources.strategy.tree, "indicators"):
        for state in words(indicator, ("states",)):
            if mark := next((mark for mark in "、，" if mark in state.text), None):
                message = f"段階「{state.text}」に「{mark}」が入っています"
                yield error("kpi-states-joined", state.place, message, f"「{mark}」を半角の「,」に直してください")


def figures_have_their_state(sources: Sources) -> Iterator[Diagnostic]:
    """A milestone's figures name one of its states; other figures are plain numbers."""
    for figure in figures(sources):
        states = figure.indicator.states
        value = figure.value
        if isinstance(value, ActualShape | AmountShape) and value.state is not None:
            yield from _state(figure, value.state)
        elif isinstance(value, ActualShape | Decimal) and states and figure.indicator.kind == "milestone":
            message = f"{_CALLED[figure.stem]}に段階（{'、'.join(states)}）が書かれていません"
            number = value if isinstance(value, Decimal) else value.number
            hint = f"{{number: {number}, state: {states[-1]}}} のように書いてください"
            yield error(f"{figure.stem}-state-missing", figure.place, message, hint)


def _state(figure: FigureAt, state: str) -> Iterator[Diagnostic]:
    states = figure.indicator.states
    if any(mark in one for one in states for mark in "、，"):  # told by itself
        return
    if not states:
        message = f"段階のない指標「{figure.indicator.id}」に、段階「{state}」が書かれています"
        yield error(f"{figure.stem}-state-unexpected", figure.place, message, "数字だけを書いてください")
    elif state not in states:
        message = f"「{state}」は、指標「{figure.indicator.id}」の段階ではありません"
        hint = nearest(state, frozenset(states)) or f"書けるのは {'、'.join(states)} です"
        yield error(f"{figure.stem}-state-unknown", figure.place, message, hint)


def actuals_are_not_of_later_years(sources: Sources) -> Iterator[Diagnostic]:
    """A year after the evaluated one has no actual yet."""
    year = evaluated_year(sources)
    for figure in figures(sources):
        if year and figure.stem == "kpi-actual" and gregorian(figure.year) > gregorian(year):
            message = f"評価する年度 {year} より後の {figure.year} に実績値が書かれています"
            yield error(
                "kpi-actual-later", figure.year_place, message, "年度を確かめ、まだ来ていない年度は消してください"
            )


def actuals_are_in_their_file(sources: Sources) -> Iterator[Diagnostic]:
    """An actual is written once, in the file of the first measure that shows the indicator, or else in goals.yaml."""
    yield from _misplaced(sources, "actuals", "kpi-actual", "実績値")


def days_are_of_actuals(sources: Sources) -> Iterator[Diagnostic]:
    """A day as of which an actual is stands beside it, and is of a year that has one."""
    yield from _misplaced(sources, "as_of", "as-of", "実績の時点")
    for document in actual_documents(sources).values():
        for indicator, days in (document.data.as_of if document.data else {}).items():
            given = document.data.actuals.get(indicator, {}) if document.data else {}
            for year in days.keys() - given.keys() if given else ():
                message = f"指標「{indicator}」の {year} の時点が書かれていますが、{year} の実績がありません"
                hint = "年度を確かめるか、実績（actuals）を書いてください"
                yield error("as-of-alone", document.key("as_of", indicator, year), message, hint)


def days_are_near_their_year(sources: Sources) -> Iterator[Diagnostic]:
    """A figure is of a day in its fiscal year or soon after it, or of a survey in the year before."""
    for document in actual_documents(sources).values():
        for indicator, days in (document.data.as_of if document.data else {}).items():
            for year, day in days.items():
                if not gregorian(year) - 1 <= day.year <= gregorian(year) + 2:
                    message = f"指標「{indicator}」の {year} の実績が、{day.isoformat()} の時点と書かれています"
                    yield warning("as-of-far", document.at("as_of", indicator, year), message, "年を確かめてください")


def entries_are_in_their_file(sources: Sources) -> Iterator[Diagnostic]:
    """What is entered of an indicator stands beside its actuals."""
    yield from _misplaced(sources, "indicators", "indicator-fields", "記入欄")


def _misplaced(sources: Sources, key: str, stem: str, what: str) -> Iterator[Diagnostic]:
    """Report what stands under a key of a file that the indicator does not belong to."""
    belongs, documents = owners(sources), actual_documents(sources)
    found = {(entry.indicator.text, entry.owner): entry.indicator.place for entry in actuals(sources, key)}
    for (indicator, owner), place in found.items():
        rightful = belongs.get(indicator, owner)
        if owner == rightful or rightful not in documents or foreign(sources, owner) == rightful:
            continue
        original = found.get((indicator, rightful))
        if original:
            message = f"指標「{indicator}」の{what}は {original.file} の{original.line}行目にも書かれています"
            yield error(f"{stem}-twice", place, message, f"こちらを消してください。{what}は一か所だけに書きます")
        else:
            message = f"指標「{indicator}」の{what}は、このファイルに書くものではありません"
            yield error(f"{stem}-misplaced", place, message, f"{_file(rightful)} の {key} に移してください")


def actuals_are_given(sources: Sources) -> Iterator[Diagnostic]:
    """A missing actual is treated as absent, never as zero, and is asked for; a final edition has a word for it."""
    year, strategy = evaluated_year(sources), sources.strategy.data
    if year is None or strategy is None:
        return
    belongs, documents = owners(sources), actual_documents(sources)
    named = {(entry.owner, entry.indicator.text) for entry in actuals(sources)}
    mistyped = {owner for owner, text in named if text not in belongs}
    elsewhere = {text for owner, text in named if owner != belongs.get(text)}
    for shape in strategy.indicators:
        document = documents.get(belongs.get(shape.id, ""))
        if document is None or document.data is None or not document.whole or foreign(sources, belongs[shape.id]):
            continue
        given = document.data.actuals.get(shape.id)
        misplaced = given is None and (shape.id in elsewhere or belongs[shape.id] in mistyped)
        due = gregorian(shape.baseline.year) < gregorian(year) and not _is_judged(shape, year, document.data.judgements)
        if due and not _has(given or {}, year) and not misplaced:
            place = document.key("actuals") if given is None else document.key("actuals", shape.id)
            yield _not_given(sources, shape, year, given or {}, place)


def _is_judged(shape: IndicatorShape, year: str, judgements: Collection[str]) -> bool:
    """Return whether a rating was entered for a target in words, so that no figure is asked for."""
    target = shape.targets.get(year)
    return isinstance(target, WordsShape) and not target.is_tested and shape.id in judgements


def words_can_be_tested(sources: Sources) -> Iterator[Diagnostic]:
    """The test of a target in words can be met, and its width belongs to a comparison."""
    for figure in figures(sources):
        words = figure.value
        if not isinstance(words, WordsShape):
            continue
        subject = f"指標「{figure.indicator.id}」の {figure.year} の目標「{words.words}」"
        if words.at_least is not None and words.at_most is not None and words.at_least > words.at_most:
            message = f"{subject}の下限 {words.at_least} が、上限 {words.at_most} より大きくなっています"
            yield error(
                "words-range-empty", figure.place, message, "at_least に小さい数、at_most に大きい数を書いてください"
            )
        widths = [name for name in ("tolerance", "margin") if getattr(words, name) is not None]
        if widths and not (words.baseline or words.previous):
            message = f"{subject}に、{widths[0]}（同じとみなす幅）だけが書かれています"
            yield error(
                "words-width-alone", figure.place, message, "baseline: equal のような、比べる条件と一緒に書いてください"
            )
        if len(widths) > 1:
            message = f"{subject}に、tolerance（±何%）と margin（単位のままの幅）の両方が書かれています"
            yield error("words-width-twice", figure.place, message, "どちらか一方を消してください")


def _not_given(
    sources: Sources, shape: IndicatorShape, year: str, given: Mapping[str, ActualValue], place: Place
) -> Diagnostic:
    """Show the whole line, so that nobody loses what stands there by writing what is shown."""
    example = f"{{number: 1, state: {shape.states[-1]}}}" if shape.states else Absence.PENDING.value
    needed = [y for y in years(sources)[1:] if gregorian(shape.baseline.year) < gregorian(y) <= gregorian(year)]
    line = ", ".join(f"{y}: {_written(given[y]) if y in given else example}" for y in needed)
    missing = "、".join(y for y in needed if y not in given)
    words = "まだ分からないときは 集計中、調べていないときは 未測定、事業を終えたときは 終了 と書いてください"
    hint = f"{shape.id}: {{{line}}} の形で、{missing} の所に値を書いてください。{words}"
    message = f"指標「{shape.name}」の {missing} の実績値がありません"
    if sources.report.given().edition == "final":
        return error("actual-missing", place, f"確定版（final）なのに、{message}", hint, "実績")
    return warning("actual-missing", place, f"{message}。ないものとして進めます", hint, "実績")


def _written(value: ActualValue) -> str:
    """Write an actual as the file has it."""
    if isinstance(value, Absence):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    state = f", state: {value.state}" if value.state else ""
    return f"{{number: {value.number:f}{state}{', preliminary: true' if value.preliminary else ''}}}"


def _file(owner: str) -> str:
    return owner if owner == GoalsFile.file else of_measure(owner)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
