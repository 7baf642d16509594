"""The rating of one indicator: by the bands' conditions, by what is missing, or as a person entered it."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from pipeline.model.results import Step
from pipeline.model.scheme import Band, NoRating
from pipeline.stages.compute import steps
from pipeline.stages.compute.bands import Facts, choose, holds
from pipeline.stages.compute.indicator_year import Gap, IndicatorYear
from pipeline.wording import ratings


class Decision(Struct, frozen=True):
    """The rating, or None with the reason and what prints in its place; and the step that tells it."""

    band: Band | None
    reason: str | None
    step: Step
    unrated: NoRating | None = None


def decide(judged: IndicatorYear, facts: Facts, exact: Fraction | None) -> Decision:
    """Return the rating that the facts earn, or that a person entered within them."""
    if judged.method.entered:
        return entered(judged, facts)
    found = choose(judged.method.bands, facts)
    if isinstance(found, Gap):
        return undecided(judged, found)
    if found is None:
        return left_open(judged, "当てはまる区分がないため")
    return Decision(found, None, steps.decided(judged, found, facts, exact))


def undecided(judged: IndicatorYear, lacking: Gap) -> Decision:
    """Return what the scheme says for a missing figure: a band, or what prints where there is no rating."""
    printed = judged.scheme.missing.get(lacking.cause, judged.scheme.none) if lacking.cause else judged.scheme.none
    told = steps.undecided(printed, lacking.reason)
    if isinstance(printed, Band):
        return Decision(printed, lacking.reason, told)
    return Decision(None, lacking.reason, told, printed)


def left_open(judged: IndicatorYear, reason: str) -> Decision:
    """Return that there is no rating, for a reason other than a missing figure."""
    return Decision(None, reason, steps.undecided(judged.scheme.none, reason), judged.scheme.none)


def entered(judged: IndicatorYear, facts: Facts) -> Decision:
    """Return the rating that a person entered, as far as its conditions allow it."""
    judgement = judged.indicator.judgement
    if judgement is None:
        return left_open(judged, "判定が記入されていないため")
    band = next((band for band in judged.method.bands if band.code == judgement.code), None)
    if band is None:
        return left_open(judged, f"記入された判定「{judgement.code}」が、この指標の判定の区分にないため")
    found = holds(band, facts)
    if found is True:
        return Decision(band, None, steps.entered(judged, band, judgement))
    return left_open(judged, _refusal(judged, band, found))


def _refusal(judged: IndicatorYear, band: Band, found: bool | Gap) -> str:
    """Return why a rating that was entered cannot stand."""
    asked = "、".join(ratings.conditions(band, judged.method, judged.scheme.rate_name)).removesuffix("の")
    if isinstance(found, Gap):
        unknown = found.reason.removesuffix("ため").removesuffix("の")
        return f"{unknown}で、記入された判定「{band.label}」の限度（{asked}）を確かめられないため"
    return f"記入された判定「{band.label}」の限度（{asked}）に当てはまらないため"
