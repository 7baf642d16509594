"""What LibreOffice's failing is called: known to whoever tells of it, without all that asks LibreOffice."""

from __future__ import annotations


class OfficeFault(Exception):
    """LibreOffice is missing, failed, or took too long; ``str()`` is a Japanese message for the user."""
