"""The files of each row of the table, with what they say: filled, edited, in old formats, many in one, printed.

Files are written to a folder and read from there, as an office drops them.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.reading.drawing import Drawn, Element, W, packed, parsed
from benchmarks.reading.editing import EDITS, Edit, edit
from benchmarks.reading.filling import Filled, Template, printed_form, truth_in, typed_form
from benchmarks.reading.strangers import stranger
from benchmarks.reading.truth import Truth
from gengang.tools import OfficeFormat, convert_office

FONTS = Path(__file__).resolve().parents[2] / "templates" / "fonts"
SECONDS_A_FILE = 20.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent in, and the forms in it; none in a paper that is no form."""

    path: Path
    truths: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: so many forms on these templates, into this folder, by this chance."""

    templates: Sequence[Template]
    forms: int
    folder: Path
    chance: random.Random

    def each(self) -> Iterator[Template]:
        """The templates in turn, once for each form."""
        for number in range(self.forms):
            yield self.templates[number % len(self.templates)]


Maker = Callable[[Order], list[Sent]]


def as_filled(order: Order) -> list[Sent]:
    """The template filled and returned untouched."""
    return [_written(order, number, printed_form(template, order.chance))
            for number, template in enumerate(order.each())]  # fmt: skip


def _written(order: Order, number: int, filled: Filled) -> Sent:
    path = order.folder / f"{number:05d}.docx"
    path.write_bytes(filled.data)
    return Sent(path, (filled.truth,))


def typed(order: Order) -> list[Sent]:
    """The blank form typed into, every value in a spelling of its writer's."""
    return [_written(order, number, _typed(template, order.chance)) for number, template in enumerate(order.each())]


def _typed(template: Template, chance: random.Random, edited: bool = False) -> Filled:
    draft = typed_form(template, chance)
    if edited:
        edit(draft, chance)
    return Filled(packed(draft.drawn), truth_in(draft, template))


def edited(order: Order) -> list[Sent]:
    """Typed into, and one to three edits made to it."""
    return [_written(order, number, _typed(template, order.chance, edited=True))
            for number, template in enumerate(order.each())]  # fmt: skip


def _some_form(template: Template, chance: random.Random) -> Filled:
    return printed_form(template, chance) if chance.random() < 0.5 else _typed(template, chance)


def old_formats(order: Order) -> list[Sent]:
    """Saved as .doc, .rtf and .odt, a third of the forms each; one that cannot be saved is left out."""
    sent = [_written(order, number, _some_form(template, order.chance))
            for number, template in enumerate(order.each())]  # fmt: skip
    formats: tuple[OfficeFormat, ...] = ("doc", "rtf", "odt")
    return [one for number, to in enumerate(formats) for one in _converted(sent[number::3], to, order.folder)]


def _converted(sent: Sequence[Sent], to: OfficeFormat, folder: Path) -> list[Sent]:
    paths = [one.path for one in sent]
    made = convert_office(paths, to, folder / to, 60 + SECONDS_A_FILE * len(paths), FONTS)
    return [Sent(one.result, form.truths) for one, form in zip(made, sent, strict=True) if one.result is not None]


def several_in_one(order: Order) -> list[Sent]:
    """Several people's forms one after another in one Word file, on one template or on different ones."""
    sent, number, waiting = [], 0, order.forms
    while waiting > 0:
        count = min(waiting, order.chance.randint(2, 6))
        path = order.folder / f"{number:05d}.docx"
        sent.append(_joined(path, _group(order, number, count), order.chance))
        number, waiting = number + 1, waiting - count
    return sent


def _group(order: Order, number: int, count: int) -> list[Template]:
    first = order.templates[number % len(order.templates)]
    if order.chance.random() < 0.8:
        return [first] * count
    return [first, *order.chance.choices(order.templates, k=count - 1)]


def _joined(path: Path, templates: Sequence[Template], chance: random.Random) -> Sent:
    """One person's form behind another's: a page break between, a section's end, or nothing at all."""
    drafts = [typed_form(template, chance) for template in templates]
    truths = tuple(truth_in(draft, template) for draft, template in zip(drafts, templates, strict=True))
    headed = any(line.slots for one in templates for line in (*one.paper.header, *one.paper.footer))
    way = "section" if headed else chance.choice(("page", "page", "section", "nothing"))
    whole = Drawn(dict(drafts[0].drawn.parts), dict(drafts[0].drawn.pictures))
    for number, draft in enumerate(drafts[1:], 2):
        _append(whole, draft.drawn, way, number)
    path.write_bytes(packed(whole))
    return Sent(path, truths)


_BREAKS = {
    "page": '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
    "section": "<w:p><w:pPr/></w:p>",
    "nothing": "<w:p/>",
}


def _append(whole: Drawn, other: Drawn, way: str, number: int) -> None:
    """A section that ends keeps the header of its own person; without one the first person's stands on every page."""
    last = whole.body.find(f"{W}sectPr")
    assert last is not None
    between = parsed(_BREAKS[way])
    last.addprevious(between)
    if way == "section":
        between[0].append(deepcopy(last))
        last = _own_section(whole, other, last, number)
    names = {name: f"p{number}_{name}" for name in other.pictures}
    whole.pictures.update({names[name]: data for name, data in other.pictures.items()})
    for block in deepcopy(other.body):
        if block.tag == f"{W}sectPr":
            continue
        for picture in block.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
            key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
            picture.set(key, names[str(picture.get(key))])
        last.addprevious(block)


def _own_section(whole: Drawn, other: Drawn, last: Element, number: int) -> Element:
    """The other document's page, its header and footer under names of their own; without any it has empty ones."""
    section = deepcopy(other.body[-1])
    for kind, tag in (("footer", "ftr"), ("header", "hdr")):
        name = f"{kind}{number}0"
        whole.parts[name] = other.parts.get(f"{kind}1", parsed(f"<w:{tag}><w:p/></w:{tag}>"))
        for reference in section.findall(f"{W}{kind}Reference"):
            section.remove(reference)
        section.insert(0, parsed(f'<w:{kind}Reference w:type="default" r:id="{name}"/>'))
    whole.body.replace(last, section)
    return section


def printed(order: Order) -> list[Sent]:
    """Printed to PDF: two thirds one person's form a file, the rest several people's."""
    alone = Order(order.templates, order.forms * 2 // 3, order.folder, order.chance)
    sent = [_written(alone, number, _some_form(template, order.chance)) for number, template in enumerate(alone.each())]
    (order.folder / "many").mkdir()
    sent += several_in_one(Order(order.templates, order.forms - alone.forms, order.folder / "many", order.chance))
    return _converted(sent, "pdf", order.folder / "pdf")


def no_forms(order: Order) -> list[Sent]:
    """Letters, notices and other programmes' forms, a third of them printed."""
    sent = []
    for number in range(order.forms):
        path = order.folder / f"{number:05d}.docx"
        path.write_bytes(packed(stranger(order.chance)))
        sent.append(Sent(path, ()))
    return [*sent[order.forms // 3 :], *_converted(sent[: order.forms // 3], "pdf", order.folder / "pdf")]


def makers_of_edits() -> dict[str, Maker]:
    """One row for each edit, done alone."""
    return {name: partial(_edited_alone, do=do) for name, do in EDITS.items()}


def _edited_alone(order: Order, do: Edit) -> list[Sent]:
    sent = []
    for number, template in enumerate(order.each()):
        draft = typed_form(template, order.chance)
        if do(draft, order.chance):
            sent.append(_written(order, number, Filled(packed(draft.drawn), truth_in(draft, template))))
    return sent


ROWS: Mapping[str, Maker] = {
    "Word as filled": as_filled,
    "Word typed into": typed,
    "Word edited": edited,
    ".doc .rtf .odt": old_formats,
    "several in one Word": several_in_one,
    "digital PDF": printed,
    "no form": no_forms,
}
