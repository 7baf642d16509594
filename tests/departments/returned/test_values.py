"""What the texts of fields are read as."""

from __future__ import annotations

import pytest

from pipeline.departments.returned.values import Read, read
from pipeline.model.correspondence import ValueKind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("95", "95"),
        ("95件", "95"),
        ("９５ 件", "95"),
        ("1,198.0", "1198.0"),
        ("１，１９８．０件", "1198.0"),
        ("31.5％", "31.5"),
        ("▲5", "-5"),
        ("−0.5", "-0.5"),
        ("095", "95"),
        ("95\n", "95"),
        ("3か所", "3"),
    ],
)
def test_numbers_as_people_write_them(text: str, number: str) -> None:
    assert (read(text, ValueKind.NUMBER).text, read(text, ValueKind.NUMBER).why) == (number, ())


@pytest.mark.parametrize(
    "text",
    [
        "集計中",
        "95（見込み）",
        "95見込み",
        "約95",
        "95以上",
        "95千円",
        "95万人",
        "90→95",
        "90\n95",
        "90 95",
        "9.5.1",
        "1,19",
        "95点4",
        "―",
        "95(90)",
        "95.",
        "九十五",
        "95①",
        "95²",
        "㊿",
        "𝟗𝟓",
    ],
)
def test_what_says_more_than_a_number_is_asked_about(text: str) -> None:
    found = read(text, ValueKind.NUMBER)
    assert found.text == text
    assert found.why


@pytest.mark.parametrize("text", ["・・・X", "○○施設の改修", "●●市との連携", "・"])
def test_dots_that_stand_for_words_are_no_bullets(text: str) -> None:
    assert read(text, ValueKind.LIST) == Read(text)


def test_a_list_that_was_emptied_is_asked_about() -> None:
    assert read(" \n　", ValueKind.LIST).why
