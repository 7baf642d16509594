"""From a Word file's bytes to a template, with what of it is to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.diagnostics import Checked, Diagnostic, Place, warning
from pipeline.documents import docx
from pipeline.documents.docx import Damaged, Document, Unsupported
from pipeline.documents.docx.cures import PLAINLY
from pipeline.documents.docx.parts import packed, unpacked
from pipeline.documents.docx.typefaces import CURE, substituted, told
from pipeline.documents.template.comments import first_words, uncommented
from pipeline.documents.template.files import BROKEN, Template, failed
from pipeline.documents.template.normalization import normalized

_TRACKED = "Wordの「校閲」で、変更履歴を「承諾」して確定してください。"
_COMMENT = "用が済んだコメントは、Wordの「校閲」で削除してください。"


@lru_cache(maxsize=16)  # runs that follow each other in a process open the same ones
def read(data: bytes, file: str) -> Checked[Template]:
    """Return the template that a Word file is; ``file`` names it in messages."""
    try:
        document = docx.read(data, file)
        parts = unpacked(data, file)
        words = first_words(parts)
        bare = packed(uncommented(parts)) if words else data
        return Checked(Template(file, normalized(bare, file)), (*_commented(words, file), *_substituted(document)))
    except Damaged as fault:
        return failed(file, "template-unreadable", fault.message, BROKEN)
    except Unsupported as refused:
        hint = _TRACKED if "変更履歴" in refused.construct else refused.cure or PLAINLY
        return failed(file, "template-unsupported", refused.message, hint)


def _commented(words: Sequence[str], file: str) -> Iterator[Diagnostic]:
    if words:
        message = f"様式にコメントが{len(words)}件あります（「{words[0]}」など）。送るシートや冊子には付けません。"
        yield warning("template-comment", Place(file), message, _COMMENT)


def _substituted(document: Document) -> Iterator[Diagnostic]:
    if found := substituted(document):
        yield warning("template-typeface", Place(document.name), told(found), CURE)
