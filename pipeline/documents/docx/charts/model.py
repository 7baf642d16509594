"""What a chart shows: its series and how they are drawn, its axes, its title and legend. Lengths in points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct, field

from pipeline.documents.docx.placement import Line

Kind: TypeAlias = Literal["bar", "line", "area", "pie", "scatter"]
Side: TypeAlias = Literal["l", "r", "t", "b"]
Grouping: TypeAlias = Literal["clustered", "stacked", "percentStacked"]
Values: TypeAlias = Sequence[float | None]


class Beyond(Exception):
    """Something of a chart that is not drawn."""


class Lettering(Struct, frozen=True):
    """The size and colour of letters."""

    size: float = 10.0
    color: str = "000000"
    bold: bool = False


class Labels(Struct, frozen=True):
    """What stands beside each value (21.2.2.49), at which place of it, and the format of numbers."""

    shows: frozenset[str] = frozenset()
    place: str = ""
    code: str = ""
    letters: Lettering = Lettering()


class Marker(Struct, frozen=True):
    """The sign at each point of a line (21.2.2.32)."""

    symbol: str
    size: float
    fill: str | None
    line: Line | None


class Series(Struct, frozen=True):
    """A series (21.2.2.170): ``xs`` are the places of its values, where these are no categories."""

    title: str
    values: Values
    xs: Values = ()
    fill: str | None = None
    line: Line | None = None
    marker: Marker | None = None
    points: Mapping[int, str] = field(default_factory=dict)
    labels: Labels = Labels()
    code: str = "General"


class Axis(Struct, frozen=True):
    """An axis (21.2.2.226); its ends and its ``unit`` are None where the chart chooses them."""

    key: str
    is_value: bool
    side: Side
    is_hidden: bool
    low: float | None = None
    high: float | None = None
    unit: float | None = None
    is_reversed: bool = False
    at_end: bool = False
    has_labels: bool = True
    title: str = ""
    title_letters: Lettering = Lettering()
    code: str = ""
    every: int = 0
    line: Line | None = None
    grid: Line | None = None
    letters: Lettering = Lettering()


class Plot(Struct, frozen=True):
    """Series drawn alike on the same two axes; ``hole`` and ``begin`` (degrees) are those of a pie."""

    kind: Kind
    series: tuple[Series, ...]
    axes: tuple[str, ...] = ()
    grouping: Grouping = "clustered"
    lies: bool = False
    gap: float = 1.5
    overlap: float = 0.0
    hole: float = 0.0
    begin: float = 0.0


Room: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height, as shares of the chart."""


class Chart(Struct, frozen=True):
    """A chart; ``room`` is that of its plots where it says so, ``legend`` the side of the legend, "" for none."""

    plots: tuple[Plot, ...]
    axes: Mapping[str, Axis]
    categories: tuple[str, ...]
    title: str = ""
    title_letters: Lettering = Lettering(14.0)
    legend: str = ""
    legend_letters: Lettering = Lettering()
    legend_room: Room | None = None
    room: Room | None = None
    fill: str | None = None
    line: Line | None = None
    ground: str | None = None

    @property
    def alt(self) -> str:
        """What is read in its place where the document says nothing: its title, else its series."""
        named = "、".join(one.title for plot in self.plots for one in plot.series if one.title)
        return self.title or f"グラフ（{named}）"
