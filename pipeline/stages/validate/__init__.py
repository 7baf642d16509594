"""Validate: the YAML files of a year's folder -> ``Evaluation``, checked and joined.

In: ``inputs/R3`` (report.yaml, strategy.yaml, goals.yaml, measures/*.yaml, and form.yaml, audit.yaml and words.yaml
where they are), written by hand, trusted in nothing.
Out: ``Checked[Evaluation]``; everything wrong in all files at once, each with file, line and column.
``workflows.report`` calls.

Three passes, so that one mistake makes one finding:

1. syntax, in ``reading``: ``text`` (bytes -> text), ``tree`` (text -> values with places), and what these alone tell.
   A file that cannot be read to its end does not enter the second pass.
2. shape, in ``reading`` too: ``shapes`` (values -> a shape of ``files``). A part that does not fit does not enter the
   third; nor does a whole file that is meant for another place.
3. references, across files: ``checks``. What they ask for comes through ``views``, which know what is lacking because
   of an earlier finding; nothing is told of that.

``join`` makes the model when nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, has_errors, in_order
from pipeline.documents.memory import FORGETFUL, Memory
from pipeline.model.evaluation import Evaluation
from pipeline.stages.validate.checks import CHECKS
from pipeline.stages.validate.example_years import in_own_years
from pipeline.stages.validate.filenames import files
from pipeline.stages.validate.join import evaluation
from pipeline.stages.validate.sources import Sources, load, read_form, ready
from pipeline.stages.validate.text import MOST

__all__ = ["files", "read", "read_form", "ready"]


def read(folder: Path, root: Path, memory: Memory = FORGETFUL) -> Checked[Evaluation]:
    """Return a year's folder, read and checked; places name files relative to ``root``. No value on any error.

    ``memory`` has what came of files that are as they were.
    """
    sources, of_files = load(folder, root, memory)
    found = in_order([*in_own_years((*of_files, *_across(sources)), sources.report.data)])
    return Checked(None if has_errors(found) else evaluation(sources), found)


def _across(sources: Sources) -> Iterator[Diagnostic]:
    for check in CHECKS:
        yield from islice(check(sources), MOST)
