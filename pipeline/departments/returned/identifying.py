"""The ids of proposals: they are made of what is proposed, so that decisions find them again, and edits of it show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from decimal import Decimal, InvalidOperation
from itertools import count, islice

from msgspec.structs import replace

from pipeline.model.correspondence import Kind, Proposal

_TWINS = 200
"""Proposals of one file that are alike in everything."""
_ZEROS = 4
"""Zeros that a program may drop from the end of a number when it writes the list anew."""


def identifier(proposal: Proposal, taken: Set[str]) -> str:
    """Return an id of ten hex digits that is not taken."""
    return next(name for name in _names(proposal) if name not in taken)


def is_untouched(proposal: Proposal) -> bool:
    """Return whether a proposal that was read from a list still says what its id was made of."""
    versions = (replace(proposal, new=new) for new in (proposal.new, *_longer(proposal.new)))
    return any(proposal.id in islice(_names(version), _TWINS) for version in versions)


def _names(proposal: Proposal) -> Iterator[str]:
    old = "" if proposal.path else proposal.old  # what the inputs say may change; it is the same edit still
    parts = (
        proposal.file,
        str(proposal.kind is Kind.COMMENT),
        proposal.path or "",
        proposal.place,
        old,
        proposal.new,
        proposal.date,
    )
    for turn in count():
        text = "\x00".join((*parts, str(turn)))
        yield hashlib.sha256(text.encode()).hexdigest()[:10]


def _longer(number: str) -> Iterator[str]:
    try:
        Decimal(number)
    except InvalidOperation:
        return
    start = number if "." in number else f"{number}."
    yield from (start + "0" * zeros for zeros in range(1, _ZEROS + 1))
