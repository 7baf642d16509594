"""The grid of lines that Japanese pages may have (17.6.5): where it lies."""

from __future__ import annotations


def area(top: float, bottom: float, grid: float) -> tuple[float, float]:
    """Return the top and bottom of the whole lines of a grid that stand in the middle between two heights (pt)."""
    if not grid:
        return top, bottom
    lines = (bottom - top) // grid
    free = bottom - top - lines * grid
    return top + free / 2, bottom - free / 2
