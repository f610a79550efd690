"""What each sender of an intake is told: what came, what is still missing, what goes back and why.

A function of the season and its judgement alone.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gengang.calendar_days import written
from gengang.debts import Owed
from gengang.evidence import Evidence
from gengang.filenames import legal_name
from gengang.owed import MissingPaper
from gengang.papers.bag import asked_of
from gengang.papers.figures import plain
from gengang.papers.form_words import RECORDS, form_words
from gengang.papers.receipts import FOLDER, Receipt, Several, receipt_texts
from gengang.papers.words import masked
from gengang.receiving import REASONS, Books, Sender, came_of, evidence_of, name_for, parcels_of, shares_of, whose_of
from gengang.rhythm import asked_words
from gengang.roster import Person
from gengang.scheme import Debtor
from gengang.season import HeldPaper
from gengang.submission import Paper

MOST_DAYS = 3
# What a paper that was read has to be handed in again for.
MENDED = frozenset({"low_resolution", "page_missing", "two_pages"})
_NUMBERED = re.compile(r"( 第\d+次)?(（\d+）)?")
_WHEN = re.compile(r"（[^（）]*(?:前|已过期)）。?$")


@dataclass(frozen=True, slots=True)
class SenderTold:
    """What one sender is told of one intake. file: path under the outbox, without ending, legal on Windows."""

    sender: str
    file: str
    texts: tuple[str, ...]


# --- what each sender is told ---


@dataclass(slots=True)
class _Heap:
    """What came from one sender in one intake."""

    papers: list[HeldPaper]
    refusals: list[str]
    again: int = 0
    evidence: list[Evidence] = field(default_factory=list)


Heaps = Mapping[tuple[int, Sender], _Heap]


def told_of(books: Books) -> tuple[SenderTold, ...]:
    """For each sender of the intake that no run has told of yet, in the order of arrival."""
    return told_then(books, heaps_of(books), books.season.door.intakes)


def told_then(books: Books, heaps: Heaps, now: int) -> tuple[SenderTold, ...]:
    """For each sender of an intake, with what is missing as things stand. heaps: of all intakes."""
    found: list[SenderTold] = []
    taken: set[str] = set()
    for (intake, sender), heap in heaps.items():
        if intake == now:
            file = _free(_file(books, sender, 1 + _earlier(books, heaps, sender)), taken)
            taken.add(file.lower())
            found.append(SenderTold(sender.name, file, receipt_texts(_receipt(books, sender, heap))))
    return tuple(found)


def _earlier(books: Books, heaps: Collection[tuple[int, Sender]], sender: Sender) -> int:
    """How many earlier intakes of that day the sender was told of."""
    door = books.season.door
    today = door.day_told(books.as_of)
    return sum((number, sender) in heaps for number, day in door.days.items() if day == today and number < door.intakes)


def _free(file: str, taken: Collection[str]) -> str:
    """Two senders may come to one name where a file is called after them; Windows does not tell case apart."""
    names = (file, *(f"{file}（{number}）" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.lower() not in taken)


def _file(books: Books, sender: Sender, number: int) -> str:
    """A second intake of a day, and a namesake, have a name of their own."""
    people = books.names.people
    person = people.get(sender.key) if sender.kind == "person" else None
    name = sender.name if person is None else _called(person, people.values())
    again = f" 第{number}次" if number > 1 else ""
    day = books.season.door.day_told(books.as_of)
    return f"{FOLDER}/{legal_name(f'{day.isoformat()} {masked(name)}{again}')}"


def _called(person: Person, people: Iterable[Person]) -> str:
    twice = sum(one.name == person.name for one in people) > 1
    return f"{person.school}{person.name}" if twice else person.name


def is_receipt_of(person: Person, people: Iterable[Person], stem: str) -> bool:
    """Whether a receipt's file, by its name without ending, was addressed to a person. people: all of the roster."""
    day, _, rest = stem.partition(" ")
    begin = legal_name(f"{day} {masked(_called(person, people))}")
    return stem.startswith(begin) and _NUMBERED.fullmatch(rest, len(begin) - len(day) - 1) is not None


def heaps_of(books: Books) -> Heaps:
    """What came, by intake and sender, in the order of arrival."""
    heaps: dict[tuple[int, Sender], _Heap] = {}
    for parcel in (one for one in parcels_of(books.season) if not one.arrived.back):
        for sender, held, back in shares_of(books.names, parcel):
            heap = heaps.setdefault((parcel.arrived.intake, sender), _Heap([], []))
            heap.papers += [held] if isinstance(held, HeldPaper) else []
            heap.evidence += [held] if isinstance(held, Evidence) else []
            heap.refusals += back
            heap.again += bool(parcel.arrived.again)
    return heaps


def _receipt(books: Books, sender: Sender, heap: _Heap) -> Receipt:
    concerned = _concerned(books, sender, heap.papers)
    owed = {one.key: tuple(_lacking(books, sender, one)) for one in concerned}
    names = {one.key: name_for(sender, one) for one in concerned}
    own = tuple(_own_debts(books, sender))
    missing = [Several(names[key], words) for key, words in owed.items() if words]
    back = {why: heap.refusals.count(why) for why in heap.refusals}
    return Receipt(
        sender=sender.name,
        came=(*came_of(books, sender, heap.papers), *evidence_of(books, sender, heap.evidence)),
        missing=(*([Several("", own)] if own else ()), *missing),
        complete=tuple(names[key] for key, words in owed.items() if not words),
        back=tuple(f"{number}份（{why}）" for why, number in back.items()),
        asked=tuple(dict.fromkeys(_asked(books, sender, heap.papers))),
        again=heap.again,
    )


def _asked(books: Books, sender: Sender, papers: Sequence[HeldPaper]) -> Iterator[str]:
    for held in papers:
        form = held.reading.form
        name = f"{whose_of(books, sender, held)}{form_words(form, books.titles.get(form, ''))[0]}"
        for finding in held.reading.findings:
            if finding.code in MENDED:
                why = REASONS.get(finding.code) or finding.message.partition("。")[0] + "，请补齐"
                yield f"{name}{why}"


# --- what a sender still owes ---


def _concerned(books: Books, sender: Sender, papers: Sequence[HeldPaper]) -> tuple[Person, ...]:
    """Trainees of whom a sender is told what is missing: those whose papers came, a school's and a mentor's own."""
    roster = books.season.roster
    keys = {held.paper.person for held in papers} | {one.key for one in roster.trainees_of(sender.key)} | {sender.key}
    base = {one.name for one in roster.base_schools}
    if sender.kind == "school" and sender.name not in base:
        keys |= {one.key for one in roster.trainees if one.school == sender.name}
    return tuple(one for one in roster.trainees if one.key in keys)


def _debtors(books: Books, sender: Sender) -> frozenset[Debtor]:
    roster, person = books.season.roster, books.names.people.get(sender.key)
    if person is not None:
        return frozenset({"trainee"} if person.role == "trainee" else {"mentor"})
    if sender.kind == "school":
        base = any(one.key == sender.key for one in roster.base_schools)
        return frozenset({"base_school", "mentor"} if base else {"school", "trainee"})
    return frozenset({"school", "trainee"})


def _lacking(books: Books, sender: Sender, person: Person) -> Iterator[str]:
    verdict, debtors = books.verdicts.get(person.key), _debtors(books, sender)
    if verdict is None:
        return
    yield from (_lack(one) for one in verdict.missing if one.owed_by in debtors)
    if "trainee" in debtors:
        asked = {one.id: one for one in books.scheme.requirements}
        for short in verdict.shortfall:
            rule = asked[short.requirement]
            if rule.measure not in RECORDS:
                continue
            if rule.per == "total" and not rule.alternatives:
                yield f"{RECORDS[rule.measure]}{plain(short.need - short.have)}{rule.unit}"
            else:  # need and have are weeks or months
                yield f"{RECORDS[rule.measure]}（{rule.name}{asked_words(rule)}）"


def _lack(missing: MissingPaper) -> str:
    name, unit = form_words(missing.form, missing.document)
    days = "、".join(written(day) for day in missing.days[:MOST_DAYS])
    listed = f"（{days}{'等' if len(missing.days) > MOST_DAYS else ''}的）" if days else ""
    count = f"{missing.lacking}{unit}" if missing.lacking > 1 or unit != "份" or listed else ""
    return f"{name}{count}{listed}"


def _own_debts(books: Books, sender: Sender) -> Iterator[str]:
    """What a school owes of its own, such as its sign-up list; one line for each paper, however many it concerns."""
    documents = {one.name for one in books.scheme.documents if one.per != "trainee"}
    listed: dict[str, list[Owed]] = defaultdict(list)
    for debt in books.debts if sender.kind == "school" else ():
        for owed in debt.items if debt.key == sender.key else ():
            if owed.document in documents:
                listed[owed.document].append(owed)
    for document, items in listed.items():
        what = _WHEN.sub("", items[0].sentence.partition("：")[2].rstrip("。"))
        yield f"{form_words('', document)[0]}（{what}{f'等{len(items)}人' if len(items) > 1 else ''}）"


# --- what is not in the bags ---


def bag_gaps(books: Books) -> Iterator[tuple[str, str]]:
    """For each person whose bag was scanned: the name, and what their checklist asks that lay behind no cover."""
    bagged: dict[str, list[Paper]] = defaultdict(list)
    for held in books.season.papers:
        if held.reading.bag and held.reading.bag == held.paper.person:
            bagged[held.reading.bag].append(held.paper)
    for key, person in books.names.people.items():
        if key in bagged:
            sentence = _gap_of(books, person, bagged[key])
            if sentence:
                yield person.name, sentence


def _gap_of(books: Books, person: Person, bagged: Sequence[Paper]) -> str:
    verdict = books.verdicts.get(person.key)
    everything = asked_of(person, books.season.papers_of(person.key), verdict, books.scheme)
    behind = {one.form for one in asked_of(person, bagged, None, books.scheme) if one.complete}
    lacking = [one.title for one in everything if not one.complete and one.wanted]
    elsewhere = [one.title for one in everything if one.complete and one.counted and one.form not in behind]
    return "；".join(filter(None, (
        f"材料袋里还缺：{'、'.join(lacking)}" if lacking else "",
        f"材料袋里没有、但已另外收到：{'、'.join(elsewhere)}" if elsewhere else "",
    )))  # fmt: skip
