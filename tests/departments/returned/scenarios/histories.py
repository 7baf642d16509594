"""How files come to be: several hands, several programs, tracked changes accepted, rejected, switched off."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.departments.returned.scenarios.hands import Hands, uno


def untouched(h: Hands) -> None:
    """Opened and saved."""


def _unlock(h: Hands) -> None:
    """Take off the light protection, as menus demand before changes are accepted or rejected."""
    h.document.RedlineProtectionKey = uno.ByteSequence(b"")


def accepted_then_saved(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    _unlock(h)
    h.choose("AcceptAllTrackedChanges")


def rejected_then_saved(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    _unlock(h)
    h.choose("RejectAllTrackedChanges")


def tracking_switched_off_midway(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    h.track(False)
    h.type("4.C3", "今後も", "引き続き")


def tracking_switched_off_in_one_field(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    h.track(False)
    h.type("4.C2", "14件", "16件")


def two_authors(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    h.office.sign("財政 太郎")
    h.type("4.C2", "25件", "26件")
    h.type("4.C3", "今後も", "")
    h.office.sign("商工 花子")


def one_takes_back_what_the_other_deleted(h: Hands) -> None:
    h.type("4.C3", "今後も", "")
    h.office.sign("財政 太郎")
    _unlock(h)
    h.choose("RejectAllTrackedChanges")
    h.office.sign("商工 花子")


def _by_way_of(h: Hands, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{suffix}"
        h.save(path)
        h.close()
        again = h.office.open(path)
        h.document, h.controller, h.cursor = again.document, again.controller, again.cursor


def saved_twice(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    _by_way_of(h, ".docx")
    h.type("4.C3", "今後も", "引き続き")
    _by_way_of(h, ".docx")


def through_odt(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    _by_way_of(h, ".odt")


def through_doc(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    _by_way_of(h, ".doc")


def through_rtf(h: Hands) -> None:
    h.type("4.C2", "23件", "25件")
    _by_way_of(h, ".rtf")
