"""A page that was bent or seen at a slant, drawn so that its ruling lines lie and stand straight, or else its text.

Along a lying line of print the height is one, along a standing one the place across: polynomials of the place on the
picture are fitted that make it so, first to long straight segments, then to the ruling lines as they are traced. A
letter has no ruling: its lines of text, each followed by its ink, tell how it is bent from side to side. Pixels only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from extractors.masks import marked

Pixels = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float64]
Map = npt.NDArray[np.float32]

STEP = 16  # pixels between two places at which the shift is worked out
LEAST_SHIFT = 2.5  # pixels; less needs no new drawing
MOST_SHIFT = 0.12  # share of the longer side; what asks for more is no page
LEAST_LINES = 3
LEAST_REACH = 0.25  # of the page that the lines must cover, else nothing is known of the rest
ROW_REACH, ROW_LINES = 0.5, 2  # of its width that those of a lone row cover, and how many there are
STEEPEST = 0.25
FEWEST_POINTS = 12
LEAST_RUN = 9  # at half the page's size, as the following
INKED = 170
MOST_INK = 0.22  # a page has a tenth at most; in what is darker, looking for lines could take minutes
# Powers of x and y in the shift of the height; for the shift across they change places. Of y alone nothing is known.
PLAIN = ((1, 0), (1, 1))
ALONG = ((1, 0), (2, 0), (3, 0))
BENT = ((1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (1, 2), (3, 1))


# Of a line of text: its length in heights at least; how far apart the slopes of lines are on a bent page; in heights,
# how much of it is followed at a time, and how high.
LONG, LEAST_BEND, SLICE, HIGH = 3.5, 0.03, 3.0, 1.2


@dataclass(frozen=True, slots=True)
class Trace:
    """Points along one line. along, at: their places along and across it, in pixels."""

    along: Numbers
    at: Numbers


def evened(page: Pixels) -> Pixels:
    """The page redrawn; the same where its lines are straight already, or too few to tell.

    Of several layers the first is looked at, and all are redrawn.
    """
    grey = page if page.ndim == 2 else np.ascontiguousarray(page[:, :, 0])
    first = _map_of(_segments(grey, True), _segments(grey, False), PLAIN, grey.shape)
    drawn = grey if first is None else _drawn(grey, first)
    lying = _rules(drawn, True)
    second = _map_of(lying, _rules(drawn, False), BENT, grey.shape) or _map_of_row(lying, grey.shape)
    if first is None or second is None:
        only = first or second
        return page if only is None else _drawn(page, only)
    both = [cv2.remap(part, second[0], second[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for part in first]
    return _drawn(page, (np.asarray(both[0], np.float32), np.asarray(both[1], np.float32)))


def _drawn(page: Pixels, places: tuple[Map, Map]) -> Pixels:
    white = (255, 0, 0)  # of further layers 0 says that nothing is there
    drawn = cv2.remap(page, places[0], places[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=white)
    return np.ascontiguousarray(drawn, dtype=np.uint8)


def evened_by_text(page: Pixels, frames: Sequence[Numbers]) -> Pixels | None:
    """The page redrawn so that its lines of text lie straight; None where they do, or where ruling lines tell.

    page: as of `evened`; frames: four corners (4, 2) of each line of text.
    """
    lines = [found for found in map(_lying, frames) if found is not None]
    if len(lines) < LEAST_LINES or np.ptp([line.slope for line in lines]) < LEAST_BEND:
        return None
    grey = np.ascontiguousarray(page[:, :, 0])
    if len(_rules(grey, True)) >= LEAST_LINES:
        return None
    height, width = grey.shape
    traces = [trace for line in lines if (trace := _text_of(grey, line)) is not None]
    fit = _fitted(traces, ALONG, float(max(height, width)), (LEAST_REACH * width, 0.0))
    places = None if fit is None else _places(fit, None, ALONG, (height, width))
    return None if places is None else _drawn(page, places)


def _map_of(
    lying: Sequence[Trace], standing: Sequence[Trace], powers: Sequence[tuple[int, int]], shape: tuple[int, ...]
) -> tuple[Map, Map] | None:
    """For each pixel of the new drawing the place on the old one that it shows; None where nothing is to be done.

    shape: height and width of the page.
    """
    height, width = shape
    size = float(max(height, width))
    down = _fitted(lying, powers, size, _reach(width, size))
    across = _fitted(standing, powers, size, _reach(height, size))
    return None if down is None and across is None else _places(down, across, powers, (height, width))


def _map_of_row(lying: Sequence[Trace], shape: tuple[int, ...]) -> tuple[Map, Map] | None:
    """The same by the ruling lines of a lone row from side to side, such as the last one of a form on its last page."""
    height, width = shape
    size = float(max(height, width))
    if not lying or _reach_far(lying, _reach(width, size)):
        return None
    fit = _fitted(lying, ALONG, size, (ROW_REACH * width, 0.0), ROW_LINES)
    return None if fit is None else _places(fit, None, ALONG, (height, width))


def _reach(length: float, size: float) -> tuple[float, float]:
    """How far lines must be spread along and across themselves. length, size: of the page along them, and at most."""
    return LEAST_REACH * length, LEAST_REACH * size / 2


def _places(
    down: Numbers | None, across: Numbers | None, powers: Sequence[tuple[int, int]], shape: tuple[int, int]
) -> tuple[Map, Map] | None:
    """The same from the weights of both shifts. shape: height and width of the page."""
    height, width = shape
    size = float(max(height, width))
    places_x, places_y = np.meshgrid(np.arange(0, width + STEP, STEP), np.arange(0, height + STEP, STEP))
    x, y = places_x.astype(np.float64), places_y.astype(np.float64)
    for _ in range(4):  # the shift is known at the old place, and wanted at the new one
        shift_x = _shift(across, powers, y, x, size)
        shift_y = _shift(down, powers, x, y, size)
        x, y = places_x - shift_x, places_y - shift_y
    moved = max(float(np.abs(x - places_x).max()), float(np.abs(y - places_y).max()))
    if not LEAST_SHIFT < moved < MOST_SHIFT * size:
        return None
    return _full(x, width, height), _full(y, width, height)


def _full(coarse: Numbers, width: int, height: int) -> Map:
    """A value for each pixel."""
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32) / STEP, np.arange(height, dtype=np.float32) / STEP)
    return np.asarray(cv2.remap(coarse.astype(np.float32), columns, rows, cv2.INTER_LINEAR), dtype=np.float32)


def _terms(powers: Sequence[tuple[int, int]], along: Numbers, at: Numbers, size: float) -> Numbers:
    u, v = along / size - 0.5, at / size - 0.5
    return np.stack([u**p * v**q for p, q in powers], axis=-1)


def _shift(fit: Numbers | None, powers: Sequence[tuple[int, int]], along: Numbers, at: Numbers, size: float) -> Numbers:
    if fit is None:
        return np.zeros_like(along)
    return np.asarray(_terms(powers, along, at, size) @ fit, dtype=np.float64)


def _fitted(
    traces: Sequence[Trace],
    powers: Sequence[tuple[int, int]],
    size: float,
    reach: tuple[float, float],
    least: int = LEAST_LINES,
) -> Numbers | None:
    """The weights of the terms of a shift that makes every line straight; lines that do not fit are left out once.

    reach: how far the lines must be spread at least, along and across themselves, in pixels. least: of lines.
    """
    kept = list(traces)
    fit: Numbers | None = None
    for _ in range(3):
        if len(kept) < least or not _reach_far(kept, reach):
            return fit if fit is not None and len(kept) >= least else None
        rows = [_apart(_terms(powers, one.along, one.at, size)) for one in kept]
        wanted = [-_apart(one.at) for one in kept]
        left, right = np.concatenate(rows), np.concatenate(wanted)
        # Little weight holds back terms of which the lines say nothing.
        hold = 0.02 * np.sqrt(len(right)) * np.eye(len(powers)) / size * 20
        fit = np.linalg.lstsq(np.vstack([left, hold]), np.concatenate([right, np.zeros(len(powers))]), rcond=None)[0]
        errors = [float(np.abs(row @ fit - want).max()) for row, want in zip(rows, wanted, strict=True)]
        worst = max(3.0, 3.0 * float(np.median(errors)))
        kept = [one for one, error in zip(kept, errors, strict=True) if error <= worst]
    return fit


def _apart(values: Numbers) -> Numbers:
    """Differences from the line's own middle: where it ought to lie nobody knows, only that it is straight."""
    return np.asarray(values - values.mean(axis=0), dtype=np.float64)


def _reach_far(traces: Sequence[Trace], reach: tuple[float, float]) -> bool:
    ends = [float(end) for one in traces for end in (one.along.min(), one.along.max())]
    middles = [float(one.at.mean()) for one in traces]
    return max(ends) - min(ends) > reach[0] and max(middles) - min(middles) > reach[1]


# --- lines ---


def ink_at_half(grey: Pixels) -> Pixels | None:
    """The ink of a grey page (height, width) at half its size, 255 on 0; None for a page too dark to look for lines."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    dark = marked(half < INKED)
    return None if float((dark > 0).mean()) > MOST_INK else dark


def runs_of(dark: Pixels, lying: bool) -> Pixels:
    """What runs far enough, across or down, to be of a line and not of a letter: every dot of ink costs a search time.

    dark: 255 on 0. A thin line at more than some six degrees has no such run.
    """
    shape = (LEAST_RUN, 1) if lying else (1, LEAST_RUN)
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
    return np.asarray(opened, dtype=np.uint8)


def _segments(grey: Pixels, lying: bool) -> list[Trace]:
    """Long straight pieces of lines."""
    dark = ink_at_half(grey)
    if dark is None:
        return []
    found = cv2.HoughLinesP(runs_of(dark, lying), 1, np.pi / 720, threshold=120, minLineLength=140, maxLineGap=5)
    lines = np.zeros((0, 4)) if found is None else 2.0 * np.asarray(found, dtype=np.float64).reshape(-1, 4)
    lines = lines if lying else lines[:, [1, 0, 3, 2]]
    return [Trace(np.array([x1, x2]), np.array([y1, y2])) for x1, y1, x2, y2 in lines
            if abs(y2 - y1) < STEEPEST * abs(x2 - x1)]  # fmt: skip


def _rules(grey: Pixels, lying: bool) -> list[Trace]:
    """Ruling lines, each followed over its whole length."""
    seen = grey if lying else np.ascontiguousarray(grey.T)
    dark = marked(seen < 190)
    thin = cv2.subtract(dark, cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((12, 1), np.uint8)))
    runs = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((1, 25), np.uint8))
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((5, 15), np.uint8))
    labels, stats, _ = things_on(joined)
    traces = []
    for label in range(1, len(stats)):
        left, top, width, height = (int(value) for value in stats[label][:4])
        if width < 160 or height > STEEPEST * width:
            continue
        part = (labels[top : top + height, left : left + width] == label) & (
            runs[top : top + height, left : left + width] > 0
        )
        trace = _followed(part, left, top)
        if trace is not None:
            traces.append(trace)
    return traces


def _followed(part: npt.NDArray[np.bool_], left: int, top: int) -> Trace | None:
    """The middle of the line at every sixteenth column; None where it is no thin line."""
    columns = np.arange(0, part.shape[1], STEP)
    inked = part[:, columns]
    counts = inked.sum(axis=0)
    usable = (counts > 0) & (counts <= 8)
    if int(usable.sum()) < min(FEWEST_POINTS, 0.5 * len(columns)):
        return None
    middles = (inked * np.arange(part.shape[0])[:, None]).sum(axis=0)[usable] / counts[usable]
    return Trace((columns[usable] + left).astype(np.float64), middles + top)


# --- lines of text ---


@dataclass(frozen=True, slots=True)
class _Text:
    """A line of text: the middles of its ends, left and right, and how high it is, in pixels."""

    left: Numbers
    right: Numbers
    high: float

    @property
    def slope(self) -> float:
        """By how much it falls on its way to the right."""
        across, down = self.right - self.left
        return float(down / across)


def _lying(frame: Numbers) -> _Text | None:
    """The line in a frame, where it is long and lies."""
    one, two = (frame[0] + frame[3]) / 2, (frame[1] + frame[2]) / 2
    left, right = (one, two) if one[0] <= two[0] else (two, one)
    high = max(1.0, float(np.hypot(*(frame[3] - frame[0]))))
    across, down = right - left
    return _Text(left, right, high) if across >= LONG * high and abs(down) < STEEPEST * across else None


def _text_of(grey: Pixels, line: _Text) -> Trace | None:
    """A line of text by the middle of its ink, a few letters at a time; None where it has none."""
    parts = max(2, int((line.right[0] - line.left[0]) / (SLICE * line.high)))
    along, at = [], []
    for share in (np.arange(parts) + 0.5) / parts:
        x, y = line.left + share * (line.right - line.left)
        top, first = max(0, round(y - HIGH / 2 * line.high)), max(0, round(x - SLICE / 2 * line.high))
        part = grey[top : round(y + HIGH / 2 * line.high), first : round(x + SLICE / 2 * line.high)] < INKED
        rows, columns = np.nonzero(part)
        if rows.size:
            along.append(first + float(columns.mean()))
            at.append(top + float(rows.mean()))
    return Trace(np.array(along), np.array(at)) if len(along) >= 2 else None
