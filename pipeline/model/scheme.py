"""A rating scheme as data: how the rate is computed, how it is rounded, and which rating it earns."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from pipeline.diagnostics import Place
from pipeline.model.choice import Choice
from pipeline.model.comparison import Relation, Width
from pipeline.model.strategy import Direction, Kind


class Formula(Choice):
    """What is computed of an actual.

    ``ratio`` = actual / target, ``progress`` = (actual - baseline) / (target - baseline), ``compare`` = no rate, only
    better or worse than target, baseline or the year before, ``fixed`` = nothing: the open band is the rating.
    """

    RATIO = "ratio", "実績÷目標"
    PROGRESS = "progress", "（実績−基準値）÷（目標−基準値）"
    COMPARE = "compare", "率を使わず比べる"
    FIXED = "fixed", "計算しない"


class Aim(Choice):
    """Which figure the actual is held against.

    ``expected`` lies on the line from the baseline to the final target, by the elapsed share of the plan; ``share`` is
    the elapsed share of the final target itself.
    """

    YEAR = "year", "評価年度の目標"
    LAST = "last", "最終年度の目標"
    YEAR_OR_LAST = "year-or-last", "評価年度の目標、なければ最終年度の目標"
    EXPECTED = "expected", "期待値"
    SHARE = "share", "最終年度の目標×経過割合"


class Lower(Choice):
    """The ratio where lower is better: target / actual, (2 x target - actual) / target, or the way done."""

    INVERSE = "inverse", "目標÷実績"
    MIRROR = "mirror", "（目標×2−実績）÷目標"
    PROGRESS = "progress", "（実績−基準値）÷（目標−基準値）"


class Judged(Choice):
    """What the limits of the bands mean.

    ``rate`` = the rate before it is rounded, ``printed`` = as it is printed, ``pace`` = in proportion to the plan's
    elapsed share.
    """

    RATE = "rate", "率"
    PRINTED = "printed", "丸めた後の率"
    PACE = "pace", "率÷経過割合"


class Rounding(Choice):
    """How the printed rate is rounded: 四捨五入 or 切り捨て."""

    HALF_UP = "half-up", "四捨五入"
    TRUNCATE = "truncate", "切り捨て"


class Missing(StrEnum):
    """Why nothing can be judged."""

    TARGET = "target"
    NOT_MEASURED = "not-measured"
    PENDING = "pending"
    ENDED = "ended"
    BLANK = "blank"
    BASELINE = "baseline"
    PREVIOUS = "previous"


class Averaged(Choice):
    """What of its indicators is averaged for a measure: points of their bands, their rates, or the share met (%)."""

    POINTS = "points", "区分の点数"
    RATE = "rate", "率"
    MET = "met", "達成した指標の割合"


class Tone(Choice):
    """Which character style prints a rating."""

    GOOD = "good", "良い"
    NEAR = "near", "もう少し"
    POOR = "poor", "良くない"
    PLAIN = "plain", "色を付けない"


class Band(Struct, frozen=True):
    """A rating and what earns it; every condition given must hold, and a band without any takes what is left.

    ``met``: the target is met; ``at_least`` and ``over``: the judged rate in % (以上, 超); ``target``, ``baseline`` and
    ``previous``: how the actual stands to these figures, within ``tolerance`` of them. ``points`` are averaged by a
    ``RollUp``.
    """

    code: str
    label: str
    mark: str
    tone: Tone
    met: bool
    at_least: Decimal | None
    over: Decimal | None = None
    target: Relation | None = None
    baseline: Relation | None = None
    previous: Relation | None = None
    tolerance: Width | None = None
    points: Decimal | None = None


class Method(Struct, frozen=True):
    """How one sort of indicator is judged; bands are tried from the first to the last.

    ``decimals`` are those of the printed rate (%), ``cap`` and ``floor`` its limits. ``tolerance`` (around the target)
    makes 維持 a range. ``entered``: a person writes the rating, and the bands' conditions limit which one. ``latest``:
    where the year's actual is not surveyed or not out yet, the latest year that has one is judged.
    """

    formula: Formula
    bands: tuple[Band, ...]
    target: Aim = Aim.YEAR
    lower: Lower = Lower.INVERSE
    judged: Judged = Judged.RATE
    rounding: Rounding = Rounding.HALF_UP
    decimals: int = 1
    cap: Decimal | None = None
    floor: Decimal | None = None
    tolerance: Width | None = None
    entered: bool = False
    latest: bool = False


class Special(Struct, frozen=True):
    """A method of its own for some indicators: these, those of kinds, directions, units or tags, or in the plan's
    final year.

    Of several conditions all must hold; an empty tuple asks for nothing.
    """

    name: str
    kinds: tuple[Kind, ...]
    directions: tuple[Direction, ...]
    units: tuple[str, ...]
    final_year: bool
    method: Method
    indicators: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class NoRating(Struct, frozen=True):
    """What prints where there is no rating."""

    mark: str
    label: str


class RollUp(Struct, frozen=True):
    """How measures and goals are rated from their indicators; a goal takes its indicators or its measures.

    ``total``: the sum, else the mean. ``plus``: names of further schemes, whose points are added to an indicator's own;
    one that lacks any of them is left out, and told.
    """

    of: Averaged
    goal_of_measures: bool
    rounding: Rounding
    decimals: int
    bands: tuple[Band, ...]
    total: bool = False
    plus: tuple[str, ...] = ()


class Scheme(Struct, frozen=True):
    """A rating scheme as data.

    ``rate_name`` is what the rate is called (達成率, 進捗率), empty where no rate is computed. ``none`` prints where
    there is no rating, unless ``missing`` says otherwise for the cause: another mark, or a band. ``shares`` are the
    elapsed shares (%) of the plan by year; equal steps where a year is not in it. ``place`` is where the scheme is
    written.
    """

    name: str
    rate_name: str
    method: Method
    none: NoRating
    specials: tuple[Special, ...] = ()
    missing: Mapping[Missing, NoRating | Band] = field(default_factory=dict)
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    roll_up: RollUp | None = None
    place: Place = Place("report.yaml")

    @property
    def tells_met(self) -> bool:
        """Whether a rating says that the target is met; of other schemes no count of those met is printed."""
        return any(band.met for band in self.method.bands)
