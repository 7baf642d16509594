"""The shape of report.yaml: how this year's book is made."""

from pipeline.stages.validate.base import File, Shape, key
from pipeline.stages.validate.choices import EditionWord
from pipeline.stages.validate.identifiers import Name, Slug
from pipeline.stages.validate.quantities import Date, Year
from pipeline.stages.validate.scalars import Line, OptionalLine, OptionalProse, Prose
from pipeline.stages.validate.scheme_file import SchemeEntry
from pipeline.stages.validate.strategy_file import ID
from pipeline.storage import naming


class StepShape(Shape):
    """A step of the evaluation."""

    prefix = "step"
    called = "評価の段階"
    heading: Name = key("見出し", "見出しの文字です。", written="heading: 評価対象")
    text: Prose = key("本文", "本文です。", written="text: 本文の文章")


class SectionShape(Shape):
    """A part of the explanation."""

    prefix = "section"
    called = "説明の節"
    id: Slug = key("識別名", ID, "startup-support")
    heading: Name = key("見出し", "見出しの文字です。", written="heading: 評価対象")
    paragraphs: list[Prose] = key("段落", "本文です。1項目が1段落になります。", default=[])
    steps: list[StepShape] = key("評価の段階", "評価の流れの、段階ごとの見出しと本文です。", default=[])
    list_heading: OptionalProse = key("一覧の見出し", "一覧の前に置く見出しです。", default="")
    points: list[Line] = key("点数、説明では一覧の項目", "一覧の項目です。", default=[])


class ExplanationShape(Shape):
    """The explanation."""

    prefix = "explanation"
    called = "評価・検証の説明"
    title: Name = key("題名", "見出しとして印刷する題名です。", written="title: 見出しの文字")
    sections: list[SectionShape] = key(
        "説明の節",
        "説明の節の一覧です。印刷する順に書きます。",
        written="sections: と書き、次の行から「- id: scope」で始まる節（heading、paragraphs など）を並べて",
    )


class HeadedShape(Shape):
    """A heading with its introduction."""

    prefix = "headed"
    called = "見出しと説明文"
    title: Name = key("題名", "見出しとして印刷する題名です。", written="title: 見出しの文字")
    note: OptionalProse = key("説明文", "見出しの下に入る説明です。", written="note: 説明の文")


class SheetsShape(Shape):
    """The heading of the sheets."""

    prefix = "sheets"
    called = "評価シートの見出し"
    title: Name = key("題名", "見出しとして印刷する題名です。", written="title: 見出しの文字")


class LettersShape(Shape):
    """What cover letters print."""

    prefix = "letters"
    called = "送付状"
    number: Line | None = key("文書番号", "送付状の文書番号です。", "8企第12号", default=None)
    date: Date = key("日付", "送付状の日付です。西暦で書きます。", "2021-08-01", default=None)
    contact: Line | None = key("連絡先", "問い合わせ先です。", "企画課　計画担当（内線1234）", default=None)


class ReportFile(File):
    """report.yaml."""

    prefix = "report"
    called = "報告書の設定"
    kind = "report"
    file = naming.REPORT
    edition: EditionWord = key(
        "版", "案（draft）か、確定版（final）かを書きます。案には「（案）」の表示が付きます。", written="edition: draft"
    )
    year: Year = key("年度", "評価する年度（事業を行った年度）です。", "R7")
    evaluated_in: Year = key(
        "評価を行う年度", "評価を行う年度です。事業を行った年度の翌年度で、フォルダーの名前と同じです。", "R8"
    )
    date: Date = key(
        "日付",
        "報告書の日付です。西暦で書きます。未定 は edition が draft のときだけ使えます。",
        "2021-08-01",
        "未定",
        written="date: 未定",
    )
    city: Name = key("市の名称", "市の名称です。", "○○市")
    division: Name = key("取りまとめの課", "報告書をまとめる課の名称です。", "企画課")
    area_code: OptionalLine | None = key(
        "団体コード",
        "全国地方公共団体コード（6桁）です。オープンデータの各行に書きます。",
        "999997",
        written='area_code: "999997"',
        default=None,
    )
    council: Name | None = key(
        "会議の名称",
        "意見を聴く会議の名称です。会議のない市では書きません。",
        "○○市総合戦略推進会議",
        written="council: 総合戦略推進会議",
        default=None,
    )
    title: Name = key("題名", "総合戦略の名称です。", written="title: 見出しの文字")
    book_title: Name = key(
        "報告書の題名", "冊子の題名です。表紙に印刷します。", written="book_title: 総合戦略に関する評価"
    )
    show_rates: bool = key(
        "達成率を表示するか",
        "達成率と判定を印刷するときは true、しないときは false と書きます。",
        written="show_rates: true",
    )
    scheme: SchemeEntry = key(
        "判定の方法",
        "達成率と判定の決め方。inputs/schemes のファイルの名前か、決め方そのもの",
        written="scheme: 進捗率",
    )
    further_schemes: list[SchemeEntry] = key(
        "ほかの判定の方法",
        "並べて示す判定（前年度からの推移など）の方法。inputs/schemes のファイルの名前か、決め方そのものを並べます",
        default=[],
    )
    explanation: ExplanationShape | None = key(
        "評価・検証の説明",
        "冊子の評価・検証の説明です。冊子に入れないときは書きません。",
        written="explanation: と書き、次の行から字下げして title と sections を書いて",
        default=None,
    )
    sdgs: HeadedShape | None = key(
        "SDGsの説明",
        "SDGsの説明のページの見出しと文です。載せないときは書きません。",
        written="sdgs: と書き、次の行から字下げして title と note を書いて",
        default=None,
    )
    targets: HeadedShape | None = key(
        "数値目標の説明",
        "基本目標の数値目標のページの見出しと説明です。冊子に入れないときは書きません。",
        written="targets: と書き、次の行から字下げして title と note を書いて",
        default=None,
    )
    sheets: SheetsShape | None = key(
        "評価シート",
        "評価シートの上端に印刷する見出しです。印刷しないときは書きません。",
        written="sheets: {title: 推進施策の進捗状況}",
        default=None,
    )
    letters: LettersShape = key(
        "送付状",
        "所管課への送付状に印刷する文書番号、日付、連絡先です。書かないものは印刷しません。",
        written="letters: {number: 8企第12号, date: 2021-08-01}",
        default=LettersShape(),
    )
