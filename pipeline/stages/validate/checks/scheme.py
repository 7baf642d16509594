"""Rules of the rating scheme: its caps, shares and special cases, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.stages.validate.checks.bands import (
    RELATIONS,
    bands_can_be_reached,
    bands_descend,
    bands_fit_their_formula,
    bands_have_their_conditions,
    codes_are_unique,
    limit_of,
    limits_are_percentages,
    lists,
)
from pipeline.stages.validate.scheme_file import MissingBandShape, SchemeShape, SpecialShape
from pipeline.stages.validate.sources import SchemeAt, Sources
from pipeline.stages.validate.tree import Path
from pipeline.stages.validate.views import actual_documents, close_to, declared, entered_by_hand, indicator_ids, nearest
from pipeline.wording.era import gregorian


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


def caps_leave_room(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """No band begins above the highest rate that is printed."""
    for path, part in _parts(scheme):
        limits = [limit for band in part.bands or scheme.given().bands if (limit := limit_of(band)) is not None]
        if part.cap is not None and any(limit > part.cap for limit in limits):
            message = f"率の上限 {part.cap} が、区分の下限 {max(limits)} より小さくなっています"
            yield error("scheme-cap-low", scheme.at(*path, "cap"), message, "cap を大きくするか、消してください")
        if part.cap is not None and part.floor is not None and part.floor >= part.cap:
            message = f"率の下限 {part.floor} が、上限 {part.cap} より小さくなっていません"
            yield error("scheme-floor-high", scheme.at(*path, "floor"), message, "floor か cap を直してください")


def widths_are_given_once(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """What counts as the same is told in per cent or in the unit, not in both."""
    bands = (((*path, index), band) for path, some in lists(scheme) for index, band in enumerate(some))
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
        if not (one.kinds or one.directions or one.units or one.indicators or one.tags or one.final_year):
            message = f"特例「{one.name}」に、当てはめる条件がありません"
            hint = (
                "kinds: [milestone]、directions: [decrease]、units: [件]、indicators: [指標の id]、"
                "tags: [分類]、final_year: true のどれかを書いてください"
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
        if band.met or any(getattr(band, name) for name in RELATIONS):
            message = f"評点の区分「{band.label}」に使えない条件があります"
            yield error(
                "roll-up-condition", scheme.at("roll_up", "bands", index), message, "at_least か over を使ってください"
            )


def judgements_are_of_the_scheme(sources: Sources) -> Iterator[Diagnostic]:
    """A rating that was entered is one of the scheme's, for an indicator there is, where ratings are entered at all."""
    scheme, known, by_hand = sources.scheme, indicator_ids(sources), entered_by_hand(sources)
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
            elif scheme.data and not _entered(scheme.data) and identifier not in by_hand:
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


def specials_name_tags(sources: Sources) -> Iterator[Diagnostic]:
    """A special for a tag names one that an indicator has: a slip of the hand would judge by another method unseen."""
    scheme, strategy = sources.scheme, sources.strategy
    if strategy.data is None or not strategy.whole:
        return
    known = frozenset(tag for shape in strategy.data.indicators for tag in shape.tags)
    for index, one in enumerate(scheme.data.special if scheme.data else []):
        for number, tag in enumerate(one.tags):
            if tag not in known:
                message = f"特例「{one.name}」の分類「{tag}」が、strategy.yaml のどの指標にもありません"
                hint = nearest(tag, known) or f"strategy.yaml の指標に tags: [{tag}] と書くか、この特例を消してください"
                yield error("special-tag-unknown", scheme.at("special", index, "tags", number), message, hint)


def check_scheme(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """Ask every rule of a scheme."""
    for rule in RULES:
        yield from rule(scheme)
