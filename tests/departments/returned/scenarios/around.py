"""What departments put around the words: comments, notes, boxes, pictures, headers."""

from __future__ import annotations

import tempfile
from base64 import b64decode
from pathlib import Path

from tests.departments.returned.scenarios.hands import Hands, constant, uno

_DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def _annotate(h: Hands, where: str, words: str, text: str) -> None:
    note = h.make("text.textfield.Annotation")
    note.Author, note.Content = "商工 花子", text
    h.cell(where).insertTextContent(h.at(where, words), note, True)


def comment(h: Hands) -> None:
    _annotate(h, "4.C2", "23件", "数字を確認中です。")


def comment_on_a_label(h: Hands) -> None:
    _annotate(h, "4.B1", "R2年度", "R3年度では？")


def comment_and_change(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    _annotate(h, "4.C2", "25件", "速報値です。")


def comment_in_what_is_deleted(h: Hands) -> None:
    _annotate(h, "4.C3", "今後も", "ここは不要です。")
    h.type("4.C3", "今後も", "")


def comment_resolved(h: Hands) -> None:
    comment(h)
    fields = h.document.TextFields.createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        if field.supportsService("com.sun.star.text.textfield.Annotation"):
            field.Resolved = True


def footnote(h: Hands) -> None:
    note = h.make("text.Footnote")
    h.cell("4.C3").insertTextContent(h.cell("4.C3").End, note, False)
    note.String = "出典は市の統計です。"


def endnote(h: Hands) -> None:
    note = h.make("text.Endnote")
    h.cell("4.C3").insertTextContent(h.cell("4.C3").End, note, False)
    note.String = "巻末の注です。"


def header(h: Hands) -> None:
    text = h.document.StyleFamilies.getByName("PageStyles").getByName(h.cursor.PageStyleName).HeaderText
    text.insertString(text.End, "提出版", False)


def footer(h: Hands) -> None:
    text = h.document.StyleFamilies.getByName("PageStyles").getByName(h.cursor.PageStyleName).FooterText
    text.insertString(text.Start, "商工課作成 ", False)


def text_box(h: Hands) -> None:
    frame = h.make("text.TextFrame")
    frame.Width = 5000
    frame.AnchorType = uno.Enum("com.sun.star.text.TextContentAnchorType", "AT_PARAGRAPH")
    h.document.Text.insertTextContent(h.paragraph("評価").Start, frame, False)
    frame.String = "枠の中の書き込み"


def shape_with_text(h: Hands) -> None:
    shape = h.make("drawing.CustomShape")
    size = uno.createUnoStruct("com.sun.star.awt.Size")
    size.Width, size.Height = 4000, 2000
    shape.Size = size
    h.document.DrawPage.add(shape)
    shape.String = "図形の中の書き込み"


def text_box_in_a_field(h: Hands) -> None:
    frame = h.make("text.TextFrame")
    frame.Width = 3000
    frame.AnchorType = uno.Enum("com.sun.star.text.TextContentAnchorType", "AS_CHARACTER")
    h.cell("4.B2").insertTextContent(h.cell("4.B2").End, frame, False)
    frame.String = "欄の中の枠"


def _picture(h: Hands) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dot.png"
        path.write_bytes(_DOT)
        provider = h.office.make("graphic.GraphicProvider")
        option = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        option.Name, option.Value = "URL", path.as_uri()
        graphic = provider.queryGraphic((option,))
    picture = h.make("text.TextGraphicObject")
    picture.Graphic, picture.Width, picture.Height = graphic, 2000, 2000
    picture.AnchorType = uno.Enum("com.sun.star.text.TextContentAnchorType", "AS_CHARACTER")
    return picture


def picture(h: Hands) -> None:
    h.document.Text.insertTextContent(h.paragraph("評価").End, _picture(h), False)


def picture_in_a_field(h: Hands) -> None:
    h.cell("4.B2").insertTextContent(h.cell("4.B2").End, _picture(h), False)


def chart_deleted(h: Hands) -> None:
    h.select(h.at("3.A2"))
    h.choose("Delete")


def paragraph_between_tables(h: Hands) -> None:
    h.document.Text.insertString(h.paragraph("評価").Start, "よろしくお願いします。\n", False)


def heading_deleted(h: Hands) -> None:
    h.paragraph("評価").String = ""


def sentence_outside_changed(h: Hands) -> None:
    h.paragraph("この施策の主な取組は").String = "この施策の主な取組は、以上の4件です。"


def page_break(h: Hands) -> None:
    h.paragraph("評価").BreakType = uno.Enum("com.sun.star.style.BreakType", "PAGE_BEFORE")


def page_number(h: Hands) -> None:
    field = h.make("text.textfield.PageCount")
    field.NumberingType = constant("style.NumberingType.ARABIC")
    h.cell("4.C3").insertTextContent(h.cell("4.C3").End, field, False)


def checkbox(h: Hands) -> None:
    h.end("4.C3", "☑確認済み")


def bookmark_in_a_field(h: Hands) -> None:
    mark = h.make("text.Bookmark")
    mark.Name = "自分のしおり"
    h.cell("4.C3").insertTextContent(h.at("4.C3", "今後も"), mark, True)


def bookmarks_removed(h: Hands) -> None:
    marks = h.document.Bookmarks
    for name in marks.ElementNames:
        mark = marks.getByName(name)
        mark.Anchor.Text.removeTextContent(mark)


def bookmarks_removed_and_changed(h: Hands) -> None:
    bookmarks_removed(h)
    h.type("4.C2", "23件", "25件")


def line_end_of_the_document(h: Hands) -> None:
    text = h.document.Text
    text.insertControlCharacter(text.End, constant("text.ControlCharacter.PARAGRAPH_BREAK"), False)
    text.insertString(text.End, "担当：商工課 内線123", False)
