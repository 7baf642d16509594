"""What departments do to the looks of words."""

from __future__ import annotations

from tests.departments.returned.scenarios.hands import Hands, constant, uno

_WORDS = ("4.C2", "年間目標件数の11件を大きく超えた")


def bold(h: Hands) -> None:
    cursor = h.at(*_WORDS)
    cursor.CharWeight = cursor.CharWeightAsian = constant("awt.FontWeight.BOLD")


def red(h: Hands) -> None:
    h.at(*_WORDS).CharColor = 0xFF0000


def red_addition(h: Hands) -> None:
    h.end("4.C3", "赤い追記。")
    h.at("4.C3", "赤い追記。").CharColor = 0xFF0000


def struck_out(h: Hands) -> None:
    h.at(*_WORDS).CharStrikeout = constant("awt.FontStrikeout.SINGLE")


def struck_out_twice(h: Hands) -> None:
    h.at(*_WORDS).CharStrikeout = constant("awt.FontStrikeout.DOUBLE")


def struck_out_and_written_after(h: Hands) -> None:
    after = h.at("4.C2", "23件")
    after.collapseToEnd()
    h.cell("4.C2").insertString(after, "25件", False)
    h.at("4.C2", "23件").CharStrikeout = constant("awt.FontStrikeout.SINGLE")


def number_struck_out(h: Hands) -> None:
    h.at("2.D3").CharStrikeout = constant("awt.FontStrikeout.SINGLE")


def underlined(h: Hands) -> None:
    h.at(*_WORDS).CharUnderline = constant("awt.FontUnderline.WAVE")


def marked_yellow(h: Hands) -> None:
    h.at(*_WORDS).CharBackColor = 0xFFFF00


def emphasised(h: Hands) -> None:
    h.at(*_WORDS).CharEmphasis = constant("text.FontEmphasis.DOT_ABOVE")


def ruby(h: Hands) -> None:
    h.at("4.C3", "金融機関").RubyText = "きんゆうきかん"


def hidden(h: Hands) -> None:
    h.at("4.C3", "今後も").CharHidden = True


def superscript(h: Hands) -> None:
    cursor = h.at("4.C2", "23")
    cursor.CharEscapement, cursor.CharEscapementHeight = 33, 58


def bullets(h: Hands) -> None:
    h.select(h.at("4.B2"))
    h.choose("DefaultBullet")


def numbers(h: Hands) -> None:
    h.control("4.B2", "PARAGRAPH_BREAK")
    h.end("4.B2", "二つ目です。")
    h.select(h.at("4.B2"))
    h.choose("DefaultNumbering")


def typeface(h: Hands) -> None:
    cursor = h.at(*_WORDS)
    cursor.CharFontNameAsian, cursor.CharFontName = "MS Mincho", "Century"


def size(h: Hands) -> None:
    cursor = h.at(*_WORDS)
    cursor.CharHeightAsian, cursor.CharHeight = 14.0, 14.0


def centred(h: Hands) -> None:
    h.at("4.B2").ParaAdjust = uno.Enum("com.sun.star.style.ParagraphAdjust", "CENTER")


def margins(h: Hands) -> None:
    style = h.document.StyleFamilies.getByName("PageStyles").getByName(h.cursor.PageStyleName)
    style.LeftMargin, style.RightMargin = 3000, 3000


def shaded(h: Hands) -> None:
    h.cell("4.C2").BackColor = 0xFFFF00


def link(h: Hands) -> None:
    h.at("4.C3", "金融機関").HyperLinkURL = "https://www.example.com/"


def symbol(h: Hands) -> None:
    h.end("4.C3", "\uf0fc")
    h.at("4.C3", "\uf0fc").CharFontName = "Wingdings"
