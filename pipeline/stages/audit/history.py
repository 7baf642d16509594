"""What the report of the year before said, against this year's folder: nothing of it changes or is lost in silence.

What is declared (``revised``, revisions.yaml) and what was open (速報値, 集計中) may change; nothing open stays in a
year that is over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.diagnostics import Place
from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Absence, Amount, Indicator, Value, Worded
from pipeline.stages.audit.finding import Finding, Material, warn
from pipeline.wording import revisions
from pipeline.wording.freshness import is_open, unsettled, years_over
from pipeline.wording.numbers import marks, number

_UNIT = "単位"
_PUBLISHED = "前年度に公表した内容が正しければ、元に戻してください。"
_SILENCE = "理由を audit.yaml の silence に書くと、この注意は表示されません"
_REASON = f"正しく改めたのなら、{_SILENCE}"
_UNITS = "基準値と目標値も新しい単位に直っているかを確かめてください"


class _Said(Struct, frozen=True):
    """Something an indicator says: what it is called, as it is written for people, and whether it was still open."""

    called: str
    text: str
    open: bool = False


_Path = tuple[str, ...]


def indicators_are_as_they_were(material: Material) -> Iterator[Finding]:
    """What is said of an indicator is what last year's report said of it, as far as that was not open."""
    for indicator in material.evaluation.indicators:
        before = material.earlier.get(indicator.id)
        if material.published is None or before is None:
            continue
        now, then = dict(_said(indicator)), dict(_said(before))
        for path in (path for path in then if path in now or path[0] != "actuals"):
            if now.get(path) != then[path] and not (then[path].open or _is_declared(path, indicator, before)):
                places = _at(material.evaluation, path, indicator), _at(material.published, path, before)
                yield _changed(indicator.name, places, then[path], now.get(path), _hint(path, indicator, before))


def names_are_as_they_were(material: Material) -> Iterator[Finding]:
    """Goals and measures are called as they were a year ago, and no indicator is dropped."""
    if material.published is None:
        return
    form = material.evaluation.form
    for part, called in (("goals", form.top.name), ("measures", form.lowest.name)):
        now, then = _names(material.evaluation, part), _names(material.published, part)
        for identifier in (i for i in now if i in then and now[i] != then[i]):
            place, earlier = (
                e.spots.get((part, identifier), e.report.place) for e in (material.evaluation, material.published)
            )
            message = (
                f"{called}{identifier}の名称が、前年度の「{then[identifier]}」から「{now[identifier]}」に変わっています"
                f"（前年度は {_where(earlier)}）"
            )
            yield warn("history-changed", [place], message, _PUBLISHED + _REASON)
    kept = {indicator.id for indicator in material.evaluation.indicators}
    for indicator in (indicator for identifier, indicator in material.earlier.items() if identifier not in kept):
        message = f"前年度の指標「{indicator.name}」（{_where(indicator.place)}）がありません"
        hint = f"識別名（id）の {indicator.id} を書き換えていないかを確かめてください。取りやめたのなら、{_SILENCE}"
        yield warn("history-lost", [Place(f"{material.base}/strategy.yaml")], message, hint)


def words_are_as_they_were(material: Material) -> Iterator[Finding]:
    """The list of words is not last year's without its end: a file that was cut off at a line."""
    if material.previous is None:
        return
    now, then = material.evaluation.rules.spellings, material.previous.rules.spellings
    if len(now) < len(then) and now == then[: len(now)]:
        message = (
            f"前年度の words.yaml にあった最後の{len(then) - len(now)}語（「{then[-1].spellings[0]}」など）がありません"
        )
        hint = (
            f"ファイルが途中で切れていないかを確かめ、前年度のファイルから写してください。取りやめたのなら、{_SILENCE}"
        )
        yield warn("history-lost", [Place(f"{material.base}/words.yaml")], message, hint)


def earlier_years_have_their_actual(material: Material) -> Iterator[Finding]:
    """Every year from the baseline to the evaluated one has its actual, or a word for it.

    Where the evaluated one has none, the inputs' own check has told of all that are missing.
    """
    year = material.evaluation.report.year
    for indicator in material.evaluation.indicators:
        lost = [year for year in years_over(indicator, material.evaluation) if year not in indicator.actuals]
        before = material.earlier.get(indicator.id)
        known = {y: v for y in lost if before and (v := before.actuals.get(y)) is not None}
        if known or (lost and year in indicator.actuals):
            yield _lost(material, indicator, lost, known)


def earlier_years_are_settled(material: Material) -> Iterator[Finding]:
    """A year before the evaluated one has no preliminary figure any more, nor a word that promises one."""
    for indicator in material.evaluation.indicators:
        for year, value in unsettled(indicator, material.evaluation).items():
            word = value.value if isinstance(value, Absence) else f"{_written(indicator, value)}のまま"
            message = f"指標「{indicator.name}」の{year}の実績が、評価の年度を過ぎても{word}です"
            hint = "確定した数値に改めてください。まだ確定していないなら、いつ確定するかを所管課に確かめてください"
            yield warn("actual-unsettled", [material.at(indicator, "actuals", year)], message, hint)


def _said(indicator: Indicator) -> Iterator[tuple[_Path, _Said]]:
    yield ("name",), _Said("名称", indicator.name + (f"（{indicator.note}）" if indicator.note else ""))
    yield ("unit",), _Said(_UNIT, indicator.unit or "なし")
    yield ("direction",), _Said("望ましい方向", indicator.direction.value)
    yield ("kind",), _Said("数え方", indicator.kind.value)
    yield ("states",), _Said("段階", "、".join(indicator.states))
    start = "なし" if indicator.baseline is None else _written(indicator, indicator.baseline)
    yield ("baseline",), _Said("基準値", f"{indicator.baseline_year} {start}")
    for year, value in indicator.targets.items():
        yield ("targets", year), _Said(f"{year}の目標", _written(indicator, value))
    for year, value in indicator.actuals.items():
        yield ("actuals", year), _Said(f"{year}の実績", _written(indicator, value), is_open(value))
    if indicator.rebased:
        yield ("revised",), _Said("改めた基準値", _written(indicator, indicator.rebased.baseline))
        for year, value in indicator.rebased.targets.items():
            yield ("revised", year), _Said(f"改めた{year}の目標", _written(indicator, value))
    for one in indicator.revisions:
        said = _Said(f"{revisions.called(one)}の改定", _written(indicator, one.before))
        yield ("revisions", one.year, one.date.isoformat()), said


def _written(indicator: Indicator, value: Value) -> str:
    """Write a figure without its unit, which has a word of its own; an absence as its word."""
    if isinstance(value, Absence | Worded):
        return value.words if isinstance(value, Worded) else value.value
    return number(value.number, indicator.decimals) + marks(value)


def _changed(name: str, places: tuple[Place, Place], then: _Said, now: _Said | None, hint: str) -> Finding:
    end = f"から「{now.text}」に変わっています" if now else "が書かれなくなっています"
    message = f"指標「{name}」の{then.called}が、前年度の「{then.text}」{end}（前年度は {_where(places[1])}）"
    if then.called == _UNIT:
        return warn("unit-changed", places[:1], message, hint)
    return warn("history-changed", places[:1], message, hint)


def _hint(path: _Path, now: Indicator, then: Indicator) -> str:
    """Return what to do about a change: a figure of the plan is declared as revised, which the book then tells."""
    if path[0] not in ("baseline", "targets"):
        return _UNITS if path[0] == "unit" else _PUBLISHED + _REASON
    before, after = (_figure(path, one) for one in (then, now))
    if now.revised(*path[1:]) and now.baseline_year == then.baseline_year:
        return f"{_PUBLISHED}計画を改めたのなら、revisions.yaml にあるこの改定の before を、{before} に直してください"
    entry = f"indicator: {now.id}, figure: {path[1] if path[1:] else '基準値'}, before: {before}, after: {after}"
    return (
        f"{_PUBLISHED}計画を改めたのなら、revisions.yaml の revisions に次の行を書くと、冊子に改定と示します："
        f"「- {{{entry}, date: 改めた日, since: 新しい値で判定する最初の年度, reason: 理由}}」"
    )


def _is_declared(path: _Path, now: Indicator, then: Indicator) -> bool:
    """Return whether a figure of the plan is revised, from what it was a year ago."""
    if path[0] not in ("baseline", "targets") or now.baseline_year != then.baseline_year:
        return False
    return any(one.before == _planned(path, then) for one in now.revised(*path[1:]))


def _planned(path: _Path, indicator: Indicator) -> Value:
    return (indicator.baseline if path[0] == "baseline" else indicator.targets.get(path[1])) or Absence.NOT_SET


def _figure(path: _Path, indicator: Indicator) -> str:
    """Write a figure of the plan as the inputs have it."""
    match _planned(path, indicator):
        case Amount(number, state):
            return f"{{number: {number:f}, state: {state}}}" if state else f"{number:f}"
        case Absence() as absence:
            return absence.value
        case worded:
            return f"{{words: {worded.words}}}"


def _lost(material: Material, indicator: Indicator, lost: list[str], known: Mapping[str, Value]) -> Finding:
    earlier = material.earlier.get(indicator.id)
    told = [f"{y} {_written(indicator, v)}（{_where(earlier.places.actuals[y])}）" for y, v in known.items() if earlier]
    message, places = (
        f"指標「{indicator.name}」の{'、'.join(lost)}の実績がありません",
        [material.at(indicator, "actuals")],
    )
    hint = "前年度までの実績は消さずに残し、今年度の値を書き足します。調べていない年度は 未測定 と書いてください"
    if told:
        return warn("history-lost", places, f"{message}。前年度は、{'、'.join(told)}でした", hint)
    return warn("actual-missing", places, message, hint)


def _names(evaluation: Evaluation, part: str) -> Mapping[str, str]:
    parts = evaluation.goals if part == "goals" else evaluation.measures
    return {one.id: one.name for one in parts}


def _at(evaluation: Evaluation, path: _Path, indicator: Indicator) -> Place:
    """Return the place of what was said; of what holds it where it is not written."""
    holders = ((indicator.id, *path[:end]) for end in range(len(path), 0, -1))
    return next((evaluation.spots[key] for key in holders if key in evaluation.spots), indicator.place)


def _where(place: Place) -> str:
    return f"{place.file} {place.line}行目" if place.line else place.file
