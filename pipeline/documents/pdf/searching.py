"""Looking for texts on pages, in the order in which both come: the time per text does not grow with the pages."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

_BACK, _AHEAD = 1, 3
"""How many pages before and after the last place a text is looked for first."""
_TAKEN = "\0"
"""Stands for what was found already."""
_MOST, _SURE = 0.5, 8
"""A text that begins before a page and ends after it takes this share of the page, or so many characters of it: others
stand beside one that goes on in a cell.
"""


def missing(texts: Iterable[str], pages: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the texts that stand on the pages less often than wanted, with both numbers, wanted and found.

    The texts come in reading order, each as often as it is wanted. One may run over the ends of pages.
    """
    search = _Search(pages)
    for text in texts:
        search.look_for(text)
    for text, count in search.wanted.items():
        found = search.found[text] if search.found[text] >= count else search.count(text)
        if found < count:
            yield text, count, found


class _Search:
    """Goes through the pages; ``found`` counts each text on the pages where it was looked for."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._pages = pages
        self._at = 0
        self._counted: set[tuple[str, int]] = set()
        self._over: set[tuple[str, int]] = set()
        self._exhausted: set[str] = set()
        self.wanted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def look_for(self, text: str) -> None:
        """Look near the last place first, then everywhere, until a text is found as often as it is wanted by now."""
        self.wanted[text] += 1
        if self.found[text] >= self.wanted[text] or text in self._exhausted:
            return
        near = [at for at in self._near() if 0 <= at < len(self._pages)]
        if not (self._counts(text, near) or self._runs_over(text, near) or self._counts(text, range(len(self._pages)))):
            self._exhausted.add(text)

    def _near(self) -> Iterator[int]:
        return chain(range(self._at, self._at + _AHEAD), range(self._at - _BACK, self._at))

    def _counts(self, text: str, places: Iterable[int]) -> bool:
        """Count a text on pages, each once, until it is found often enough; return whether it is."""
        for at in places:
            if (text, at) in self._counted:
                continue
            count = self._pages[at].count(text)
            if count:
                self._counted.add((text, at))
                self.found[text] += count
                self._at = at
                if self.found[text] >= self.wanted[text]:
                    return True
        return False

    def _runs_over(self, text: str, places: Iterable[int]) -> bool:
        """Count a text that begins on one of these pages and ends on a later one, as above."""
        for at in places:
            count = 0 if (text, at) in self._over else self._running_over(text, at)
            if count:
                self._over.add((text, at))
                self.found[text] += count
                self._at = at
                if self.found[text] >= self.wanted[text]:
                    return True
        return False

    def _running_over(self, text: str, at: int) -> int:
        """Count how often a text begins on a page and goes on after it: side by side in cells it may do so twice."""
        after = self._pages[at + 1].replace(text, _TAKEN) if at + 1 < len(self._pages) else ""
        beside = 0
        for end, count in sorted(Counter(_beginnings(text, self._pages[at])).items()):
            found = min(count, after.count(text[end:]))
            after = after.replace(text[end:], _TAKEN, found)
            beside += found
        return max(beside, int(self._runs_over_from(text, at)))

    def _runs_over_from(self, text: str, at: int) -> bool:
        """Return whether the longest beginning of a text that is on a page goes on with the rest on the next one.

        There may be pages between them with little else than this text.
        """
        rest = text[_share(text, self._pages[at]) :]
        while len(rest) < len(text) and at + 1 < len(self._pages):
            page, at = self._pages[at + 1], at + 1
            if rest in page:
                return True
            share = _share(rest, page)
            if share < min(_SURE, _MOST * len(page)) or not share:
                return False
            rest = rest[share:]
        return False

    def count(self, text: str) -> int:
        """Count a text on all pages."""
        return sum(page.count(text) + self._running_over(text, at) for at, page in enumerate(self._pages))


def _beginnings(text: str, page: str) -> Iterator[int]:
    """Yield how long each beginning of a text is that is on a page, but for whole ones."""
    at = page.find(text[0])
    while at >= 0:
        end = next((n for n, pair in enumerate(zip(text, page[at:], strict=False)) if len({*pair}) > 1), len(page) - at)
        if end < len(text):
            yield end
        at = page.find(text[0], at + 1)


def _share(text: str, page: str) -> int:
    """Return how many characters of a text, short of all, are on a page."""
    return bisect_left(range(1, len(text)), True, key=lambda end: text[:end] not in page)
