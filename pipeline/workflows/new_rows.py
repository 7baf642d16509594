"""A row that a department added to its sheet, written into the inputs as a new entry, on one decision.

In: a project and the proposal. Out: a ``NewRow``, shown before it is written. It stands in the ledger, and ``undo``
takes it back, like all that ``apply`` writes.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments import returned
from pipeline.departments.deciding import NewRow, RowWriter, is_addable
from pipeline.departments.issued import records
from pipeline.departments.returned import new_rows
from pipeline.departments.returned.appending import Entry, appended, inserted
from pipeline.departments.returned.meaning import CannotWrite
from pipeline.diagnostics import Checked, Place, error, in_order
from pipeline.documents.yaml_reader import texts
from pipeline.model.correspondence import Decision, LedgerEntry, Proposal, Verdict
from pipeline.storage.naming import of_measure
from pipeline.workflows import department_files
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Halt, Log, Progress, running

_UNKNOWN = "この行は、どの欄の内容かが分からないため、書き足せません。"
_BY_HAND = "入力データを直接直してください。"
_GONE = "この修正は、一覧にないか、もう決めてあります。"
_AGAIN = "make collect をもう一度実行してください。"


class _Planned(Struct, frozen=True):
    """The new text of a file with an entry, as it stands in the ledger, and the list with the decision."""

    applied: returned.Applied
    table: returned.ProposalList

    def told(self, log: Log) -> NewRow:
        """Return it as what comes."""
        ((file, after),) = self.applied.texts.items()
        return NewRow(in_order(log.diagnostics), file, inserted(self.applied.before[file], after))


def writer(project: Project, date: str, progress: Progress) -> RowWriter:
    """Return what shows and writes the rows of a project; ``date`` is today."""
    return RowWriter(
        lambda proposal: preview(project, proposal.id, date, progress),
        lambda proposal: write(project, proposal.id, date, progress),
    )


def preview(project: Project, proposal: str, date: str, progress: Progress) -> NewRow:
    """Return what ``write`` would write; write nothing."""
    log = Log(progress)
    try:
        planned = _planned(project, proposal, date, log)
        log.stage("書き込んだ後の確認", lambda: department_files.rehearsed(project, planned.applied.texts))
        return planned.told(log)
    except Halt:
        return NewRow(in_order(log.diagnostics))


def write(project: Project, proposal: str, date: str, progress: Progress) -> NewRow:
    """Write the row as a new entry, and accept the proposal; ``date`` is today."""
    with running(project, progress) as log:
        try:
            planned = _planned(project, proposal, date, log)
            department_files.write(project, planned.applied, planned.table, log)
            return planned.told(log)
        except Halt:
            return NewRow(in_order(log.diagnostics))


def _planned(project: Project, identifier: str, date: str, log: Log) -> _Planned:
    table = department_files.decisions(project, log)
    past = department_files.past(project, log)
    proposal = log.stage("修正の確認", lambda: _open(project, table, identifier))
    file = of_measure(proposal.measure)
    before = department_files.texts(project)[file]
    entry = log.stage("行の確認", lambda: _entry(project, proposal, past, before))
    after = log.stage("行の書き足し", lambda: _appended(project, proposal, before, entry))
    books = department_files.books(project, past, (), date)
    applied = returned.Applied({file: after}, (*_entries(proposal, entry, books),), {file: before})
    accepted = replace(proposal, decision=Decision(Verdict.ACCEPT))
    decided = tuple(accepted if p.id == identifier else p for p in table.proposals)
    return _Planned(applied, replace(table, proposals=decided))


def _open(project: Project, table: returned.ProposalList, identifier: str) -> Checked[Proposal]:
    found = next((p for p in table.proposals if p.id == identifier and is_addable(p)), None)
    place = Place(project.name_of(department_files.proposals_of(project)))
    return Checked(found, () if found else (error("row-gone", place, _GONE, _AGAIN),))


def _entry(project: Project, proposal: Proposal, past: department_files.Past, before: str) -> Checked[Entry]:
    issue = records.latest(past.issues).get(proposal.measure)
    found = new_rows.entry(proposal, issue, _taken(before)) if issue else None
    place = _place(project, proposal)
    return Checked(found, () if found else (error("row-unclear", place, _UNKNOWN, _BY_HAND),))


def _taken(text: str) -> list[str]:
    data = texts(text)
    items = data.get(new_rows.LIST) if isinstance(data, dict) else None
    return [str(item.get("id")) for item in items or () if isinstance(item, dict)]


def _appended(project: Project, proposal: Proposal, before: str, entry: Entry) -> Checked[str]:
    try:
        return Checked(appended(before, new_rows.LIST, entry))
    except CannotWrite as fault:
        return Checked(None, (error("apply-refused", _place(project, proposal), str(fault), _BY_HAND),))


def _place(project: Project, proposal: Proposal) -> Place:
    return Place(project.name_of(project.inputs / of_measure(proposal.measure)))


def _entries(proposal: Proposal, entry: Entry, books: returned.Books) -> list[LedgerEntry]:
    """Return the ledger's lines for the texts of a new entry."""
    head = f"{of_measure(proposal.measure)}#{new_rows.LIST}.{entry['id']}"
    named = {key: text for key, text in entry.items() if key != "id"}
    told = {key: text if isinstance(text, str) else "\n".join(text) for key, text in named.items()}
    places = {key: replace(proposal, path=f"{head}.{key}") for key, text in told.items() if text}
    return [returned.ledger_entry(place, told[key], books) for key, place in places.items()]
