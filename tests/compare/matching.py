"""What differs between the pages of the two engines: lines that stand or break elsewhere, and how far others are apart.

Distances are in points. LibreOffice's own shift of all text is taken off before they are measured.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from tests.compare.faults import NEXT_LINE, OF_LINES, OFFICE_SHIFT
from tests.compare.lines import Line, Page

_SAME_PLACE = 3.0
_HANGING = "、。，．"
_EMPTY = Page(0.0, 0.0, ())


@dataclass(frozen=True, slots=True)
class Pair:
    """A line that both engines have on the same page; ``down`` and ``right`` is how far ours lies from LibreOffice's.

    ``inside`` is the greatest distance of a character from its twin, counted from the beginning of the line.
    """

    page: int
    text: str
    down: float
    right: float
    inside: float

    @property
    def apart(self) -> float:
        """How far the beginnings of the lines are apart on the axis where that is more."""
        return max(abs(self.down), abs(self.right))


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that only one engine has on a page; ``fault`` names LibreOffice's fault that explains it, if one does."""

    page: int
    ours: Line | None
    office: Line | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One document in both engines: its pages and page breaks, lines that are the same and lines that are not."""

    name: str
    pages: tuple[int, int]
    breaks: int
    same_breaks: int
    pairs: tuple[Pair, ...]
    differences: tuple[Difference, ...]

    @property
    def lines(self) -> int:
        """How many lines were compared."""
        return len(self.pairs) + len(self.differences)

    @property
    def excused(self) -> int:
        """How many differences a named fault of LibreOffice explains."""
        return sum(bool(difference.fault) for difference in self.differences)

    def worst_page(self) -> int:
        """Return the index of the page with the most differences, of these the one with the greatest distance."""
        missed = Counter(difference.page for difference in self.differences if not difference.fault)
        apart: defaultdict[int, float] = defaultdict(float)
        for pair in self.pairs:
            apart[pair.page] = max(apart[pair.page], pair.apart)
        return max(range(max(self.pages)), key=lambda page: (missed[page], apart[page]))


def compare(name: str, ours: Sequence[Page], office: Sequence[Page]) -> Comparison:
    """Compare a document's pages as our engine and LibreOffice made them."""
    pairs: list[Pair] = []
    differences: list[Difference] = []
    for index, (one, other) in enumerate(zip_longest(ours, office, fillvalue=_EMPTY)):
        rest_one, rest_other = list(one.lines), list(other.lines)
        for mine, theirs in _twins(one.lines, other.lines):
            pairs.append(_pair(index, mine, theirs))
            rest_one.remove(mine)
            rest_other.remove(theirs)
        differences += _explained([*_differences(index, rest_one, rest_other)])
    breaks = max(len(ours), len(office)) - 1
    return Comparison(
        name, (len(ours), len(office)), breaks, _same_breaks(ours, office), tuple(pairs), tuple(differences)
    )


def _twins(ours: Iterable[Line], office: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield the lines of one text; where several have it, those nearest to each other first."""
    others: defaultdict[str, list[Line]] = defaultdict(list)
    for line in office:
        others[line.text].append(line)
    pairs = ((_distance(line, other), n, line, other) for n, line in enumerate(ours) for other in others[line.text])
    taken: set[int] = set()
    for _, _, line, other in sorted(pairs, key=lambda pair: pair[:2]):
        if not {id(line), id(other)} & taken:
            taken |= {id(line), id(other)}
            yield line, other


def _distance(one: Line, other: Line) -> float:
    return abs(one.y - other.y) + abs(one.xs[0] - other.xs[0])


def _pair(page: int, ours: Line, office: Line) -> Pair:
    right = ours.xs[0] - (office.xs[0] - OFFICE_SHIFT)
    inside = max(abs((a - ours.xs[0]) - (b - office.xs[0])) for a, b in zip(ours.xs, office.xs, strict=True))
    return Pair(page, ours.text, ours.y - office.y, right, inside)


def _same_breaks(ours: Sequence[Page], office: Sequence[Page]) -> int:
    """Count the page breaks with the same text before them; marks that LibreOffice loses do not count."""
    count = 0
    before: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for one, other in zip(ours, office, strict=False):
        for counter, page in zip(before, (one, other), strict=True):
            counter.update(c for line in page.lines for c in line.text if c not in _HANGING)
        count += before[0] == before[1]
    return count if len(ours) != len(office) else count - (before[0] == before[1])


def _differences(page: int, ours: list[Line], office: list[Line]) -> Iterator[Difference]:
    """Set the remaining lines against each other by their place, and name the fault that began each run of them."""
    last: Line | None = None
    fault = ""
    for line in sorted(ours, key=lambda line: (round(line.xs[0] / NEXT_LINE), line.y)):
        twin = next((other for other in office if _in_one_place(line, other)), None)
        if twin is not None:
            office.remove(twin)
        goes_on = last is not None and 0 < line.y - last.y < NEXT_LINE and abs(line.xs[0] - last.xs[0]) < NEXT_LINE
        if not (goes_on and fault):
            fault = next((f for f, (holds, _) in OF_LINES.items() if twin and holds(line, twin, ours)), "")
        yield Difference(page, line, twin, fault)
        last = line
    for line in office:
        yield Difference(page, None, line, "")


def _explained(found: Sequence[Difference]) -> Iterator[Difference]:
    """Name the fault, too, of lines with nothing but what it left at the end of LibreOffice's line above."""
    left = [
        (one.office.text.removeprefix(one.ours.text), one.ours.y, one.fault)
        for one in found
        if one.fault and one.ours and one.office
    ]
    for one in found:
        y = one.ours.y if one.ours and one.office is None else 0.0
        causes = (f for text, above, f in left if one.ours and one.ours.text == text and 0 < y - above < NEXT_LINE)
        yield replace(one, fault=one.fault or next(causes, ""))


def _in_one_place(one: Line, other: Line) -> bool:
    return abs(one.y - other.y) < _SAME_PLACE and abs(one.xs[0] - other.xs[0]) < _SAME_PLACE
