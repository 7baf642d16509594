"""What a device context holds ([MS-EMF] 3.1.1.2): where its lengths lead, and what it draws with."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.metafiles.marks import Beyond, Clip, Matrix
from pipeline.documents.metafiles.space import UNCHANGED, after
from pipeline.documents.metafiles.tools import STOCK, Brush, Font, Pen
from pipeline.documents.paths import Point

_TEXT, _ISOTROPIC, _ANISOTROPIC = 1, 7, 8
_UNITS = {2: 0.1, 3: 0.01, 4: 25.4 / 100, 5: 25.4 / 1000, 6: 25.4 / 1440}
"""The millimetres of one unit of the mapping modes that say it ([MS-EMF] 2.1.21)."""


class State(Struct, frozen=True):
    """A device context. ``raster`` is how colours go over those before, ``align`` how text stands to its place."""

    world: Matrix = UNCHANGED
    mode: int = _TEXT
    window: Point = (0.0, 0.0)
    window_size: Point = (1.0, 1.0)
    viewport: Point = (0.0, 0.0)
    viewport_size: Point = (1.0, 1.0)
    pen: Pen = STOCK[7]  # type: ignore[assignment]
    brush: Brush = STOCK[0]  # type: ignore[assignment]
    font: Font = STOCK[13]  # type: ignore[assignment]
    color: str = "000000"
    background: str = "FFFFFF"
    is_opaque: bool = True
    alternates: bool = True
    raster: int = 13
    align: int = 0
    miter: float = 10.0
    clockwise: bool = False
    position: Point = (0.0, 0.0)
    clip: Clip = ()

    def having(self, name: str, value: object) -> State:
        """Return the state with another value of that name."""
        return replace(self, **{name: value})

    def to_device(self, per_millimetre: Point) -> Matrix:
        """Return how lengths become pixels, of which a millimetre has so many across and down."""
        if self.mode in _UNITS:
            unit = _UNITS[self.mode]
            across, down = unit * per_millimetre[0], -unit * per_millimetre[1]
        elif self.mode in (_ISOTROPIC, _ANISOTROPIC):
            across, down = (
                _share(self.viewport_size[0], self.window_size[0]),
                _share(self.viewport_size[1], self.window_size[1]),
            )
        else:
            across = down = 1.0
        x, y = self.viewport[0] - self.window[0] * across, self.viewport[1] - self.window[1] * down
        return after(self.world, (across, 0.0, 0.0, down, x, y))


def _share(part: float, whole: float) -> float:
    if part == 0 or whole == 0:
        raise Beyond("壊れた図（メタファイル）")
    return part / whole
