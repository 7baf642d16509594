"""Word files that each try one thing of layout, on A4, in the report's typeface, unlike anything in the templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath

from tests.compare.texts import MIXED, TEXTS
from tests.documents.docx.docx_files import (
    PICTURE,
    Related,
    cell,
    docx,
    element,
    p,
    package,
    picture,
    png,
    r,
    row,
    section,
    table,
)

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>{types}'
    "</Types>"
)
_TYPE = (
    '<Override PartName="/{name}"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
)
_KINDS = {
    "document": "document.main", "styles": "styles", "settings": "settings", "numbering": "numbering",
    "header": "header", "footer": "footer",
}  # fmt: skip
_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/>'

_COMPAT = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
)
_EXACT = '<w:spacing w:line="320" w:lineRule="exact"/>'


def docx_of(
    body: str,
    end: str = "",
    *,
    styles: str = "",
    settings: str = "",
    numbering: str = "",
    related: Related | None = None,
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """Make a docx as Word writes it: with the content types of its parts, and the languages of its text."""
    bare = docx(
        body,
        end=end or _a4(),
        styles=styles,
        settings=settings + _COMPAT,
        numbering=numbering,
        related=related,
        parts=parts,
    )
    small = zipfile.ZipFile(io.BytesIO(bare))
    files = {name: small.read(name) for name in small.namelist()}
    files["word/styles.xml"] = files["word/styles.xml"].replace(b"</w:rPr>", f"{_LANGUAGE}</w:rPr>".encode(), 1)
    kinds = {name: _KINDS.get(PurePosixPath(name).stem.rstrip("123")) for name in files}
    types = "".join(_TYPE.format(name=name, kind=kind) for name, kind in kinds.items() if kind)
    return package({"[Content_Types].xml": _TYPES.format(types=types), **files})


def _a4(extra: str = "", margin: int = 1134) -> str:
    return section(11906, 16838, extra, margin)


def _landscape(extra: str = "") -> str:
    return section(16838, 11906, extra, 1020).replace("w:h='11906'", "w:h='11906' w:orient='landscape'")


def _text(count: int, texts: tuple[str, ...] = TEXTS) -> str:
    return "".join(texts[n % len(texts)] for n in range(count))


def _paragraphs(properties: str, run: str = "", texts: tuple[str, ...] = TEXTS, rounds: int = 2) -> str:
    """Return paragraphs of growing length, so that lines end at many different characters."""
    return "".join(p(_text(n % 3 + 1, texts[n % len(texts) :] + texts), properties, run) for n in range(6 * rounds))


def _kinsoku(justified: bool) -> bytes:
    jc = '<w:jc w:val="both"/>' if justified else ""
    widths = (3000, 3170, 3333, 3510, 3700, 4010, 4321)
    body = "".join(
        p(TEXTS[n % 4], f'{_EXACT}<w:ind w:right="{9638 - width}"/>{jc}', '<w:sz w:val="21"/>')
        for n, width in enumerate(widths * 3)
    )
    return docx_of(body)


def _mixed(justified: bool) -> bytes:
    jc = '<w:jc w:val="both"/>' if justified else ""
    body = "".join(
        p(MIXED[n % 3], f'{_EXACT}<w:ind w:right="{n * 173 % 2900}"/>{jc}', f'<w:sz w:val="{(20, 21, 18)[n % 3]}"/>')
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


_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="333333"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_GRID = f"<w:tblBorders>{_LINES}</w:tblBorders>"
_PADDED = (
    '<w:tcMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
    '<w:right w:w="100" w:type="dxa"/></w:tcMar>'
)


def _cell(text: str, more: str = "", paragraph: str = "", run: str = "") -> str:
    return cell("".join(p(line, paragraph, run) for line in text.split("\n")), more + _PADDED)


def _merged_rows() -> bytes:
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows: list[str] = []
    for group in range(9):
        for n in range(group % 4 + 2):
            head = _cell(TEXTS[group % 4][: 20 + 30 * (group % 3)], start) if n == 0 else _cell("", go_on)
            rows.append(
                row(head, _cell(TEXTS[n % 4][: 12 + 17 * n]), _cell(str(n * 1234)), properties="<w:cantSplit/>")
            )
    return docx_of(table([2835, 4819, 1984], rows, _GRID))


def _split_rows() -> bytes:
    head = row(_cell("取組", run="<w:b/>"), _cell("内容", run="<w:b/>"), properties="<w:tblHeader/>")
    rows = [
        row(_cell(f"取組{n}\n{TEXTS[n % 4][:25]}"), _cell(f"{_text(n % 5 + 2)}\n{_text(2, MIXED)}")) for n in range(9)
    ]
    return docx_of(table([2438, 7200], [head, *rows], _GRID))


def _repeated_headers() -> bytes:
    heads = [
        row(
            _cell("指標", '<w:vMerge w:val="restart"/>'),
            _cell("年度", '<w:gridSpan w:val="3"/>'),
            properties="<w:tblHeader/>",
        ),
        row(_cell("", "<w:vMerge/>"), *map(_cell, ("R1", "R2", "R3")), properties="<w:tblHeader/>"),
    ]
    rows = [
        row(
            _cell(TEXTS[n % 4][: 10 + n % 30]),
            *(_cell(f"{n * k:,}", paragraph='<w:jc w:val="right"/>') for k in (7, 91, 1003)),
            properties="<w:cantSplit/>",
        )
        for n in range(70)
    ]
    return docx_of(table([4538, 1700, 1700, 1700], [*heads, *rows], _GRID))


def _keep_next() -> bytes:
    heading = '<w:keepNext/><w:spacing w:before="240" w:after="120" w:line="400" w:lineRule="exact"/>'
    body = ""
    for n in range(12):
        body += p(f"第{n + 1}節　見出し", heading, '<w:b/><w:sz w:val="26"/>')
        body += p(
            "小見出しもまた次の段落に続く",
            '<w:keepNext/><w:spacing w:before="60" w:after="60" w:line="320" w:lineRule="exact"/>',
        )
        body += p(_text(n % 4 + 2), _EXACT + ("<w:keepLines/>" if n % 3 == 0 else ""))
    return docx_of(body)


def _widows() -> bytes:
    body = "".join(
        p(
            _text(n % 5 + 1),
            f'<w:widowControl w:val="{n % 3 != 0:d}"/>'
            f'<w:spacing w:before="{n % 4 * 40}" w:line="300" w:lineRule="exact"/>',
        )
        for n in range(34)
    )
    return docx_of(body)


def _landscape_section() -> bytes:
    wide = table(
        [3000, 3000, 3000, 3000, 2798],
        [row(*(_cell(TEXTS[(n + k) % 4][: 24 + 9 * k]) for k in range(5))) for n in range(9)],
        _GRID,
    )
    turn = f"<w:p><w:pPr>{_a4()}</w:pPr></w:p>"
    back = f"<w:p><w:pPr>{_landscape()}</w:pPr></w:p>"
    return docx_of(_paragraphs(_EXACT, rounds=1) + turn + wide + back + _paragraphs(_EXACT, rounds=1))


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
    return docx_of(_paragraphs(_EXACT, rounds=3), end, related=related, parts=parts, settings="<w:evenAndOddHeaders/>")


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
            f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>{_EXACT}',
        )
        for n, (number, depth) in enumerate(items * 3)
    )
    return docx_of(body, numbering=numbering)


def _shading() -> bytes:
    def looks(n: int) -> str:
        sides = ("top", "left", "bottom", "right")
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="{(4, 8, 12, 24)[(n + k) % 4]}" w:space="0" w:color="0017C1"/>'
            for k, side in enumerate(sides)
        )
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{("E8F1FE", "FFF4E5", "F2F2F2")[n % 3]}"/>'
        return f'<w:tcBorders>{borders}</w:tcBorders>{shade}<w:vAlign w:val="{("top", "center", "bottom")[n % 3]}"/>'

    rows = [
        row(
            *(_cell(TEXTS[(n + k) % 4][: 15 + 22 * k], looks(n + k)) for k in range(3)),
            properties=f'<w:trHeight w:val="{600 + 150 * (n % 4)}" w:hRule="atLeast"/>',
        )
        for n in range(9)
    ]
    boxed = (
        "<w:pBdr>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="333333"/>'
            for side in ("top", "left", "bottom", "right")
        )
        + '</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
    )
    return docx_of(table([2500, 3338, 3800], rows) + p(TEXTS[0], boxed) + p(TEXTS[1], boxed) + p("", ""))


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
        body += p("", _EXACT, extra=mark + r(TEXTS[n % 4][:40]) + outside + r("と") + inner + r(TEXTS[(n + 1) % 4]))
    return docx_of(body, related={"h": ("hyperlink", "https://example.jp/")})


def _indents() -> bytes:
    body = "".join(
        p(
            TEXTS[n % 4],
            f'{_EXACT}<w:ind w:left="{n % 4 * 300}" w:right="{n % 3 * 250}"'
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
        p(TEXTS[n % 4], _EXACT)
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
    body = p("", _EXACT, extra=r(TEXTS[0]) + line + r(TEXTS[1]) + line + line + r("空の行の後"))
    body += p("", _EXACT, extra=r("この後で改ページ") + page) + p("新しいページ", _EXACT)
    body += p("段落の前で改ページ", f"<w:pageBreakBefore/>{_EXACT}") + p(
        "", _EXACT, extra=page + r("段落の先頭で改ページ")
    )
    return docx_of(body + _paragraphs(_EXACT, rounds=1))


CASES: Mapping[str, Callable[[], bytes]] = {
    "禁則とぶら下げ": partial(_kinsoku, justified=False),
    "禁則とぶら下げ（両端揃え）": partial(_kinsoku, justified=True),
    "和欧混植": partial(_mixed, justified=False),
    "和欧混植（両端揃え）": partial(_mixed, justified=True),
    "タブとリーダー": _tabs,
    "字下げと行揃え": _indents,
    "行間と段落間": _spacing,
    "縦に結合した行": _merged_rows,
    "ページをまたぐ行": _split_rows,
    "見出し行の繰り返し": _repeated_headers,
    "セルの網かけと罫線": _shading,
    "次の段落と分離しない": _keep_next,
    "段落の1行だけを残さない": _widows,
    "横置きのセクション": _landscape_section,
    "先頭・偶数ページの柱": _headers,
    "箇条書きと段落番号": _lists,
    "リンクとしおり": _links,
    "文字の飾り": _run_looks,
    "行内の図": _pictures,
    "改行と改ページ": _breaks,
}
"""What makes each case's docx, by name."""
