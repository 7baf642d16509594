"""Playing a metafile: its records in, what is seen of it out."""

from __future__ import annotations

import struct
from functools import lru_cache

from pipeline.documents.metafiles import emf, wmf
from pipeline.documents.metafiles.cropping import cropped
from pipeline.documents.metafiles.marks import Beyond, Crop, Drawing
from pipeline.documents.metafiles.signatures import is_emf


@lru_cache(maxsize=16)  # a picture is read with its document, and then drawn
def read(data: bytes, crop: Crop = (0.0, 0.0, 0.0, 0.0)) -> Drawing:
    """Return what is seen of a metafile; raises Beyond."""
    try:
        drawing = emf.play(data) if is_emf(data) else wmf.play(data)
    except (struct.error, OverflowError, ValueError, IndexError) as fault:
        raise Beyond("壊れた図（メタファイル）") from fault
    return cropped(drawing, crop) if any(crop) else drawing
