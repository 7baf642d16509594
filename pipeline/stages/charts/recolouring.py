"""A picture in a template's colours."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.stages.charts.colours import EVALUATED, INK, WHITE, Palette, rgb
from pipeline.stages.charts.shapes import Box, Label, Line, Picture, Shape

_DARK = 150
"""The lightness (of 255) up to which white letters can be read on a colour."""


def recoloured(picture: Picture, palette: Palette) -> Picture:
    """Return a picture in the colours of a palette; letters that were white for a dark bar are dark on a light one."""
    letters = {WHITE: INK, **palette} if _lightness(palette.get(EVALUATED, EVALUATED)) > _DARK else palette
    return replace(picture, shapes=tuple(_recoloured(shape, palette, letters) for shape in picture.shapes))


def _recoloured(shape: Shape, palette: Palette, letters: Palette) -> Shape:
    match shape:
        case Box():
            return replace(shape, fill=_of(palette, shape.fill), edge=_of(palette, shape.edge))
        case Line():
            return replace(shape, colour=palette.get(shape.colour, shape.colour))
        case Label():
            backing = _of(palette, shape.backing)
            return replace(shape, colour=letters.get(shape.colour, shape.colour), backing=backing)


def _of(palette: Palette, colour: str | None) -> str | None:
    return colour and palette.get(colour, colour)


def _lightness(colour: str) -> float:
    red, green, blue = rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
