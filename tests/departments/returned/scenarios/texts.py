"""What departments do to words and numbers."""

from __future__ import annotations

from tests.departments.returned.scenarios.hands import Hands, constant


def number(h: Hands) -> None:
    h.type("2.D3", "90", "95")


def number_leaps(h: Hands) -> None:
    h.type("2.D3", "90", "900")


def number_in_full_width(h: Hands) -> None:
    h.type("2.D3", "90", "９５")


def number_with_unit(h: Hands) -> None:
    h.type("2.D3", "90", "95件")


def number_with_zeros(h: Hands) -> None:
    h.type("2.D3", "90", "095")


def number_pending(h: Hands) -> None:
    h.type("2.D3", "90", "集計中")


def number_with_note(h: Hands) -> None:
    h.type("2.D3", "90", "95（見込み）")


def number_cleared(h: Hands) -> None:
    h.type("2.D3", "", "")


def number_digit_typed(h: Hands) -> None:
    h.end("2.D3", "0")


def number_of_next_year(h: Hands) -> None:
    h.end("2.E3", "99")


def target(h: Hands) -> None:
    h.type("2.E2", "89", "92")


def rate(h: Hands) -> None:
    h.type("2.I2", "115.4", "121.8")


def label(h: Hands) -> None:
    h.type("2.B3", "実績（件）", "実績（か所）")


def indicator_name(h: Hands) -> None:
    h.type("2.A4", "認定件数", "認定の件数")


def title(h: Hands) -> None:
    h.paragraph("（2）").String = "（2）企業誘致の促進"


def start(h: Hands) -> None:
    h.begin("4.B2", "まず、")


def middle(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")


def end(h: Hands) -> None:
    h.end("4.C3", "以上。")


def word_deleted(h: Hands) -> None:
    h.type("4.C3", "今後も", "")


def field_cleared(h: Hands) -> None:
    h.type("4.B2", "", "")


def field_filled(h: Hands) -> None:
    h.type("5.A2", "", "取組を広く知らせること。")


def paragraph_split(h: Hands) -> None:
    cursor = h.at("4.C3", "今後も")
    cursor.collapseToStart()
    h.cell("4.C3").insertControlCharacter(cursor, constant("text.ControlCharacter.PARAGRAPH_BREAK"), False)


def paragraph_added(h: Hands) -> None:
    h.control("4.B2", "PARAGRAPH_BREAK")
    h.end("4.B2", "二つ目の段落です。")


def paragraphs_joined(h: Hands) -> None:
    cursor = h.at("4.A4", "事業の実施")
    cursor.collapseToEnd()
    h.select(cursor)
    h.choose("Delete")


def paragraph_deleted(h: Hands) -> None:
    cursor = h.at("4.A4", "コンビナート電力の利活用\n")
    h.select(cursor)
    h.choose("Delete")


def activity_added(h: Hands) -> None:
    h.control("4.A2", "PARAGRAPH_BREAK")
    h.end("4.A2", "相談窓口の設置")


def activity_with_bullet_typed(h: Hands) -> None:
    h.control("4.A2", "PARAGRAPH_BREAK")
    h.end("4.A2", "・相談窓口の設置")


def initiative_renamed(h: Hands) -> None:
    h.type("4.A2", "企業立地の促進", "企業立地の支援")


def initiative_number_deleted(h: Hands) -> None:
    h.type("4.A2", "① ", "")


def line_break(h: Hands) -> None:
    h.control("4.B2", "LINE_BREAK")
    h.end("4.B2", "改行の後です。")


def tab(h: Hands) -> None:
    h.end("4.B2", "\t字下げの後です。")


def spaces_only(h: Hands) -> None:
    h.type("4.C3", "今後も", "今後 も")


def narrow_to_wide(h: Hands) -> None:
    h.type("4.C3", "1件", "１件")


def emoji(h: Hands) -> None:
    h.end("4.C3", "😀𠮷野家と髙橋")


def variation_selector(h: Hands) -> None:
    h.end("4.C3", "葛󠄀城")


def private_character(h: Hands) -> None:
    h.end("4.C3", "\ue000")


def braces(h: Hands) -> None:
    h.end("4.C3", "<b>&amp;{{ x }}{% raw %}</b>")


def quotes(h: Hands) -> None:
    h.end("4.C3", "“新しい”‘制度’…")


def yaml_signs(h: Hands) -> None:
    h.type("4.C3", "", "- 案: \"一つ\" # 注 'x' | > %")


def very_long(h: Hands) -> None:
    h.end("4.C3", "長い説明を続けます。" * 300)


def replaced_everywhere(h: Hands) -> None:
    search = h.document.createReplaceDescriptor()
    search.SearchString, search.ReplaceString = "WEB会議", "オンライン会議"
    h.document.replaceAll(search)


def figures_replaced_everywhere(h: Hands) -> None:
    search = h.document.createReplaceDescriptor()
    search.SearchString, search.ReplaceString = "件", "社"
    h.document.replaceAll(search)


def words_moved(h: Hands) -> None:
    cursor = h.at("4.C3", "今後も事業所の動きに目を配り、")
    h.select(cursor)
    h.choose("Cut")
    h.select(h.cell("4.C2").End)
    h.choose("Paste")


def words_copied(h: Hands) -> None:
    h.select(h.at("4.C2", "年間目標件数の11件"))
    h.choose("Copy")
    h.select(h.cell("4.C3").End)
    h.choose("Paste")


def words_copied_over(h: Hands) -> None:
    h.select(h.at("4.C2", "年間目標件数の11件"))
    h.choose("Copy")
    h.select(h.at("4.C3", "年間目標件数の1件"))
    h.choose("Paste")


def heading_pasted(h: Hands) -> None:
    h.select(h.at("4.B1", "R2年度の取組・成果"))
    h.choose("Copy")
    h.select(h.cell("4.C3").End)
    h.choose("Paste")


def number_pasted(h: Hands) -> None:
    h.select(h.at("2.D5"))
    h.choose("Copy")
    h.select(h.at("2.D3"))
    h.choose("Paste")


def undone(h: Hands) -> None:
    h.end("4.C3", "書き過ぎました。")
    h.type("4.C2", "23件", "25件")
    h.choose("Undo")


def typed_and_taken_back(h: Hands) -> None:
    h.type("4.C3", "1件", "2件")
    h.type("4.C3", "2件", "1件")


def fields_swapped(h: Hands) -> None:
    left, right = h.cell("4.B2").String, h.cell("4.C2").String
    h.type("4.B2", "", right)
    h.type("4.C2", "", left)


def many_at_once(h: Hands) -> None:
    number(h)
    start(h)
    middle(h)
    end(h)
    target(h)
    field_filled(h)
