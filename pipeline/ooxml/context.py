"""What every reader of body content needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.markup import refuse
from pipeline.ooxml.numbering_xml import Numbering
from pipeline.ooxml.package import Package, Relationship
from pipeline.ooxml.styles_xml import Styles


@dataclass(frozen=True, slots=True)
class Context:
    """The part being read, and the document-wide tables. ``comments`` holds the ids of comments that say something."""

    package: Package
    relationships: Mapping[str, Relationship]
    styles: Styles
    numbering: Numbering
    comments: frozenset[str]

    @property
    def name(self) -> str:
        """The file's name for messages."""
        return self.package.name

    def refuse(self, construct: str, element: etree._Element) -> Unsupported:
        """Make the error for a construct that cannot be drawn."""
        return refuse(construct, element, self.name)
