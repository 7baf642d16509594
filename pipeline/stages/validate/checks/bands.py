"""Rules of a scheme's bands: each has conditions that can be met, and none takes what another is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.stages.validate.checks.identity import twice
from pipeline.stages.validate.scheme_file import BandShape
from pipeline.stages.validate.sources import SchemeAt
from pipeline.stages.validate.tree import Path, find
from pipeline.stages.validate.views import words

RELATIONS = ("target", "baseline", "previous")
_WITH_RATE = ("ratio", "progress")
_MET = ("above", "reached", "equal")
"""How a figure stands to its target where that is met."""
_WIDER = {"above": ("reached",), "equal": ("reached", "not-above"), "below": ("not-above",)}
"""What else holds where a relation does."""
_LOWEST, _HIGHEST = 10, 200
"""A limit of a rate that is not 0 lies between these."""
_FULL = (Decimal(100), False)
"""Where a rate stands, at least, once the target is met."""


class BandsAt(Struct, frozen=True):
    """A list of bands with its path in the scheme, the formula it is for, and whether a person enters the rating."""

    path: Path
    bands: Sequence[BandShape]
    formula: str
    entered: bool


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
            if limit_of(band) is not None and group.formula not in _WITH_RATE:
                message = f"区分「{band.label}」に率の下限がありますが、formula: {group.formula} では率を計算しません"
                hint = "target や baseline の条件に書き換えるか、formula を ratio か progress にしてください"
                yield error("band-limit-without-rate", place, message, hint)
            room = "tolerance" if band.margin is None else "margin"
            if getattr(band, room) is not None and not any(getattr(band, name) for name in RELATIONS):
                message = f"区分「{band.label}」に {room}（同じとみなす幅）だけが書かれています"
                hint = "baseline: equal のような、比べる条件と一緒に書いてください"
                yield error("band-tolerance-alone", place, message, hint)


def bands_descend(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """Ratings are tried from the first, so the highest condition comes first."""
    for path, bands in lists(scheme):
        limits = [(index, band) for index, band in enumerate(bands) if _only_limited(band)]
        for (_, upper), (index, lower) in pairwise(limits):
            if _height(lower) >= _height(upper):
                key = "at_least" if lower.at_least is not None else "over"
                message = f"達成率の下限 {limit_of(lower)} が、上の区分の {limit_of(upper)} より小さくなっていません"
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
    for path, bands in lists(scheme):
        of_points = path[:1] == ("roll_up",) and _is_of_points(scheme)
        points = [band.points for band in scheme.given().bands if band.points is not None] if of_points else []
        for index, band in enumerate(bands):
            limit = limit_of(band)
            place = scheme.at(*path, index, "over" if band.at_least is None else "at_least")
            if limit is not None and 0 < limit <= 1 and not of_points:
                yield _fraction(limit, f"区分「{band.label}」の率の下限", place)
            elif limit is not None and _is_unlikely(limit, points, summed=_is_summed(scheme)):
                message = f"区分「{band.label}」の下限が {limit} になっています"
                hint = "桁や「-」の書き間違いでないかを確かめてください。80%以上の区分は at_least: 80 と書きます"
                yield warning("band-limit-unlikely", place, message, hint)
    yield from _shares(scheme)


def _is_unlikely(limit: Decimal, points: Sequence[Decimal], *, summed: bool) -> bool:
    """Return whether no score of these points reaches a limit; without points, whether it is hardly a percentage."""
    if points:
        return limit < min(Decimal(0), *points) or (limit > max(points) and not summed)
    return limit < 0 or 1 < limit < _LOWEST or limit > _HIGHEST


def _is_summed(scheme: SchemeAt) -> bool:
    """Return whether a score may be any number of times the points of a band."""
    roll_up = scheme.data.roll_up if scheme.data else None
    return roll_up is not None and (roll_up.total or bool(roll_up.plus))


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


def codes_are_unique(scheme: SchemeAt) -> Iterator[Diagnostic]:
    """No band of a list has the code of another."""
    for path, _ in lists(scheme):
        yield from twice("band-code-twice", "判定の区分", words(find(scheme.tree, path), (), "code"))


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


def lists(scheme: SchemeAt) -> Iterator[tuple[Path, Sequence[BandShape]]]:
    """Yield every list of bands with its path: the scheme's, those of its special cases, and of its scores."""
    data = scheme.data
    if data is None:
        return
    yield ("bands",), data.bands
    yield from ((("special", index, "bands"), one.bands or []) for index, one in enumerate(data.special))
    yield ("roll_up", "bands"), data.roll_up.bands if data.roll_up else []


def _conditions(band: BandShape) -> bool:
    return band.met or limit_of(band) is not None or any(getattr(band, name) for name in RELATIONS)


def _only_limited(band: BandShape) -> bool:
    return limit_of(band) is not None and not any(getattr(band, name) for name in RELATIONS)


def limit_of(band: BandShape) -> Decimal | None:
    """Return from where on a band takes a rate, or above what; None where it has no limit."""
    return band.over if band.at_least is None else band.at_least


def _takes_all(earlier: BandShape, later: BandShape) -> bool:
    """Return whether whatever meets the later band's conditions meets the earlier one's; mere limits have their
    order.
    """
    if not (_conditions(earlier) and _conditions(later)) or (_only_limited(earlier) and _only_limited(later)):
        return False
    if (later.met and limit_of(later) is not None) or (earlier.met and limit_of(earlier) is not None):
        return False  # told by bands_have_their_conditions
    met = later.met or (later.target in _MET and not later.tolerance and not later.margin)
    beyond = limit_of(later) is not None and _height(later) >= _height(earlier)
    return (
        (not earlier.met or met)
        and (limit_of(earlier) is None or beyond or (met and _height(earlier) <= _FULL))
        and all(_narrower(getattr(later, name), getattr(earlier, name)) for name in RELATIONS)
        and (earlier.tolerance or 0, earlier.margin or 0) == (later.tolerance or 0, later.margin or 0)
    )


def _narrower(later: str | None, earlier: str | None) -> bool:
    return earlier in (None, later) or earlier in _WIDER.get(later or "", ())


def _height(band: BandShape) -> tuple[Decimal, bool]:
    """Order limits; more than 100 lies above 100 or more."""
    return limit_of(band) or Decimal(0), band.at_least is None
