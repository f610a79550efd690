"""How surely a value that a pen struck out on paper is kept from being accepted, and is told as struck out.

Usage: python -m benchmarks.scans.struck [--family tune|tune2] [--forms N] [--seed S]
Forms in print and by hand, scanned and photographed in turn; of each, some values are struck out, by a line, two, a
wave, a cross or a zigzag, half of them with the new value beside or above. `struck`: values so treated; `accepted`: of
these, accepted or called blank all the same, which must be none; `told`: of these, with the finding that says so. Each
form is read once more as it was before the pen: `values` accepted or told there, and `for nothing`: told there.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from benchmarks.reading.drawing import SLOT, Element, W, packed
from benchmarks.reading.families import papers_of_family
from benchmarks.reading.filling import Template, templates_of, typed_form
from benchmarks.reading.truth import Draft
from benchmarks.scans.made import FONTS, SECONDS_A_FILE
from benchmarks.scans.pens import INKS, write_by_hand
from benchmarks.scans.rows import TUNE
from extractors.files import read_files
from gengang.findings import STRUCK_OUT
from gengang.form import Form
from gengang.reading import FieldReading, FileReading, ListReading
from gengang.sample.pictures import PDFIUM
from gengang.tools import convert_office

FAMILIES = ("tune", "tune2")
DAMAGE = ("scan", "bilevel", "photo", "chat")
VALUES_A_FORM = 4
WORDS_OF_PROSE = 6
LOW_BITS = 8  # of each colour a run's number stands in its lowest three bits, which nobody sees
AGAIN = ("改", "李明", "8", "2016年11月", "张村镇中心小学")

Box = tuple[float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A value as it was printed. key: of the draft; page: from 0; box: left, bottom, right, top in points."""

    key: str
    page: int
    box: Box


# --- pens ---


def _line(box: Box, chance: random.Random) -> list[list[Point]]:
    """One stroke through the middle, a little askew, from before the first letter to behind the last."""
    left, bottom, right, top = box
    high = top - bottom
    middle = (bottom + top) / 2
    ends = [middle + high * chance.uniform(-0.16, 0.16) for _ in range(2)]
    bow = high * chance.uniform(-0.06, 0.06)
    over = [high * chance.uniform(-0.1, 0.35) for _ in range(2)]
    return [[(left - over[0], ends[0]), ((left + right) / 2, sum(ends) / 2 + bow), (right + over[1], ends[1])]]


def _two_lines(box: Box, chance: random.Random) -> list[list[Point]]:
    left, bottom, right, top = box
    apart = (top - bottom) * chance.uniform(0.1, 0.16)
    up, down = (left, bottom + apart, right, top + apart), (left, bottom - apart, right, top - apart)
    return [*_line(up, chance), *_line(down, chance)]


def _wave(box: Box, chance: random.Random) -> list[list[Point]]:
    """A wavy line; a wave is about as long as a letter is high."""
    [[start, _, end]] = _line(box, chance)
    high = box[3] - box[1]
    count = max(2, round((end[0] - start[0]) / (high * chance.uniform(0.35, 0.6))))
    rise = high * chance.uniform(0.1, 0.22)
    return [[(start[0] + (end[0] - start[0]) * n / count, start[1] + rise * (-1) ** n) for n in range(count + 1)]]


def _cross(box: Box, chance: random.Random) -> list[list[Point]]:
    """Two strokes from corner to corner."""
    left, bottom, right, top = box
    high = top - bottom

    def near(x: float, y: float) -> Point:
        return x + high * chance.uniform(-0.15, 0.15), y + high * chance.uniform(-0.15, 0.15)

    return [[near(left, bottom), near(right, top)], [near(left, top), near(right, bottom)]]


def _zigzag(box: Box, chance: random.Random) -> list[list[Point]]:
    """To and fro between the letters' feet and heads."""
    left, bottom, right, top = box
    high = top - bottom
    count = max(4, round((right - left) / (high * chance.uniform(0.25, 0.5))))
    return [[(left + (right - left) * n / count, (bottom, top)[n % 2] + high * chance.uniform(-0.12, 0.12))
             for n in range(count + 1)]]  # fmt: skip


Pen = Callable[[Box, random.Random], list[list[Point]]]
PENS: Mapping[str, Pen] = {
    "a line": _line,
    "two lines": _two_lines,
    "a wave": _wave,
    "a cross": _cross,
    "a zigzag": _zigzag,
}


def _path_of(points: Sequence[Point], round_: bool) -> str:
    """PDF operators of a stroke, smooth where a hand does not turn back."""
    whole = f"{points[0][0]:.2f} {points[0][1]:.2f} m "
    for (x, y), (to_x, to_y) in pairwise(points):
        if round_:
            third = (to_x - x) / 2
            whole += f"{x + third:.2f} {y:.2f} {to_x - third:.2f} {to_y:.2f} {to_x:.2f} {to_y:.2f} c "
        else:
            whole += f"{to_x:.2f} {to_y:.2f} l "
    return whole + "S "


def _written_again(box: Box, font: Path, chance: random.Random) -> str:
    """The new value in a hand's face, above the old one or behind it, as PDF operators."""
    left, bottom, right, top = box
    size = (top - bottom) * chance.uniform(0.7, 1.0)
    x, y = (left + size * 0.5, top + size * 0.1) if chance.random() < 0.5 else (right + size * 0.5, bottom)
    text = TextPath((x, y), chance.choice(AGAIN), size=size, prop=FontProperties(fname=str(font)))
    whole, at = "", (0.0, 0.0)
    for points, code in text.iter_segments(curves=True):
        nodes = [(float(points[n]), float(points[n + 1])) for n in range(0, len(points), 2)]
        if code == 1:
            whole += f"{nodes[0][0]:.2f} {nodes[0][1]:.2f} m "
        elif code == 2:
            whole += f"{nodes[0][0]:.2f} {nodes[0][1]:.2f} l "
        elif code == 3:
            whole += _cubic(at, *nodes)
        elif code == 4:
            whole += " ".join(f"{px:.2f} {py:.2f}" for px, py in nodes) + " c "
        else:
            whole += "h "
        at = nodes[-1] if code != 79 else at
    return whole + "f "


def _cubic(start: Point, handle: Point, end: Point) -> str:
    """A curve with one handle as one with two."""
    one = [s + 2 / 3 * (h - s) for s, h in zip(start, handle, strict=True)]
    two = [e + 2 / 3 * (h - e) for e, h in zip(end, handle, strict=True)]
    return f"{one[0]:.2f} {one[1]:.2f} {two[0]:.2f} {two[1]:.2f} {end[0]:.2f} {end[1]:.2f} c "


def struck(pdf: bytes, spots: Mapping[Spot, str], chance: random.Random) -> bytes:
    """The PDF with a pen's strokes over each spot. spots: with the kind of stroke."""
    ink = [int(chance.choice(INKS)[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    colour = " ".join(f"{one:.3f}" for one in ink)
    with pikepdf.open(BytesIO(pdf)) as document:
        for spot, kind in spots.items():
            smooth = kind not in ("a cross", "a zigzag")
            strokes = "".join(_path_of(points, smooth) for points in PENS[kind](spot.box, chance))
            again = _written_again(spot.box, chance.choice(TUNE.hands).file, chance) if chance.random() < 0.5 else ""
            told = f"q {colour} RG {colour} rg {chance.uniform(0.8, 1.5):.2f} w 1 J 1 j {strokes}{again}Q"
            document.pages[spot.page].contents_add(pikepdf.Stream(document, told.encode()))
        made = BytesIO()
        document.save(made, deterministic_id=True)
    return made.getvalue()


# --- where values stand ---


def numbered(draft: Draft) -> list[str]:
    """Number the runs of every filled value in their colours; the key of each number."""
    keys: list[str] = []
    for part in draft.drawn.parts.values():
        for run in part.iter(f"{W}r"):
            if run.get(SLOT) is None or not draft.is_filled(run) or draft.slot_of(run).codec == "picture":
                continue
            key = draft.key_of(run)
            if key not in keys:
                keys.append(key)
            _colour(run, keys.index(key) + 1)
    return keys


def _colour(run: Element, number: int) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr", {})
        run.insert(0, properties)
    old = properties.find(f"{W}color")
    value = old.get(f"{W}val", "000000") if old is not None else "000000"
    whole = [int(value[n : n + 2], 16) // LOW_BITS * LOW_BITS for n in (0, 2, 4)]
    digits = (number // LOW_BITS**2 % LOW_BITS, number // LOW_BITS % LOW_BITS, number % LOW_BITS)
    if old is None:
        old = properties.makeelement(f"{W}color", {})
        after = [child for child in properties if child.tag in _BEFORE_COLOUR]
        properties.insert(len(after), old)
    old.set(f"{W}val", "".join(f"{one + digit:02X}" for one, digit in zip(whole, digits, strict=True)))


_BEFORE_COLOUR = {f"{W}{name}" for name in ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "vanish")}


def spots_of(pdf: bytes, keys: Sequence[str]) -> Iterator[Spot]:
    """The first line of each numbered value."""
    seen: set[str] = set()
    with pdfplumber.open(BytesIO(pdf)) as document, PDFIUM, pypdfium2.PdfDocument(pdf) as drawn:
        for number, page in enumerate(document.pages):
            groups: dict[str, list[dict[str, object]]] = {}
            for char in page.chars:
                key = _key_in(char["non_stroking_color"], keys)
                if key is not None and str(char["text"]).strip("□☑ "):
                    groups.setdefault(key, []).append(char)
            for key, chars in groups.items():
                if key not in seen:
                    seen.add(key)
                    yield Spot(key, number, _tight(drawn[number], _box_of(chars, float(page.height))))


def _key_in(colour: object, keys: Sequence[str]) -> str | None:
    values = [round(float(one) * 255) for one in colour] if isinstance(colour, (tuple, list)) else []
    values = values * 3 if len(values) == 1 else values
    if len(values) != 3:
        return None
    number = sum((one % LOW_BITS) * LOW_BITS ** (2 - place) for place, one in enumerate(values))
    return keys[number - 1] if 1 <= number <= len(keys) else None


def _box_of(chars: Sequence[dict[str, object]], height: float) -> Box:
    first = chars[0]
    line = [one for one in chars if abs(float(str(one["top"])) - float(str(first["top"]))) < 3]
    line = line[:WORDS_OF_PROSE] if len(line) > 3 * WORDS_OF_PROSE else line
    left, right = (f(float(str(one[side])) for one in line) for f, side in ((min, "x0"), (max, "x1")))
    return left, height - float(str(first["bottom"])), right, height - float(str(first["top"]))


def _tight(page: pypdfium2.PdfPage, box: Box) -> Box:
    """The frame of the ink of the letters in a frame, which reaches above and below them."""
    text = page.get_textpage()
    frames = [text.get_charbox(index) for index in range(text.count_chars())]
    inside = [one for one in frames if one[3] > one[1] and box[0] <= (one[0] + one[2]) / 2 <= box[2]
              and box[1] <= (one[1] + one[3]) / 2 <= box[3]]  # fmt: skip
    if not inside:
        return box
    return (min(one[0] for one in inside), min(one[1] for one in inside),
            max(one[2] for one in inside), max(one[3] for one in inside))  # fmt: skip


# --- the table ---


@dataclass(frozen=True, slots=True)
class Sent:
    """A printed form. number: in the table; spots: of its values; seed: of what happens to it."""

    number: int
    pdf: bytes
    spots: tuple[Spot, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a value. kind: of its stroke, empty where there is none; silent: accepted or called blank."""

    kind: str
    silent: bool
    told: bool
    where: str


def read_twice(sent: Sent, forms: Sequence[Form], folder: Path) -> list[Told]:
    """The form with some values struck out, and the same without."""
    chance = random.Random(sent.seed)
    some = chance.sample(sent.spots, min(VALUES_A_FORM, len(sent.spots)))
    kinds = {spot: chance.choice(list(PENS)) for spot in some}
    crossed = _read(struck(sent.pdf, kinds, chance), sent, forms, folder)
    told = [_told(crossed, spot.key, kind, f"{sent.number} {spot.key}") for spot, kind in kinds.items()]
    for path, found, said in _fields(_read(sent.pdf, sent, forms, folder)):
        if found.status == "accepted" or said:
            told.append(Told("", found.status == "accepted", said, f"{sent.number} {path}"))
    return told


def _read(pdf: bytes, sent: Sent, forms: Sequence[Form], folder: Path) -> FileReading:
    damaged = getattr(TUNE, DAMAGE[sent.number % len(DAMAGE)])(pdf, random.Random(sent.seed))
    path = folder / f"{sent.number:05d}{damaged.ending}"
    path.write_bytes(damaged.data)
    [file] = read_files([str(path)], forms)
    return file


def _told(file: FileReading, key: str, kind: str, where: str) -> Told:
    path = key if "#" not in key else _path_in_list(key)
    found = [(one, said) for name, one, said in _fields(file) if name == path]
    silent = any(one.status in ("accepted", "blank") for one, _ in found)
    return Told(kind, silent, any(said for _, said in found), where)


def _path_in_list(key: str) -> str:
    """`list#0.column`, entries from 0, as a reading has it: `list[1].column`."""
    loop, _, rest = key.partition("#")
    entry, _, column = rest.partition(".")
    return f"{loop}[{int(entry) + 1}].{column}"


def _fields(file: FileReading) -> Iterator[tuple[str, FieldReading, bool]]:
    """Path and reading of every field, and whether it is told as struck out."""
    for reading in file.submissions:
        said = {one.field for one in reading.findings if one.code == STRUCK_OUT}
        for name, found in reading.fields.items():
            rows = found.rows if isinstance(found, ListReading) else ()
            if isinstance(found, FieldReading):
                yield name, found, name in said
            for number, row in enumerate(rows, 1):
                for column, cell in row.items():
                    path = f"{name}[{number}].{column}"
                    yield path, cell, path in said


def printed(templates: Sequence[Template], forms: int, chance: random.Random, folder: Path) -> Iterator[Sent]:
    """Forms in turn in print and by hand, each kind of damage to both."""
    paths, keys = [], []
    for number in range(forms):
        draft = typed_form(chance.choice(templates), chance)
        if number // len(DAMAGE) % 2:
            write_by_hand(draft, chance.choice(TUNE.hands), chance)
        keys.append(numbered(draft))
        paths.append(folder / f"{number:05d}.docx")
        paths[-1].write_bytes(packed(draft.drawn))
    results = convert_office(paths, "pdf", folder / "pdf", 60 + SECONDS_A_FILE * len(paths), FONTS)
    for number, result in enumerate(results):
        if result.result is not None:
            pdf = result.result.read_bytes()
            yield Sent(number, pdf, tuple(spots_of(pdf, keys[number])), chance.randrange(1 << 30))


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.scans.struck", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--family", choices=FAMILIES, default="tune2")
    arguments.add_argument("--forms", type=int, default=40)
    arguments.add_argument("--seed", type=int, default=11)
    given = arguments.parse_args()
    templates = templates_of(papers_of_family(given.family, given.seed))
    forms = tuple(template.form for template in templates)
    os.environ["OMP_NUM_THREADS"] = "1"
    told: list[Told] = []
    with tempfile.TemporaryDirectory() as name, ProcessPoolExecutor(None, get_context("spawn")) as pool:
        sent = printed(templates, given.forms, random.Random(given.seed), Path(name))
        for found in pool.map(partial(read_twice, forms=forms, folder=Path(name)), sent):
            told += found
    print(f"family {given.family}, seed {given.seed}, {given.forms} forms")
    print_table(told)


def print_table(told: Sequence[Told]) -> None:
    """A line for each kind of stroke, and one of the forms without any."""
    print(f"{'':12}{'struck':>8}{'accepted':>10}{'told':>7}")
    for kind in (*PENS, "all"):
        own = [one for one in told if one.kind == kind or (kind == "all" and one.kind)]
        print(f"{kind:12}{len(own):>8}{sum(one.silent for one in own):>10}{sum(one.told for one in own):>7}")
    clean = [one for one in told if not one.kind]
    nothing = sum(one.told for one in clean)
    print(f"clean forms: {len(clean)} values, {nothing} for nothing, {nothing / max(1, len(clean)):.2%}")
    missed = [one.where for one in told if one.kind and one.silent]
    wrongly = [one.where for one in clean if one.told]
    print(f"silent: {', '.join(missed)}\nfor nothing: {', '.join(wrongly)}")


if __name__ == "__main__":
    main()
