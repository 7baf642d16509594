"""Colours that a template gives by the styles of its own, whatever they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, child_value, color
from pipeline.documents.docx.package import Package
from pipeline.documents.docx.parts import STYLES
from pipeline.documents.template.files import Template


def style_colours(template: Template, start: str) -> Mapping[str, str]:
    """Return the colours (RRGGBB) of the styles whose names start so, by their names without spaces: the shading, or
    the font's.
    """
    return dict(_named(Package(template.data, template.file).xml(STYLES), start))


def _named(styles: etree._Element, start: str) -> Iterator[tuple[str, str]]:
    for style in styles.iter(f"{W}style"):
        name = "".join((child_value(style, "name") or "").split())
        given = _colour(style) if name.startswith(start) else None
        if given:
            yield name, given


def _colour(style: etree._Element) -> str | None:
    shadings = (shading.get(f"{W}fill") for shading in style.iter(f"{W}shd"))
    letters = (letter.get(VAL) for letter in style.iter(f"{W}color"))
    return next(filter(None, map(color, (*shadings, *letters))), None)
