"""What is sent: marked, identified, protected, recorded, and laid out by department."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml

from pipeline.cli import send as told
from pipeline.cli.parser import parser
from pipeline.cli.send import order
from pipeline.departments.issued import records
from pipeline.diagnostics import Severity
from pipeline.documents import docx as ooxml
from pipeline.model.correspondence import Issue, Mark
from pipeline.workflows import send
from pipeline.workflows.send import Order
from tests.departments.returned.post import Post, Quiet
from tests.departments.returned.test_round_trip import change_results
from tests.project import NEXT, YEAR


def issues(folder: Path) -> tuple[Issue, ...]:
    found = records.load(folder, folder.parents[1]).value
    assert found is not None
    return found


def parts(docx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def names(post: Post) -> list[str]:
    folder = post.project.outputs / "send"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.docx"))


def test_a_folder_for_every_measure_without_a_department(post: Post) -> None:
    assert names(post)[:2] == ["所管課未記入_1-2/1-2_企業立地の促進.docx", "所管課未記入_1-2/送付状.docx"]
    assert len(names(post)) == 6


def test_sheets_of_one_department_share_a_folder_and_a_letter(post: Post) -> None:
    path = post.project.inputs / "strategy.yaml"
    path.write_text(post.inputs("strategy.yaml").replace("【要記入】所管課名", "商工／振興課"), encoding="utf-8")
    again = Order(again=frozenset({"1-2", "1-3", "3-2"}), deadline=datetime.date(2021, 7, 30))
    sent = send.send(post.project, again, Quiet())
    assert {d.id for d in sent.diagnostics} <= {"send-no-deadline"}
    assert [name for name in names(post) if "送付状" in name] == ["商工／振興課/送付状.docx"]
    letter = ooxml.read((post.project.outputs / "send/商工／振興課/送付状.docx").read_bytes(), "送付状.docx")
    text = "".join(b.text for b in letter.sections[0].blocks if isinstance(b, ooxml.tree.Paragraph))
    assert "商工／振興課" in text
    assert "令和3年7月30日" in text


def test_a_department_named_after_the_sending_gets_its_folder(post: Post) -> None:
    path = post.project.inputs / "strategy.yaml"
    path.write_text(post.inputs("strategy.yaml").replace("【要記入】所管課名", "商工振興課"), encoding="utf-8")
    sent = send.send(post.project, Order(), Quiet())
    assert (sent.new, {name.partition("/")[0] for name in names(post)}) == ((), {"商工振興課"})


def test_a_measure_given_up_after_the_sending_is_left_out(post: Post) -> None:
    path = post.project.inputs / "strategy.yaml"
    strategy = yaml.safe_load(post.inputs("strategy.yaml"))
    strategy["measures"] = [measure for measure in strategy["measures"] if measure["id"] != "3-2"]
    path.write_text(yaml.safe_dump(strategy, allow_unicode=True), encoding="utf-8")
    (post.project.inputs / "measures/3-2.yaml").unlink()
    assert send.send(post.project, Order(), Quiet()).folder is not None
    assert [name for name in names(post) if "3-2" in name] == []
    assert post.collect() == ()


def test_an_edited_letter_is_set_aside_and_told(post: Post) -> None:
    (letter,) = post.project.outputs.glob("send/*_1-2/送付状.docx")
    letter.write_bytes(post.sheet())
    sent = send.send(post.project, Order(), Quiet())
    assert [name.partition("/")[0] for name in sent.kept] == ["kept"]
    assert any("手直し" in line for line in told.sent(sent, post.project))


@pytest.mark.parametrize(
    ("deadline", "finding"), [(None, "send-no-deadline"), (datetime.date(2020, 7, 30), "send-odd-deadline")]
)
def test_a_deadline_is_asked_for(post: Post, deadline: datetime.date | None, finding: str) -> None:
    sent = send.send(post.project, Order(deadline=deadline), Quiet())
    assert finding in {d.id for d in sent.diagnostics}


@pytest.mark.parametrize(("date", "told"), [("2020-07-01", True), ("2021-07-01", False)])
def test_a_letter_still_dated_a_year_ago_is_asked_about(post: Post, date: str, told: bool) -> None:
    with (post.project.inputs / "report.yaml").open("a", encoding="utf-8") as file:
        file.write(f"letters: {{number: 第12号, date: {date}}}\n")
    sent = send.send(post.project, Order(deadline=datetime.date(2021, 7, 30)), Quiet())
    assert ("send-odd-date" in {d.id for d in sent.diagnostics}) == told


@pytest.mark.parametrize("text", ["2021-07-30", "2021/7/30", "2021年7月30日", "２０２１．７．３０"])
def test_a_deadline_is_read_as_people_write_it(post: Post, text: str) -> None:
    found = parser().parse_args(["send", "--deadline", text, "--again", "1-2、1-3", "３-２"])
    assert order(found) == Order(frozenset({"1-2", "1-3", "3-2"}), datetime.date(2021, 7, 30))


def test_a_deadline_of_an_earlier_era_is_one_too() -> None:
    found = parser().parse_args(["send", "--deadline", "2016-07-29"])
    assert order(found).deadline == datetime.date(2016, 7, 29)


@pytest.mark.parametrize("text", ["2021-02-30", "7月30日", "令和3年7月30日", "1921-07-30"])
def test_what_is_no_date_is_told_in_japanese(post: Post, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["send", "--deadline", text])
    assert f"--deadline: 「{text}」は日付として読めません" in capsys.readouterr().err


def test_identity_stands_in_three_places_and_changes_are_tracked(post: Post) -> None:
    found = parts(post.sheet())
    (number,) = re.findall(rf"<vt:lpwstr>({YEAR}-1-2-01-[0-9a-f]{{6}})<", found["docProps/custom.xml"])
    assert f"整理番号 {number}" in found["word/header1.xml"]
    bookmarks = re.findall(r'w:name="(hk_[^"]+)"', found["word/document.xml"])
    assert f"hk_id_{number.replace('-', '_')}" in bookmarks
    assert all(len(name) <= 40 for name in bookmarks)
    assert '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>' in found["word/settings.xml"]
    assert not re.search("[\ufdd0-\ufdd3]|recipe", found["word/document.xml"])


def test_an_unprotected_variant_on_request(post: Post) -> None:
    send.send(post.project, Order(again=frozenset({"1-2"}), protected=False), Quiet())
    assert "trackRevisions" not in parts(post.sheet())["word/settings.xml"]


def test_sheets_are_not_sent_again_unless_asked(post: Post) -> None:
    before, record = post.sheet(), len(issues(post.project.inputs))
    assert send.send(post.project, Order(), Quiet()).new == ()
    assert post.sheet() == before
    (new,) = send.send(post.project, Order(again=frozenset({"1-2"})), Quiet()).new
    assert new.identity.number == 2
    assert len(issues(post.project.inputs)) == record + 1


def test_an_answer_to_an_older_sheet_is_refused(post: Post) -> None:
    old = post.sheet()
    send.send(post.project, Order(again=frozenset({"1-2"})), Quiet())
    post.put(old)
    (proposal,) = post.collect()
    assert "古いシート" in proposal.why


def test_a_measure_that_is_not_there_is_told(post: Post) -> None:
    sent = send.send(post.project, Order(again=frozenset({"9-9"})), Quiet())
    assert "send-unknown-measure" in [d.id for d in sent.diagnostics]
    assert sent.folder is None


def test_every_field_of_a_department_has_its_place_in_the_record(post: Post) -> None:
    (issue,) = (i for i in issues(post.project.inputs) if i.identity.measure == "1-2")
    paths = {piece.path for spot in issue.spots for piece in spot.recipe if isinstance(piece, Mark)}
    own = {path for path in paths if path.startswith("measures/1-2.yaml#")}
    keys = {path.rpartition(".")[2] for path in own}
    assert {"results", "evaluation", "activities", "name", "R2"} <= keys
    assert {"measures/1-2.yaml#opinions", "measures/1-2.yaml#response"} <= own
    assert set(issue.values) == paths


def test_an_empty_field_asks_to_be_filled_and_is_shaded(post: Post) -> None:
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(post.inputs().replace("{R2: 90}", "{}"), encoding="utf-8")
    send.send(post.project, Order(again=frozenset({"1-2"})), Quiet())
    text = parts(post.sheet())["word/document.xml"]
    assert text.count("【記入】") == 1
    assert text.count('w:fill="FFF2CC"') == 1


def test_the_response_is_asked_for_once_the_council_has_spoken(post: Post) -> None:
    assert parts(post.sheet())["word/document.xml"].count("（戦略会議の後に記載します）") == 2
    path = post.project.inputs / "measures/1-2.yaml"
    path.write_text(post.inputs().replace('opinions: ""', "opinions: 周知に努めてほしい。"), encoding="utf-8")
    send.send(post.project, Order(again=frozenset({"1-2"})), Quiet())
    text = parts(post.sheet())["word/document.xml"]
    assert "（戦略会議の後に記載します）" not in text
    assert text.count("【ここに記入してください】") == text.count('w:fill="FFF2CC"') == 1


def test_records_in_a_copied_folder_are_none_of_the_new_year(post: Post) -> None:
    copy = post.project.inputs.with_name(NEXT)
    shutil.copytree(post.project.inputs, copy)
    assert issues(post.project.inputs) != ()
    assert issues(copy) == ()


def test_a_field_that_is_printed_where_it_cannot_be_read_back_stops_the_sending(post: Post) -> None:
    _without_responses(post, "{% for 段落 in 施策.方針 %}{{ 段落 }}{% endfor %}")
    sent = send.send(post.project, Order(again=frozenset({"1-2"})), Quiet())
    assert "send-field-missing" in [d.id for d in sent.diagnostics]
    assert sent.folder is None


def test_a_field_that_the_template_does_not_have_is_not_asked_for(post: Post) -> None:
    _without_responses(post, "")
    sent = send.send(post.project, Order(again=frozenset({"1-2"})), Quiet())
    assert [one.identity.measure for one in sent.new] == ["1-2"]
    assert "measures/1-2.yaml#response" not in sent.new[0].values


def _without_responses(post: Post, header: str) -> None:
    """Take the responses out of the template, and write something else into its header."""
    template = post.root / "templates/sheet.docx"
    with zipfile.ZipFile(template) as source:
        found = {name: source.read(name) for name in source.namelist()}
    head, loop, tail = found["word/document.xml"].decode().partition("for 段落 in 施策.方針 %}")
    assert loop
    found["word/document.xml"] = f"{head}{loop}{tail.replace('{{ 段落 }}', '方針', 1)}".encode()
    title = "{{ 冊子.推進施策の題名 }}"
    found["word/header1.xml"] = found["word/header1.xml"].decode().replace(title, title + header).encode()
    with zipfile.ZipFile(template, "w") as target:
        for name, data in found.items():
            target.writestr(name, data)


def test_a_sheet_whose_answers_wait_for_a_decision_is_not_replaced(post: Post) -> None:
    post.edited(change_results)
    post.collect()
    again = Order(again=frozenset({"1-2", "1-3"}))
    refused = send.send(post.project, again, Quiet())
    assert ([d.id for d in refused.diagnostics if d.id.startswith("send-")], refused.new) == (["send-undecided"], ())
    decided = post.proposals.read_bytes()
    post.proposals.write_text("proposals: [", encoding="utf-8")
    assert send.send(post.project, again, Quiet()).folder is None
    post.proposals.write_bytes(decided)
    post.decide("reject")
    assert len(send.send(post.project, again, Quiet()).new) == 2


@pytest.mark.parametrize("name", ["../../../x.docx", "/tmp/x.docx", "a\\x.docx", "...", "con.docx"])
def test_a_record_that_names_a_file_elsewhere_is_damaged(name: str, post: Post) -> None:
    (record,) = (post.project.inputs / "issued").glob(f"{YEAR}-1-2-*.json")
    content = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**content, "file": name}), encoding="utf-8")
    sent = send.send(post.project, Order(), Quiet())
    assert (sent.folder, [d.id for d in sent.diagnostics if d.severity is Severity.ERROR]) == (None, ["issue-damaged"])
