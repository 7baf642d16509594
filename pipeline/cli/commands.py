"""Every command: its name, what it is for, its options, and the module that runs it.

The parser is made of this table, and a test holds ``make help``, the README and the guide to it. Modules are named and
not imported: a command loads what it needs when it runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.cli import arguments
from pipeline.documents.standard import Standard
from pipeline.model.options import Engine, Format


class Option(Struct, frozen=True):
    """An argument of a command: its names, and what ``argparse`` is to do with it."""

    names: tuple[str, ...]
    settings: Mapping[str, Any]


class Command(Struct, frozen=True):
    """A command: what it is for, the module under ``pipeline.cli`` whose ``run`` does it, and its options."""

    name: str
    help: str
    module: str
    options: tuple[Option, ...] = ()


def _option(*names: str, **settings: object) -> Option:
    return Option(names, settings)


_YEAR = _option("--year", metavar="R8", help="評価を行う年度（inputs/ のフォルダー名）。省略すると最も新しい年度")
_ENGINE = _option(
    "--engine",
    choices=[engine.value for engine in Engine],
    default=Engine.EMBEDDED.value,
    help="PDFの作り方。libreoffice は、LibreOffice がある場合に使えます（省略すると embedded）",
)
_FINDINGS = _option(
    "--format",
    choices=("text", "json", "line"),
    default="text",
    help="結果の表示方法（jsonは機械処理用、lineは1件1行でエディタ用）",
)
_FORMAT = _option("--format", choices=("text", "json"), default="text", help="結果の表示方法（jsonは機械処理用）")
_DEADLINE = _option("--deadline", metavar="西暦-月-日", type=arguments.date, help="提出の期限（送付状に書かれます）")
_UNPROTECTED = _option("--unprotected", action="store_true", help="変更履歴の記録を強制しないシートにします")
_KINDS = _option(
    "--format",
    choices=[one.value for one in Format],
    help="送るもの。word は評価シート、excel は記入表（Excel）、both は両方（省略すると form.yaml のとおり）",
)
_AGAIN = _option("--again", nargs="+", metavar="1-2", default=[], help="送付済みでも、もう一度送る施策")
_PLAN = _option(
    "--plan",
    metavar="R7-R11",
    type=arguments.plan,
    default=(),
    help="新しい計画の最初と最後の年度。前の計画の最後の実績を基準値にし、目標を【要記入】にします",
)
_CLEAN = _option("--clean", action="store_true", help="前回までに作って取ってあるものを使わず、全部を作り直します")
_STRICT = _option(
    "--strict-fonts",
    action="store_true",
    help="BIZ UD書体のほかの書体が使われているとき、近い書体で描かずに止めます",
)
_STANDARD = _option(
    "--pdf-standard",
    choices=[standard.value for standard in Standard],
    default=Standard.UA1.value,
    help="PDFの規格。ua2 は、PDF 2.0 による PDF/UA-2 と PDF/A-4 です（省略すると ua1: PDF/UA-1 と PDF/A-2a）",
)
_CHECK = (_YEAR, _FINDINGS, _ENGINE, _STRICT)
_REPORT = (*_CHECK, _CLEAN, _STANDARD)

COMMANDS = (
    Command(
        "desk",
        "ブラウザーに作業画面を開きます。冊子、直す所、送付と回収、修正を決める作業が、ここでできます",
        "desk",
        (_YEAR,),
    ),
    Command("report", "報告書一式（評価シート、グラフ、PDFの冊子、集計表）を作ります", "report", _REPORT),
    Command("sheets", "評価シート（Word）とグラフを作ります。PDFの冊子は作りません", "report", _REPORT),
    Command("charts", "グラフを作ります", "report", _REPORT),
    Command("check", "入力データとテンプレートを点検します。何も書き出しません", "report", _CHECK),
    Command(
        "send",
        "各課に送る評価シートを、課ごとのフォルダーに作ります。送付済みのシートは作り直しません",
        "send",
        (_YEAR, _DEADLINE, _UNPROTECTED, _AGAIN, _KINDS),
    ),
    Command(
        "figures",
        "全部の指標の実績を一度に記入する表（Excel）を作ります。記入したものは、戻ったシートと同じように読み取ります",
        "send",
        (_YEAR,),
    ),
    Command(
        "collect",
        "戻ったシートを読み、修正の一覧（proposals.html と proposals.yaml）を作ります",
        "collect",
        (_YEAR,),
    ),
    Command("board", "送付と回収の状況を表示します。何も書き出しません", "collect", (_YEAR,)),
    Command(
        "review",
        "まだ決めていない修正を一件ずつ表示し、採用か不採用かを尋ねます。答えは、その都度保存します",
        "review",
        (_YEAR,),
    ),
    Command("apply", "採用した修正を、入力データに反映します", "apply", (_YEAR,)),
    Command(
        "undo",
        "最後に反映した修正を取り消し、入力データを前の内容に戻します。繰り返すと、さらに前の回を取り消します",
        "apply",
        (_YEAR,),
    ),
    Command(
        "sendback",
        "不採用とした修正があったシートと記入表を作り直し、不採用の旨と理由を付けます",
        "send",
        (_YEAR, _DEADLINE, _UNPROTECTED),
    ),
    Command(
        "remind",
        "まだ戻っていないものを、再依頼の送付状とともに、課ごとのフォルダーに並べます",
        "send",
        (_YEAR, _DEADLINE),
    ),
    Command("digest", "概要版を、WordとPDFで作ります", "editions", (_YEAR,)),
    Command(
        "opendata",
        "全部の指標の目標と実績を、オープンデータの形の表（CSVとExcel）と項目の説明に書き出します",
        "editions",
        (_YEAR,),
    ),
    Command("word", "冊子の全部を、一つのWordファイルにします", "editions", (_YEAR,)),
    Command("web", "ウェブ版（ブラウザーで読む冊子）を作ります", "editions", (_YEAR,)),
    Command(
        "opinions",
        "意見と対応の一覧を、WordとPDFで作ります",
        "editions",
        (_YEAR,),
    ),
    Command(
        "issue",
        "会議などに配る版を控えます。冊子、評価シート、入力データの写しを inputs/ の年度の editions/ に残します",
        "editions",
        (_YEAR, _option("--name", metavar="第1回会議", help="版の名前（省略すると「案」か「確定版」）")),
    ),
    Command(
        "changes",
        "控えた版からの変更を、新旧対照表（WordとPDF）にします",
        "editions",
        (_YEAR, _option("--since", metavar="1", help="比べる版の番号か、年度（R2）。省略すると最後に控えた版")),
    ),
    Command(
        "newyear",
        "次の年度の入力データを、今の年度から作ります。実績は残し、毎年書き改める欄は空にします",
        "newyear",
        (_YEAR, _PLAN),
    ),
    Command(
        "newcity",
        "新しい市の入力データと様式を、記入前の形で作ります。あるものには上書きしません",
        "newcity",
        (
            _option("--name", metavar="あかね市", help="市の名前（省略すると画面で尋ねます）"),
            _option("--years", metavar="R7-R11", help="計画期間の最初と最後の年度（省略すると画面で尋ねます）"),
            _option("--form", metavar="標準", help="様式の名前（省略すると一覧を示して尋ねます）"),
            _option(
                "--from",
                dest="source",
                metavar="一覧.xlsx",
                nargs="?",
                const=Path("一覧.xlsx"),
                type=Path,
                help="指標の一覧（Excel）から作ります。そのファイルがなければ、記入する前の一覧を書き出します",
            ),
        ),
    ),
    Command(
        "convert",
        "Wordファイル（docx）をPDFにします",
        "convert",
        (
            _option(
                "files",
                nargs="+",
                metavar="IN.docx",
                type=Path,
                help="Wordファイル（いくつでも）か、それを収めたフォルダー",
            ),
            _option("target", metavar="OUT", type=Path, help="書き出す先。PDFファイル（一つのとき）かフォルダー"),
            _option(
                "--accept-changes",
                action="store_true",
                help="変更履歴を、すべて承諾したものとして描きます（元のファイルは変えません）",
            ),
            _STRICT,
            _ENGINE,
            _STANDARD,
        ),
    ),
    Command(
        "schema",
        "入力データの書き方の定義（JSON Schema）を inputs/schema/ に書き出します。エディタの入力補助に使われます",
        "schema",
    ),
    Command(
        "rate",
        "指標の表に、判定の方法を当てはめてみます。報告書の入力データは要りません。何も書き出しません",
        "rate",
        (
            _option(
                "table",
                metavar="TABLE.yaml",
                type=Path,
                help="指標の表（YAML）。年度のフォルダー（inputs/R8）も指定できます",
            ),
            _option(
                "--scheme",
                metavar="SCHEME.yaml",
                required=True,
                help="判定の方法のファイルか、用意された方法の名前（例: 進捗率）",
            ),
            _FORMAT,
        ),
    ),
    Command(
        "explain",
        "指標の判定までの計算を、入力データの行から順に示します",
        "explain",
        (
            _option(
                "subject",
                nargs="?",
                metavar="1-2/INDICATOR",
                help="施策の id/指標の識別名（例: 1-2/new-hires）。数値目標は、基本目標の id（1/insured-workers）",
            ),
            _option(
                "--all",
                action="store_true",
                help="全ての指標の説明を outputs/ の年度の explain/ に書き出します",
            ),
            _YEAR,
            _FORMAT,
        ),
    ),
)
