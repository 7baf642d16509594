"""What the workbooks of the scenarios are judged by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.departments import returned
from pipeline.departments.issued import records
from pipeline.departments.issued.asking import Asking
from pipeline.stages.validate.form_file import FormFile
from pipeline.stages.validate.join_form import form
from pipeline.stages.validate.tree import parse, plain
from tests.departments.workbooks.scenarios.city import FORM_TEXT

EDITED = ".edited"
_TREE = parse(FORM_TEXT, FormFile.file).value
_FORM = form(FormFile.model_validate(plain(_TREE) if _TREE else {}))


def context(files: Mapping[str, bytes], folder: Path) -> returned.CollectContext:
    """Return the record of what was sent; the inputs have not changed since."""
    (folder / "issued").mkdir(parents=True)
    for name, data in files.items():
        if EDITED not in name:
            (folder / "issued" / name).write_bytes(data)
    (issue,) = issues = records.load(folder, folder).value or ()
    staged = frozenset({"port-routes"})
    nobody = returned.ProposalList()
    return returned.CollectContext(
        folder, issue.identity.year, Asking(_FORM, "R2"), issues, issue.values, (), lambda *_: None, nobody, staged
    )
