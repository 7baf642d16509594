"""Sentences, and how much one text speaks of what another names.

There is no dictionary: Japanese is cut where its scripts change, kanji into pairs. Pairs that stand everywhere in this
report (事業, 支援) weigh little, those of few sentences (奨励, 洋式) much.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct

WORD = r"[^\W\d_ぁ-ゟ]"
"""A character of a (narrow) word in kanji, katakana or Latin letters."""
KANJI = r"[^\W\d_ -~ぁ-ヿ]"
"""A character of one in kanji. Both are said by what they are not: Python counts up a range of 20,000 one by one."""
_RUN = re.compile(r"[\u4e00-\u9fff々]+|[\u30a1-\u30faー]+|[A-Za-z]+")
_CLAUSE = re.compile(r"(?:の|うち|による|における|した|する|る)")
_COUNT = re.compile(r"(?:件数|人数|回数|団体数|世帯数|地区数|者数|数|率|割合|量)$")
_SENTENCE = re.compile(r"[^。\n]+。?")


class Sentence(Struct, frozen=True):
    """A sentence of a text, beginning at ``start``."""

    start: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the pieces of a text between 。 and line ends."""
    for match in _SENTENCE.finditer(text):
        yield Sentence(match.start(), match[0])


def head(name: str) -> str:
    """Return what a (narrow) name of an indicator counts, in at most three kanji: 創業 of 支援のうち創業した件数."""
    parts = [part for part in _CLAUSE.split(_COUNT.sub("", name)) if terms(part)]
    runs = _RUN.findall(parts[-1]) if parts else [name]
    return str(runs[-1][-3:] if is_kanji(runs[-1][0]) else runs[-1])


def is_kanji(character: str) -> bool:
    """Return whether a character is kanji; the end of an empty text is none."""
    return "\u4e00" <= character <= "\u9fff" or character == "々"


@cache
def terms(text: str) -> frozenset[str]:
    """Return the pairs of kanji and the words in katakana and Latin letters of a (narrow) text."""
    return frozenset(_terms(text))


def _terms(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if is_kanji(run[0]):
            yield from (run[n : n + 2] for n in range(len(run) - 1)) if len(run) > 1 else run
        elif len(run) > 1:
            yield run.lower()


class Weights:
    """How much each term tells, from the sentences of the report."""

    def __init__(self, texts: Iterable[str]) -> None:
        parts = [terms(text) for text in texts]
        self._count = len(parts)
        self._found: Mapping[str, int] = Counter(term for part in parts for term in part)
        self._known: dict[tuple[str, str], float] = {}

    def of(self, term: str) -> float:
        """Return the weight of a term: 1 for one that stands in every sentence."""
        return 1 + math.log((self._count + 1) / (self._found.get(term, 0) + 1))

    def coverage(self, name: str, text: str) -> float:
        """Return how much of a name a text speaks of, from 0 to 1."""
        known = self._known.get((name, text))
        if known is None:
            known = self._known[name, text] = self._coverage(name, text)
        return known

    def _coverage(self, name: str, text: str) -> float:
        wanted = terms(name)
        whole = sum(self.of(term) for term in sorted(wanted))
        return sum(self.of(term) for term in sorted(wanted & terms(text))) / whole if whole else 0.0
