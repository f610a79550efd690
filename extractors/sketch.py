"""What was seen on scanned pages, drawn on them: cells, fields and their status by colour, for people and the desk.

Drawn from the file and its reading; nothing is read again but where the page's lines are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from extractors.bitmap import bitmap_of
from extractors.leaves import Leaf, groups_of
from extractors.opening import Opened
from extractors.scan import Pictures, pictures_of_image, pictures_of_pdf, tables_of, upright_picture
from gengang.findings import Finding
from gengang.reading import FieldReading, FileReading, ListReading, Reading
from gengang.sheet import Box

Pixels = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

# Red, green, blue.
COLOURS: dict[str, Colour] = {
    "accepted": (0, 140, 60), "review": (230, 130, 0), "blank": (150, 150, 150), "unread": (210, 30, 30),
    "missing": (210, 30, 30), "present": (0, 90, 200), "absent": (150, 150, 150), "cannot_tell": (120, 60, 160),
}  # fmt: skip
CELL: Colour = (170, 200, 230)
LETTERS = 20
INSET = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing on a page. text: stands over its frame."""

    box: Box
    text: str
    state: str


def sketches(file: Opened, reading: FileReading, face: Path) -> Iterator[tuple[int, bytes]]:
    """Number and PNG of each scanned page that a form of the file stands on; numbers go through the whole file.

    face: a font that has Chinese characters.
    """
    font = ImageFont.truetype(str(face), LETTERS)
    count = 0
    for group in groups_of(file.leaves):
        first, own = group[0], {leaf.member for leaf in group}
        readings = [one for one in reading.submissions if not first.member or own & {*one.members}]
        wanted = sorted({page for one in readings for page in one.pages})
        for number, grey in _pages(group, wanted):
            count += 1
            yield count, _drawn(grey, [seen for one in readings for seen in _seen(one, number)], font)


def _pages(group: Sequence[Leaf], wanted: Sequence[int]) -> Iterator[tuple[int, Pixels]]:
    """The pages of a group that are wanted, upright, with their numbers."""
    before = 0
    for leaf in group:
        if leaf.kind == "pdf":
            yield from ((one.number, upright_picture(one)) for one in pictures_of_pdf(leaf.data, wanted))
        if leaf.kind != "image":
            continue
        pictures: Pictures | Finding = pictures_of_image(leaf.data, before + 1)
        if isinstance(pictures, Pictures):
            yield from ((one.number, upright_picture(one)) for one in pictures.pages(wanted.__contains__))
            before += len(pictures.numbers)


def _seen(reading: Reading, page: int) -> Iterator[Seen]:
    for name, found in reading.fields.items():
        for path, cell in _cells(name, found):
            if cell.place is not None and cell.place.page == page and cell.place.box is not None:
                said = "" if cell.value is None else f"：{cell.value}"
                yield Seen(cell.place.box, f"{path}{said}", cell.status)
    for mark in reading.marks:
        if mark.place is not None and mark.place.page == page and mark.place.box is not None and mark.kind == "seal":
            yield Seen(mark.place.box, f"{mark.kind} {mark.state}", mark.state)


def _cells(name: str, found: FieldReading | ListReading) -> Iterator[tuple[str, FieldReading]]:
    if isinstance(found, FieldReading):
        yield name, found
        return
    for number, row in enumerate(found.rows, 1):
        yield from ((f"{number}.{column}", cell) for column, cell in row.items())


def _drawn(grey: Pixels, seen: Sequence[Seen], font: ImageFont.FreeTypeFont) -> bytes:
    sheet = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    for grid in tables_of(bitmap_of(grey).strokes):
        for area in grid.areas:
            corners = [
                (round(x), round(y)) for x, y in ((area.rect.left, area.rect.top), (area.rect.right, area.rect.bottom))
            ]
            cv2.rectangle(sheet, corners[0], corners[1], CELL, 3)
    picture = Image.fromarray(sheet)
    pen = ImageDraw.Draw(picture)
    lines: dict[Box, int] = {}
    for one in seen:
        left, top, right, bottom = (round(share * side) for share, side in zip(one.box, picture.size * 2, strict=True))
        colour = COLOURS[one.state]
        pen.rectangle((left + INSET, top + INSET, right - INSET, bottom - INSET), outline=colour, width=3)
        down = lines.get(one.box, 0)
        lines[one.box] = down + 1
        pen.text((left + 2 * INSET, top + INSET + down * LETTERS), one.text[:40], font=font, fill=colour)
    _, packed = cv2.imencode(".png", np.asarray(picture)[:, :, ::-1])
    return packed.tobytes()
