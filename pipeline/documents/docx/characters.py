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


def _run(first: int, characters: str) -> Mapping[int, str]:
    """Return characters by code, in a row from the first; a blank stands for a code that shows nothing known."""
    return {code: shown for code, shown in enumerate(characters, first) if shown != " "}


_SYMBOL: Mapping[int, str] = {
    0x20: " ",
    **_run(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_run(0xA1, "ϒ′≦⁄∞ƒ♣♦♥♠↔←↑→↓°±″≧×∝∂•÷≠≡≒…"),
    **_run(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
}
_WINGDINGS: Mapping[int, str] = {
    0x20: " ",
    **_run(0x21, "✎✂✁👓🕭🕮🕯☎✆✉🖃📪📫📬📭🗀🗁🗎🗏🗐🗄⌛⌨🖰🖲🖳🖴🖫🖬✇✍✎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄ ✞ ✠✡☪☯ ☸"),
    **_run(0x5E, "♈♉♊♋♌♍♎♏♐♑♒♓🙰🙵●❍■□□❑❒◆◆◆❖◆⌧⮹⌘❀✿❝❞"),
    **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•▪○○○◉◎○▪□▲✦★✶✴✹✵⯐⌖⟡⌑ ✪✰"),
    **_run(0xB7, "🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈➲⮉⮋←→↑↓↖↗↙↘←➔↑↓🡼🡽🡿🡾⇦⇨⇧⇩⇔⇳⬁⬀⬃⬂🢬🢭✗✔☒☑"),
}
_WINGDINGS_2: Mapping[int, str] = {0x20: " ", **_run(0x4F, "✗✓☒☑☒☒"), 0x97: "●", 0xA2: "■", 0xA3: "□", 0xAE: "◆"}
_WINGDINGS_3: Mapping[int, str] = {0x20: " ", **_run(0x21, "→←↑↓"), **_run(0x70, "▲▼△▽◀▶◁▷◣◢◤◥◀▶▲▼")}
_WEBDINGS: Mapping[int, str] = {0x20: " ", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✖"}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
_PRIVATE = range(0xF020, 0xF100)
"""Where the characters of symbol fonts stand in a text."""


def character(font: str, code: int) -> str | None:
    """Return the character that a code (with or without 0xF000) shows in a symbol font, None where that is not
    known.
    """
    return _FONTS.get(font.lower(), {}).get(code & 0xFF)


def shown(text: str, font: str, high_font: str) -> str | None:
    """Return what a text shows whose letters, and other Latin characters, may be in symbol fonts; None where unknown.

    What stands at a private place is of a symbol font in any case.
    """
    if font.lower() not in _FONTS and high_font.lower() not in _FONTS:
        return text
    found = [_shown(sign, font, high_font) for sign in text]
    return None if None in found else "".join(filter(None, found))


def _shown(sign: str, font: str, high_font: str) -> str | None:
    code = ord(sign)
    if code in _PRIVATE:
        return character(font, code) or character(high_font, code)
    return character(font, code) if code < 0x80 and font.lower() in _FONTS else sign


def written(element: etree._Element) -> str:
    """Return the character that an element stands for, nothing for others; for a symbol its place in the font."""
    if element.tag != f"{W}sym":
        return _WRITTEN.get(str(element.tag), "")
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return "■"
