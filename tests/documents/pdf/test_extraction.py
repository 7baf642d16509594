"""What a PDF reader gives back: the characters that were written, also where they look alike or are rare."""

from __future__ import annotations

from collections import Counter
from html import escape

import pypdfium2
import pytest
from msgspec.structs import replace

from pipeline.documents import fonts
from pipeline.documents.docx import Unsupported
from pipeline.documents.pdf import PdfInfo, PdfPart, check, draw, draw_document
from tests.documents.docx.docx_files import PICTURE_AND_TWIN, TWIN, cell, docx, p, picture, png, r, row, section, table
from tests.documents.memory import Remembered
from tests.documents.pdf.pages import drawn, laid_out, texts

_ROW = 40
AUTO = "<w:spacing w:line='240' w:lineRule='auto'/>"
LIGATURES = frozenset("ﬁﬂ")
"""The reader parts them, whatever the PDF says."""


DRAWN = "".join(map(chr, fonts.face().advances))
ALL = frozenset(DRAWN) - fonts.lacking(DRAWN) - LIGATURES - {" "}
BEYOND = "".join(sorted(letter for letter in ALL if ord(letter) > 0xFFFF))
RARE = f"{BEYOND}\u2010\u2011–—―−¥￥〜～‖∥神﨑髙Å\u212b𩿎𩿗"
"""Letters beyond the first plane, and those that share a glyph or that programs like to change."""
BOLD_MINCHO = '<w:rFonts w:ascii="BIZ UDMincho" w:hAnsi="BIZ UDMincho" w:eastAsia="BIZ UDMincho"/><w:b/>'


def read_back(data: bytes) -> Counter[str]:
    """Count what a reader finds, without the spaces that it sees between words."""
    with pypdfium2.PdfDocument(drawn(data)) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    return Counter(text.translate({ord(space): None for space in "\r\n "}))


def rows(text: str) -> list[str]:
    return [text[at : at + _ROW] for at in range(0, len(text), _ROW)]


def page(letters: str, look: str = "") -> bytes:
    body = "".join(p(escape(row, quote=False), run=look) for row in rows(letters))
    return docx(body, end=section(12000, 16000))


def test_every_letter_of_the_typeface_is_read_as_it_was_written() -> None:
    assert read_back(page("".join(sorted(ALL)))) == Counter(ALL)


@pytest.mark.parametrize("look", ["", "<w:b/>", "<w:i/>", BOLD_MINCHO])
def test_rare_letters_are_read_as_they_were_written(look: str) -> None:
    data = page(RARE, look)
    assert read_back(data) == Counter(RARE)
    assert check([PdfPart(data, "字.docx")], drawn(data)) == ()


def test_joined_letters_are_not_missed_where_the_reader_parts_them() -> None:
    data = docx(p("ﬁrst ﬂoor"))
    assert check([PdfPart(data, "字.docx")], drawn(data)) == ()


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_charts_are_read_as_they_were_drawn(weight: str) -> None:
    labels = "".join(
        f'<text x="1" y="{9 * n + 9}" font-size="7" font-weight="{weight}" fill="#1A1A1C">{escape(row)}</text>'
        for n, row in enumerate(rows(RARE))
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 800" font-family="BIZ UDPGothic">{labels}</svg>'
    parts = {"media/image1.png": png(), "media/image1.svg": svg.encode()}
    run = picture(5080000, 10160000, blip=TWIN)
    data = docx(p("", AUTO, extra=run), related=PICTURE_AND_TWIN, parts=parts, end=section(12000, 18000))
    assert read_back(data) == Counter(RARE)


def test_text_one_letter_wide_that_goes_on_over_pages_beside_other_text_is_not_missed() -> None:
    narrow = [cell(p("計画の三年目に当たる今年度は、商店街空き店舗を使った"), "<w:vMerge w:val='restart'/>")]
    narrow += [cell(p(), "<w:vMerge/>")] * 2
    wide = (cell(p("横の行の文") * lines) for lines in (14, 6, 17))
    rows_ = [row(*pair, properties="<w:cantSplit/>") for pair in zip(narrow, wide, strict=True)]
    data = docx(table([200, 2800], rows_))
    assert len(laid_out(data).pages) == 3
    part = PdfPart(draw_document(data, "x.docx"), "x.docx")
    assert check([part], draw([part], PdfInfo("", ""))) == ()


def test_a_no_break_space_stays_one() -> None:
    assert read_back(docx(p("第\u00a01号 a\u00a0b")))["\u00a0"] == 2


def test_a_no_break_hyphen_is_drawn_as_a_hyphen_and_holds_its_word_together() -> None:
    word = p("国" * 15, extra=r("A") + "<w:r><w:noBreakHyphen/></w:r>" + r("B"))
    assert texts(docx(word)) == [["国" * 15, "A\u2011B"]]
    assert read_back(docx(word))["\u2011"] == 1


def test_a_letter_and_its_mark_are_one_character() -> None:
    assert read_back(docx(p("か\u3099き\u3099は\u309a Cafe\u0301"))) == Counter("がぎぱCafé")


@pytest.mark.parametrize("letter", ["\u3099", "q\u0301", "\u200f", "\ue0a0", "葛\U000e0100", "葛\ufe00"])
def test_what_cannot_be_drawn_is_refused_with_its_code_point_and_a_cure(letter: str) -> None:
    with pytest.raises(Unsupported, match=f"U\\+{ord(letter[-1]):04X}") as caught:
        laid_out(docx(p(f"評価{letter}の流れ")))
    assert caught.value.cure


def test_a_page_is_read_again_where_its_source_its_number_or_a_letter_of_the_fonts_is_another() -> None:
    memory = Remembered()

    def anew(*texts: str, first: int = 1) -> int:
        sources = [page(text) for text in texts]
        numbers = range(first, first + len(texts))
        parts = [
            PdfPart(draw_document(source, "a"), "a", number, source=source)
            for source, number in zip(sources, numbers, strict=True)
        ]
        memory.anew = 0
        assert check(parts, draw(parts, PdfInfo("", "")), memory) == ()
        return memory.anew

    assert anew("市の計画", "市の評価") == 2
    assert anew("市の計画", "市の評価") == 0
    assert anew("市の計画", "市の価評") == 1
    assert anew("市の計画", "市の評価", first=3) == 2
    assert anew("市の計画", "市の評価表") == 2
    assert anew("市の計画", "市の評価", "市の計") == 3


def test_a_page_is_read_again_where_it_is_drawn_otherwise_or_must_say_something_else() -> None:
    memory, source = Remembered(), page("市の計画")
    document, other = (draw_document(one, "a") for one in (source, page("計画の市")))
    part = PdfPart(document, "a", source=source)
    made = draw([part], PdfInfo("", ""))
    assert check([part], made, memory) == ()
    for odd in (replace(document, texts=other.texts), replace(document, pages=other.pages, texts=other.texts)):
        assert [found.id for found in check([replace(part, data=odd)], made, memory)] == ["pdf-text-missing"]
    assert check([replace(part, data=replace(document, pages=other.pages))], made, memory) == ()
    assert memory.anew == 2


def test_a_page_that_lacked_something_is_read_again() -> None:
    memory, source = Remembered(), page("市の計画")
    part = PdfPart(draw_document(source, "a"), "a", source=source)
    empty = draw([PdfPart(draw_document(page("　"), "a"), "a")], PdfInfo("", ""))
    for _ in range(2):
        assert [found.id for found in check([part], empty, memory)] == ["pdf-text-missing"]
