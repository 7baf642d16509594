"""The way back: sheets that departments edited in Word -> proposals against the YAML -> the YAML.

In: files under inputs/<year>/returned/ and the records of what was sent (``issued``). Out: ``ReturnedSheet``s with
their proposals; and, for what was accepted, new texts of the input files. ``workflows`` call and write.

``inbox`` gives the files, ``guards`` refuses what is dangerous, ``answers`` opens either kind and ``foreign`` turns
other programs' files into docx; ``witnesses`` tells which issue a file answers. Reading a sheet: ``reader`` with
``body``, ``appearance``, ``comments``, ``formulas``, ``furniture`` and ``numbering`` gives the ``tree`` of a docx,
the same for sent and returned. Comparing: of sheets ``matching`` (with ``alignment``) says which cell is which,
``cells`` and ``recipes`` what was edited in one, ``comparing`` and ``margins`` go through the whole; of workbooks
``grids`` and ``workbook`` do. Both give ``edits``, with their ``doubts``; ``strays`` are words of another cell,
``blanks`` what nobody filled in. Judging: ``values`` and ``typed`` read what a text means, ``merging`` compares it
with the inputs of today, ``judging`` makes proposals, ``identifying`` their ids. ``collecting`` does this for all
files. Deciding: ``proposals`` is the file people decide in, ``rehearsal`` tries what is proposed and decided,
``applying`` and ``splice`` (with ``scalars``; ``meaning`` checks it) write, ``new_rows`` and ``appending`` add a row,
``ledger`` keeps the record, ``undoing`` takes back.

No edit may be lost: every text of a file is visited or the file is refused, and every difference is an edit.
"""

from pipeline.departments.returned.applying import Applied, Books, apply, ledger_entry, refreshed, stale
from pipeline.departments.returned.collecting import CollectContext, collect
from pipeline.departments.returned.inbox import deliveries
from pipeline.departments.returned.proposals import ProposalList, decided, holds, parse, sources, to_yaml
from pipeline.departments.returned.rehearsal import Rehearsal, Stage
from pipeline.departments.returned.undoing import Sides, reopened, undo

__all__ = [
    "Applied",
    "Books",
    "CollectContext",
    "ProposalList",
    "Rehearsal",
    "Sides",
    "Stage",
    "apply",
    "collect",
    "decided",
    "deliveries",
    "holds",
    "ledger_entry",
    "parse",
    "refreshed",
    "reopened",
    "sources",
    "stale",
    "to_yaml",
    "undo",
]
