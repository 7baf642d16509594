"""A column that a clerk adds in Word prints every judgement of every indicator."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from msgspec.structs import replace

from pipeline.model.evaluation import Evaluation
from tests.stages.compute.schemes import written
from tests.stages.compute.test_judgements import COURSE
from tests.stages.sheets import samples


def with_course(evaluation: Evaluation) -> Evaluation:
    course = written(COURSE.replace("previous:", "baseline:"))
    return replace(evaluation, report=replace(evaluation.report, further=(course,)))


def template(folder: Path) -> Path:
    """Add a paragraph that lists the judgements of every indicator to the sheet's template."""
    for path in samples.TEMPLATES.glob("*.docx"):
        (folder / path.name).write_bytes(path.read_bytes())
    sheet = Document(str(folder / "sheet.docx"))
    last = sheet.paragraphs[-1]
    for text in (
        "{%p for 指標 in 指標一覧 %}",
        "{%p for 判定 in 指標.判定一覧 %}",
        "{{ 判定.名称 }}：{{r 判定.判定の記号 }}{{r 判定.判定 }}",
        "{%p endfor %}",
        "{%p endfor %}",
    ):
        last.insert_paragraph_before(text)
    sheet.save(str(folder / "sheet.docx"))
    return folder


def test_the_template_prints_each_under_its_name(tmp_path: Path) -> None:
    made = samples.filled(samples.results(samples.measure(kpis=2), change=with_course), template(tmp_path))
    assert made.value is not None, made.diagnostics
    told = "\n".join(samples.texts(made.value[0]))
    assert told.count("推移：↗上昇") == 2
    assert "単年度目標に対する達成率：●達成" in told
