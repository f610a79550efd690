"""From papers on their way to the bytes that arrive: filled in, mistyped, printed, scanned, photographed, saved again.

Everything is made from seeds. Office programs and pictures take the time, so both are made in batches on all cores.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from gengang.codecs import show
from gengang.issued import Issued
from gengang.labels import labels_of
from gengang.rendering import Given, Picture, Writer, writer_of
from gengang.sample.containers import workbook_of_list
from gengang.sample.habits import Typed, habit_named, with_habits
from gengang.sample.handwriting import FACES, hand_template, written_by_hand
from gengang.sample.papers_filled import Filled
from gengang.sample.photographing import chat_pictures, photographed
from gengang.sample.portraits import portrait
from gengang.sample.post import Posted, picture_seed
from gengang.sample.printing import olddoc, printed
from gengang.sample.scanning import ScanStyle, faxed, scanned
from gengang.sample.seals import Stamp, seal_places
from gengang.sample.stories import Kind
from gengang.sample.ways import ON_PAPER, PRINTED, Hand
from gengang.wordmarks import marked
from gengang.workspace import BUILT_IN

# The seals a form asks for, in the order in which it prints （盖章）: whose it is and the field it stands in. Those of
# the office itself come later.
SEALS: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    "registration": (("sender", "school"),),
    "personal_info": (("school", "school_opinion"), ("", "bureau_opinion")),
    "mentor_assignment": (("base", "base_school"),),
    "base_school_plan": (("base", "requirements"),),
    "day_plan": (("base", "base_signed_on"),),
    "leave_request": (("base", "base_opinion"),),
    "task_summary": (("base", "mentor_signature"),),
    "study_report": (("", "college_grade"),),
    "appraisal": (("base", "base_opinion"), ("", "college_opinion"), ("", "bureau_opinion")),
    "assessment_register": (("base", "base_opinion"), ("", "college_score")),
    "base_school_appraisal": (("base", "base_school"),),
    "mentor_summary": (("base", "base_opinion"),),
}
PHOTO_MM = 25.0  # a picture of one inch
SIGNED_FIELDS = ("signature", "signed_on", "witness", "assessor", "confirmed_by", "applied_on", "assessed_on")


@dataclass(frozen=True, slots=True)
class Body:
    """A paper with the bytes it comes in.

    parts: one file's bytes, or a JPEG a page. typed: how the truth changed; seals: fields beside which one is pressed.
    """

    posted: Posted
    parts: tuple[bytes, ...]
    typed: Typed
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forms:
    """The writers of all forms, printed and in the hands of those who fill or sign them."""

    folder: Path
    writers: dict[tuple[Kind, str, Hand], Writer] = field(default_factory=dict)

    def writer(self, kind: Kind, family: str = "", hand: Hand = "") -> Writer:
        """The writer of a form; family: of the pen, empty for print."""
        key = (kind, family, hand)
        if key not in self.writers:
            data = (self.folder / f"{kind}.docx").read_bytes()
            wanted = _is_signed if hand == "signed" else _always
            self.writers[key] = writer_of(hand_template(data, family, wanted) if family else data, kind)
        return self.writers[key]


def _is_signed(name: str) -> bool:
    return name.endswith(SIGNED_FIELDS)


def _always(_name: str) -> bool:
    return True


def bodies_of(papers: Sequence[Posted], forms: Forms, seed: int, base: str) -> list[Body]:
    """The papers as they arrive, in their order. base: the base school's name. Raises ToolError without LibreOffice."""
    typed = [_typed(one, forms, seed) for one in papers]
    prints = _by_number(papers, PRINTED, lambda chosen: printed([typed[n].data for n in chosen], BUILT_IN / "fonts"))
    old = _by_number(papers, {"doc"}, lambda chosen: olddoc([typed[n].data for n in chosen]))
    made = prints | old

    def body(number: int) -> Body:
        return _body(papers[number], typed[number], made.get(number, typed[number].data), seed, base)

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # OpenCV lets go of the interpreter while it works
        return list(pool.map(body, range(len(papers))))


def _by_number(
    papers: Sequence[Posted], media: Iterable[str], make: Callable[[list[int]], Sequence[bytes]]
) -> dict[int, bytes]:
    wanted = set(media)
    chosen = [number for number, one in enumerate(papers) if one.way.medium in wanted]
    return dict(zip(chosen, make(chosen), strict=True)) if chosen else {}


# --- the Word file ---


def _typed(posted: Posted, forms: Forms, seed: int) -> Typed:
    filled = posted.filled
    if posted.way.medium == "sheet":
        return Typed(_workbook(posted, forms, seed))
    if posted.prose is not None:
        return Typed(posted.prose.data)
    family = _family(posted) if posted.way.hand else ""
    writer = forms.writer(filled.kind, family, posted.way.hand)
    document = writer.fill(_with_pictures(filled), filled.lists)
    if family:
        document = written_by_hand(document, picture_seed(seed, posted))
    habits = [habit_named(name) for name in posted.habits]
    typed = with_habits(document, writer.form, filled, habits, posted.rng("habits"))
    if not posted.own_form:
        return typed
    issued = Issued(filled.kind, forms.writer(filled.kind).form.version, filled.person)
    return replace(typed, data=marked(typed.data, issued))


def _with_pictures(filled: Filled) -> Mapping[str, Given]:
    """A photo is stuck on where the paper says that one is there."""
    if "photo" not in filled.values:
        return filled.values
    face = Picture(portrait(Random(f"{filled.person}/face").getrandbits(32)), PHOTO_MM)
    return {**filled.values, "photo": face if filled.values["photo"] else None}


def _family(posted: Posted) -> str:
    """Everybody keeps to one hand."""
    return sorted(FACES)[len(posted.filled.person or posted.filled.sender) % 2]


def _workbook(posted: Posted, forms: Forms, seed: int) -> bytes:
    """The list of a form as a workbook: its column names as the form prints them."""
    form = forms.writer(posted.filled.kind).form
    [(name, columns)] = form.lists().items()
    labels = labels_of(form)
    heads = [labels[f"{name}.{column}"] for column in columns]
    rows = [[_cell(row.get(column), kind.codec) for column, kind in columns.items()]
            for row in posted.filled.lists[name]]  # fmt: skip
    return workbook_of_list(f"{posted.filled.sender}{form.title}", heads, rows, picture_seed(seed, posted))


def _cell(value: object, codec: str) -> str | int:
    if isinstance(value, int):
        return value
    return "" if value is None else show(codec, str(value)) if codec in ("date", "month") else str(value)


# --- on paper ---


def _body(posted: Posted, typed: Typed, data: bytes, seed: int, base: str) -> Body:
    if posted.way.medium not in ON_PAPER:
        return Body(posted, (data,), typed)
    stamps, fields = _stamps(posted, data, base)
    return Body(posted, _pictures(posted, data, picture_seed(seed, posted), stamps), typed, fields)


def _stamps(posted: Posted, pdf: bytes, base: str) -> tuple[tuple[Stamp, ...], tuple[str, ...]]:
    """The seals on a print, each with the field beside which it stands; now and then somebody forgot one."""
    if not posted.way.hand or posted.rng("seal").random() < 0.06:
        return (), ()
    names = {"base": base, "school": posted.filled.sender, "sender": posted.filled.sender}
    places = zip(seal_places(pdf), SEALS.get(posted.filled.kind, ()), strict=False)
    pressed = [(Stamp(place.page, place.centre, names[whose]), name) for place, (whose, name) in places if whose]
    return tuple(stamp for stamp, _ in pressed), tuple(name for _, name in pressed)


def _pictures(posted: Posted, pdf: bytes, seed: int, stamps: Sequence[Stamp]) -> tuple[bytes, ...]:
    rng = posted.rng("style")
    if posted.way.medium == "photo":
        return photographed(pdf, seed, stamps)
    if posted.way.medium == "chat":
        return chat_pictures(pdf, seed, rng.choice((1080, 1080, 1440)), stamps)
    if posted.way.medium == "fax":
        return (faxed(pdf, seed, "", stamps),)
    turned = ((1, rng.choice((90, 180, 270))),) if rng.random() < 0.08 else ()
    style = ScanStyle(rng.choice((200, 200, 300)), colour=rng.random() < 0.6, blank_backs=rng.random() < 0.08,
                      turned=turned)  # fmt: skip
    return (scanned(pdf, seed, style, stamps),)
