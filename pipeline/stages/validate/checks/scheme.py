"""Rules of the rating scheme: its bands, its special cases, and what refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePosixPath

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.stages.validate.checks.identity import twice
from pipeline.stages.validate.scheme_file import BandShape, MissingBandShape, SchemeShape, SpecialShape
from pipeline.stages.validate.sources import SchemeAt, Sources
from pipeline.stages.validate.tree import Path, find
from pipeline.stages.validate.views import actual_documents, close_to, declared, indicator_ids, nearest, words
from pipeline.wording.era import gregorian

_RELATIONS = ("target", "baseline", "previous")
_WITH_RATE = ("ratio", "progress")
_MET = ("above", "reached", "equal")
"""How a figure stands to its target where that is met."""
_WIDER = {"above": ("reached",), "equal": ("reached", "not-above"), "below": ("not-above",)}
"""What else holds where a relation does."""
_LOWEST, _HIGHEST = 10, 200
"""A limit of a rate that is not 0 lies between these."""
_FULL = (Decimal(100), False)
"""Where a rate stands, at least, once the target is met."""


@dataclass(frozen=True, slots=True)
class BandsAt:
    """A list of bands with its path in the scheme, the formula it is for, and whether a person enters the rating."""

    path: Path
    bands: Sequence[BandShape]
    formula: str
    entered: bool


def scheme_exists(sources: Sources) -> Iterator[Diagnostic]:
    """A scheme chosen by name is a file of inputs/schemes."""
    chosen = sources.report.data.scheme if sources.report.data else None
    if isinstance(chosen, str) and chosen not in sources.schemes:
        message = f"判定の方法「{chosen}」が inputs/schemes にありません"
        known = "、".join(sorted(sources.schemes))
        hint = nearest(PurePosixPath(chosen).name.removesuffix(".yaml"), sources.schemes) or (
            f"選べるのは {known} です" if known else "判定の方法を書いてください"
        )
        yield error("scheme-unknown", sources.report.at("scheme"), message, hint)


def bands_have_their_conditions(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """Every rating has conditions that can go together; exactly one has none and takes what is left."""
    for group in _groups(scheme):
        for index, band in enumerate(group.bands):
            place = scheme.at(*group.path, index)
            if band.met and (band.at_least is not None or band.over is not None or band.target):
                message = (
                    f"区分「{band.label}」に met と{'target' if band.target else 'at_least'} の両方が書かれています"
                )
                yield error("band-condition-twice", place, message, "どちらか一方を消してください")
            elif band.at_least is not None and band.over is not None:
                message = f"区分「{band.label}」に at_least（以上）と over（超）の両方が書かれています"
                yield error("band-condition-twice", place, message, "どちらか一方を消してください")
        yield from _one_is_open(scheme, group)


def _one_is_open(scheme: SchemeAt, group: BandsAt) -> Iterator[Diagnostic]:
    free = [index for index, band in enumerate(group.bands) if not _conditions(band)]
    if not group.bands or (group.entered and free):
        return
    if not free:
        last = len(group.bands) - 1
        message = f"最後の区分「{group.bands[last].label}」に条件が書かれています"
        hint = "最後の区分は残りの全てに当てはまるよう、met や at_least などの条件を書かないでください"
        yield error("band-condition-last", scheme.at(*group.path, last), message, hint)
    for index in free[:-1]:
        message = f"区分「{group.bands[index].label}」に条件がありません"
        hint = "met: true か at_least: 80 のように書いてください。条件のない区分は一つだけです"
        yield error("band-condition-missing", scheme.at(*group.path, index), message, hint)


def bands_fit_their_formula(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """Limits of a rate need a rate; a tolerance needs something to compare with."""
    for group in _groups(scheme):
        for index, band in enumerate(group.bands):
            place = scheme.at(*group.path, index)
            if _limit(band) is not None and group.formula not in _WITH_RATE:
                message = f"区分「{band.label}」に率の下限がありますが、formula: {group.formula} では率を計算しません"
                hint = "target や baseline の条件に書き換えるか、formula を ratio か progress にしてください"
                yield error("band-limit-without-rate", place, message, hint)
            room = "tolerance" if band.margin is None else "margin"
            if getattr(band, room) is not None and not any(getattr(band, name) for name in _RELATIONS):
                message = f"区分「{band.label}」に {room}（同じとみなす幅）だけが書かれています"
                hint = "baseline: equal のような、比べる条件と一緒に書いてください"
                yield error("band-tolerance-alone", place, message, hint)


def bands_descend(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """Ratings are tried from the first, so the highest condition comes first."""
    for path, bands in _lists(scheme):
        limits = [(index, band) for index, band in enumerate(bands) if _only_limited(band)]
        for (_, upper), (index, lower) in pairwise(limits):
            if _height(lower) >= _height(upper):
                key = "at_least" if lower.at_least is not None else "over"
                message = f"達成率の下限 {_limit(lower)} が、上の区分の {_limit(upper)} より小さくなっていません"
                hint = "達成率の下限が大きい区分から順に並べてください"
                yield error("band-order", scheme.at(*path, index, key), message, hint)


def bands_can_be_reached(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """No band asks only for what an earlier one has taken: 100 % and more is no rating after 80 % and more."""
    for path, group in {group.path: group for group in _groups(scheme) if not group.entered}.items():
        for index, band in enumerate(group.bands):
            above = next((one for one in group.bands[:index] if _takes_all(one, band)), None)
            if above:
                message = (
                    f"区分「{band.label}」は、上の区分「{above.label}」が先に当てはまるため、使われることがありません"
                )
                hint = "条件の厳しい区分から順に並べるか、どちらかの条件を直してください"
                yield error("band-unreachable", scheme.at(*path, index), message, hint)


def limits_are_percentages(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """A limit of a rate is a percentage that rates reach, and one of points lies among the points: 80, not 0.8, 800."""
    for path, bands in _lists(scheme):
        of_points = path[:1] == ("roll_up",) and _is_of_points(scheme)
        points = [band.points for band in scheme.given().bands if band.points is not None] if of_points else []
        for index, band in enumerate(bands):
            limit = _limit(band)
            place = scheme.at(*path, index, "over" if band.at_least is None else "at_least")
            if limit is not None and 0 < limit <= 1 and not of_points:
                yield _fraction(limit, f"区分「{band.label}」の率の下限", place)
            elif limit is not None and _is_unlikely(limit, points):
                message = f"区分「{band.label}」の下限が {limit} になっています"
                hint = "桁や「-」の書き間違いでないかを確かめてください。80%以上の区分は at_least: 80 と書きます"
                yield warning("band-limit-unlikely", place, message, hint)
    yield from _shares(scheme)


def _is_unlikely(limit: Decimal, points: Sequence[Decimal]) -> bool:
    """Return whether no score of these points reaches a limit; without points, whether it is hardly a percentage."""
    if points:
        return not min(Decimal(0), *points) <= limit <= max(points)
    return limit < 0 or 1 < limit < _LOWEST or limit > _HIGHEST


def _is_of_points(scheme: SchemeAt) -> bool:
    roll_up = scheme.data.roll_up if scheme.data else None
    return roll_up is not None and roll_up.of == "points"


def _shares(scheme: SchemeAt) -> Iterator[Diagnostic]:
    shares = scheme.data.shares if scheme.data else {}
    if shares and all(0 < share <= 1 for share in shares.values()):
        year, share = next(iter(shares.items()))
        yield _fraction(share, f"{year} の経過割合", scheme.at("shares", year))
    for year, share in shares.items():
        if share > 100:
            hint = "最終年度が 100 になるよう、20、40、60 のように書いてください"
            place = scheme.at("shares", year)
            yield warning("scheme-share-unlikely", place, f"{year} の経過割合が {share}% になっています", hint)


def _fraction(number: Decimal, what: str, place: Place) -> Diagnostic:
    hint = f"{(number * 100).normalize():f}% なら、{(number * 100).normalize():f} と書いてください"
    return warning("band-limit-fraction", place, f"{what}が {number}% になっています", hint)


def caps_leave_room(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """No band begins above the highest rate that is printed."""
    for path, part in _parts(scheme):
        limits = [limit for band in part.bands or scheme.given().bands if (limit := _limit(band)) is not None]
        if part.cap is not None and any(limit > part.cap for limit in limits):
            message = f"率の上限 {part.cap} が、区分の下限 {max(limits)} より小さくなっています"
            yield error("scheme-cap-low", scheme.at(*path, "cap"), message, "cap を大きくするか、消してください")
        if part.cap is not None and part.floor is not None and part.floor >= part.cap:
            message = f"率の下限 {part.floor} が、上限 {part.cap} より小さくなっていません"
            yield error("scheme-floor-high", scheme.at(*path, "floor"), message, "floor か cap を直してください")


def widths_are_given_once(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """What counts as the same is told in per cent or in the unit, not in both."""
    bands = (((*path, index), band) for path, some in _lists(scheme) for index, band in enumerate(some))
    for path, part in (*_parts(scheme), *bands):
        if part.tolerance is not None and part.margin is not None:
            message = "tolerance（±何%）と margin（単位のままの幅）の両方が書かれています"
            yield error("scheme-width-twice", scheme.at(*path, "margin"), message, "どちらか一方を消してください")


def pace_is_of_the_final_target(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """A rate is held against the elapsed share only where it tells how much of the whole plan is done."""
    for path, part in _parts(scheme):
        judged, target = part.judged or scheme.given().judged, part.target or scheme.given().target
        if judged == "pace" and target != "last":
            message = "judged: pace（率÷経過割合で判定）は、最終年度の目標に対する率にだけ使えます"
            yield error("scheme-pace-target", scheme.at(*path), message, "target: last と書いてください")


def specials_have_their_conditions(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """A special says which indicators it is for."""
    for index, one in enumerate(scheme.data.special if scheme.data else []):
        if not (one.kinds or one.directions or one.units or one.indicators or one.final_year):
            message = f"特例「{one.name}」に、当てはめる条件がありません"
            hint = (
                "kinds: [milestone]、directions: [decrease]、units: [件]、indicators: [指標の id]、final_year: true の"
                "どれかを書いてください"
            )
            yield error("special-condition-missing", scheme.at("special", index), message, hint)


def missing_bands_exist(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """A band for missing data is one of the scheme's."""
    missing, known = scheme.data.missing if scheme.data else None, codes(scheme)
    for key in type(missing).model_fields if missing else ():
        entry = getattr(missing, key)
        if isinstance(entry, MissingBandShape) and entry.band not in known:
            message = f"判定の区分「{entry.band}」が、この判定の方法にありません"
            yield error("missing-band-unknown", scheme.at("missing", key, "band"), message, _known(entry.band, known))


def shares_rise(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """The elapsed share is more than nothing, and grows from year to year."""
    shares = scheme.data.shares if scheme.data else {}
    years = sorted(shares, key=gregorian)
    for n, year in enumerate(years):
        if shares[year] <= (shares[years[n - 1]] if n else 0):
            message = f"{year} の経過割合 {shares[year]} が、前の年度より大きくなっていません"
            yield error("scheme-shares-order", scheme.at("shares", year), message, "20、40、60 のように書いてください")


def points_are_given(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """An average of points needs points; a score's bands are limits of the score."""
    roll_up = scheme.data.roll_up if scheme.data else None
    if roll_up and roll_up.of == "points":
        for index, band in enumerate(scheme.given().bands):
            if band.points is None:
                message = f"区分「{band.label}」に点数がありません。評点（roll_up）は区分の点数を平均します"
                yield error(
                    "band-points-missing", scheme.at("bands", index), message, "points: 5 のように書いてください"
                )
    for index, band in enumerate(roll_up.bands if roll_up else []):
        if band.met or any(getattr(band, name) for name in _RELATIONS):
            message = f"評点の区分「{band.label}」に使えない条件があります"
            yield error(
                "roll-up-condition", scheme.at("roll_up", "bands", index), message, "at_least か over を使ってください"
            )


def codes_are_unique(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """No band of a list has the code of another."""
    for path, _ in _lists(scheme):
        yield from twice("band-code-twice", "判定の区分", words(find(scheme.tree, path), (), "code"))


def judgements_are_of_the_scheme(sources: Sources) -> Iterator[Diagnostic]:
    """A rating that was entered is one of the scheme's, for an indicator there is, where ratings are entered at all."""
    scheme, known = sources.scheme, indicator_ids(sources)
    for document in actual_documents(sources).values():
        for identifier, judgement in (document.data.judgements if document.data else {}).items():
            place = document.key("judgements", identifier)
            if known and identifier not in known:
                message = f"指標「{identifier}」は、strategy.yaml の indicators にありません"
                yield error(
                    "judgement-indicator-unknown",
                    place,
                    message,
                    nearest(identifier, known) or "識別名を確かめてください",
                )
            if scheme.data and judgement.rating not in codes(scheme):
                yield unknown_rating(scheme, judgement.rating, document.at("judgements", identifier, "rating"))
            elif scheme.data and not _entered(scheme.data):
                message = "選んだ判定の方法は、判定を記入するものではありません"
                hint = "この記入を消すか、判定の方法に entered: true と書いてください"
                yield error("judgement-not-expected", place, message, hint)


def unknown_rating(scheme: SchemeAt, rating: str, place: Place) -> Diagnostic:
    """Return the error of a rating entered that the scheme does not have."""
    message = f"判定の区分「{rating}」が、選んだ判定の方法にありません"
    return error("judgement-rating-unknown", place, message, _known(rating, codes(scheme)))


def codes(scheme: SchemeAt) -> frozenset[str]:
    """Return the codes of all bands of a scheme."""
    data = scheme.data
    lists = [data.bands, *(one.bands or [] for one in data.special)] if data else []
    return frozenset(band.code for bands in lists for band in bands)


def _entered(data: SchemeShape) -> bool:
    return data.entered or any(one.entered for one in data.special)


def _known(given: str, known: frozenset[str]) -> str:
    return nearest(given, known) or f"書けるのは {'、'.join(sorted(known))} です"


def _parts(scheme: SchemeAt) -> Iterator[tuple[Path, SchemeShape | SpecialShape]]:
    """Yield the scheme itself and its specials, each with its path."""
    if scheme.data:
        yield (), scheme.data
        yield from ((("special", index), one) for index, one in enumerate(scheme.data.special))


def _groups(scheme: SchemeAt) -> Iterator[BandsAt]:
    """Yield the bands by which indicators are rated."""
    data = scheme.data
    if data is None or not scheme.document.whole:
        return
    yield BandsAt(("bands",), data.bands, data.formula, data.entered)
    for index, one in enumerate(data.special):
        entered = data.entered if one.entered is None else one.entered
        if any(given is not None for given in (one.bands, one.formula, one.entered)):
            path: Path = ("bands",) if one.bands is None else ("special", index, "bands")
            yield BandsAt(path, one.bands or data.bands, one.formula or data.formula, entered)


def _lists(scheme: SchemeAt) -> Iterator[tuple[Path, Sequence[BandShape]]]:
    data = scheme.data
    if data is None:
        return
    yield ("bands",), data.bands
    yield from ((("special", index, "bands"), one.bands or []) for index, one in enumerate(data.special))
    yield ("roll_up", "bands"), data.roll_up.bands if data.roll_up else []


def _conditions(band: BandShape) -> bool:
    return band.met or _limit(band) is not None or any(getattr(band, name) for name in _RELATIONS)


def _only_limited(band: BandShape) -> bool:
    return _limit(band) is not None and not any(getattr(band, name) for name in _RELATIONS)


def _limit(band: BandShape) -> Decimal | None:
    return band.over if band.at_least is None else band.at_least


def _takes_all(earlier: BandShape, later: BandShape) -> bool:
    """Return whether whatever meets the later band's conditions meets the earlier one's; mere limits have their
    order.
    """
    if not (_conditions(earlier) and _conditions(later)) or (_only_limited(earlier) and _only_limited(later)):
        return False
    if (later.met and _limit(later) is not None) or (earlier.met and _limit(earlier) is not None):
        return False  # told by bands_have_their_conditions
    met = later.met or (later.target in _MET and not later.tolerance and not later.margin)
    beyond = _limit(later) is not None and _height(later) >= _height(earlier)
    return (
        (not earlier.met or met)
        and (_limit(earlier) is None or beyond or (met and _height(earlier) <= _FULL))
        and all(_narrower(getattr(later, name), getattr(earlier, name)) for name in _RELATIONS)
        and (earlier.tolerance or 0, earlier.margin or 0) == (later.tolerance or 0, later.margin or 0)
    )


def _narrower(later: str | None, earlier: str | None) -> bool:
    return earlier in (None, later) or earlier in _WIDER.get(later or "", ())


def _height(band: BandShape) -> tuple[Decimal, bool]:
    """Order limits; more than 100 lies above 100 or more."""
    return _limit(band) or Decimal(0), band.at_least is None


RULES = (
    bands_have_their_conditions,
    bands_fit_their_formula,
    bands_descend,
    bands_can_be_reached,
    limits_are_percentages,
    caps_leave_room,
    widths_are_given_once,
    pace_is_of_the_final_target,
    specials_have_their_conditions,
    missing_bands_exist,
    shares_rise,
    points_are_given,
    codes_are_unique,
)
"""The rules of a scheme by itself; ``rate`` asks them too, without a report."""


def scheme_is_sound(sources: Sources) -> Iterator[Diagnostic]:
    """The scheme of the report keeps all rules of schemes."""
    yield from check_scheme(sources.scheme)


def specials_name_indicators(sources: Sources) -> Iterator[Diagnostic]:
    """A special for one indicator names one of the strategy's."""
    scheme, known = sources.scheme, declared(sources, "indicators")
    for index, one in enumerate(scheme.data.special if scheme.data and known else []):
        for number, identifier in enumerate(one.indicators):
            if identifier not in (known or ()):
                message = f"特例「{one.name}」の指標「{identifier}」が、strategy.yaml にありません"
                meant = close_to(identifier, known or frozenset())
                hint = (
                    f"「{meant}」の書き間違いではありませんか"
                    if meant
                    else "strategy.yaml の indicators にある id を書いてください"
                )
                place = scheme.at("special", index, "indicators", number)
                yield error("special-indicator-unknown", place, message, hint)


def check_scheme(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """Ask every rule of a scheme."""
    for rule in RULES:
        yield from rule(scheme)
