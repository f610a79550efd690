"""The rows of the table: which forms are made, how they are written, and what happens to the paper afterwards."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading.drawing import packed
from benchmarks.reading.filling import Filled, Template, printed_form, truth_in, typed_form
from benchmarks.reading.model import Paper
from benchmarks.reading.truth import Truth
from benchmarks.scans import damage, damage_held
from benchmarks.scans.damage import Damage
from benchmarks.scans.pens import Hand, untick, write_by_hand
from gengang.sample.handwriting import FACES, HAND_FONTS, LARGER


@dataclass(frozen=True, slots=True)
class Made:
    """A form before it is printed. chosen: for each box that it prints, whether a pen ticks it; None: none does."""

    docx: bytes
    truth: Truth
    chosen: tuple[bool, ...] | None = None


Making = Callable[[Template, random.Random, "Kit"], Made]


@dataclass(frozen=True, slots=True)
class Kit:
    """What tells one set from another apart from its families: its hands and its damage.

    fonts: folder with the fonts.conf that it is printed with; None: the product's.
    """

    hands: Sequence[Hand]
    scan: Damage
    bilevel: Damage
    sealed_scan: Damage
    photo: Damage
    chat: Damage
    fonts: Path | None = None


TUNE = Kit(
    tuple(Hand(family, HAND_FONTS / file, LARGER[family]) for family, file in FACES.items()),
    damage.scan, damage.bilevel, damage.sealed_scan, damage.photo, damage.chat,
)  # fmt: skip


def held_kit(fonts: Path, families: Sequence[str]) -> Kit:
    """The kit that no reader was mended on. fonts: a folder with a fonts.conf and, in `hands`, a font for each family.

    The order of the fonts' names is that of the families.
    """
    files = sorted((fonts / "hands").iterdir())
    hands = tuple(Hand(family, file, 1.2, (6, 24)) for family, file in zip(families, files, strict=True))
    held = damage_held
    return Kit(hands, held.scan, held.bilevel, held.sealed_scan, held.photo, held.chat, fonts)


@dataclass(frozen=True, slots=True)
class Row:
    """making: of one form; damage: the name of the kit's; ticks: only forms with tick boxes, of which alone is told.

    wanted: shares of fields right, and accepted, that the row is to reach.
    """

    making: Making
    damage: str
    wanted: tuple[float, float]
    ticks: bool = False


def in_print(template: Template, chance: random.Random, _kit: Kit) -> Made:
    """Filled by the product, or typed into."""
    filled: Filled
    if chance.random() < 0.5:
        filled = printed_form(template, chance)
    else:
        draft = typed_form(template, chance)
        filled = Filled(packed(draft.drawn), truth_in(draft, template))
    return Made(filled.data, filled.truth)


def by_hand(template: Template, chance: random.Random, kit: Kit) -> Made:
    """Its values in one person's hand, its boxes ticked with a pen."""
    draft = typed_form(template, chance)
    write_by_hand(draft, chance.choice(kit.hands), chance)
    chosen = untick(draft)
    return Made(packed(draft.drawn), truth_in(draft, template), chosen)


def with_pen_ticks(template: Template, chance: random.Random, _kit: Kit) -> Made:
    """Typed into, its boxes ticked with a pen."""
    draft = typed_form(template, chance)
    chosen = untick(draft)
    return Made(packed(draft.drawn), truth_in(draft, template), chosen)


def has_ticks(paper: Paper) -> bool:
    """Whether the paper asks for a tick."""
    return any(slot.codec == "tick" for slot in paper.slots())


ROWS: Mapping[str, Row] = {
    "scan 300 dpi": Row(in_print, "scan", (0.99, 0.95)),
    "bilevel 200 dpi": Row(in_print, "bilevel", (0.98, 0.93)),
    "seal over values": Row(in_print, "sealed_scan", (0.97, 0.90)),
    "phone photo": Row(in_print, "photo", (0.97, 0.88)),
    "chat picture": Row(in_print, "chat", (0.92, 0.78)),
    "handwriting, scan": Row(by_hand, "scan", (0.92, 0.65)),
    "handwriting, photo": Row(by_hand, "photo", (0.88, 0.55)),
    "ticks, scan": Row(with_pen_ticks, "scan", (0.998, 0.0), ticks=True),
    "ticks, photo": Row(with_pen_ticks, "photo", (0.98, 0.0), ticks=True),
}
