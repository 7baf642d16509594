"""What a PDF alone shows more plainly than Word does, by words of what is told of it."""

from __future__ import annotations

from tests.documents.docx.docx_files import cell, p, r, row, table
from tests.documents.docx.shape_files import anchored, graphic, inline

GRADIENT = (
    "<a:gradFill><a:gsLst><a:gs pos='0'><a:srgbClr val='FF0000'/></a:gs><a:gs pos='100000'><a:srgbClr val='0000FF'/>"
    "</a:gs></a:gsLst></a:gradFill>"
)
_SHADOW = "<a:effectLst><a:outerShdw dist='50800'/></a:effectLst>"
_OUTLINE = (
    "<wp:wrapTight wrapText='bothSides'><wp:wrapPolygon><wp:start x='0' y='0'/><wp:lineTo x='9' y='21600'/>"
    "<wp:lineTo x='21600' y='50'/></wp:wrapPolygon></wp:wrapTight>"
)
_EXACT = "<w:trHeight w:val='200' w:hRule='exact'/>"
_APART = "<w:tblBorders><w:top w:val='single' w:sz='4'/></w:tblBorders><w:tblCellSpacing w:w='20' w:type='dxa'/>"
ORNAMENTS = {
    "行頭の約物": p("目印", "<w:topLinePunct/>"),
    "影付き": p("目印", run="<w:shadow/>"),
    "効果を付けた文字": p("目印", run="<w14:glow w14:rad='63500'/>"),
    "効果を付けた図や図形": p("目印", extra=inline(graphic("箱", extra=_SHADOW))),
    "グラデーション": p("目印", extra=inline(graphic("箱", extra=GRADIENT))),
    "輪郭に沿った折り返し": p("目印", extra=anchored(graphic("箱"), wrap=_OUTLINE)),
    "収まらない文字（枠を大きくして）": p("目印", extra=inline(graphic("箱の中の長い文字列です"), width=30, height=15)),
    "収まらない文字（行を高くして）": table([2000], [row(cell(p("目印一") + p("二行目")), properties=_EXACT)])
    + p("終"),
    "用紙からはみ出す文字": p("遠い字", "<w:ind w:left='-900'/>") + p("目印"),
    "網かけの模様": p("目印", run="<w:shd w:val='diagStripe' w:fill='FFFF00'/>"),
    "罫線": p("目印", run="<w:bdr w:val='wave' w:sz='4'/>"),
    "段落間の線": p("目印", "<w:pBdr><w:between w:val='single' w:sz='4'/></w:pBdr>"),
    "縦線のタブ": p("目印", "<w:tabs><w:tab w:val='bar' w:pos='100'/></w:tabs>"),
    "レイアウト枠の折り返し": p("目印", "<w:framePr w:w='1000' w:wrap='none'/>") + p("後"),
    "レイアウト枠（枠なしで）": p("目印", "<w:framePr w:w='1000' w:wrap='around'/>")
    + table([2000], [row("表")])
    + p("後"),
    "あるセルの間の隙間": table([2000], [row("目印")], _APART) + p("後"),
    "隠し文字の行": table([2000], [row("目印", properties="<w:hidden/>")]) + p("後"),
    "回転したテキスト ボックス": p("目印", extra=inline(graphic("箱", body="rot='5400000'"))),
    "縦中横・割注": p("目印", run="<w:eastAsianLayout w:combine='1'/>"),
    "縦位置": p("大", "<w:textAlignment w:val='center'/>", extra=r("小", "<w:sz w:val='12'/>")),
}
