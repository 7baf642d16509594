"""Two editions -> what changed between them, as a Word document with both texts side by side (新旧対照表).

In: the ``Results`` of both. Out: ``Changes``, and the docx. ``workflows.editions`` calls.
"""

from pipeline.publication.changes.compare import compare
from pipeline.publication.changes.document import document

__all__ = ["compare", "document"]
