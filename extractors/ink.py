"""Ink on a page as shapes: lines of it, and what nobody has accounted for. Pixels and frames only."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extractors.connected import things_on
from extractors.layout import Rect

Pixels = npt.NDArray[np.uint8]

# At 200 dpi: smaller spots are dirt, among letters, which have small parts, only specks; a flat long streak is an
# underline; a rule's rest clings to the cell's edge.
LEAST_SPOT, SPECK = 22, 8
LEAST_REACH = 10
FLAT = 6
LONG, LEAST_STROKE = 60, 14
EDGE = 6.0
TIGHT = 3.0
LEAST_GAP = 2
LEAST_BAND = 8
# In heights of a line's frame: what a letter, or a part of one, measures; how far the next one stands, across (beyond
# all text, and elsewhere, where a blank may be between) and up or down. So many of them are a line.
LETTER, CLOSE, APART, LEVEL, LEAST_LETTERS = (0.25, 0.9), 2.5, 8.0, 0.35, 10
ROOM = 0.12  # above and below its letters
# Shares of a line's height: half the width of a letter, and how high ink must be to be one that nobody read; of a row:
# so much of it is inked where it is an underline.
DARK, LETTER_SHARE, LEAST_MISSED, UNDERLINED = 190, 0.62, 0.4, 0.7
# Of a line's height: from where on a stroke underlines; how long and how thick a character like 一 is, and between
# what it lies. In levels: its grey.
FOOT, STROKE, STROKE_THICK, MIDDLE, FAINT = 0.75, (0.4, 1.2), 0.25, (0.3, 0.7), 190
ABOVE_THICK = 0.15  # of a line's height: how thick a blank of the line above is at most
DOTS = 0.35  # of the height of a letter's frame: how far above or below it a dot of it may lie
STANDS_ON = 0.2  # of a line's height: further below its letters no blank lies, on which they would stand
# Of a line's height: where the last letter's ink surely ends (LETTER_SHARE leaves room behind it, in which a mark may
# stand), how far behind that one is looked for, how large and how low it is, how narrow at least; how high and how wide
# the upper part of a ！ is, and between what it lies.
HALF, BEHIND, MARK, LOW, NARROW = 0.42, 1.0, (0.12, 0.45), (0.4, 0.92), 0.06
TALL, TALL_WIDTH, TALL_MIDDLE = (0.3, 0.85), 0.3, (0.25, 0.75)


def bands_of(ink: Pixels, rect: Rect, line: float = 0.0) -> list[Rect]:
    """The lines of writing in a frame from top to bottom, each around its ink; none where there is none.

    line: height of a line where it is known; what is parted inside it, such as 会, stays together.
    """
    top, left = max(0, round(rect.top)), max(0, round(rect.left))
    part = np.asarray(ink[top : max(top, round(rect.bottom)), left : max(left, round(rect.right))] > 0)
    if not part.any():
        return []
    bands = []
    for start, end in _runs(np.asarray(part.any(axis=1))):
        columns = np.nonzero(part[start:end].any(axis=0))[0]
        bands.append(Rect(left + int(columns[0]), top + start, left + int(columns[-1]) + 1, top + end))
    return _with_dots(bands, line)


def _runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Stretches that are inked, across gaps too small to part two lines."""
    places = np.nonzero(flags)[0]
    start = before = int(places[0])
    for place in places[1:]:
        if place - before > LEAST_GAP:
            yield start, before + 1
            start = int(place)
        before = int(place)
    yield start, before + 1


def _with_dots(bands: Sequence[Rect], line: float) -> list[Rect]:
    """Parts of letters such as 三, 会 or the dot of an i join the band above."""
    joined: list[Rect] = []
    for band in bands:
        thin = band.height < LEAST_BAND or bool(joined and joined[-1].height < LEAST_BAND)
        near = thin and bool(joined) and band.top - joined[-1].bottom < 2 * LEAST_BAND
        if joined and (near or band.bottom - joined[-1].top <= line):
            joined[-1] = joined[-1].joined(band)
        else:
            joined.append(band)
    return joined


def overlooks_ink(line: Pixels, places: Sequence[int], steps: float, flats: Sequence[int] = ()) -> bool:
    """Whether ink stands on a line where nobody read a letter, as a character that both recognisers passed over.

    line: grey in three channels; places: where each letter begins, in steps of which the line has so many; flats: the
    same of dashes and ruled blanks, which account for nothing but a flat stroke.
    """
    dark = np.asarray(line[:, :, 0] < DARK)
    dark[dark.mean(axis=1) > UNDERLINED] = False
    inked = np.asarray(dark.sum(axis=0) >= 2)
    if not inked.any() or not (places or flats) or steps <= 0:
        return False
    near = _near(line, places, steps)
    dark = _without_blanks_above(dark, near)
    inked = np.asarray(dark.sum(axis=0) >= 2)
    missed = np.asarray(inked & ~near)
    if any(_is_letter(dark[:, start:end]) for start, end in (_runs(missed) if missed.any() else ())):
        return True
    return _overlooks_flat(line, near | _near(line, flats, steps))


def _without_blanks_above(dark: npt.NDArray[np.bool_], near: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The ink without what is flat and higher than any letter that was read: on it the line above stands.

    With a blank below, it would be as high as a letter. near: the columns about letters.
    """
    labels, stats, _ = things_on(dark.astype(np.uint8))
    left, top, wide, high, _ = stats.T
    flat = high <= ABOVE_THICK * len(dark)
    near_to = np.concatenate(([0], np.cumsum(near)))
    letters = (near_to[left + wide] > near_to[left]) & ~flat
    letters[0] = False
    highest = top[letters].min() if letters.any() else 0
    above = flat & (top + high <= highest)
    return np.asarray(dark & ~above[labels])


def overlooks_end(line: Pixels, place: int, steps: float) -> bool:
    """Whether a small mark stands low behind the last letter of a line, or a tall one, as a 。 or ！ that nobody read.

    line, steps: as of `overlooks_ink`; place: where the last letter begins.
    """
    height, width = line.shape[:2]
    begins = round((place + 0.5) * width / steps + HALF * height) if steps > 0 else width
    ends = round(begins + BEHIND * height)
    if begins >= width:
        return False
    dark = np.asarray(line[:, begins:ends, 0] < DARK).astype(np.uint8)
    if not dark.any():
        return False
    _, stats, centres = things_on(dark)
    for label in range(1, len(stats)):
        left, _, wide, high = (int(value) for value in stats[label][:4])
        cut = left + wide == dark.shape[1] and ends >= width  # by the frame
        wide_enough = cut or wide >= NARROW * height
        if left > 0 and wide_enough and may_be_mark(wide / height, high / height, centres[label][1] / height):
            return True
    return False


def may_be_mark(wide: float, high: float, middle: float) -> bool:
    """Whether a thing of this size at this height, in heights of its line, may be a 。, a ， or the stroke of a ！."""
    low = MARK[0] <= high and max(wide, high) <= MARK[1] and LOW[0] <= middle <= LOW[1]
    tall = TALL[0] <= high <= TALL[1] and wide <= TALL_WIDTH and TALL_MIDDLE[0] <= middle <= TALL_MIDDLE[1]
    return low or tall


def _near(line: Pixels, places: Sequence[int], steps: float) -> npt.NDArray[np.bool_]:
    """The columns about letters that begin there."""
    letter = line.shape[0] * LETTER_SHARE
    near = np.zeros(line.shape[1], bool)
    for place in places:
        middle = (place + 0.5) * line.shape[1] / steps
        near[max(0, round(middle - letter)) : round(middle + letter)] = True
    return near


def _overlooks_flat(line: Pixels, near: npt.NDArray[np.bool_]) -> bool:
    """Whether a stroke like 一 lies across the middle of a line, where nobody read anything; it may be faint."""
    height = line.shape[0]
    inked = np.asarray(line[:, :, 0] < FAINT)
    if not inked[:, ~near].any():
        return False
    _, stats, centres = things_on(inked.astype(np.uint8))
    for label in range(1, len(stats)):
        left, _, width, thick = (int(value) for value in stats[label][:4])
        flat = STROKE[0] * height <= width <= STROKE[1] * height and thick <= STROKE_THICK * height
        if (
            flat
            and MIDDLE[0] * height <= centres[label][1] <= MIDDLE[1] * height
            and not near[left : left + width].any()
        ):
            return True
    return False


def _is_letter(part: npt.NDArray[np.bool_]) -> bool:
    """Whether ink is high enough for a letter or figure; a mark is not, nor a speck over a ruled blank."""
    labels, stats, _ = things_on(part.astype(np.uint8))
    kept = np.asarray((stats[:, cv2.CC_STAT_AREA] >= SPECK)[labels] & part)
    rows = np.nonzero(kept.any(axis=1))[0]
    return bool(kept.sum() >= LEAST_SPOT and rows[-1] - rows[0] + 1 >= LEAST_MISSED * part.shape[0])


def left_over(ink: Pixels, area: Rect, known: Sequence[Rect]) -> list[Rect]:
    """Frames of ink in a cell that lies outside all known frames, near spots together; dirt and rules left out."""
    top, left = round(area.top), round(area.left)
    part = ink[top : round(area.bottom), left : round(area.right)].copy()
    for rect in known:
        rows = slice(max(0, round(rect.top - TIGHT) - top), max(0, round(rect.bottom + TIGHT) - top))
        part[rows, max(0, round(rect.left - TIGHT) - left) : max(0, round(rect.right + TIGHT) - left)] = 0
    if not part.any():
        return []
    stats = things_on(part).stats
    spots = []
    small = [
        Rect(left + x, top + y, left + x + width, top + y + height) for x, y, width, height, size in stats[1:].tolist()
        if size >= SPECK and max(width, height) < LEAST_REACH
    ]  # fmt: skip
    for label in range(1, len(stats)):
        x, y, width, height, size = (int(value) for value in stats[label][:5])
        spot = Rect(left + x, top + y, left + x + width, top + y + height)
        seen = size >= LEAST_SPOT and max(width, height) >= LEAST_REACH
        blank = any(_underlines(spot, line) and not _is_letter_below(ink, spot, line) for line in known)
        blank = blank and not any(_is_level(spot, line) for line in known)
        if seen and not blank and not _is_rule(spot, area):
            spots.append(spot)
    clusters = _clusters([*spots, *([] if known else _pairs(small))])
    return [_with_dots_of(cluster, small) for cluster in clusters]


def _with_dots_of(cluster: Rect, small: Sequence[Rect]) -> Rect:
    """A frame with the specks close above and below it: 点 without its dots is 占."""
    near = DOTS * cluster.height
    dots = (one for one in small if cluster.left - near <= one.centre[0] <= cluster.right + near
            and (0 <= one.top - cluster.bottom <= near or 0 <= cluster.top - one.bottom <= near))  # fmt: skip
    return reduce(Rect.joined, dots, cluster)


def _pairs(specks: Sequence[Rect]) -> list[Rect]:
    """Two specks side by side as one: a hand's 八 is no more."""
    return [one.joined(two) for one, two in pairwise(sorted(specks, key=lambda speck: speck.left))
            if two.left - one.right < LEAST_REACH and abs(one.centre[1] - two.centre[1]) < LEAST_REACH / 2]  # fmt: skip


def missed_lines(ink: Pixels, known: Sequence[Rect], line: float) -> tuple[Rect, ...]:
    """Frames of whole lines of letters between what is known of a page, which its detection passed over.

    known: the lines that were found, and tables; line: height of a line. Lines that a bent page shows may run together.
    A frame has room for marks, and for a letter such as 一, at both ends, as far as nothing that is known stands there.
    """
    if not known or line <= 0:
        return ()
    whole = reduce(Rect.joined, known)
    top = max(0, round(whole.top))
    part = ink[top : round(whole.bottom)].copy()  # as wide as the page: a line may be longer than all that were found
    for rect in known:
        rows = slice(max(0, round(rect.top) - top), max(0, round(rect.bottom) - top))
        part[rows, max(0, round(rect.left)) : max(0, round(rect.right))] = 0
    stats = things_on(part).stats
    spots = (Rect(x, top + y, x + width, top + y + height) for x, y, width, height, _ in stats[1:].tolist())
    least, most = LETTER[0] * line, LETTER[1] * line
    letters = [spot for spot in spots if least <= spot.height <= most and spot.width <= most]
    lines = _as_lines(_chained(letters, known, line), known, line)
    missed = [reduce(Rect.joined, row) for row in lines if len(row) >= LEAST_LETTERS]
    return tuple(_with_room(row, known, line) for row in missed)


def _with_room(row: Rect, known: Sequence[Rect], line: float) -> Rect:
    level = [rect for rect in known if rect.top < row.centre[1] < rect.bottom]
    left = max([row.left - line, *(rect.right for rect in level if rect.right <= row.left)])
    right = min([row.right + line, *(rect.left for rect in level if rect.left >= row.right)])
    return Rect(max(0.0, left), max(0.0, row.top - ROOM * line), right, row.bottom + ROOM * line)


def _chained(letters: Sequence[Rect], known: Sequence[Rect], line: float) -> list[list[Rect]]:
    """Letters that follow one another on a line, which may be bent, with nothing known between them."""
    chains: list[list[Rect]] = []
    for letter in sorted(letters, key=lambda letter: letter.left):
        near = [chain for chain in chains if _is_next(chain[-1], letter, known, line)]
        home = min(near, key=lambda chain: abs(letter.centre[1] - chain[-1].centre[1]), default=None)
        if home is None:
            chains.append([letter])
        else:
            home.append(letter)
    return chains


def _as_lines(chains: Sequence[list[Rect]], known: Sequence[Rect], line: float) -> list[list[Rect]]:
    """Chains that are one line as one: the upper and the lower part of 学 may begin one each."""
    lines: list[list[Rect]] = []
    for chain in sorted(chains, key=lambda chain: chain[0].left):
        home = next((one for one in lines if _goes_on(one, chain, known, line)), None)
        if home is None:
            lines.append(list(chain))
        else:
            home.extend(chain)
    return lines


def _goes_on(one: Sequence[Rect], chain: Sequence[Rect], known: Sequence[Rect], line: float) -> bool:
    """Whether a chain begins where another ends, level with its last letters; the parts of a letter may be in both."""
    end = max(letter.right for letter in one)
    last = [letter for letter in one if letter.right > end - line]
    first = [letter for letter in chain if letter.left < chain[0].left + line]
    before, behind = reduce(Rect.joined, last), reduce(Rect.joined, first)
    overlap = max(0.0, before.right - behind.left)
    moved = Rect(behind.left + overlap, behind.top, behind.right + overlap, behind.bottom)
    return overlap < line and _is_next(before, moved, known, line)


def _is_next(before: Rect, letter: Rect, known: Sequence[Rect], line: float) -> bool:
    level, height = abs(letter.centre[1] - before.centre[1]) < LEVEL * line, letter.centre[1]
    apart = APART if letter.left < max(one.right for one in known) else CLOSE  # beyond all text lies a desk's edge too
    between = any(before.right <= one.left and one.right <= letter.left and one.top < height < one.bottom
                  for one in known)  # fmt: skip
    return level and letter.left - before.right < apart * line and not between


def _is_rule(spot: Rect, area: Rect) -> bool:
    """An underline to write on, or what is left of a ruling line at the cell's edge.

    As long as a 一 or a 1 it is one of these, unless it clings to the edge.
    """
    if spot.height <= FLAT and spot.width >= LONG:
        return True
    thin = min(spot.width, spot.height) <= EDGE
    nearest = min(
        spot.right - area.left, area.right - spot.left, spot.bottom - area.top, area.bottom - spot.top
    )  # fmt: skip
    letter = LEAST_STROKE <= max(spot.width, spot.height) <= LONG
    return thin and nearest <= (EDGE if letter else 2 * EDGE)


def _underlines(spot: Rect, line: Rect) -> bool:
    """Whether a short flat stroke lies at the foot of a line beside it: a blank to write on, between two words."""
    beside = spot.left - line.right < 2 * line.height and line.left - spot.right < 2 * line.height
    foot = line.top + FOOT * line.height <= spot.centre[1] <= line.bottom + (1 - FOOT) * line.height
    return spot.height <= FLAT and spot.width >= 2 * spot.height and beside and foot


def _is_letter_below(ink: Pixels, spot: Rect, line: Rect) -> bool:
    """Whether a stroke under letters of a line is the next line's, as the 一 of 星期一 in a narrow cell."""
    top, bottom = max(0, round(line.top)), round(spot.top)
    over = np.nonzero((ink[top:bottom, max(0, round(spot.left)) : round(spot.right)] > 0).any(axis=1))[0]
    return len(over) > 0 and bottom - top - int(over[-1]) - 1 >= STANDS_ON * line.height


def _is_level(spot: Rect, line: Rect) -> bool:
    """Whether a stroke stands close before or behind a line at half its height: a 一, and no blank to write on."""
    middle = line.top + MIDDLE[0] * line.height <= spot.centre[1] <= line.top + MIDDLE[1] * line.height
    beside = spot.left - line.right < line.height and line.left - spot.right < line.height
    return middle and beside and not spot.left < line.centre[0] < spot.right


def _clusters(spots: Sequence[Rect]) -> list[Rect]:
    """Spots that stand side by side on a line become one frame."""
    clusters: list[Rect] = []
    for spot in sorted(spots, key=lambda spot: (spot.left, spot.top)):
        home = next((index for index, other in enumerate(clusters) if _beside(other, spot)), None)
        if home is None:
            clusters.append(spot)
        else:
            clusters[home] = clusters[home].joined(spot)
    return clusters


def _beside(one: Rect, other: Rect) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = other.left - one.right
    return shared > 0.3 * min(one.height, other.height) and gap < 2 * max(one.height, other.height)
