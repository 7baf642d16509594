"""Word files that each try one thing of layout, on A4, in the report's typeface, unlike anything in the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tests.compare.documents import EXACT, a4, docx_of, landscape, paragraphs, text
from tests.compare.drawing_cases import DRAWING_CASES
from tests.compare.table_cases import GRID, TABLE_CASES, padded
from tests.compare.texts import MIXED, TEXTS
from tests.documents.docx.docx_files import PICTURE, element, p, picture, png, r, row, section, table


def _kinsoku(justified: bool) -> bytes:
    jc = '<w:jc w:val="both"/>' if justified else ""
    widths = (3000, 3170, 3333, 3510, 3700, 4010, 4321)
    body = "".join(
        p(TEXTS[n % 4], f'{EXACT}<w:ind w:right="{9638 - width}"/>{jc}', '<w:sz w:val="21"/>')
        for n, width in enumerate(widths * 3)
    )
    return docx_of(body)


def _mixed(justified: bool) -> bytes:
    jc = '<w:jc w:val="both"/>' if justified else ""
    body = "".join(
        p(MIXED[n % 3], f'{EXACT}<w:ind w:right="{n * 173 % 2900}"/>{jc}', f'<w:sz w:val="{(20, 21, 18)[n % 3]}"/>')
        for n in range(18)
    )
    return docx_of(body)


def _tabs() -> bytes:
    stops = (
        '<w:tabs><w:tab w:val="left" w:pos="2268"/><w:tab w:val="center" w:pos="5103"/>'
        '<w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'
    )
    lines = (
        "第1章\t目的\t中央\t1",
        "第2章\t長い見出しが続く場合\t中央の語\t128",
        "序\tA4\tCenter\t12,345",
        "付録\t\t\t9",
    )
    body = "".join(p("", stops, extra=_tabbed(line)) for line in lines * 3)
    body += "".join(
        p("", '<w:ind w:left="420" w:hanging="420"/>', extra=_tabbed(f"{n}.\t{TEXTS[n % 4]}")) for n in range(1, 9)
    )
    body += p("", "", extra=_tabbed("既定\tの\tタブ\tは\t八百四十"))
    return docx_of(body)


def _tabbed(line: str) -> str:
    return "<w:r><w:tab/></w:r>".join(r(piece) if piece else "" for piece in line.split("\t"))


def _keep_next() -> bytes:
    heading = '<w:keepNext/><w:spacing w:before="240" w:after="120" w:line="400" w:lineRule="exact"/>'
    body = ""
    for n in range(12):
        body += p(f"第{n + 1}節　見出し", heading, '<w:b/><w:sz w:val="26"/>')
        body += p(
            "小見出しもまた次の段落に続く",
            '<w:keepNext/><w:spacing w:before="60" w:after="60" w:line="320" w:lineRule="exact"/>',
        )
        body += p(text(n % 4 + 2), EXACT + ("<w:keepLines/>" if n % 3 == 0 else ""))
    return docx_of(body)


def _widows() -> bytes:
    body = "".join(
        p(
            text(n % 5 + 1),
            f'<w:widowControl w:val="{n % 3 != 0:d}"/>'
            f'<w:spacing w:before="{n % 4 * 40}" w:line="300" w:lineRule="exact"/>',
        )
        for n in range(34)
    )
    return docx_of(body)


def _landscape_section() -> bytes:
    wide = table(
        [3000, 3000, 3000, 3000, 2798],
        [row(*(padded(TEXTS[(n + k) % 4][: 24 + 9 * k]) for k in range(5))) for n in range(9)],
        GRID,
    )
    turn = f"<w:p><w:pPr>{a4()}</w:pPr></w:p>"
    back = f"<w:p><w:pPr>{landscape()}</w:pPr></w:p>"
    return docx_of(paragraphs(EXACT, rounds=1) + turn + wide + back + paragraphs(EXACT, rounds=1))


def _headers() -> bytes:
    kinds = {"header1": "default", "header2": "first", "header3": "even", "footer1": "default", "footer2": "even"}
    related = {name: (name[:6], f"{name}.xml") for name in kinds}
    references = "".join(f'<w:{name[:6]}Reference w:type="{kind}" r:id="{name}"/>' for name, kind in kinds.items())
    number = '<w:fldSimple w:instr=" PAGE ">' + r("1") + "</w:fldSimple>"
    total = '<w:fldSimple w:instr=" NUMPAGES ">' + r("1") + "</w:fldSimple>"
    line = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:pBdr>'
    parts: Mapping[str, bytes | str] = {
        "header1.xml": element("hdr", p("奇数ページの柱", f'{line}<w:jc w:val="right"/>')),
        "header2.xml": element("hdr", p("最初のページだけの柱", '<w:jc w:val="center"/>', '<w:sz w:val="32"/>')),
        "header3.xml": element("hdr", p("偶数ページの柱", line)),
        "footer1.xml": element("ftr", p("", '<w:jc w:val="right"/>', extra=number + r(" / ") + total)),
        "footer2.xml": element("ftr", p("", "", extra=number)),
    }
    end = (
        section(11906, 16838, references, 1304)
        .replace("w:header='100' w:footer='100'", "w:header='567' w:footer='567'")
        .replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    )
    return docx_of(paragraphs(EXACT, rounds=3), end, related=related, parts=parts, settings="<w:evenAndOddHeaders/>")


def _lists() -> bytes:
    def level(depth: int, kind: str, text: str) -> str:
        left = 420 * (depth + 1)
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="420"/></w:pPr></w:lvl>'
        )

    bullets = level(0, "bullet", "・") + level(1, "bullet", "―")
    numbers = (
        level(0, "decimal", "%1.") + level(1, "decimalEnclosedCircle", "%2") + level(2, "aiueoFullWidth", "（%3）")
    )
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
        for number, levels in enumerate((bullets, numbers), 1)
    )
    numbering += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    items = ((1, 0), (1, 0), (1, 1), (2, 0), (2, 1), (2, 1), (2, 2), (2, 2), (2, 0), (1, 1))
    body = "".join(
        p(
            TEXTS[n % 4][: 30 + n * 7],
            f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>{EXACT}',
        )
        for n, (number, depth) in enumerate(items * 3)
    )
    return docx_of(body, numbering=numbering)


def _spacing() -> bytes:
    rules = (
        'w:line="240" w:lineRule="auto"', 'w:line="360" w:lineRule="auto"', 'w:line="276" w:lineRule="auto"',
        'w:line="200" w:lineRule="auto"', 'w:line="280" w:lineRule="exact"', 'w:line="400" w:lineRule="atLeast"',
        'w:line="100" w:lineRule="atLeast"',
    )  # fmt: skip
    body = "".join(
        p(
            TEXTS[n % 4],
            f"{'<w:contextualSpacing/>' if n % 5 == 4 else ''}"
            f'<w:spacing w:before="{n % 3 * 100}" w:after="{n % 4 * 60}" {rule}/>',
            f'<w:sz w:val="{(20, 24, 16)[n % 3]}"/>',
        )
        for n, rule in enumerate(rules * 3)
    )
    return docx_of(body)


def _links() -> bytes:
    looks = '<w:color w:val="0000EE"/><w:u w:val="single"/>'
    outside = f'<w:hyperlink r:id="h">{r("市のホームページ https://example.jp/", looks)}</w:hyperlink>'
    body = ""
    for n in range(10):
        inner = f'<w:hyperlink w:anchor="a{(n + 3) % 10}">{r("別の節")}</w:hyperlink>'
        mark = f'<w:bookmarkStart w:id="{n}" w:name="a{n}"/>{r(f"第{n}節")}<w:bookmarkEnd w:id="{n}"/>'
        body += p("", EXACT, extra=mark + r(TEXTS[n % 4][:40]) + outside + r("と") + inner + r(TEXTS[(n + 1) % 4]))
    return docx_of(body, related={"h": ("hyperlink", "https://example.jp/")})


def _indents() -> bytes:
    body = "".join(
        p(
            TEXTS[n % 4],
            f'{EXACT}<w:ind w:left="{n % 4 * 300}" w:right="{n % 3 * 250}"'
            f' {("w:firstLine", "w:hanging")[n % 2]}="{n % 4 * 100}"/>'
            f'<w:jc w:val="{("left", "center", "right", "both")[n % 4]}"/>',
            '<w:sz w:val="21"/>',
        )
        for n in range(20)
    )
    return docx_of(body)


def _run_looks() -> bytes:
    looks = (
        "<w:b/>",
        "<w:u w:val='single'/>",
        "<w:strike/>",
        "<w:color w:val='0017C1'/>",
        "<w:shd w:val='clear' w:color='auto' w:fill='FFF4E5'/>",
        "<w:sz w:val='28'/>",
        "",
    )
    runs = [TEXTS[k % 4][n : n + 9 + n % 5] for k in range(12) for n in range(0, 60, 11)]
    pieces = "".join(r(text, looks[n % len(looks)]) for n, text in enumerate(runs))
    return docx_of(p("", '<w:spacing w:line="440" w:lineRule="exact"/>', extra=pieces) * 4)


def _pictures() -> bytes:
    auto = '<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>'
    body = "".join(
        p(TEXTS[n % 4], EXACT)
        + p(
            "",
            f'{auto}<w:jc w:val="{("left", "center", "right")[n % 3]}"/>',
            extra=picture(1800000 + n * 300000, 900000 + n * 90000),
        )
        for n in range(10)
    )
    return docx_of(body, related=PICTURE, parts={"media/image1.png": png()})


def _breaks() -> bytes:
    line, page = "<w:r><w:br/></w:r>", '<w:r><w:br w:type="page"/></w:r>'
    body = p("", EXACT, extra=r(TEXTS[0]) + line + r(TEXTS[1]) + line + line + r("空の行の後"))
    body += p("", EXACT, extra=r("この後で改ページ") + page) + p("新しいページ", EXACT)
    body += p("段落の前で改ページ", f"<w:pageBreakBefore/>{EXACT}") + p(
        "", EXACT, extra=page + r("段落の先頭で改ページ")
    )
    return docx_of(body + paragraphs(EXACT, rounds=1))


def _vertical() -> bytes:
    """Letters of one pitch: LibreOffice sets others closer downwards, too (``faults.GENERAL``)."""
    end = landscape().replace("</w:sectPr>", "<w:textDirection w:val='tbRl'/></w:sectPr>")
    fixed = "<w:rFonts w:ascii='BIZ UDGothic' w:hAnsi='BIZ UDGothic' w:eastAsia='BIZ UDGothic'/>"
    return docx_of(paragraphs(EXACT, fixed, rounds=1), end)


CASES: Mapping[str, Callable[[], bytes]] = {
    "禁則とぶら下げ": partial(_kinsoku, justified=False),
    "禁則とぶら下げ（両端揃え）": partial(_kinsoku, justified=True),
    "和欧混植": partial(_mixed, justified=False),
    "和欧混植（両端揃え）": partial(_mixed, justified=True),
    "タブとリーダー": _tabs,
    "字下げと行揃え": _indents,
    "行間と段落間": _spacing,
    "次の段落と分離しない": _keep_next,
    "段落の1行だけを残さない": _widows,
    "横置きのセクション": _landscape_section,
    "先頭・偶数ページの柱": _headers,
    "箇条書きと段落番号": _lists,
    "リンクとしおり": _links,
    "文字の飾り": _run_looks,
    "行内の図": _pictures,
    "改行と改ページ": _breaks,
    "縦書きのページ": _vertical,
    **TABLE_CASES,
    **DRAWING_CASES,
}
"""What makes each case's docx, by name."""
