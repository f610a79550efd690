"""What is drawn on a page of a PDF besides letters: ruling lines, pictures, ink that is neither."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page as PlumberPage

from extractors.layout import Rect, Stroke, moved
from extractors.letters import Char, baseline_of

# Points.
THINNEST_RECT = 2.0
DOT_GAP, LEAST_DOTS = 5.0, 6

# A line through letters lies between these heights over the line they stand on, as shares of their size.
STRUCK = (0.12, 0.55)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page shows besides letters. strokes: ruling lines; pictures: frames; ink: frames of what is neither."""

    strokes: tuple[Stroke, ...]
    pictures: tuple[Rect, ...]
    ink: tuple[Rect, ...]


def drawn_on(page: PlumberPage) -> Drawn:
    """The page's lines, pictures and other ink, in points from its top left."""
    pictures = tuple(rect_of(image) for image in page.images)
    return Drawn(tuple(_strokes(page)), pictures, tuple(_ink(page)))


def rect_of(thing: Mapping[str, Any]) -> Rect:
    """The frame of an object of the page."""
    return Rect(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def drawn_between(drawn: Drawn, left: float, right: float) -> Drawn:
    """What stands on the part of a page between two places across it, as if that were the page."""
    strokes = tuple(_beside(stroke, left) for stroke in drawn.strokes if left <= _middle(stroke) < right)
    pictures, ink = (tuple(moved(rect, -left) for rect in rects if left <= rect.centre[0] < right)
                     for rects in (drawn.pictures, drawn.ink))  # fmt: skip
    return Drawn(strokes, pictures, ink)


def _middle(stroke: Stroke) -> float:
    return (stroke.start + stroke.end) / 2 if stroke.lying else stroke.at


def _beside(stroke: Stroke, left: float) -> Stroke:
    if stroke.lying:
        return replace(stroke, start=stroke.start - left, end=stroke.end - left)
    return replace(stroke, at=stroke.at - left)


def _ink(page: PlumberPage) -> Iterator[Rect]:
    """A signature written on a tablet, a word struck out by hand."""
    for thing in (*page.curves, *page.lines):
        frame = rect_of(thing)
        if min(frame.width, frame.height) > THINNEST_RECT:
            yield frame


# --- ruling lines ---


def _strokes(page: PlumberPage) -> Iterator[Stroke]:
    dots: list[Rect] = []
    for thing in (*page.lines, *page.rects):
        frame = rect_of(thing)
        if max(frame.width, frame.height) <= THINNEST_RECT:
            dots.append(frame)
        elif min(frame.width, frame.height) <= THINNEST_RECT:
            yield _stroke_of(frame)
        elif thing["object_type"] == "rect" and thing["stroke"]:
            yield from _sides(frame)
    yield from _dotted(dots)


def _stroke_of(rect: Rect) -> Stroke:
    if rect.height <= THINNEST_RECT:
        return Stroke(True, rect.centre[1], rect.left, rect.right)
    return Stroke(False, rect.centre[0], rect.top, rect.bottom)


def _sides(frame: Rect) -> Iterator[Stroke]:
    for at in (frame.top, frame.bottom):
        yield Stroke(True, at, frame.left, frame.right)
    for at in (frame.left, frame.right):
        yield Stroke(False, at, frame.top, frame.bottom)


def _dotted(dots: Sequence[Rect]) -> Iterator[Stroke]:
    """Lines that are drawn as rows of dots."""
    for lying in (True, False):
        rows: dict[int, list[float]] = defaultdict(list)
        for dot in dots:
            along, across = dot.centre if lying else dot.centre[::-1]
            rows[round(across)].append(along)
        for across, places in rows.items():
            for run in _runs(sorted(places)):
                if len(run) >= LEAST_DOTS:
                    yield Stroke(lying, float(across), run[0], run[-1])


def _runs(places: Sequence[float]) -> Iterator[list[float]]:
    run = list(places[:1])
    for before, place in pairwise(places):
        if place - before > DOT_GAP:
            yield run
            run = []
        run.append(place)
    yield run


# --- lines through letters ---


def is_struck(char: Char, strokes: Sequence[Stroke]) -> bool:
    """Whether a lying line runs through the letter: somebody crossed it out."""
    base = baseline_of(char)
    low, high = base - STRUCK[0] * char["size"], base - STRUCK[1] * char["size"]
    middle = (char["x0"] + char["x1"]) / 2
    return any(stroke.lying and high < stroke.at < low and stroke.start < middle < stroke.end for stroke in strokes)
