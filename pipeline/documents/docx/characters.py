"""Characters that Word writes as elements of their own (17.3.3): breaks, tabs, hyphens, and those of symbol fonts.

The latter (17.3.3.30) stand at private code points; ``character`` gives the Unicode characters that they show.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.markup import W

NO_BREAK_HYPHEN = f"{W}noBreakHyphen"
_WRITTEN = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    NO_BREAK_HYPHEN: "\N{NON-BREAKING HYPHEN}",
}
_SYMBOL: Mapping[int, str] = {
    0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≦", 0xB3: "≧", 0xA5: "∞", 0xAE: "→", 0xAC: "←",
    0xAD: "↑", 0xAF: "↓", 0xDE: "⇒", 0xA8: "♦", 0x2D: "−", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6D: "μ",
}  # fmt: skip
_WINGDINGS: Mapping[int, str] = {
    0x6C: "●", 0x6E: "■", 0x75: "◆", 0xA1: "○", 0xA8: "□", 0x6F: "□", 0x71: "□", 0xFC: "✓", 0xE0: "→", 0xDF: "←",
    0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0xAB: "★", 0x9F: "•", 0xA7: "▪", 0xD8: "➢", 0x76: "❖", 0x4A: "☺", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def character(font: str, code: int) -> str | None:
    """Return the character that a code (with or without 0xF000) shows in a symbol font, None where that is not
    known.
    """
    return _FONTS.get(font.lower(), {}).get(code & 0xFF)


def written(element: etree._Element) -> str:
    """Return the character that an element stands for, nothing for others; for a symbol its place in the font."""
    if element.tag != f"{W}sym":
        return _WRITTEN.get(str(element.tag), "")
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return "■"
