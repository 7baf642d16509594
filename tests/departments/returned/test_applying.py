"""What is applied and taken back, without Word: any text, in any style of YAML, edited by hand in between or not."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.departments import returned
from pipeline.departments.issued import input_places
from pipeline.departments.returned.identifying import identifier
from pipeline.model.correspondence import Decision, Kind, LedgerEntry, Proposal, Verdict
from tests.departments.returned.test_splice import PLACES, STYLES, TEXTS
from tests.examples import tried
from tests.stages.compute.examples import FORM

FILE = "measures/1-2.yaml"
MORE = """\
actuals:
  first: {R1: 80}
  second: {}
  third: { R1: 2.50, R2: "3" }   # 括弧の注
  fourth:
    R1: 10
    R2: {number: 2, state: 整備中}
kept: |+
  一行目


after: 'それ''から'
wide: "一行目\\n二行目"
tail:
  text: |
    最後の塊
    二行目
"""
ADDED = ["actuals.first.R2", "actuals.second.R2", "actuals.third.R3", "actuals.fourth.R3", "tail.more", "flow.c"]
EVERYWHERE = [*PLACES, *ADDED, "actuals.third.R2", "actuals.fourth.R2", "kept", "after", "wide", "tail.text"]


def at(keys: str) -> str:
    return f"{FILE}#{keys}"


def proposed(changes: Mapping[str, str]) -> tuple[Proposal, ...]:
    """Return accepted proposals, as ``collect`` lists them."""
    made = [
        Proposal("", "回答.docx", "1-2", at(keys), Kind.CHANGE, "", text, decision=Decision(Verdict.ACCEPT))
        for keys, text in changes.items()
    ]
    return tuple(replace(p, id=identifier(p, set())) for p in made)


def books(text: str) -> returned.Books:
    now = input_places.values({FILE: text}, [at(keys) for keys in EVERYWHERE], FORM)
    return returned.Books({FILE: text}, now, {}, "2021-08-02", "1", FORM)


def applied(text: str, changes: Mapping[str, str]) -> returned.Applied:
    wanted, now = proposed(changes), books(text)
    return returned.apply(returned.ProposalList(returned.sources(wanted, now.now), wanted), now, "proposals.yaml")


def undone(text: str, entries: tuple[LedgerEntry, ...], sides: returned.Sides) -> returned.Applied:
    return returned.undo(entries, {FILE: sides}, books(text))


def variant(windows: bool, unended: bool) -> str:
    """Return the file with line ends of Windows, and without the last one."""
    text = (STYLES + MORE).removesuffix("\n") if unended else STYLES + MORE
    return text.replace("\n", "\r\n") if windows else text


CHANGES = st.dictionaries(st.sampled_from(EVERYWHERE), st.one_of(TEXTS, st.sampled_from(["12", "3.0", "2（完成）"])))


@tried(40)
@given(changes=CHANGES, windows=st.booleans(), unended=st.booleans(), note=st.booleans())
@example(changes={"plain": "\n"}, windows=False, unended=False, note=False)
def test_what_is_applied_and_taken_back_leaves_the_very_bytes(
    changes: dict[str, str], windows: bool, unended: bool, note: bool
) -> None:
    source = variant(windows, unended)
    done = applied(source, changes)
    assert len(done.held) + len({e.path for e in done.entries}) <= len(changes)
    if not done.entries:
        assert done.texts == {}
        return
    after = done.texts[FILE]
    head = "# 後から書いた注\n" if note else ""  # an edit elsewhere does not hinder
    back = undone(head + after, done.entries, returned.Sides(source, after))
    assert (back.held, back.texts[FILE]) == ((), head + source)


@pytest.mark.parametrize("seed", range(12))
def test_scripts_of_several_runs_are_taken_back_one_after_the_other(seed: int) -> None:
    chance = random.Random(seed)
    words = ["改めた文章。", "一行目\n二行目", "'引用'", "はい: いいえ # 注", "12", "3.0", "2（完成）", ""]
    text = variant(windows=seed % 2 == 1, unended=seed % 3 == 0)
    past: list[tuple[str, tuple[LedgerEntry, ...], str]] = []
    for _ in range(chance.randint(1, 4)):
        places = chance.sample(EVERYWHERE, chance.randint(1, 4))
        done = applied(text, {keys: chance.choice(words) for keys in places})
        if done.entries:
            past.append((text, done.entries, done.texts[FILE]))
            text = done.texts[FILE]
    for before, entries, after in reversed(past):
        back = undone(text, entries, returned.Sides(before, after))
        assert (back.held, back.texts[FILE]) == ((), before)
        text = before


@pytest.mark.parametrize("keys", ADDED)
def test_a_key_that_was_added_goes_again(keys: str) -> None:
    source = STYLES + MORE
    done = applied(source, {keys: "91"})
    (entry,) = done.entries
    assert entry.old == ""
    back = undone(done.texts[FILE], done.entries, returned.Sides(source, done.texts[FILE]))
    assert back.texts == {FILE: source}


def test_a_key_goes_also_from_a_line_that_was_edited_by_hand() -> None:
    source = STYLES + MORE
    done = applied(source, {"actuals.first.R2": "91", "actuals.fourth.R3": "11"})
    after = done.texts[FILE]
    corrected = after.replace("{R1: 80, R2: 91}", "{R1: 82, R2: 91}").replace("    R3: 11", "    R3: 11\n    R4: 12")
    back = undone(corrected, done.entries, returned.Sides(source, after))
    wanted = source.replace("{R1: 80}", "{R1: 82}").replace("state: 整備中}", "state: 整備中}\n    R4: 12")
    assert (back.held, back.texts) == ((), {FILE: wanted})


def test_what_was_corrected_by_hand_stays_and_the_rest_goes_back() -> None:
    source = STYLES + MORE
    done = applied(source, {"actuals.first.R2": "91", "plain": "改めた。", "after": "これから"})
    after = done.texts[FILE]
    by_hand = after.replace("{R1: 80, R2: 91}", "{R1: 80, R2: 92}")
    back = undone(by_hand, done.entries, returned.Sides(source, after))
    assert back.texts == {FILE: source.replace("{R1: 80}", "{R1: 80, R2: 92}")}
    assert {entry.path for entry in back.entries} == {at("plain"), at("after")}
    (held,) = back.held
    assert (held.id, at("actuals.first.R2") in held.message) == ("undo-moved", True)
    assert by_hand.splitlines()[held.place.line - 1][held.place.column - 1 :].startswith("92}")


def test_what_was_taken_back_by_hand_already_ends_the_run() -> None:
    source = STYLES + MORE
    done = applied(source, {"actuals.first.R2": "91"})
    back = undone(source, done.entries, returned.Sides(source, done.texts[FILE]))
    assert (back.held, back.texts, [e.undoes for e in back.entries]) == ((), {}, ["1"])


def test_a_value_that_cannot_be_written_does_not_hinder_the_others() -> None:
    source = (STYLES + MORE).replace("plain: ", "plain: &x ")
    done = applied(source, {"plain": "改めた。", "after": "これから"})
    assert [entry.path for entry in done.entries] == [at("after")]
    (held,) = done.held
    assert (held.id, at("plain") in held.message) == ("apply-refused", True)


def test_a_blank_at_the_end_of_a_block_is_no_hindrance() -> None:
    source = MORE.replace("    二行目\n", "    二行目  \n")
    done = applied(source, {"tail.text": "改めた。", "tail.more": "足した。"})
    assert done.held == ()
    assert done.texts[FILE] == source.replace("    最後の塊\n    二行目  \n", "    改めた。\n  more: 足した。\n")


@pytest.mark.parametrize("record", [{}, {FILE: returned.Sides(STYLES, STYLES + MORE)}])
def test_a_record_that_is_not_of_the_run_is_not_written(record: dict[str, returned.Sides]) -> None:
    done = applied(STYLES + MORE, {"plain": "改めた。", "after": "これから"})
    entries = tuple(replace(e, old="別の文。") for e in done.entries)
    back = returned.undo(entries, record, books(done.texts[FILE]))
    assert (back.texts, back.entries, len(back.held)) == ({}, (), 2)


def test_a_file_that_is_gone_is_not_written() -> None:
    done = applied(STYLES + MORE, {"actuals.first.R2": "91"})
    sides = {FILE: returned.Sides(STYLES + MORE, done.texts[FILE])}
    back = returned.undo(done.entries, sides, returned.Books({}, {}, {}, "", "2", FORM))
    assert (back.texts, [d.id for d in back.held]) == ({}, ["undo-moved"])
