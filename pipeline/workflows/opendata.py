"""``opendata``: the figures of all years as tables for anybody's programs, with a dictionary.

In: a project. Out: the paths of the files under ``outputs/<year>/opendata/``. ``cli`` calls.
"""

from __future__ import annotations

from pipeline.diagnostics import Place, in_order, warning
from pipeline.publication import opendata as published
from pipeline.storage.naming import REPORT
from pipeline.workflows.project import Project
from pipeline.workflows.publications import Written, computed
from pipeline.workflows.published import publish
from pipeline.workflows.run_log import Halt, Progress, running

FOLDER = "opendata"


def opendata(project: Project, progress: Progress) -> Written:
    """Write the tables. Raises ``outputs.Busy`` and ``OSError``."""
    with running(project, progress) as log:
        try:
            made = computed(project, log)
        except Halt:
            return Written(in_order(log.diagnostics))
        results = made.results
        if not results.evaluation.report.area_code:
            place = Place(project.name_of(project.inputs / REPORT))
            hint = 'report.yaml に area_code: "6桁の番号" と書くと、全部の行に入ります。'
            log.diagnostics.append(warning("opendata-no-code", place, "団体コードがないので、空にしました。", hint))
        year = results.evaluation.report.year
        files = {
            f"{published.DATA}_{year}.csv": published.csv(results),
            f"{published.DATA}_{year}.xlsx": published.workbook(results),
            f"{published.DICTIONARY}.csv": published.dictionary(),
        }
        return Written(in_order(log.diagnostics), publish(project, made.of, FOLDER, files))
