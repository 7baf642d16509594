"""word/theme/theme1.xml (20.1.6.9): what a document names by its place in its theme, fonts (17.18.96) and lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import A, W, inside, number
from pipeline.documents.units import emu_to_pt

_SCRIPTS = {"ja": "Jpan", "ko": "Hang", "zh-TW": "Hant", "zh-HK": "Hant", "zh": "Hans"}
_PLACES = ("Ascii", "HAnsi", "EastAsia")


def read_theme(root: etree._Element | None, settings: etree._Element | None) -> Mapping[str, str]:
    """Return the fonts by what ``w:asciiTheme`` and its kin call them; empty where the theme names none.

    The language of the settings (themeFontLang, 17.15.1.88) chooses among the fonts for East Asian scripts where the
    theme has none for all of them.
    """
    fonts = {f"{size}{place}": "" for size in ("major", "minor") for place in _PLACES}
    if root is not None:
        language = inside(settings, "themeFontLang")
        script = _script("" if language is None else language.get(f"{W}eastAsia", ""))
        for size in ("major", "minor"):
            fonts |= _collection(root.find(f".//{A}fontScheme/{A}{size}Font"), size, script)
    return fonts


class ShapeStyles(Struct, frozen=True):
    """The styles that a theme has ready for shapes (20.1.4.1.14), by their numbers from 1: thickness of lines (pt),
    fills, and whether there are effects such as shadows.
    """

    lines: Sequence[float] = (0.5, 1.0, 1.5)
    fills: Sequence[etree._Element] = ()
    effects: Sequence[bool] = ()


def read_shape_styles(root: etree._Element | None) -> ShapeStyles:
    """Return the styles for shapes of a theme."""
    found = None if root is None else root.find(f".//{A}fmtScheme")
    if found is None:
        return ShapeStyles()
    return ShapeStyles(
        lines=[emu_to_pt(number(line.get("w", "9525"))) for line in found.iterfind(f"{A}lnStyleLst/{A}ln")],
        fills=[*found.iterfind(f"{A}fillStyleLst/*")],
        effects=[any(map(len, style)) for style in found.iterfind(f"{A}effectStyleLst/{A}effectStyle")],
    )


def _script(language: str) -> str:
    return _SCRIPTS.get(language) or _SCRIPTS.get(language.partition("-")[0], "")


def _collection(element: etree._Element | None, size: str, script: str) -> Iterator[tuple[str, str]]:
    if element is None:
        return
    latin = _typeface(element.find(f"{A}latin"))
    yield f"{size}Ascii", latin
    yield f"{size}HAnsi", latin
    own = (font for font in element.iterchildren(f"{A}font") if font.get("script") == script)
    yield f"{size}EastAsia", _typeface(element.find(f"{A}ea")) or _typeface(next(own, None))


def _typeface(element: etree._Element | None) -> str:
    return "" if element is None else element.get("typeface", "")
