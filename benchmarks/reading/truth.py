"""What a filled form says, as its writer meant it: answers drawn for a paper, and the truth of a marked document.

The truth is read off the marks of the document after its edits, so that moved, copied and deleted rows are in it.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.reading.drawing import ENTRY, SLOT, Drawn, Element, W
from benchmarks.reading.model import Paper, Slot
from benchmarks.reading.values import Somebody, drawn_value, somebody
from gengang.codecs import Period, Value

Answer = Value | None


@dataclass(frozen=True, slots=True)
class Answers:
    """values: field -> what is meant, None where it is left blank; lists: list -> rows of columns."""

    values: Mapping[str, Answer]
    lists: Mapping[str, tuple[Mapping[str, Answer], ...]]


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands in a place.

    sure: False where a careful person could not know it, so that only a reading that is not accepted, or is equal, is
    right. prompt: the template's own prompt is left there: blank, or a question without a proposal, is right.
    """

    value: Answer
    sure: bool = True
    prompt: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """One person's form. fields: None where the place is not on the paper any more; rows without content are no rows.

    edits: the names of what its filler did to it.
    """

    stem: str
    version: str
    fields: Mapping[str, Stated | None]
    lists: Mapping[str, tuple[Mapping[str, Stated], ...]]
    edits: tuple[str, ...] = ()


# --- answers ---

_ROWS = (0, 1, 2, 3, 3, 5, 8, 12)
_ROWS_NUMBERED = (0, 1, 2, 4, 8, 12, 20, 35)  # a register runs over pages
_LEFT_BLANK = {"prose": 0.15, "picture": 0.4, "tick": 0.1, "date": 0.15}


def drawn_answers(paper: Paper, chance: random.Random) -> Answers:
    """A filled form's answers: most places filled, the name always, lists of none to a dozen rows or a register's.

    A field `master__phone` is of somebody else than `phone`: whoever is called `master` on that paper.
    """
    who = somebody(chance)
    people: dict[str, Somebody] = {}
    values: dict[str, Answer] = {}
    columns: dict[str, list[Slot]] = {}
    for slot in paper.slots():
        if slot.loop:
            columns.setdefault(slot.loop, []).append(slot)
        elif slot.name not in values:
            person = slot.name.rpartition("__")[0]
            if person and person not in people:
                people[person] = somebody(chance)
            values[slot.name] = _answer(slot, people.get(person, who), chance)
    lists = {loop: tuple(_entry(slots, number, who, chance) for number in range(chance.choice(_rows(slots))))
             for loop, slots in columns.items()}  # fmt: skip
    return Answers(_agreeing(values, who, chance), lists)


def _rows(slots: list[Slot]) -> tuple[int, ...]:
    return _ROWS_NUMBERED if slots[0].concept == "seq" else _ROWS


def _agreeing(values: Mapping[str, Answer], who: Somebody, chance: random.Random) -> Mapping[str, Answer]:
    """Numbers that belong together agree, as on a form whose writer made no mistake: totals, days, years of work."""
    items = _marks_of(values, "item")
    agreed: dict[str, Answer] = {name: f"{chance.randint(0, 200 // len(items)) / 2:g}" for name in items}
    agreed["total"] = f"{sum(float(str(points)) for name, points in agreed.items() if values[name] is not None):g}"
    agreed |= {name: f"{chance.randint(0, 200 // len(items)) / 2:g}" for name in _marks_of(values, "own") if items}
    agreed["years"] = 2016 - int(who.start_work[:4])
    leave, absent = chance.randint(0, 4) / 2, chance.randint(0, 2) / 2
    sums = (10 + leave + absent, 10, leave, absent)
    agreed |= {f"days_{number}": f"{days:g}" for number, days in enumerate(sums, 1)}
    if values.get("days") is not None and values.get("period") is not None:
        week, length = date(2016, 10, 10) + timedelta(weeks=chance.randint(0, 6)), chance.randint(1, 5)
        agreed |= {"days": str(length), "period": Period(str(week), str(week + timedelta(days=length - 1)))}
    return {name: agreed.get(name, value) if value is not None else None for name, value in values.items()}


def _marks_of(values: Mapping[str, Answer], whose: str) -> list[str]:
    return [name for name in values if name.startswith(whose) and name.endswith("_score")]


def _answer(slot: Slot, who: Somebody, chance: random.Random) -> Answer:
    rate = 0.3 if slot.concept == "signer" else _LEFT_BLANK.get(slot.codec, 0.07)
    if slot.concept != "name" and chance.random() < rate:
        return None
    return drawn_value(slot, who, chance)


def _entry(slots: list[Slot], number: int, who: Somebody, chance: random.Random) -> Mapping[str, Answer]:
    """A row of a list, number from 0; its first column is always filled, and it counts where it is the ordinal."""
    first, *rest = slots
    others = {slot.name: None if chance.random() < 0.08 else drawn_value(slot, who, chance) for slot in rest}
    return {first.name: number + 1 if first.concept == "seq" else drawn_value(first, who, chance), **others}


# --- the truth of a document ---


@dataclass(slots=True, eq=False)
class Draft:
    """A filled document while its filler edits it.

    slots: field name, or `list.column`, -> its place; stated: field name, or `list#entry.column`, -> what is meant.
    """

    drawn: Drawn
    paper: Paper
    slots: dict[str, Slot]
    stated: dict[str, Stated]
    edits: list[str] = field(default_factory=list)

    def slot_of(self, mark: Element) -> Slot:
        """The place that a marked run belongs to."""
        return self.slots[self.key_of(mark, short=True)]

    def key_of(self, mark: Element, short: bool = False) -> str:
        """`name`, or `list#entry.column` (short: `list.column`) of a marked run."""
        name = str(mark.get(SLOT))
        entry = next((str(tr.get(ENTRY)) for tr in mark.iterancestors(f"{W}tr") if tr.get(ENTRY)), "")
        if not entry:
            return name
        return f"{entry.partition('#')[0] if short else entry}.{name}"

    def is_filled(self, mark: Element) -> bool:
        """Whether somebody wrote something there."""
        return self.stated[self.key_of(mark)].value is not None


def draft_of(drawn: Drawn, paper: Paper, answers: Answers, printed: Mapping[str, int]) -> Draft:
    """A draft just filled. printed: list -> how many rows the form has."""
    slots = {f"{slot.loop}.{slot.name}" if slot.loop else slot.name: slot for slot in paper.slots()}
    stated = {name: Stated(value) for name, value in answers.values.items()}
    for loop, count in printed.items():
        rows = answers.lists[loop]
        for number in range(count):
            for key, slot in slots.items():
                if key.startswith(f"{loop}.") and slot.loop == loop:
                    value = rows[number][slot.name] if number < len(rows) else None
                    stated[f"{loop}#{number}.{slot.name}"] = Stated(value)
    return Draft(drawn, paper, slots, stated)


def truth_of(draft: Draft, version: str) -> Truth:
    """What the document says now."""
    fields: dict[str, Stated | None] = {slot.name: None for slot in draft.slots.values() if not slot.loop}
    lists: dict[str, list[dict[str, Stated]]] = {slot.loop: [] for slot in draft.slots.values() if slot.loop}
    rows: dict[Element, dict[str, Stated]] = {}
    for mark in _marks(draft.drawn):
        key, slot = draft.key_of(mark), draft.slot_of(mark)
        if not slot.loop:
            fields[slot.name] = draft.stated[key]
            continue
        tr = next(tr for tr in mark.iterancestors(f"{W}tr") if tr.get(ENTRY))
        if tr not in rows:
            rows[tr] = {}
            lists[slot.loop].append(rows[tr])
        rows[tr][slot.name] = draft.stated[key]
    kept = {loop: tuple(row for row in found if any(_has_content(cell) for cell in row.values()))
            for loop, found in lists.items()}  # fmt: skip
    return Truth(draft.paper.stem, version, fields, kept, tuple(draft.edits))


def _has_content(cell: Stated) -> bool:
    return cell.value is not None or cell.prompt or not cell.sure


def _marks(drawn: Drawn) -> Iterator[Element]:
    """Marked runs that still stand in the document, in order; the accepted view has no deleted rows."""
    for part in drawn.parts.values():
        for mark in part.iter(f"{W}r"):
            if mark.get(SLOT) is not None and not _is_deleted(mark):
                yield mark


def _is_deleted(mark: Element) -> bool:
    if next(mark.iterancestors(f"{W}del"), None) is not None:
        return True
    return any(tr.find(f"{W}trPr/{W}del") is not None for tr in mark.iterancestors(f"{W}tr"))
