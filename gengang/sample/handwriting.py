"""Printed forms filled or signed by hand: which tags of a template are set in a hand face, and what the face lacks.

A template is prepared once (`hand_template`), filled by its writer, and finished (`written_by_hand`): what is printed
on every form, as 年 月 日 of a date, and what the face cannot write go back to print. How a run looked in print is kept
in its properties for complex scripts, which no Chinese text uses. One module of over 300 lines, since what prepares a
run and what finishes it must agree on those properties.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from itertools import groupby
from random import Random
from typing import Literal

from lxml import etree

from gengang.sample.pictures import EPOCH
from gengang.tags import TAG, ValueTag, tag_of
from gengang.workspace import BUILT_IN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HAND_FONTS = BUILT_IN / "fonts" / "handwriting"
FACES: Mapping[str, str] = {"Long Cang": "LongCang-Regular.ttf", "Ma Shan Zheng": "MaShanZheng-Regular.ttf"}
BLUE_BLACK = "1B2A5C"
LARGER: Mapping[str, float] = {"Long Cang": 1.16, "Ma Shan Zheng": 1.08}
# People sign larger than they write; a name of more characters has no room for it.
SIGNED, SIGNED_LARGER, LONGEST_LARGE = ("signature", "witness", "assessor", "confirmed_by"), 1.35, 4

_PRINTED_CODECS = ("tick", "picture")  # their boxes and words are printed, and no hand face has ☑
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_BLANK = re.compile(r"[\s_＿□年月日至、，。—~-]*")
_DAYS = re.compile(r"(?:至?\d{2,4}年\d{1,2}月(?:\d{1,2}日)?)+")
_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "w", "kern", "position", "sz", "szCs")
_REPLACED = ("rFonts", "b", "bCs", "color", "position", "sz", "szCs")


@lru_cache(maxsize=2)
def _covered(family: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(HAND_FONTS / FACES[family])).get_charmap())


def lacks(family: str, text: str) -> tuple[str, ...]:
    """The characters of a text that a hand face has not, each once, in order. Raises KeyError for another family."""
    covered = _covered(family)
    return tuple(dict.fromkeys(char for char in text if not char.isspace() and ord(char) not in covered))


# --- the template ---


def hand_template(template: bytes, family: str, fields: Callable[[str], bool], ink: str = BLUE_BLACK) -> bytes:
    """The tagged .docx in which the chosen fields are set in runs of their own in a hand face, larger than print.

    family: a key of FACES; fields: asked by a field's name, `row.name` of a list by `name`; ink: RRGGBB.
    Ticks and pictures stay as they are. Printed words beside a tag keep their face.
    """

    def larger(tag: str) -> float:
        value = tag_of(tag)
        if not isinstance(value, ValueTag) or value.type.codec in _PRINTED_CODECS or not fields(value.name):
            return 0
        return LARGER[family] * (SIGNED_LARGER if value.name.endswith(SIGNED) else 1)

    def set_tags(root: etree._Element) -> None:
        for paragraph in root.iter(f"{W}p"):
            texts = [text for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}p")) is paragraph]
            _join_split_tags(texts)
            for run in dict.fromkeys(next(text.iterancestors(f"{W}r")) for text in texts):
                _split_run(run, larger, family, ink)

    return _with_parts_changed(template, set_tags)


def _join_split_tags(texts: list[etree._Element]) -> None:
    """A tag that an editor spread over several runs is moved into its first."""
    whole = "".join(text.text or "" for text in texts)
    for tag in reversed(list(TAG.finditer(whole))):
        start = 0
        first = None
        for text in texts:
            own = text.text or ""
            head, tail = max(tag.start() - start, 0), tag.end() - start
            start += len(own)
            if tail <= 0 or head >= len(own):
                continue
            kept = own[:head] + (tag[0] if first is None else "") + own[max(tail, 0) :]
            first = first if first is not None else text
            _say(text, kept)


def _split_run(run: etree._Element, larger: Callable[[str], float], family: str, ink: str) -> None:
    """The run as several: what is printed, and each chosen tag in its hand. larger: than print, 0 for what is not."""
    pieces: list[tuple[float, etree._Element]] = []
    for child in run:
        if child.tag == f"{W}t":
            pieces += [(larger(text), _text(text)) for text in _with_tags_apart(child.text or "")]
        elif child.tag != f"{W}rPr":
            pieces.append((0, child))
    if not any(size for size, _ in pieces):
        return
    for size, group in groupby(pieces, key=lambda piece: piece[0]):
        part = _like(run)
        part.extend([child for _, child in group])
        if size:
            _set_hand(part, family, ink, size)
        run.addprevious(part)
    _take_out(run)


def _with_tags_apart(text: str) -> Iterator[str]:
    at = 0
    for tag in TAG.finditer(text):
        if tag.start() > at:
            yield text[at : tag.start()]
        yield tag[0]
        at = tag.end()
    if at < len(text):
        yield text[at:]


def _set_hand(run: etree._Element, family: str, ink: str, larger: float) -> None:
    properties = _properties(run)
    was = properties.find(f"{W}rFonts")
    face = "" if was is None else was.get(f"{W}eastAsia") or was.get(f"{W}ascii") or ""
    size = properties.find(f"{W}sz")
    half_points = None if size is None else int(size.get(f"{W}val", "21"))
    for name in _REPLACED:
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
    fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia"), family) | ({"cs": face} if face else {})
    _add(properties, "rFonts", hint="eastAsia", **fonts)
    _add(properties, "color", val=ink)
    if half_points is not None:
        _add(properties, "sz", val=str(round(half_points * larger)))
        _add(properties, "szCs", val=str(half_points))
    _put_in_order(properties)


# --- the filled form ---


def written_by_hand(document: bytes, seed: int = 0) -> bytes:
    """A filled hand template as a pen leaves it; equal seeds give equal bytes.

    Nobody writes what is printed on the form: an empty place, 年 月 日 around the numbers of a date. Characters that
    the face lacks are printed in the ink's colour. Letters do not stand quite on one line.
    """
    random = Random(f"{seed}/pen")

    def write(root: etree._Element) -> None:
        for run in list(root.iter(f"{W}r")):
            family = _hand_of(run)
            if family:
                _write_run(run, family, random)

    return _with_parts_changed(document, write)


def _hand_of(run: etree._Element) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    family = "" if fonts is None else str(fonts.get(f"{W}eastAsia", ""))
    return family if family in FACES else ""


def _write_run(run: etree._Element, family: str, random: Random) -> None:
    for child in list(run):
        if child.tag == f"{W}rPr":
            continue
        if child.tag != f"{W}t":
            run.addprevious(_with([child], run))
            continue
        whole = child.text or ""
        for how, text in _strokes(whole, family, random):
            part = _with([_text(text)], run)
            if len(whole) > LONGEST_LARGE:
                _set_usual_size(part, family)
            if how == "hand":
                _put_off_line(part, random.choice((-1, 0, 0, 1)), _apart(text, random))
            else:
                _set_print(part, inked=how == "lacking")
            run.addprevious(part)
    _take_out(run)


_How = Literal["hand", "lacking", "printed"]


def _strokes(text: str, family: str, random: Random) -> Iterator[tuple[_How, str]]:
    """The text in pieces with how each comes onto the paper; by hand, a few characters stand on one line."""
    if _BLANK.fullmatch(text):
        if text:
            yield "printed", text
        return
    how: dict[str, _How] = dict.fromkeys(lacks(family, text), "lacking")
    how |= dict.fromkeys("年月日至" if _DAYS.fullmatch(text) else "", "printed")
    for way, group in groupby(text, key=lambda char: how.get(char, "hand")):
        piece = "".join(group)
        while piece:
            length = random.randint(1, 4) if way == "hand" else len(piece)
            yield way, piece[:length]
            piece = piece[length:]


def _apart(text: str, random: Random) -> int:
    """Twips more between letters; the faces' numerals stand closer than anybody writes them."""
    return random.choice((16, 22, 30) if text.isascii() else (-6, 0, 4, 10))


def _set_print(run: etree._Element, inked: bool) -> None:
    """Back to the face and size that the run had in print; inked: the colour of the pen stays."""
    properties = _properties(run)
    size, was = properties.find(f"{W}sz"), properties.find(f"{W}szCs")
    face = next((fonts.get(f"{W}cs", "") for fonts in properties.iter(f"{W}rFonts")), "")
    for old in [*properties.iter(f"{W}rFonts", *([] if inked else [f"{W}color"]))]:
        properties.remove(old)
    if face:
        _add(properties, "rFonts", ascii=face, hAnsi=face, eastAsia=face, hint="eastAsia")
    if size is not None and was is not None:
        size.set(f"{W}val", was.get(f"{W}val", ""))
    _put_in_order(properties)


def _set_usual_size(run: etree._Element, family: str) -> None:
    properties = _properties(run)
    size, was = properties.find(f"{W}sz"), properties.find(f"{W}szCs")
    if size is not None and was is not None:
        size.set(f"{W}val", str(round(int(was.get(f"{W}val", "21")) * LARGER[family])))


def _put_off_line(run: etree._Element, half_points: int, twips: int) -> None:
    properties = _properties(run)
    _add(properties, "spacing", val=str(twips))
    _add(properties, "position", val=str(half_points))
    _put_in_order(properties)


# --- XML ---


def _with_parts_changed(document: bytes, change: Callable[[etree._Element], None]) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if _PARTS.fullmatch(name):
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _text(text: str) -> etree._Element:
    element = etree.Element(f"{W}t")
    _say(element, text)
    return element


def _say(element: etree._Element, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _like(run: etree._Element) -> etree._Element:
    """An empty run with the same properties."""
    made = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    made.extend([] if properties is None else [deepcopy(properties)])
    return made


def _with(children: list[etree._Element], run: etree._Element) -> etree._Element:
    made = _like(run)
    made.extend(children)
    return made


def _properties(run: etree._Element) -> etree._Element:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    return properties


def _add(properties: etree._Element, name: str, **values: str) -> None:
    element = etree.SubElement(properties, f"{W}{name}")
    for key, value in values.items():
        element.set(f"{W}{key}", value)


def _put_in_order(properties: etree._Element) -> None:
    """The schema fixes the order of run properties; those not named here come last of them."""

    def rank(child: etree._Element) -> int:
        name = etree.QName(child).localname
        return _ORDER.index(name) if name in _ORDER else len(_ORDER)

    properties[:] = sorted(properties, key=rank)
