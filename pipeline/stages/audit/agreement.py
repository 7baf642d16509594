"""Whether what a claim says holds of a fact, and whether what does not hold looks like a slip."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from pipeline.stages.audit.claims import Claim
from pipeline.stages.audit.direction import Sign
from pipeline.stages.audit.facts import Fact, Table, year_of
from pipeline.stages.audit.numerals import Figure, Relation

_SLIGHTLY = Fraction(6, 5)
"""余り and 弱 are at most so far from what they round, and less than its last digit: 8割強 is no 91%."""
_NEAR = Fraction(4, 3)
"""A bound (を超える) farther away is true without telling anything."""
_COARSE = Fraction(1, 50)
"""A figure that shows less than this part of the value may not be cut off without 約: 3割 of 36%."""


def agrees(claim: Claim, fact: Fact, given: Table) -> bool:
    """Return whether a claim holds in full: the figure, which way, and what is said beside."""
    return _figure_agrees(claim, fact) and _words_hold(claim, fact, given)


def refuted(claim: Claim, fact: Fact, given: Table) -> bool:
    """Return whether a claim is wrong by more than an approximation or a cut may be."""
    relation, figure = _relation(claim, fact), claim.figure
    if relation is Relation.RANGE:
        return False
    told, value = Fraction(abs(figure.value)), abs(fact.value)
    allowed = figure.unit == fact.unit and (
        (relation is Relation.ABOUT and not _is_far(figure, fact))
        or (relation is Relation.EQUAL and any(_rounds(figure, fact, way) for way in (ROUND_DOWN, ROUND_HALF_UP)))
        or (relation in _OPEN and _OPEN[relation](value, told))
    )
    return not (allowed or _figure_agrees(claim, fact)) or not _words_hold(claim, fact, given)


def _relation(claim: Claim, fact: Fact) -> Relation:
    """Return how a figure is to a fact: what the actual is compared with is told as it is."""
    if fact.actual is None:
        return claim.relation
    return Relation.EQUAL if claim.figure.relation in (Relation.AT_LEAST, Relation.AT_MOST) else claim.figure.relation


def _words_hold(claim: Claim, fact: Fact, given: Table) -> bool:
    return _sign_holds(claim, fact, given) and _course_holds(claim, fact, given)


def _course_holds(claim: Claim, fact: Fact, given: Table) -> bool:
    """Return whether the actual is on the side of the figure, or moved the way, that the words beside say."""
    if claim.course is None:
        return True
    if claim.course.against_figure:
        return fact.actual is None or holds(claim.course.sign, fact.actual - fact.value, given)
    moved = move(claim, given)
    return moved is None or holds(claim.course.sign, moved, given)


def move(claim: Claim, given: Table) -> Fraction | None:
    """Return how the actual that a claim tells moved, since the year it is compared with or the one before."""
    year = year_of(claim, given)
    years = [y for y in given.actuals if y != year]
    base = claim.base if claim.base in given.actuals and claim.base != year else years[-1] if years else None
    if base is None or year not in given.actuals:
        return None
    return Fraction(given.actuals[year] - given.actuals[base])


def holds(sign: Sign, difference: Fraction, given: Table) -> bool:
    """Return whether a difference (actual less what it is compared with) went the way that is said."""
    better = given.better(difference)
    return {
        Sign.UP: difference > 0,
        Sign.DOWN: difference < 0,
        Sign.BETTER: better > 0,
        Sign.WORSE: better < 0,
        Sign.MET: better >= 0,
        Sign.UNMET: better < 0,
        Sign.SAME: difference == 0,
    }[sign]


def distance(figure: Figure, fact: Fact) -> Fraction:
    """Return how far a figure is from a fact."""
    return abs(abs(Fraction(figure.value)) - abs(fact.value))


def is_near(figure: Figure, fact: Fact, *, compared: bool, short: bool) -> bool:
    """Return whether a figure is close to a fact or one slip of the hand away: a digit, or the scale of it, wrong."""
    if distance(figure, fact) <= max(
        Fraction(0 if compared else figure.step), abs(fact.value) / (10 if compared else 20)
    ):
        return True
    return _slip(abs(figure.value), _rounded(fact.value, figure.step, ROUND_HALF_UP), short)


def _sign_holds(claim: Claim, fact: Fact, given: Table) -> bool:
    if claim.sign is None:
        return claim.figure.value >= 0 or fact.value <= 0
    return holds(claim.sign, fact.value, given)


def _figure_agrees(claim: Claim, fact: Fact) -> bool:
    told, value, figure = Fraction(abs(claim.figure.value)), abs(fact.value), claim.figure
    relation = _relation(claim, fact)
    if figure.unit != fact.unit or relation is Relation.RANGE:
        return False
    near = told <= value * _NEAR and value <= told * _NEAR
    return {
        Relation.EQUAL: _is_equal(figure, fact),
        Relation.ABOUT: _rounds(figure, fact, ROUND_HALF_UP) or abs(told - value) <= value / 20,
        Relation.OVER: told <= value < min(told * _SLIGHTLY, told + _place(figure)),
        Relation.UNDER: max(told / _SLIGHTLY, told - _place(figure)) < value < told,
        Relation.MORE: near and value > told,
        Relation.LESS: near and value < told,
        Relation.AT_LEAST: near and value >= told,
        Relation.AT_MOST: near and value <= told,
        Relation.WITHIN: told <= value < told + _place(figure),
        Relation.REACHED: value >= told and _rounds(figure, fact, ROUND_DOWN),
    }[relation]


def _is_equal(figure: Figure, fact: Fact) -> bool:
    if _rounds(figure, fact, ROUND_HALF_UP) and (
        distance(figure, fact) <= abs(fact.value) * _COARSE or figure.step < 1
    ):
        return True
    return _rounds(figure, fact, ROUND_DOWN) and Fraction(figure.step) <= abs(fact.value) * _COARSE


_OPEN = {
    Relation.MORE: lambda value, told: told < value < told * 10,
    Relation.LESS: lambda value, told: told > value > told / 10,
    Relation.AT_LEAST: lambda value, told: told <= value < told * 10,
    Relation.AT_MOST: lambda value, told: told >= value > told / 10,
}
"""Bounds that are true though far away are no slip, but they prove nothing either."""


def _is_far(figure: Figure, fact: Fact) -> bool:
    return distance(figure, fact) > max(Fraction(figure.step), abs(fact.value) / 10)


def _place(figure: Figure) -> Fraction:
    """Return the place of the last digit that is not zero, at least that of the tens of a percentage: 30%台."""
    digits = abs(figure.value).normalize().as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    return Fraction(Decimal(1).scaleb(exponent))


def _rounds(figure: Figure, fact: Fact, rounding: str) -> bool:
    return figure.unit == fact.unit and _rounded(fact.value, figure.step, rounding) == abs(figure.value)


def _rounded(value: Fraction, step: Decimal, rounding: str) -> Decimal:
    quotient = abs(value) / Fraction(step)
    whole = Decimal(quotient.numerator) / Decimal(quotient.denominator)
    return whole.quantize(Decimal(1), rounding=rounding) * step


def _slip(written: Decimal, known: Decimal, short: bool) -> bool:
    """Return whether two numbers are one slip apart: of short ones, which often are by chance, an exchange at most."""
    ours, theirs = (re.sub(r"\D", "", f"{number.normalize():f}") for number in (written, known))
    if short and len(ours) == 2 and ours == theirs[::-1]:
        return True
    plain = [digits.strip("0") for digits in (ours, theirs)]
    if min(len(ours), len(theirs)) < 3:
        return False
    if plain[0] == plain[1] and len(plain[0]) > 1:
        return True
    if len(ours) == len(theirs):
        wrong = [n for n in range(len(ours)) if ours[n] != theirs[n]]
        swapped = len(wrong) == 2 and [ours[n] for n in wrong] == [theirs[n] for n in reversed(wrong)]
        return len(wrong) == 1 or (swapped and wrong[1] - wrong[0] == 1)
    longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
