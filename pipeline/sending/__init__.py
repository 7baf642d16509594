"""Sending: filled sheets -> sheets that can be edited in Word, sent back and read again, with a record of each.

In: a sheet filled with ``MarkingPen``, so that its cells carry the recipes of what they print (``templating.marked``).
Out: ``Issued``, the docx with bookmarks, identity and tracked changes, and the ``Issue`` to be recorded; and a folder
of files for every department, with a cover letter. ``correspondence`` calls.

``pen`` marks the texts and says what is to be filled in, ``stamp`` turns recipes into bookmarks, ``mailable`` gives the
package its identity and protection, ``remarks`` sets comments, ``letter`` fills the cover letter, ``folders`` lays the
files out; ``checks`` looks whether every field could be found.
"""

from pipeline.sending.checks import check
from pipeline.sending.folders import folders
from pipeline.sending.issue import Issued, Occasion, issue
from pipeline.sending.letter import FILE as LETTER
from pipeline.sending.letter import Desk, letters
from pipeline.sending.pen import MarkingPen

__all__ = ["LETTER", "Desk", "Issued", "MarkingPen", "Occasion", "check", "folders", "issue", "letters"]
