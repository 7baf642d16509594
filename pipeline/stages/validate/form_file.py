"""The shape of form.yaml: levels, fields, parts of the book. What it leaves out is as in the form of the program."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from pipeline.model.form import FieldKind, Hand, Needed, Side, Unchanged, Underlined, Writer
from pipeline.stages.validate.base import File, Shape, key
from pipeline.stages.validate.choices import (
    BookPartWord,
    FieldKindWord,
    FormatWord,
    HandWord,
    HolderWord,
    NeededWord,
    SideWord,
    TenseWord,
    UnchangedWord,
    UnderlinedWord,
    WriterWord,
)
from pipeline.stages.validate.identifiers import FieldId, Name, Slug
from pipeline.stages.validate.quantities import Whole
from pipeline.stages.validate.scalars import Line, fail

ID = "入力データの中での項目名です。半角の英小文字で始め、英小文字、数字、「-」だけで書きます。印刷はしません。"
FIELD_ID = ID.replace("「-」", "「-」、「_」")
LEAST = Annotated[Whole, Field(ge=0, le=99)]


class LevelShape(Shape):
    """A level of the plan."""

    prefix = "form-level"
    called = "階層"
    id: Slug = key("識別名", ID, "goal")
    name: Name = key("名称", "この階層の呼び名です。", "基本目標")
    short: Name | None = key(
        "短い呼び名", "確認の表示や表の見出しに使う短い呼び名です。省略すると name と同じです。", "施策", default=None
    )
    sheet: bool = key(
        "シートの階層か", "評価シートを作る階層に true と書きます。", written="sheet: true", default=False
    )


class RowsShape(Shape):
    """What a sheet lists."""

    prefix = "form-rows"
    called = "取組の欄"
    name: Name = key("名称", "評価シートに並べるものの呼び名です。", "主な取組")
    short: Name | None = key(
        "短い呼び名", "確認の表示や表の見出しに使う短い呼び名です。省略すると name と同じです。", "取組", default=None
    )
    least: LEAST = key("最少の数", "1つの施策に最低いくつ書くかです。なくてもよいときは 0 と書きます。", 1, default=1)


class LeastShape(Shape):
    """How many indicators a measure has."""

    prefix = "form-indicators"
    called = "指標の欄"
    least: LEAST = key("最少の数", "1つの施策に最低いくつ書くかです。なくてもよいときは 0 と書きます。", 1)


class FieldShape(Shape):
    """A field of the form."""

    prefix = "field"
    called = "記入欄"
    id: FieldId = key("識別名", FIELD_ID, "cost")
    on: HolderWord = key("付くもの", "この欄が、何に付くかを書きます。", written="on: initiative")
    name: Name = key("名称", "この欄の呼び名です。確認の表示や所管課への依頼に使います。", written="name: 決算額")
    in_template: Line | None = key(
        "ひな形での名前",
        "Wordのひな形の {{ }} の中に書く名前です。省略すると name と同じです。",
        written="in_template: 決算額",
        default=None,
    )
    kind: FieldKindWord = key(
        "種類", "書くものの種類です。省略すると文章です。", written="kind: text", default=FieldKind.TEXT
    )
    writer: WriterWord = key(
        "書く人",
        "だれが書くかです。省略すると所管課です。council（意見を聴く会議）の欄は、所管課に記入を求めません。",
        written="writer: department",
        default=Writer.DEPARTMENT,
    )
    each_year: bool = key(
        "毎年書き改めるか", "毎年書き改める欄は true。翌年度の入力データでは空にします。", default=False
    )
    needed: NeededWord = key(
        "必要な時",
        "いつから空であってはならないかです。draft は案から、final は確定版から。省略すると、空でも構いません。",
        written="needed: final",
        default=Needed.NEVER,
    )
    unit: Line | None = key("単位", "数の単位です。", "千円", default=None)
    decimals: Annotated[Whole, Field(ge=0, le=6)] = key(
        "小数点以下の桁数", "数の小数点以下の桁数です（0～6）。省略すると整数です。", 0, 1, default=0
    )
    choices: list[Name] = key(
        "選択肢", "選択肢の一覧です。kind が choice の欄に書きます。", ["拡充", "継続", "縮小", "廃止"], default=[]
    )
    after: FieldId | None = key(
        "先に書かれる欄",
        "この欄より先に書かれる欄の id です。その欄が空のうちは、所管課に記入を求めません。",
        written="after: opinions",
        default=None,
    )
    meanwhile: Line | None = key(
        "それまでの表示",
        "まだ書く時でない空の欄に、所管課へ送るシートで印刷する文です。",
        written="meanwhile: （会議の後に記載します）",
        default=None,
    )
    tense: TenseWord | None = key(
        "文章の内容",
        "したことを書く文章は done、これからのことを書く文章は coming。逆に書かれていないかを点検します。",
        written="tense: done",
        default=None,
    )


FREE = "free"


def _pages(value: object) -> int | str:
    """Take a number of pages, or the word for as many as it takes."""
    if value == FREE or (isinstance(value, Decimal) and value in range(1, _MOST + 1)):
        return FREE if value == FREE else int(str(value))
    return fail(
        "unknown", f"は 1～{_MOST} の数か {FREE} で書くところです", f"pages: 2 か pages: {FREE} と書いてください"
    )


_MOST = 9
PageCount = Annotated[
    int | str,
    PlainValidator(_pages),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": _MOST}, {"const": FREE}]}),
]


class SheetShape(Shape):
    """The pages of a sheet."""

    prefix = "form-sheet"
    called = "評価シートのページ"
    pages: PageCount = key(
        "ページ数",
        "評価シートのページ数です。収まるように文字の間隔などを詰めます。詰めないときは free と書きます。",
        2,
        FREE,
    )
    opens: SideWord = key(
        "開き",
        "left は、評価シートを左（偶数）のページから始めます。必要な所に白紙を入れます。any は、続けて始めます。",
        written="opens: left",
        default=Side.LEFT,
    )


class ConventionShape(Shape):
    """How a table of old and new texts is written."""

    prefix = "form-comparison"
    called = "新旧対照表の書き方"
    new: HandWord = key(
        "新しい側の位置", "新しい文章を左と右のどちらに書くかです。", written="new: left", default=Hand.LEFT
    )
    heading_new: Line = key("新しい側の見出し", "新しい文章の列の見出しです。", "改正後", default="新")
    heading_old: Line = key("古い側の見出し", "古い文章の列の見出しです。", "改正前", default="旧")
    underline: UnderlinedWord = key(
        "下線", "違うところの下線を、どちらに付けるかです。", written="underline: both", default=Underlined.BOTH
    )
    added: Line | None = key("加わった印", "新しく加わった文章の、古い側に書く言葉です。", "（新設）", default=None)
    removed: Line | None = key("なくなった印", "なくなった文章の、新しい側に書く言葉です。", "（削る）", default=None)
    remarks: bool = key("備考の列", "備考の列を設けるとき true と書きます。", written="remarks: true", default=False)
    unchanged: UnchangedWord = key(
        "変わらないところ",
        "変わらないところを、全文で載せるか、（略）として省くかです。",
        written="unchanged: whole",
        default=Unchanged.WHOLE,
    )


class FormFile(File):
    """form.yaml. The file, and each of its keys, may be missing."""

    prefix = "form"
    called = "様式"
    kind = "form"
    file = "form.yaml"
    levels: list[LevelShape] | None = key(
        "階層",
        "計画の階層です（1～5段）。上から順に書き、一番下の、評価シートを作る階層に sheet: true と書きます。",
        written="levels: と書き、次の行から「- {id: goal, name: 基本目標}」を並べて",
        default=None,
    )
    rows: RowsShape | None = key(
        "取組の欄", "評価シートに並べる取組です。", {"name": "主な取組", "least": 1}, default=None
    )
    indicators: LeastShape | None = key("指標の欄", "施策の指標です。", {"least": 1}, default=None)
    fields: list[FieldShape] | None = key(
        "記入欄",
        "評価シートの記入欄です。ひな形では、in_template（なければ name）の名前で呼び出します。",
        written="fields: と書き、次の行から「- {id: cost, on: initiative, name: 決算額, kind: number}」を並べて",
        default=None,
    )
    parts: Annotated[list[BookPartWord], Field(min_length=1)] | None = key(
        "冊子の部分",
        "冊子の部分を、とじる順に書きます。書かない部分は、冊子に入れません。",
        ["cover", "contents", "sheets"],
        default=None,
    )
    sheet: SheetShape | None = key("評価シートのページ", "評価シートのページ数と開き。", {"pages": 2}, default=None)
    comparison: ConventionShape | None = key(
        "新旧対照表の書き方", "make changes で作る新旧対照表の書き方です。", {"new": "left"}, default=None
    )
    formats: dict[Name, FormatWord] = key(
        "所管課ごとの送り方",
        "Excelの記入表で答える所管課と、その送り方です。書かない課には評価シート（Word）を送ります。",
        {"商工振興課": "excel", "観光課": "both"},
        default={},
    )
