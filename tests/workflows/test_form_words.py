"""What a run says in the words of the form, and only of what it made."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.project import run


def test_a_form_without_charts_is_told_of_none_and_its_rows_by_their_name(tmp_path: Path) -> None:
    made = run(tmp_path, "newcity", "--name", "白波市", "--years", "R4-R7", "--form", "事業費と方向性")
    assert made.returncode == 0, made.stdout + made.stderr
    form = tmp_path / "inputs/R5/form.yaml"
    form.write_text(
        form.read_text(encoding="utf-8").replace("{name: 主な取組, short: 取組", "{name: 事務事業"), encoding="utf-8"
    )
    told = run(tmp_path, "report").stdout
    assert not (tmp_path / "outputs/R5/charts").exists()
    assert "グラフ" not in told.partition("評価シート  ")[2]
    assert run(tmp_path, "send", "--deadline", "2023-07-28").returncode == 0
    (letter,) = (tmp_path / "outputs/R5/send").glob("*/送付状.docx")
    assert "事務事業1の予算額" in docx.Document(str(letter)).tables[0].rows[1].cells[2].text
    assert "事務事業の名前は、そのまま残してあります。" in run(tmp_path, "newyear", "--year", "R5").stdout
