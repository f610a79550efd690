"""A typed form made one that was written by hand: values in a hand's face, ticks drawn into printed boxes.

Marked runs say what is a value (benchmarks.reading.drawing); what is printed on every copy stays print.
"""

import io
import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2
from lxml import etree

from benchmarks.reading.drawing import SLOT, Element, W
from benchmarks.reading.truth import Draft
from gengang.sample.pictures import PDFIUM

INKS = ("1B2A5C", "1A1A1A", "22306E", "0A0A0A")
BOXES = frozenset("□☑☒■")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Hand:
    """A way of writing. family: of the face; file: its font; larger: than print; apart: twips between letters."""

    family: str
    file: Path
    larger: float = 1.15
    apart: tuple[int, int] = (0, 14)


@lru_cache(maxsize=8)
def _covered(file: Path) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(file)).get_charmap())


def write_by_hand(draft: Draft, hand: Hand, chance: random.Random) -> None:
    """Every value of the draft in the hand's face, letters a little off the line; what the face lacks stays print."""
    ink = chance.choice(INKS)
    for mark in _marks(draft):
        if draft.is_filled(mark) and draft.slot_of(mark).codec not in ("tick", "picture"):
            _write(mark, hand, ink, chance)


def _marks(draft: Draft) -> list[Element]:
    return [mark for part in draft.drawn.parts.values() for mark in part.iter(f"{W}r") if mark.get(SLOT) is not None]


def _write(run: Element, hand: Hand, ink: str, chance: random.Random) -> None:
    covered = _covered(hand.file)
    for child in list(run):
        if child.tag == f"{W}rPr":
            continue
        if child.tag != f"{W}t":
            run.addprevious(_like(run, child))
            continue
        for written, piece in _pieces(child.text or "", covered, chance):
            text = etree.Element(f"{W}t")
            text.text = piece
            text.set(XML_SPACE, "preserve")
            made = _like(run, text)
            _set(made, hand if written else None, ink, chance)
            run.addprevious(made)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _pieces(text: str, covered: frozenset[int], chance: random.Random) -> Iterator[tuple[bool, str]]:
    """One to three letters at a time, with whether the face has them."""
    for written, group in groupby(text, key=lambda char: ord(char) in covered or char.isspace()):
        rest = "".join(group)
        while rest:
            length = chance.randint(1, 3)
            yield written, rest[:length]
            rest = rest[length:]


def _like(run: Element, child: Element) -> Element:
    made = etree.Element(f"{W}r")
    made.set(SLOT, str(run.get(SLOT)))
    properties = run.find(f"{W}rPr")
    made.extend([] if properties is None else [deepcopy(properties)])
    made.append(child)
    return made


def _set(run: Element, hand: Hand | None, ink: str, chance: random.Random) -> None:
    """The run's look. The schema fixes the order of its properties: fonts, colour, spacing, position, size."""
    old = run.find(f"{W}rPr")
    size = old.find(f"{W}sz") if old is not None else None
    half_points = int(size.get(f"{W}val", "21")) if size is not None else 21
    fonts = deepcopy(old.find(f"{W}rFonts")) if old is not None else None
    if old is not None:
        run.remove(old)
    properties = etree.Element(f"{W}rPr")
    run.insert(0, properties)
    if hand is not None:
        fonts = etree.Element(f"{W}rFonts")
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(f"{W}{name}", hand.family)
    if fonts is not None:
        properties.append(fonts)
    larger = hand.larger * chance.uniform(0.96, 1.06) if hand is not None else 1.0
    for name, value in (("color", ink), ("spacing", chance.randint(*hand.apart) if hand else 0),
                        ("position", chance.choice((-1, 0, 0, 1)) if hand else 0),
                        ("sz", round(half_points * larger))):  # fmt: skip
        etree.SubElement(properties, f"{W}{name}").set(f"{W}val", str(value))


# --- ticks ---


def untick(draft: Draft) -> tuple[bool, ...]:
    """The draft's tick fields as they were printed, with all boxes empty. For each box of it whether it was chosen."""
    chosen: list[bool] = []
    for part in draft.drawn.parts.values():
        for run in list(part.iter(f"{W}r")):
            slot = draft.slot_of(run) if run.get(SLOT) is not None else None
            if slot is not None and slot.codec == "tick":
                stated = draft.stated[draft.key_of(run)].value
                [text] = run.findall(f"{W}t")
                text.text = " ".join(f"□{option}" for option in slot.options)
                chosen += [option == stated for option in slot.options]
            else:
                chosen += [False] * sum(char in BOXES for text in run.iter(f"{W}t") for char in text.text or "")
    return tuple(chosen)


def drawn_ticks(pdf: bytes, chosen: tuple[bool, ...], chance: random.Random) -> bytes | None:
    """The PDF with a pen's tick in each chosen box; None where it shows other boxes than were printed."""
    places = _boxes(pdf)
    if len(places) != len(chosen):
        return None
    ink = chance.choice(("0.1 0.16 0.38", "0.08 0.08 0.08"))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for (page, box), ticked in zip(places, chosen, strict=True):
            if ticked:
                stroke = f"q {ink} RG {chance.uniform(0.9, 1.6):.2f} w 1 J 1 j {_tick(box, chance)} S Q"
                document.pages[page].contents_add(pikepdf.Stream(document, stroke.encode()))
        made = io.BytesIO()
        document.save(made, deterministic_id=True)
    return made.getvalue()


Box = tuple[float, float, float, float]


def _boxes(pdf: bytes) -> list[tuple[int, Box]]:
    """Every box that is printed, page from 0, in the order of the text."""
    found = []
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if text.get_text_range(index, 1) in BOXES:
                    found.append((number, text.get_charbox(index)))
    return found


def _tick(box: Box, chance: random.Random) -> str:
    """A tick in two strokes, its elbow in the lower part of the box, its end within it or beyond its upper corner."""
    left, bottom, right, top = box
    wide, high = right - left, top - bottom

    def at(x: float, y: float) -> str:
        return (f"{left + wide * (x + chance.uniform(-0.06, 0.06)):.2f} "
                f"{bottom + high * (y + chance.uniform(-0.06, 0.06)):.2f}")  # fmt: skip

    reach = chance.uniform(0.0, 0.45)
    way = chance.random()
    if way < 0.75:
        end = at(0.9 + reach, 0.9 + 0.8 * reach)
        down = f"{at(0.18, 0.55)} m {at(0.3, 0.35)} {at(0.36, 0.25)} {at(0.42, 0.2)} c"
        return f"{down} {at(0.6, 0.5)} {at(0.7, 0.7)} {end} c"
    if way < 0.9:
        return f"{at(0.15, 0.15)} m {at(0.85, 0.85)} l {at(0.15, 0.85)} m {at(0.85, 0.15)} l"
    return f"{at(0.2, 0.5)} m {at(0.45, 0.2)} l {at(0.85, 0.85)} l"
