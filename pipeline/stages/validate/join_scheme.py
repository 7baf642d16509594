"""From the shape of a rating scheme to the model. Nothing is checked here; every rule has held before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.diagnostics import Place
from pipeline.model.comparison import Width
from pipeline.model.scheme import Band, Formula, Method, Missing, NoRating, RollUp, Scheme, Special
from pipeline.stages.validate.scheme_file import (
    BandShape,
    MissingBandShape,
    MissingEntry,
    MissingShape,
    NoRatingShape,
    RollUpShape,
    SchemeShape,
    SpecialShape,
)

_RATE_NAMES = {Formula.RATIO: "達成率", Formula.PROGRESS: "進捗率"}
_INHERITED = ("formula", "target", "lower", "judged", "rounding", "decimals", "cap", "floor", "entered", "latest")


def scheme(shape: SchemeShape, place: Place) -> Scheme:
    """Return the model of a scheme, of which ``place`` tells where it is written."""
    method = _method(shape, shape)
    specials = tuple(_special(one, shape) for one in shape.special)
    bands = {band.code: band for used in (method, *(one.method for one in specials)) for band in used.bands}
    return Scheme(
        name=shape.name,
        rate_name=_rate_name(shape, (method, *(one.method for one in specials))),
        method=method,
        none=_no_rating(shape.none),
        specials=specials,
        missing=_missing(shape.missing, bands) if shape.missing else {},
        shares=dict(shape.shares),
        roll_up=_roll_up(shape.roll_up) if shape.roll_up else None,
        place=place,
    )


def _rate_name(shape: SchemeShape, methods: Iterable[Method]) -> str:
    """Call the rate what the scheme calls it, or by the first formula that gives one."""
    named = [_RATE_NAMES[m.formula] for m in methods if m.formula in _RATE_NAMES]
    return (shape.rate_name or named[0]) if named else ""


def _special(shape: SpecialShape, whole: SchemeShape) -> Special:
    return Special(
        shape.name,
        tuple(shape.kinds),
        tuple(shape.directions),
        tuple(shape.units),
        shape.final_year,
        _method(shape, whole),
        tuple(shape.indicators),
        tuple(shape.tags),
    )


def _method(shape: SchemeShape | SpecialShape, whole: SchemeShape) -> Method:
    """Take from a special what it says, and from the scheme what it leaves out."""
    given = {name: getattr(shape, name) for name in _INHERITED}
    values = {name: getattr(whole, name) if value is None else value for name, value in given.items()}
    return Method(
        formula=values["formula"],
        bands=_bands(whole.bands if shape.bands is None else shape.bands),
        target=values["target"],
        lower=values["lower"],
        judged=values["judged"],
        rounding=values["rounding"],
        decimals=values["decimals"],
        cap=values["cap"],
        floor=values["floor"],
        tolerance=_width(shape) or _width(whole),
        entered=values["entered"],
        latest=values["latest"],
    )


def _width(shape: BandShape | SchemeShape | SpecialShape) -> Width | None:
    """Return the room for being the same, where any is given."""
    if shape.margin is not None:
        return Width(shape.margin, of_unit=True)
    return None if shape.tolerance is None else Width(shape.tolerance)


def _bands(shapes: Iterable[BandShape]) -> tuple[Band, ...]:
    return tuple(_band(shape) for shape in shapes)


def _band(shape: BandShape) -> Band:
    width = _width(shape)
    return Band(
        shape.code,
        shape.label,
        shape.mark,
        shape.tone,
        shape.met,
        shape.at_least,
        over=shape.over,
        target=shape.target,
        baseline=shape.baseline,
        previous=shape.previous,
        tolerance=width if width and width.number else None,
        points=shape.points,
    )


def _missing(shape: MissingShape, bands: Mapping[str, Band]) -> Mapping[Missing, NoRating | Band]:
    entries: Mapping[Missing, MissingEntry | None] = {c: getattr(shape, c.name.lower()) for c in Missing}
    return {
        cause: bands[entry.band] if isinstance(entry, MissingBandShape) else _no_rating(entry)
        for cause, entry in entries.items()
        if entry is not None
    }


def _no_rating(shape: NoRatingShape) -> NoRating:
    return NoRating(shape.mark, shape.label)


def _roll_up(shape: RollUpShape) -> RollUp:
    return RollUp(
        shape.of,
        shape.goal == "measures",
        shape.rounding,
        shape.decimals,
        _bands(shape.bands),
        shape.total,
        tuple(shape.plus),
    )
