"""Page numbers: which pages each part of the book takes, from the paper that each was measured to take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """First and last printed page of a part; ``blank`` = an empty page, numbered too, stands before it."""

    first: int
    last: int
    blank: bool = False

    def __str__(self) -> str:
        """Write it as the contents do: 4～5, or 3 for a single page."""
        return f"{self.first}～{self.last}" if self.last > self.first else str(self.first)


@dataclass(frozen=True, slots=True)
class Pages:
    """The spans of the numbered parts; ``sheets`` by the measure's id, in the book's order."""

    explanation: Span
    targets: Span
    sheets: Mapping[str, Span]
    summary: Span


def spans(parts: Iterable[tuple[int, bool]]) -> tuple[Span, ...]:
    """Number the parts on from page 1. Each is its count of pages and whether it has to start on an even page."""
    result: list[Span] = []
    page = 1
    for count, even in parts:
        blank = even and page % 2 == 1
        first = page + blank
        page = first + count
        result.append(Span(first, page - 1, blank))
    return tuple(result)


def before_sheets(explanation: int, targets: int) -> Span:
    """Return the pages of a sheet that comes after so many pages of explanation and targets."""
    return spans([(explanation, False), (targets, False), (2, True)])[-1]


def number(explanation: int, targets: int, sheets: Mapping[str, int], summary: int) -> Pages:
    """Return every numbered part its pages, in the book's order. Sheets are spreads, so they start on an even page."""
    counts = [(explanation, False), (targets, False), *((n, True) for n in sheets.values()), (summary, False)]
    first, second, *middle, last = spans(counts)
    return Pages(first, second, dict(zip(sheets, middle, strict=True)), last)
