"""Sending: filled sheets -> sheets that can be edited in Word, sent back and read again, with a record of each.

In: a sheet filled with ``MarkingPen``, so that its cells carry the recipes of what they print (``template.recipes``).
Out: ``Issued``, the docx with bookmarks, identity and tracked changes, and the ``Issue`` to be recorded; and a folder
of files for every department, with a cover letter. ``workflows.send`` and ``workflows.issuing`` call.

``pen`` marks the texts and says what is to be filled in, ``stamp`` turns recipes into bookmarks, ``mailable`` gives the
package its identity and protection, ``remarks`` sets comments, ``letter`` fills the cover letter, ``folders`` lays the
files out; ``checks`` looks whether every field could be found. ``workbook`` makes the workbooks
of figures, of ``rows``.
"""

from pipeline.departments.sending.checks import check
from pipeline.departments.sending.folders import folder_of, folders, folders_of
from pipeline.departments.sending.issue import Issued, Occasion, issue
from pipeline.departments.sending.letter import FILE as LETTER
from pipeline.departments.sending.letter import LetterContext, letters
from pipeline.departments.sending.pen import MarkingPen
from pipeline.departments.sending.rows import FIGURES, Rows
from pipeline.departments.sending.workbook import Errand, workbook

__all__ = [
    "FIGURES",
    "LETTER",
    "Errand",
    "Issued",
    "LetterContext",
    "MarkingPen",
    "Occasion",
    "Rows",
    "check",
    "folder_of",
    "folders",
    "folders_of",
    "issue",
    "letters",
    "workbook",
]
