"""Sheets of cities that do not exist, made from a number: no rule was measured on those that ``make compare`` shows."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from tests.compare.documents import docx_of
from tests.documents.docx.docx_files import cell, p, row, section, table

SHOWN = range(500, 530)
"""The numbers of the sheets that ``make compare`` converts."""

_WHO = ("市は", "町会と商店会は", "農家や漁業者は", "若い世帯が", "学校と図書館は", "NPOと大学は", "観光協会（DMO）は")
_WHAT = (
    "空き家バンクの登録", "子育て相談の窓口", "地域公共交通の再編", "ICTを使った見守り", "特産品のブランド化",
    "移住体験ツアー", "シェアオフィス「みなと」", "PTAと連携した放課後の居場所", "防災アプリ", "木質バイオマスの活用",
)  # fmt: skip
_HOW = (
    "を前年度より{a}件多く進め、", "について{a}回の説明会を開き、", "に{a}万円を充て、", "を{b}か所に広げ、",
    "の利用を{a}人（{b}.{c}%増）まで伸ばし、", "を令和{c}年度から始め、", "をSNSやWebで知らせ、",
)  # fmt: skip
_THEN = (
    "目標の達成に向けて取り組みました。", "概ね計画どおりに進みました。", "次の年度へつなげます。",
    "課題は「担い手の確保」と「資金の調達」です。", "利用者の{b}割が満足と答えました。", "来年度も続けます。",
    "関係者との話し合いを重ね、しくみを見直しました。", "なお、詳しくは資料{c}－{b}のとおりです。",
)  # fmt: skip
_LINE = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="404040"/>'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_START, _ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def sheet(number: int) -> bytes:
    """Make the sheet of a number: always the same for the same number."""
    return _City(Random(number)).sheet()


class _City:
    """A city's choices: paper, margins, sizes, spacing, tables."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._margin = random.randrange(780, 1700)
        self._landscape = random.random() < 0.2
        self._width, self._height = (16838, 11906) if self._landscape else (11906, 16838)
        self._column = self._width - 2 * self._margin
        self._size = random.choice((17, 18, 19, 20, 21, 22, 24))
        self._line = random.randrange(int(self._size * 12.5), self._size * 18)
        self._border = random.choice((2, 4, 6, 8))
        self._padding = random.randrange(40, 140)
        self._justified = random.random() < 0.3

    def sheet(self) -> bytes:
        body = self._heading()
        for _ in range(self._random.randrange(2, 5)):
            body += self._random.choice((self._figures, self._words, self._groups))() + self._paragraphs()
        end = section(self._width, self._height, margin=self._margin)
        if self._landscape:
            end = end.replace("<w:pgSz", "<w:pgSz w:orient='landscape'")
        return docx_of(body, end)

    def _prose(self, sentences: int) -> str:
        pick, number = self._random.choice, self._random.randrange
        return "".join(
            f"{pick(_WHO)}{pick(_WHAT)}{pick(_HOW)}{pick(_THEN)}".format(
                a=number(3, 4000), b=number(2, 99), c=number(1, 9)
            )
            for _ in range(sentences)
        )

    def _text(self, text: str, more: str = "") -> str:
        spacing = f'<w:spacing w:line="{self._line}" w:lineRule="exact"/>'
        return p(text, more + spacing, f'<w:sz w:val="{self._size}"/>')

    def _heading(self) -> str:
        title = f"第{self._random.randrange(1, 9)}章　{self._random.choice(_WHAT)}"
        return p(title, '<w:keepNext/><w:spacing w:after="120" w:line="480" w:lineRule="exact"/>', '<w:sz w:val="30"/>')

    def _paragraphs(self) -> str:
        jc = '<w:jc w:val="both"/>' if self._justified else ""
        count = self._random.randrange(1, 4)
        return self._heading() + "".join(
            self._text(self._prose(self._random.randrange(1, 5)), jc) for _ in range(count)
        )

    def _table(self, columns: list[int], rows: list[str]) -> str:
        lines = "".join(_LINE.format(side=side, size=self._border) for side in _SIDES)
        return table(columns, rows, f"<w:tblBorders>{lines}</w:tblBorders>")

    def _columns(self, count: int) -> list[int]:
        """Part the column's width into as many columns, none too narrow."""
        shares = [self._random.randrange(10, 32) for _ in range(count)]
        edges = [self._column * sum(shares[:n]) // sum(shares) for n in range(count + 1)]
        return [right - left for left, right in pairwise(edges)]

    def _cell(self, text: str, more: str = "", jc: str = "") -> str:
        margins = "".join(
            f'<w:{side} w:w="{self._padding}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
        )
        aligned = f'<w:jc w:val="{jc}"/>' if jc else ""
        return cell(self._text(text, aligned), f"{more}<w:tcMar>{margins}</w:tcMar>")

    def _head(self, count: int) -> str:
        names = ("指標", "単位", "基準値", "目標値", "実績値", "達成率")[:count]
        return row(*(self._cell(name, jc="center") for name in names), properties="<w:tblHeader/><w:cantSplit/>")

    def _figures(self) -> str:
        count = self._random.randrange(4, 7)
        rows = [self._head(count)]
        for _ in range(self._random.randrange(4, 30)):
            values = (f"{self._random.randrange(1, 99999):,}" for _ in range(count - 1))
            cells = (self._cell(value, jc="right") for value in values)
            rows.append(row(self._cell(self._random.choice(_WHAT)), *cells, properties="<w:cantSplit/>"))
        return self._table(self._columns(count), rows)

    def _words(self) -> str:
        count = self._random.randrange(2, 4)
        rows = [self._head(count)] + [
            row(*(self._cell(self._prose(self._random.randrange(1, 4))) for _ in range(count)))
            for _ in range(self._random.randrange(3, 9))
        ]
        return self._table(self._columns(count), rows)

    def _groups(self) -> str:
        rows = [self._head(3)]
        for _ in range(self._random.randrange(2, 6)):
            split = "" if self._random.random() < 0.5 else "<w:cantSplit/>"
            merged = self._cell(self._prose(self._random.randrange(1, 4)), _START)
            for n in range(self._random.randrange(2, 7)):
                cells = (self._cell(self._prose(1)), self._cell(f"{self._random.randrange(1, 999)}件", jc="right"))
                rows.append(row(self._cell("", _ON) if n else merged, *cells, properties=split))
        return self._table(self._columns(3), rows)
