"""Stage 1, validate: the YAML files of a year's folder -> ``Evaluation``, checked and joined.

In: ``inputs/R3`` (report.yaml, strategy.yaml, goals.yaml, measures/*.yaml, and audit.yaml and words.yaml where they
are), written by hand, trusted in nothing.
Out: ``Checked[Evaluation]``; everything wrong in all files at once, each with file, line and column.
``workflows.report`` calls.

A file goes through ``text`` (bytes -> text), ``tree`` (text -> values with places) and ``shapes`` (values -> a shape of
``files``); ``checks`` holds the rules that span files; ``join`` makes the model when nothing is wrong.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from pipeline.diagnostics import Checked, has_errors, in_order
from pipeline.model.evaluation import Evaluation
from pipeline.stages.validate.checks import CHECKS
from pipeline.stages.validate.filenames import files
from pipeline.stages.validate.join import evaluation
from pipeline.stages.validate.sources import load
from pipeline.stages.validate.table import read_scheme, read_trial
from pipeline.stages.validate.text import MOST

__all__ = ["files", "read", "read_scheme", "read_trial"]


def read(folder: Path, root: Path) -> Checked[Evaluation]:
    """Read and check a year's folder; places name files relative to ``root``. Without a value on any error."""
    sources, found = load(folder, root)
    found = in_order((*found, *(d for check in CHECKS for d in islice(check(sources), MOST))))
    return Checked(None if has_errors(found) else evaluation(sources), found)
