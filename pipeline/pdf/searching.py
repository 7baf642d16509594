"""Looking for texts on pages, in the order in which both come: the time per text does not grow with the pages."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

_BACK, _AHEAD = 1, 3
"""How many pages before and after the last place a text is looked for first."""


def missing(texts: Iterable[str], pages: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Give the texts that stand on the pages less often than wanted, with both numbers, wanted and found.

    The texts come in reading order, each as often as it is wanted. One may run over the ends of pages.
    """
    wanted: Counter[str] = Counter()
    search = _Search(pages)
    for text in texts:
        wanted[text] += 1
        search.look_for(text)
    for text, count in wanted.items():
        found = search.found[text] if search.found[text] >= count else search.count(text)
        if found < count:
            yield text, count, found


class _Search:
    """Goes through the pages; ``found`` counts each text on the pages where it was looked for."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._pages = pages
        self._at = 0
        self._counted: set[tuple[str, int]] = set()
        self._absent: set[str] = set()
        self.found: Counter[str] = Counter()

    def look_for(self, text: str) -> None:
        """Look near the last place first, then everywhere; the next text is looked for from where this one is."""
        if text in self._absent:
            return
        place = next((at for at in self._order() if self._is_at(text, at)), None)
        if place is None:
            self._absent.add(text)
        else:
            self._at = place

    def _order(self) -> Iterator[int]:
        """Give the pages to look on, the likely ones first."""
        first, last = max(0, self._at - _BACK), min(len(self._pages), self._at + _AHEAD)
        return chain(range(self._at, last), range(first, self._at), range(last, len(self._pages)), range(first))

    def _is_at(self, text: str, at: int) -> bool:
        """Tell whether a text is on a page, or begins there to end on a later one; counts it once for each page."""
        if (text, at) not in self._counted:
            count = self._pages[at].count(text) or int(self._runs_over(text, at))
            if not count:
                return False
            self._counted.add((text, at))
            self.found[text] += count
        return True

    def _runs_over(self, text: str, at: int) -> bool:
        """Tell whether the longest beginning of a text that is on a page goes on with the rest on the next ones."""
        while at + 1 < len(self._pages):
            share = _share(text, self._pages[at])
            text, at = text[share:], at + 1
            if not share:
                return False
            if text in self._pages[at]:
                return True
        return False

    def count(self, text: str) -> int:
        """Count a text on all pages."""
        return sum(page.count(text) + self._runs_over(text, at) for at, page in enumerate(self._pages))


def _share(text: str, page: str) -> int:
    """Give how many characters of a text, short of all, are on a page."""
    return bisect_left(range(1, len(text)), True, key=lambda end: text[:end] not in page)
