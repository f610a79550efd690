"""The charts of the cohort report: what came together week by week, scores by band, tasks by school, forms of study.

PNG; equal figures give equal bytes. No person is named; a school whose name the face cannot draw is named by its number
in the table.
matplotlib is loaded where it draws: it costs most of a second, which only a command with charts should pay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from gengang.rendering import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

WIDTH_MM = 150.0
DOTS_PER_INCH = 200
INK = "#22384f"
PALE = "#b9c4cf"
GREY = "#5f6b76"
FONT_FILES = ("FandolFang-Regular.otf",)
FONT_FAMILIES = ("FandolFang", "LXGW WenKai", "Noto Serif CJK SC", "Noto Serif CJK JP", "Noto Sans CJK JP", "SimSun")


@dataclass(frozen=True, slots=True)
class Series:
    """One thing counted over time: days on which each was recorded. need: what the whole cohort owes, None if nothing.

    title: what it is, without unit; unit: 篇, 节.
    """

    title: str
    unit: str
    days: tuple[date, ...]
    need: int | None = None


def score_chart(scores: Sequence[Decimal], pass_at: Decimal, fonts: Path | None) -> Picture:
    """People per band of ten points; bands below the pass mark are pale.

    scores: final ones only; fonts: folder with our own faces, None for the system's.
    """
    face = chart_face(fonts)
    edges = _edges(pass_at)
    counts = [sum(low <= score < high for score in scores) for low, high in edges]
    figure, (axes,) = _figure(1, 54)
    bars = axes.bar(range(len(edges)), counts, width=0.62, color=[INK if low >= pass_at else PALE for low, _ in edges])
    for bar, count in zip(bars, counts, strict=True):
        axes.annotate(f"{count}人", (bar.get_x() + bar.get_width() / 2, count), (0, 3), textcoords="offset points",
                      ha="center", va="bottom", fontproperties=_sized(face, 10.5), color=INK)  # fmt: skip
    axes.set_xticks(range(len(edges)), [_band(low, high, pass_at) for low, high in edges])
    axes.set_ylim(0, max([*counts, 1]) * 1.18)
    axes.set_yticks([])
    _finish(axes, face, "")
    return _png(figure)


def _edges(pass_at: Decimal) -> list[tuple[Decimal, Decimal]]:
    """From nought to the pass mark, then bands of ten; the last holds 100 itself."""
    lows = [Decimal(0), *(pass_at + 10 * step for step in range(10) if pass_at + 10 * step < 100)]
    return list(zip(lows, [*lows[1:], Decimal(101)], strict=True))


def _band(low: Decimal, high: Decimal, pass_at: Decimal) -> str:
    if low < pass_at:
        return f"不满{pass_at:f}分"
    return f"{low:f}～100分" if high > 100 else f"{low:f}分至不满{high:f}分"


def progress_chart(series: Sequence[Series], start: date, end: date, fonts: Path | None) -> Picture:
    """What came together week by week, one small panel for each series, with a broken line where all would be done."""
    face = chart_face(fonts)
    figure, panels = _figure(max(len(series), 1), 54)
    ends = _week_ends(start, end)
    for axes, one in zip(panels, series, strict=False):
        days = sorted(day for day in one.days if day >= start)
        totals = [bisect_right(days, last) for last in ends]
        _draw_progress(axes, one, totals, face)
        axes.set_xticks(*_week_labels(ends))
        _finish(axes, face, f"{one.title}（累计，{one.unit}）")
    return _png(figure)


# --- schools and forms of study ---


@dataclass(frozen=True, slots=True)
class Share:
    """A bar. share: of 1; said: printed at its end; number: of its row in the table, from 1."""

    name: str
    share: Decimal
    said: str
    number: int = 0


MOST_BARS = 48


def share_chart(shares: Sequence[Share], fonts: Path | None) -> Picture:
    """One lying bar each, from nought to the whole; more than MOST_BARS are counted by bands instead."""
    face = chart_face(fonts)
    rows = shares if len(shares) <= MOST_BARS else _bands(shares)
    figure, (axes,) = _figure(1, 14 + 6.2 * max(len(rows), 2))
    places = range(len(rows) - 1, -1, -1)
    values = [float(one.share) for one in rows]
    axes.barh(list(places), [1.0] * len(rows), height=0.56, color="#eef1f4")
    axes.barh(list(places), values, height=0.56, color=INK)
    for place, one in zip(places, rows, strict=True):
        axes.annotate(one.said, (1.0, place), (4, 0), textcoords="offset points", va="center",
                      fontproperties=_sized(face, 9.5), color=INK)  # fmt: skip
    axes.set_yticks(list(places), [_drawable(one, face) for one in rows])
    axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    axes.set_xlim(0, 1.34)
    axes.set_ylim(-0.6, max(len(rows), 2) - 0.4)
    _finish(axes, face, "")
    return _png(figure)


def _bands(shares: Sequence[Share]) -> list[Share]:
    """How many of them are done by how much."""
    names = ("不满60%", "60%至不满80%", "80%至不满100%", "100%")
    edges = (Decimal(0), Decimal("0.6"), Decimal("0.8"), Decimal(1), Decimal(2))
    counts = [sum(low <= one.share < high for one in shares) for low, high in pairwise(edges)]
    return [Share(name, Decimal(count) / len(shares), f"{count}所") for name, count in zip(names, counts, strict=True)]


def _drawable(one: Share, face: FontProperties) -> str:
    from matplotlib.font_manager import get_font

    font = get_font(str(face.get_file()))
    if all(font.get_char_index(ord(character)) for character in one.name):
        return one.name if len(one.name) <= LONGEST_LABEL else f"{one.name[: LONGEST_LABEL - 1]}…"
    return f"第{one.number}所"


LONGEST_LABEL = 14


# --- drawing ---


def _draw_progress(axes: Axes, one: Series, totals: Sequence[int], face: FontProperties) -> None:
    axes.plot(range(len(totals)), totals, color=INK, linewidth=1.8, solid_capstyle="round")
    axes.fill_between(range(len(totals)), totals, color=PALE, alpha=0.45, linewidth=0)
    top = max([*totals, one.need or 0, 1])
    axes.set_ylim(0, top * 1.22)
    axes.set_xlim(0, max(len(totals) - 1, 1) * 1.12)
    axes.annotate(f"{totals[-1]}", (len(totals) - 1, totals[-1]), (3, 0), textcoords="offset points", va="center",
                  fontproperties=_sized(face, 10.5), color=INK)  # fmt: skip
    if one.need:
        axes.axhline(one.need, color=GREY, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.annotate(f"应达{one.need}{one.unit}", (0, one.need), (2, 2), textcoords="offset points", va="bottom",
                      fontproperties=_sized(face, 9), color=GREY)  # fmt: skip


def _week_ends(start: date, end: date) -> list[date]:
    """The last day of each week of the window, weeks beginning with its first day."""
    weeks = max(((end - start).days // 7) + 1, 1)
    return [min(start + timedelta(days=7 * number + 6), end) for number in range(weeks)]


def _week_labels(ends: Sequence[date]) -> tuple[list[int], list[str]]:
    places = [place for place in range(len(ends)) if place % 4 == 0 or len(ends) < 6]
    return places, [f"{ends[place].month}月{ends[place].day}日" for place in places]


def chart_face(fonts: Path | None) -> FontProperties:
    """The report's own face where it ships with us, else the first Chinese one that is installed."""
    from matplotlib import font_manager

    for name in FONT_FILES:
        if fonts is not None and (fonts / name).is_file():
            return font_manager.FontProperties(fname=fonts / name)
    installed = {font.name: font.fname for font in font_manager.fontManager.ttflist}
    found = next((installed[family] for family in FONT_FAMILIES if family in installed), None)
    return font_manager.FontProperties(fname=found) if found else font_manager.FontProperties()


def _sized(face: FontProperties, points: float) -> FontProperties:
    sized = face.copy()
    sized.set_size(points)
    return sized


def _figure(panels: int, height_mm: float) -> tuple[Figure, list[Axes]]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_MM / 25.4, height_mm / 25.4), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    return figure, [figure.add_subplot(1, panels, number + 1) for number in range(panels)]


def _finish(axes: Axes, face: FontProperties, title: str) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.tick_params(length=0, colors=GREY, pad=4)
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(_sized(face, 9.5))
        label.set_color(INK)
    if title:
        axes.set_title(title, fontproperties=_sized(face, 11), color=INK, loc="left", pad=8)


def _png(figure: Figure) -> Picture:
    drawn = BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    return Picture(drawn.getvalue(), WIDTH_MM)
