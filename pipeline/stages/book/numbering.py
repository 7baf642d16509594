"""Page numbers: which pages each part of the book takes, from the paper that each was measured to take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from pipeline.model.form import BookPart, Form

UNNUMBERED = (BookPart.COVER, BookPart.CONTENTS)
"""What has no page numbers where it stands before all else."""


class Span(Struct, frozen=True):
    """First and last printed page of a part; ``blank`` = an empty page, numbered too, stands before it."""

    first: int
    last: int
    blank: bool = False

    def __str__(self) -> str:
        """Write it as the contents do: 4～5, or 3 for a single page."""
        return f"{self.first}～{self.last}" if self.last > self.first else str(self.first)


class Pages(Struct, frozen=True):
    """The spans of the numbered parts in the book's order, and of the sheets by the measure's id.

    ``leaf`` tells that an empty page without a number stands before them, so that page 1 is a right-hand page.
    """

    parts: Mapping[str, Span]
    sheets: Mapping[str, Span] = field(default_factory=dict)
    leaf: bool = False


def leading(form: Form) -> tuple[str, ...]:
    """Return the parts that stand before all others and have no page numbers."""
    first = next((n for n, part in enumerate(form.parts) if part not in UNNUMBERED), len(form.parts))
    return form.parts[:first]


def spans(parts: Iterable[tuple[int, bool]], page: int = 1) -> tuple[Span, ...]:
    """Return the page numbers of the parts, on from a page. Each is its count of pages and whether it has to start on
    an even page.
    """
    result: list[Span] = []
    for count, even in parts:
        blank = even and page % 2 == 1
        first = page + blank
        page = first + count
        result.append(Span(first, page - 1, blank))
    return tuple(result)


def number(form: Form, taken: Mapping[str, int], sheets: Mapping[str, int]) -> Pages:
    """Return the numbered parts their pages, in the book's order.

    ``taken`` are the pages of the parts, as far as they are known, ``sheets`` those of the sheets by measure. Sheets
    that open as spreads start on an even page; then page 1 is a right-hand page. Where a single unnumbered page stands
    before the first spread, that page is counted as page 1.
    """
    front = leading(form)
    pieces = list(_pieces(form, taken, sheets, front))
    odd = form.sheet.is_spread and sum(taken.get(part, 0) for part in front) % 2 == 1
    begins_spread = bool(pieces) and pieces[0][2]
    numbered = spans(((count, even) for _, count, even in pieces), 2 if odd and begins_spread else 1)
    by_name = {name: span for (name, _, _), span in zip(pieces, numbered, strict=True)}
    return Pages(
        {name: span for name, span in by_name.items() if name not in sheets},
        {name: span for name, span in by_name.items() if name in sheets},
        odd and bool(pieces) and not begins_spread,
    )


def _pieces(
    form: Form, taken: Mapping[str, int], sheets: Mapping[str, int], front: Sequence[str]
) -> Iterable[tuple[str, int, bool]]:
    for part in form.parts[len(front) :]:
        if part == BookPart.SHEETS:
            yield from ((name, count, form.sheet.is_spread) for name, count in sheets.items())
        elif part in taken:
            yield part, taken[part], False
