"""What Word leaves about a value: tracked changes, comments, split runs, stray characters, headers (group D)."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from lxml import etree

from gengang.codecs import HAN
from gengang.labels import labels_of
from gengang.sample.habits_document import Document, Spot
from gengang.sample.habits_runs import PROPERTIES, Element, made, paragraph_like, run_like, run_text, split_run
from gengang.sample.habits_typing import STYLES, HabitRow, everywhere, in_place, once, way, wrapped
from gengang.wordxml import W

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WHEN = "2016-09-04T10:20:00Z"
_AUTHORS = ("教务处", "Administrator", "微软用户", "lenovo")
_COMMENTS = ("请核对", "这里对吗？", "已与本人核实", "按身份证填写")
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}])(?=[{HAN}])")
_IDENTITY = ("name", "trainee", "mentor", "id_number")

# --- review ---


def _tracked(document: Document, *content: Element, kind: str = "ins") -> Element:
    number = str(900 + sum(1 for _ in document.root.iter(f"{W}ins", f"{W}del")))
    return made(kind, *content, id=number, author="教务处", date=_WHEN)


def _struck(runs: Sequence[Element]) -> Sequence[Element]:
    for run in runs:
        for node in run.iter(f"{W}t"):
            node.tag = f"{W}delText"
    return runs


def _tracked_insertion(document: Document, spot: Spot, _rng: Random) -> bool:
    change = _tracked(document)
    wrapped(spot.runs(), change, change)
    document.expect.append("tracked_changes")
    return True


def _tracked_correction(document: Document, spot: Spot, rng: Random) -> bool:
    """The first wording is struck out, the right one stands behind it."""
    runs = spot.runs()
    wrong = "待定" if "\n" in spot.text or rng.random() < 0.5 else spot.text[::-1]
    old = _struck([run_like(runs[0], wrong)])
    change = _tracked(document)
    wrapped(runs, change, change)
    change.addprevious(_tracked(document, *old, kind="del"))
    document.expect.append("tracked_changes")
    return True


def _tracked_deletion(document: Document, spot: Spot, _rng: Random) -> bool:
    """Somebody took the value out again, and nobody accepted the change."""
    if spot.slot.name in _IDENTITY or document.twins(spot):
        return False
    change = _tracked(document, kind="del")
    wrapped(spot.runs(), change, change)
    _struck(list(change))
    document.values[spot.key] = None
    document.expect.append("tracked_changes")
    return True


def _comment(document: Document, spot: Spot, rng: Random) -> bool:
    note = made("comment", made("p", run_like(None, rng.choice(_COMMENTS))), id="0", author=rng.choice(_AUTHORS),
                date=_WHEN, initials="j")  # fmt: skip
    xml = etree.tostring(made("comments", note), xml_declaration=True, encoding="UTF-8", standalone=True)
    if document.add_part("comments", xml) is None:
        return False
    runs = spot.runs()
    runs[0].addprevious(made("commentRangeStart", id="0"))
    runs[-1].addnext(made("r", made("commentReference", id="0")))
    runs[-1].addnext(made("commentRangeEnd", id="0"))
    return True


def _hidden(document: Document, spot: Spot, rng: Random) -> bool:
    """Words that do not show stand behind the value."""
    run = spot.runs()[-1]
    hidden = run_like(run, rng.choice(("（旧）", "见上年档案", "待核")))
    properties = hidden.find(PROPERTIES)
    if properties is None:
        properties = made("rPr")
        hidden.insert(0, properties)
    _in_order(properties, made("vanish"))
    run.addnext(hidden)
    document.expect.append("hidden_text")
    return True


_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "vanish", "color", "spacing", "w", "kern", "position",
          "sz", "szCs", "highlight", "u")  # fmt: skip


def _in_order(properties: Element, new: Element) -> None:
    """Run properties stand in an order that Word insists on."""
    place = _ORDER.index(new.tag.removeprefix(W))
    behind = {f"{W}{name}" for name in _ORDER[:place]}
    for old in properties.findall(new.tag):
        properties.remove(old)
    at = max((number for number, child in enumerate(properties, 1) if child.tag in behind), default=0)
    properties.insert(at, new)


# --- runs ---


def _halves(spot: Spot, rng: Random) -> Iterator[Element]:
    """The runs of a value that was typed in pieces."""
    for run in spot.runs():
        yield run
        for _ in range(2):
            length = len(run_text(run))
            if length > 1:
                run = split_run(run, rng.randrange(1, length))
                yield run


def _runs_split(_document: Document, spot: Spot, rng: Random) -> bool:
    """Each time that Word saves, what was typed since is a run of its own; its speller marks words on top of that."""
    if len(spot.text) < 2:
        return False
    for number, run in enumerate(list(_halves(spot, rng))):
        run.set(f"{W}rsidR", f"00{rng.randrange(0x100000, 0xFFFFFF):06X}")
        if number:
            run.addprevious(made("proofErr", type="spellStart" if number % 2 else "spellEnd"))
    return True


def _look_changed(_document: Document, spot: Spot, rng: Random) -> bool:
    """A part of the value in another colour, weight or size."""
    if len(spot.text) < 2:
        return False
    for run in list(_halves(spot, rng))[1:2]:
        properties = run.find(PROPERTIES)
        if properties is None:
            properties = made("rPr")
            run.insert(0, properties)
        looks = (made("b"), made("color", val="FF0000"), made("sz", val="28"), made("u", val="single"),
                 made("highlight", val="yellow"))  # fmt: skip
        _in_order(properties, rng.choice(looks))
    return True


# --- characters and lines ---


def _zero_width(spot: Spot, style: int) -> str | None:
    place = 1 + style % max(len(spot.text) - 1, 1)
    return spot.text[:place] + way(("\u200b", "\ufeff", "\u200b\u200b"), style) + spot.text[place:]


def _blanks_around(spot: Spot, style: int) -> str | None:
    return way((f"{spot.text}  ", f"　{spot.text}", f" {spot.text} ", f"{spot.text}\u00a0"), style)


def _broken(spot: Spot, style: int) -> str | None:
    """A line break in the middle, for the cell is narrow."""
    places = [match.start() for match in _BETWEEN_HAN.finditer(spot.text)]
    if not places or "\n" in spot.text:
        return None
    place = places[style % len(places)]
    return f"{spot.text[:place]}\n{spot.text[place:]}"


def _apostrophe(spot: Spot, style: int) -> str | None:
    return way(("'", "’", "‘"), style) + spot.text


def _two_paragraphs(document: Document, spot: Spot, rng: Random) -> bool:
    _, cell = document.cell_of(spot)
    parts = (_broken(spot, rng.randrange(STYLES)) or "").split("\n")
    if cell.lone is not spot or len(parts) != 2 or cell.element is spot.line.paragraph:
        return False
    spot.write(parts[0])
    spot.line.paragraph.addnext(paragraph_like(spot.line.paragraph, parts[1]))
    return True


# --- elsewhere ---


def _date_in_header(document: Document, spot: Spot, _rng: Random) -> bool:
    """The day is typed at the top of the page, and its place in the form stays as printed."""
    sections = document.root[0].findall(f"{W}sectPr")
    if spot.row or not sections or sections[-1].find(f"{W}headerReference") is not None:
        return False
    header = made("hdr", paragraph_like(spot.line.paragraph, f"填表日期：{spot.text}"))
    xml = etree.tostring(header, xml_declaration=True, encoding="UTF-8", standalone=True)
    number = document.add_part("header", xml)
    if number is None:
        return False
    reference = made("headerReference", type="default")
    reference.set(f"{_R}id", number)
    sections[-1].insert(0, reference)
    spot.write("    年  月  日")
    return True


def _prompt_left(document: Document, rng: Random) -> bool:
    """What the template says to help people is still there; nobody filled the field."""
    every = [spot for row in document.rows for spot in row.spots if spot.slot.type.codec in ("text", "prose")]
    able = [spot for spot in every if not spot.taken and spot.slot.name not in _IDENTITY and not document.twins(spot)]
    if not able:
        return False
    spot = rng.choice(able)
    label = labels_of(document.form).get(f"{spot.slot.loop}.{spot.slot.name}".lstrip("."), "内容")
    spot.write(rng.choice((f"此处填写{label}", "（请填写）", "例：张三", "XXX", f"点击此处输入{label}")))
    document.values[spot.key] = None
    return True


MARKS: tuple[HabitRow, ...] = (
    ("D08", "tracked_insertion", "harmless", in_place(_tracked_insertion)),
    ("D08", "tracked_correction", "harmless", in_place(_tracked_correction)),
    ("D08", "tracked_deletion", "typed", in_place(_tracked_deletion, "text", "prose", "count")),
    ("D08", "comment", "harmless", in_place(_comment)),
    ("D08", "hidden_text", "harmless", in_place(_hidden)),
    ("D10", "date_in_header", "harmless", in_place(_date_in_header, "date")),
    ("D11", "prompt_left", "typed", _prompt_left),
    ("D15", "zero_width", "harmless", everywhere(_zero_width, "id_number", "phone", "date", "month", "text")),
    ("D15", "blanks_around", "harmless", everywhere(_blanks_around, "text", "phone", "id_number", "date", "count")),
    ("D15", "broken_in_line", "harmless", once(_broken, "text", "date", "month", "period")),
    ("D15", "broken_in_two", "harmless", in_place(_two_paragraphs, "text")),
    ("D15", "apostrophe", "harmless", once(_apostrophe, "id_number")),
    ("D15", "runs_split", "harmless", in_place(_runs_split)),
    ("D15", "look_changed", "harmless", in_place(_look_changed)),
)
