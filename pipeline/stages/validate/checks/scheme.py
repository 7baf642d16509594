"""Rules of the rating scheme: its caps, shares and special cases, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

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
from pipeline.stages.validate.document import Document
from pipeline.stages.validate.measure_file import JudgementShape
from pipeline.stages.validate.scheme_file import BandShape, MissingBandShape, SchemeShape, SpecialShape
from pipeline.stages.validate.sources import SchemeAt, Sources, chosen_schemes
from pipeline.stages.validate.tree import Path
from pipeline.stages.validate.views import actual_documents, close_to, declared, entered_by_hand, indicator_ids, nearest
from pipeline.wording.era import gregorian


def scheme_exists(sources: Sources) -> Iterator[Diagnostic]:
    """A scheme chosen by name is a file of inputs/schemes."""
    for path, chosen in chosen_schemes(sources.report).items():
        if not isinstance(chosen, str) or chosen in sources.schemes:
            continue
        message = f"判定の方法「{chosen}」が inputs/schemes にありません"
        known = "、".join(sorted(sources.schemes))
        hint = nearest(PurePosixPath(chosen).name.removesuffix(".yaml"), sources.schemes) or (
            f"選べるのは {known} です" if known else "判定の方法を書いてください"
        )
        yield error("scheme-unknown", sources.report.at(*path), message, hint)


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
    """A rating that was entered is one of its scheme's, for an indicator there is, where ratings are entered at all."""
    by_name = {scheme.data.name: scheme for scheme in sources.further if scheme.data}
    whole = all(scheme.data for scheme in sources.further)
    for document in actual_documents(sources).values():
        if document.data is None:
            continue
        yield from _entered_ratings(sources, sources.scheme, document, ("judgements",), document.data.judgements)
        for name, given in document.data.further_judgements.items():
            path: Path = ("further_judgements", name)
            if name in by_name:
                yield from _entered_ratings(sources, by_name[name], document, path, given)
            elif whole:
                message = f"判定の方法「{name}」が、report.yaml の further_schemes にありません"
                hint = nearest(name, frozenset(by_name)) or "判定の方法の名称（name）を書いてください"
                yield error("judgement-scheme-unknown", document.key(*path), message, hint)


def _entered_ratings(
    sources: Sources, scheme: SchemeAt, document: Document[Any], path: Path, given: Mapping[str, JudgementShape]
) -> Iterator[Diagnostic]:
    known, by_hand = indicator_ids(sources), entered_by_hand(sources)
    for identifier, judgement in given.items():
        place = document.key(*path, identifier)
        if known and identifier not in known:
            message = f"指標「{identifier}」は、strategy.yaml の indicators にありません"
            hint = nearest(identifier, known) or "識別名を確かめてください"
            yield error("judgement-indicator-unknown", place, message, hint)
        if scheme.data and judgement.rating not in codes(scheme):
            yield unknown_rating(scheme, judgement.rating, document.at(*path, identifier, "rating"))
        elif scheme.data and not _entered(scheme.data) and identifier not in by_hand:
            message = "選んだ判定の方法は、判定を記入するものではありません"
            hint = "この記入を消すか、判定の方法に entered: true と書いてください"
            yield error("judgement-not-expected", place, message, hint)


def unknown_rating(scheme: SchemeAt, rating: str, place: Place) -> Diagnostic:
    """Return the error of a rating entered that the scheme does not have."""
    message = f"判定の区分「{rating}」が、選んだ判定の方法にありません"
    bands = {band.code: band for band in _bands(scheme)}
    told = [f"{code}（{band.label}）" if band.label != code else code for code, band in bands.items()]
    shown = {word: code for code, band in bands.items() for word in (band.mark, band.label)}
    meant = shown.get(rating) or close_to(rating, frozenset(bands))
    hint = f"もしかして「{meant}」ではありませんか。" if meant else ""
    return error("judgement-rating-unknown", place, message, f"{hint}書けるのは {'、'.join(told)} です")


def codes(scheme: SchemeAt) -> frozenset[str]:
    """Return the codes of all bands of a scheme."""
    return frozenset(band.code for band in _bands(scheme))


def _bands(scheme: SchemeAt) -> list[BandShape]:
    """Return all bands of a scheme, in their order."""
    if scheme.data is None:
        return []
    return [band for bands in (scheme.data.bands, *(one.bands or [] for one in scheme.data.special)) for band in bands]


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
    """The report's schemes keep all rules of schemes."""
    for scheme in sources.judging:
        yield from check_scheme(scheme)


def _specials_name_indicators(sources: Sources, scheme: SchemeAt) -> Iterator[Diagnostic]:
    """A special for one indicator names one of the strategy's."""
    known = declared(sources, "indicators")
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


def _specials_name_tags(sources: Sources, scheme: SchemeAt) -> Iterator[Diagnostic]:
    """A special for a tag names one that an indicator has: a slip of the hand would judge by another method unseen."""
    strategy = sources.strategy
    if strategy.data is None or not strategy.whole:
        return
    known = frozenset(tag for shape in strategy.data.indicators for tag in shape.tags)
    for index, one in enumerate(scheme.data.special if scheme.data else []):
        for number, tag in enumerate(one.tags):
            if tag not in known:
                message = f"特例「{one.name}」の分類「{tag}」が、strategy.yaml のどの指標にもありません"
                hint = nearest(tag, known) or f"strategy.yaml の指標に tags: [{tag}] と書くか、この特例を消してください"
                yield error("special-tag-unknown", scheme.at("special", index, "tags", number), message, hint)


def specials_name_what_there_is(sources: Sources) -> Iterator[Diagnostic]:
    """A special of any scheme is for indicators and tags of the strategy."""
    for scheme in sources.judging:
        yield from _specials_name_indicators(sources, scheme)
        yield from _specials_name_tags(sources, scheme)


def schemes_are_told_apart(sources: Sources) -> Iterator[Diagnostic]:
    """Every scheme of the report has a name of its own, by which scores and ratings that were entered refer to it."""
    known: dict[str, SchemeAt] = {}
    for scheme in sources.judging:
        name = scheme.data.name if scheme.data else ""
        if name and name in known:
            message = f"判定の方法の名称「{name}」が、ほかの判定の方法と同じです"
            yield error("scheme-name-twice", scheme.at("name"), message, "どちらかの name を変えてください")
        known.setdefault(name, scheme)
    whole = all(one.data for one in sources.judging)
    for scheme in sources.judging if whole else ():
        yield from _plus_is_known(scheme, known)


def _plus_is_known(scheme: SchemeAt, known: Mapping[str, SchemeAt]) -> Iterator[Diagnostic]:
    """What a score adds up are points of the report's other schemes."""
    data = scheme.given()
    others = frozenset(known) - {data.name}
    if data.roll_up and data.roll_up.plus and data.roll_up.of != "points":
        message, hint = "plus（加える判定）は、点数の評点にだけ使えます", "of: points と書くか、plus を消してください"
        yield error("roll-up-plus-without-points", scheme.at("roll_up", "plus"), message, hint)
    for number, name in enumerate(data.roll_up.plus if data.roll_up else []):
        if name in others:
            yield from _every_band_has_points(known[name], data.name)
        else:
            place = scheme.at("roll_up", "plus", number)
            hint = _known(name, others) if others else "report.yaml の further_schemes に、その方法を書いてください"
            yield error("roll-up-plus-unknown", place, f"評点に加える判定「{name}」が、ほかの判定にありません", hint)


def _every_band_has_points(scheme: SchemeAt, adding: str) -> Iterator[Diagnostic]:
    for path, bands in lists(scheme):
        for index, band in enumerate(bands if path[0] != "roll_up" else ()):
            if band.points is None:
                message = f"区分「{band.label}」に点数がありません。「{adding}」の評点に加えます"
                place = scheme.at(*path, index)
                yield error("band-points-missing", place, message, "points: 3 のように書いてください")


def check_scheme(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """Ask every rule of a scheme."""
    for rule in RULES:
        yield from rule(scheme)
