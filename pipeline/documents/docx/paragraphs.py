"""The paragraphs of blocks, wherever they stand: in tables, and in shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.documents.docx.tree import Block, Paragraph


def written(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of blocks, those in tables too; what only goes on with a merged cell above shows none."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in (cell for row in block.rows for cell in row.cells if cell.merge != "continue"):
                yield from written(cell.blocks)


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the same, and those in shapes."""
    for paragraph in written(blocks):
        yield paragraph
        yield from paragraphs(paragraph.boxed)
