"""word/settings.xml (17.15.1): tab distance, even headers, compatibility, tracked changes."""

from __future__ import annotations

from lxml import etree

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.markup import VAL, W, child_value, is_on, points
from pipeline.ooxml.tree import Settings


def read_settings(root: etree._Element | None, name: str) -> Settings:
    """Read the document's settings; a document that goes on recording changes is refused."""
    if root is None:
        return Settings()
    if is_on(root.find(f"{W}trackRevisions")):
        raise Unsupported("変更履歴の記録（オンのままの文書）", "", name)
    compat = root.find(f"{W}compat")
    return Settings(
        default_tab=points(child_value(root, "defaultTabStop") or "720"),
        even_and_odd=is_on(root.find(f"{W}evenAndOddHeaders")),
        add_spacing=compat is not None and is_on(compat.find(f"{W}doNotUseHTMLParagraphAutoSpacing")),
        compatibility=_compatibility(compat),
    )


def _compatibility(compat: etree._Element | None) -> int:
    """Give the version of Word whose layout the document asks for; 12 where it does not say (MS-DOCX 2.2.2)."""
    if compat is None:
        return 12
    for setting in compat.iter(f"{W}compatSetting"):
        if setting.get(f"{W}name") == "compatibilityMode":
            return int(setting.get(VAL, "12"))
    return 12
