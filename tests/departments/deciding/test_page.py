"""proposals.html: everything is on it, nothing of it runs, and it can be read aloud."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import html
from msgspec.structs import replace

from pipeline.departments.deciding import Mail, render
from pipeline.model.correspondence import Decision, Identity, Kind, Proposal, ReturnedSheet, Verdict
from pipeline.stages import validate
from tests.project import CITY, INPUTS

RESULTS = "measures/1-2.yaml#initiatives.siting.results"
CHANGE = Proposal(
    "aa00000001", "回答.docx", "1-2", RESULTS, Kind.CHANGE, "支援する。", "支援した。", "山田", "2021-07-20T09:00:00Z"
)
COMMENT = replace(CHANGE, id="aa00000002", kind=Kind.COMMENT, old="支援した。", new="速報値です。")
OUTSIDE = replace(CHANGE, id="aa00000003", path=None, kind=Kind.OUTSIDE, place="表2の1行目1列目", why="様式です。")
REFUSED = Proposal("aa00000004", "間違い.pdf", "", None, Kind.REFUSED, "", "", why="Wordファイルではありません。")


@pytest.fixture(scope="module")
def blank() -> Mail:
    evaluation = validate.read(INPUTS, CITY).value
    assert evaluation is not None
    sheet = ReturnedSheet("回答.docx", "", Identity("R3", "1-2", 1, "a1b2c3"))
    return Mail(evaluation, {}, (sheet,), ())


def page(mail: Mail, *proposals: Proposal) -> html.HtmlElement:
    return html.document_fromstring(render(replace(mail, proposals=proposals)))


def test_every_proposal_is_there_once(blank: Mail) -> None:
    shown = page(blank, CHANGE, COMMENT, OUTSIDE, REFUSED)
    ids = [element.get("id") for element in shown.xpath('//*[starts-with(@id, "p-")]')]
    assert sorted(ids) == [f"p-{p.id}" for p in (CHANGE, COMMENT, OUTSIDE, REFUSED)]


def test_places_have_their_japanese_names_and_differences_are_marked(blank: Mail) -> None:
    (card,) = page(blank, CHANGE).xpath("//article")
    assert "主な取組①「企業立地の促進」の令和2年度の取組・成果" in card.xpath("string(h3)")
    assert card.xpath("//article//del/text()") == ["する"]
    assert card.xpath("//article//ins/text()") == ["した"]


def test_a_comment_stands_beside_its_field(blank: Mail) -> None:
    (aside,) = page(blank, CHANGE, COMMENT).xpath('//article[@id="p-aa00000001"]//aside')
    assert "速報値です。" in aside.text_content()


def test_what_departments_wrote_is_never_markup(blank: Mail) -> None:
    hostile = '<img src=x onerror="alert(1)"><script>1</script>\u202e\x07'
    written = replace(
        CHANGE, file=hostile, author=hostile, place=hostile, old=hostile, new="", why=hostile, date=hostile
    )
    proposals = (written, replace(written, id="aa00000005", path=None, new=hostile), replace(REFUSED, file=hostile))
    text = render(replace(blank, proposals=proposals))
    shown = html.document_fromstring(text)
    assert not shown.xpath("//script | //img | //*[@onerror] | //link | //iframe | //object")
    assert "\u202e" not in text
    assert "U+202E" in text
    assert "U+0007" in text


def test_nothing_is_loaded_from_elsewhere(blank: Mail) -> None:
    text = render(replace(blank, proposals=(CHANGE,)))
    assert "http" not in text.replace("http-equiv", "")
    assert not page(blank, CHANGE).xpath("//@src")
    assert all(link.startswith("#") for link in page(blank, CHANGE).xpath("//@href"))


def test_the_page_is_built_for_reading_aloud(blank: Mail) -> None:
    shown = page(blank, CHANGE, COMMENT, OUTSIDE, REFUSED)
    assert shown.get("lang") == "ja"
    levels = [int(element.tag[1]) for element in shown.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(head.get("scope") in ("col", "row", "rowgroup") for head in shown.xpath("//th"))
    assert shown.xpath("//table/caption")


def test_decisions_show(blank: Mail) -> None:
    rejected = replace(CHANGE, decision=Decision(Verdict.REJECT, reason="速報値のため。"))
    rewritten = replace(OUTSIDE, path=RESULTS, decision=Decision(Verdict.ACCEPT, "別の文章。"))
    text = page(blank, rejected, rewritten).text_content()
    assert "不採用（理由: 速報値のため。）" in text
    assert "別の文章。" in text


def test_an_open_comment_keeps_its_proposal_among_what_is_open(blank: Mail) -> None:
    accepted = replace(CHANGE, decision=Decision(Verdict.ACCEPT))
    answered = replace(COMMENT, decision=Decision(Verdict.ACCEPT, "速報値を削る。"))
    (waiting,) = page(blank, accepted, COMMENT).xpath("//article/@class")
    (done,) = page(blank, accepted, answered).xpath("//article")
    assert (waiting, done.get("class")) == ("open", "decided")
    assert "速報値を削る。" in done.xpath("string(.//aside)")


def test_long_texts_are_shortened_and_can_be_opened(blank: Mail) -> None:
    old = "変わらない文。" * 430 + "前。" + "終わりの文。" * 20
    (card,) = page(blank, replace(CHANGE, old=old, new=old.replace("前。", "後。"))).xpath("//article")
    whole = card.xpath(".//details//div[@class='text']")
    assert whole[0].text_content() == old
    assert "（同じ2950字）" in card.text_content()


def test_the_same_mail_gives_the_same_page(blank: Mail) -> None:
    mail = replace(blank, proposals=(CHANGE, COMMENT, OUTSIDE, REFUSED))
    assert render(mail) == render(mail)


def test_a_page_without_proposals_says_so(blank: Mail) -> None:
    assert "修正はありません。" in render(blank)


def test_the_count_says_that_files_not_read_are_in_it(blank: Mail) -> None:
    said = page(blank, CHANGE, OUTSIDE, REFUSED).xpath("string(//header)")
    assert "一覧の3件（読めなかったファイル1件を含む）のうち、決めたもの 0件、まだのもの 3件" in said
