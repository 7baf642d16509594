"""How many indicators have which rating, as sheets and book tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pipeline.model.results import Assessment
from pipeline.model.scheme import Band, NoRating, Scheme
from pipeline.wording.numbers import NONE, rounded
from pipeline.wording.terms import verdict


def by_rating(
    assessments: Sequence[Assessment], scheme: Scheme, among: Sequence[Assessment] = ()
) -> list[tuple[Band | NoRating, int]]:
    """Return how many have what prints as a rating: the scheme's bands in their order, then what stands where there is
    none.

    Listed are the bands of the scheme's own method, and what else is found in the assessments or in those ``among``
    which they stand.
    """
    others = [band for special in scheme.specials for band in special.method.bands]
    known = [*scheme.method.bands, *others, *scheme.missing.values(), scheme.none]
    found, listed = Counter(map(_key, _printed(assessments, scheme))), {*map(_key, scheme.method.bands)}
    listed |= {*found, *map(_key, _printed(among, scheme))}
    told = {_key(one): one for one in reversed(known)}
    return [(told[key], found[key]) for key in dict.fromkeys(map(_key, known)) if key in listed]


def breakdown(assessments: Sequence[Assessment], scheme: Scheme) -> str:
    """Write how many have which rating in a line, those that there are: A 3　C 1."""
    return in_a_line([(one.label or one.mark, count) for one, count in by_rating(assessments, scheme) if count])


def share(part: int, whole: int) -> str:
    """Write the share (%) of so many, never 100 of less than all; ― where there is nothing to take a share of."""
    if not whole:
        return NONE
    percent = rounded(Decimal(100 * part) / whole, 0)
    return f"{percent if part == whole else min(percent, Decimal(99))}%"


def in_a_line(counts: Sequence[tuple[str, int]]) -> str:
    """Write counts in a line: A 3　C 1. A word that ends in a number would run into its count: 「1」3　「2」1."""
    quoted = any(word[-1:].isnumeric() for word, _ in counts)
    return "　".join(f"「{word}」{count}" if quoted else f"{word} {count}" for word, count in counts)


def _printed(assessments: Sequence[Assessment], scheme: Scheme) -> list[Band | NoRating]:
    return [verdict(assessment, scheme) for assessment in assessments]


def _key(printed: Band | NoRating) -> tuple[str, str]:
    return printed.mark, printed.label
