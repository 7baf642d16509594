"""One sheet -> one issue of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from pipeline.departments.issued.asking import Asking
from pipeline.departments.issued.identity import digest
from pipeline.departments.sending.mailable import identified, tracked
from pipeline.departments.sending.remarks import attach, commented
from pipeline.departments.sending.stamp import spots, stamp
from pipeline.documents.docx.markup import parse, serialize
from pipeline.documents.docx.parts import DOCUMENT, packed, unpacked
from pipeline.model.correspondence import Identity, Issue, Remark, Value
from pipeline.model.documents import Sheet
from pipeline.model.evaluation import Measure


class Issued(Struct, frozen=True):
    """An issue and its file."""

    issue: Issue
    data: bytes


class Occasion(Struct, frozen=True):
    """What all issues of a run share: the year (R3), what departments write, how values are read, hashes of the files,
    the protection, and by measures what ``author`` has to say on the sheets.
    """

    year: str
    asking: Asking
    values: Callable[[list[str]], Mapping[str, Value]]
    sources: Mapping[str, str]
    protected: bool
    remarks: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    author: str = ""

    def sources_of(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Return the hashes of the files that places stand in."""
        files = {path.partition("#")[0] for path in paths}
        return {file: hash_ for file, hash_ in self.sources.items() if file in files}


def issue(sheet: Sheet, measure: Measure, number: int, occasion: Occasion) -> Issued:
    """Make an issue of a sheet whose cells carry their recipes; ``number`` counts the issues of the measure."""
    parts = unpacked(sheet.docx, sheet.file)
    document = parse(parts[DOCUMENT], sheet.file, DOCUMENT)
    body = document[0]
    found = tuple(spots(body))
    values = occasion.values(list(dict.fromkeys(path for spot in found for path in spot.paths)))
    identity = Identity(occasion.year, measure.id, number, digest(values))
    stamp(body, identity, occasion.asking)
    remarks = occasion.remarks.get(measure.id, ())
    attach(body, found, remarks)
    parts[DOCUMENT] = serialize(document)
    if occasion.protected:
        parts = tracked(parts)
    if remarks:
        parts = commented(parts, remarks, occasion.author)
    docx = packed(identified(parts, identity))
    sha = hashlib.sha256(docx).hexdigest()
    about = identity, measure.department, sheet.file, sha, found, values, occasion.sources_of(values)
    return Issued(Issue(*about, measure.receivers[1:], is_sent_back=bool(remarks)), docx)
