"""Recording what a person saw, counted or was told, as a line of the ledger; it stays through every later run."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from gengang.copies import ONE_EACH, name_of_form
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact, latest
from gengang.in_force import scheme_stated
from gengang.issuing import wanted_keys
from gengang.judgements import ASSESSORS, COLLEGE, Judgement, RoleName, judged_by, plain_points
from gengang.ledger import Ledger, kept_ledger
from gengang.ledger_lease import lease
from gengang.noted import (
    NOTHING_NOTED,
    SAID,
    CopiesCounted,
    Noted,
    Seen,
    back_fact,
    copies_fact,
    move_words,
    noted_of,
    remark_of,
    said_fact,
    score_fact,
    score_path,
    seen_fact,
    who_and_when,
)
from gengang.recording import Desk, Recorded
from gengang.roster import Roster
from gengang.scheme import Item, Requirement, Scheme
from gengang.season import ROSTER_KINDS, roster_of
from gengang.versions import TOLD_APART_BY

_LOOKED_AT = ("scheme", "decision", *ROSTER_KINDS)  # the readings of thousands of papers are not
NEXT = "下次运行起按此计算。"


@dataclass(frozen=True, slots=True)
class _Book:
    """The ledger open for writing, and what it came to."""

    ledger: Ledger
    facts: tuple[Fact, ...]
    scheme: Scheme
    roster: Roster

    def key_of(self, word: str) -> str:
        [key] = wanted_keys(self.roster, [word])
        return key

    def noted(self, key: str) -> Noted:
        return noted_of(self.facts).get(key, NOTHING_NOTED)


@contextmanager
def _opened(desk: Desk) -> Iterator[_Book]:
    with kept_ledger(desk.settings) as ledger, lease(ledger, str(desk.actor)):
        facts = tuple(ledger.read(_LOOKED_AT))
        yield _Book(ledger, facts, scheme_stated(facts), roster_of(facts))


# --- what is recorded --------------------------------------------------------------------------------------------


def record_seen(desk: Desk, person: str, requirement: str, number: int, when: date, by: str, note: str) -> Recorded:
    """查阅纸质材料: so many of a requirement were seen on paper on that day; a later line about it takes its place.

    Raises WorkspaceError for a person, a requirement or a number that is none, and for a day to come.
    """
    if number < 1:
        raise WorkspaceError("查阅到的数量应是1或更多；登记错了请用 gengang record back 撤回。")
    if when > desk.today:
        raise WorkspaceError(f"--when 写的 {when.isoformat()} 还没有到，请写查阅的那一天。")
    with _opened(desk) as book:
        asked = _requirement(book.scheme, requirement)
        key = book.key_of(person)
        seen = Seen(asked.id, number, desk.name(by), when, note)
        book.ledger.append([seen_fact(key, seen, desk.actor, desk.at)])
    return Recorded((f"已登记：{asked.name}查阅纸质材料{number}{asked.unit}{who_and_when(seen)}。{NEXT}",))


def record_copies(desk: Desk, person: str, form: str, number: int, when: date | None, by: str, note: str) -> Recorded:
    """So many paper copies of a form lie there.

    Raises WorkspaceError for a person, a form or a number that is none, and for a day to come.
    """
    if number < 0:
        raise WorkspaceError("份数不能是负数。")
    if when is not None and when > desk.today:
        raise WorkspaceError(f"--when 写的 {when.isoformat()} 还没有到，请写清点的那一天。")
    with _opened(desk) as book:
        stem, name = _form(book.scheme, form)
        copies = CopiesCounted(stem, number, desk.name(by), when or desk.today, note)
        book.ledger.append([copies_fact(book.key_of(person), copies, desk.actor, desk.at)])
    return Recorded((f"已登记：{name}纸质{number}份{who_and_when(copies)}。{NEXT}",))


def record_all_copies(
    desk: Desk, form: str, given: Sequence[tuple[str, int]], when: date, by: str, since: int
) -> Recorded:
    """The same of many people at once. given: key and number; since: the ledger's last line when they were looked at.

    Whose copies somebody else counted since then is left out and named; exit code 1 then.
    """
    if any(number < 0 for _, number in given):
        raise WorkspaceError("份数不能是负数。")
    if when > desk.today:
        raise WorkspaceError(f"--when 写的 {when.isoformat()} 还没有到，请写清点的那一天。")
    with _opened(desk) as book:
        stem, name = _form(book.scheme, form)
        counted = [(book.key_of(person), CopiesCounted(stem, number, desk.name(by), when)) for person, number in given]
        fresh = _said_since(book, [(key, one.path) for key, one in counted], since, desk.actor)
        book.ledger.append([copies_fact(key, one, desk.actor, desk.at) for key, one in counted if key not in fresh])
    return _all_recorded(book, name, len(counted), fresh)


def _said_since(book: _Book, places: Sequence[tuple[str, str]], since: int, actor: Actor) -> frozenset[str]:
    """Keys of those of whom a later line of somebody else says the very thing."""
    said = latest(book.facts, "decision")
    last = {key: said[key, path] for key, path in places if (key, path) in said}
    return frozenset(key for key, one in last.items() if one.sequence > since and one.actor.user != actor.user)


def _all_recorded(book: _Book, name: str, number: int, fresh: frozenset[str]) -> Recorded:
    people = [person.name for key in sorted(fresh) if (person := book.roster.person(key))]
    lines = [f"已登记：{name}{number - len(fresh)}人。"] if number > len(fresh) else []
    if people:
        lines.append(f"{'、'.join(people)}刚刚已由别人登记，没有覆盖，请再看一眼。")
    return Recorded(tuple(lines), int(bool(people)))


def record_said(desk: Desk, person: str, text: str, at: datetime | None, by: str) -> Recorded:
    """A line about a call or a message. at: when it was said, in China; None for now. The same line again is one.

    Raises WorkspaceError for a person who is none, an empty line, and a time to come.
    """
    said_at = at or desk.now.replace(tzinfo=None)
    if not text.strip():
        raise WorkspaceError("请写下说了什么，例如 “李老师来电，周五改到下周二”。")
    if said_at > desk.now.replace(tzinfo=None):
        raise WorkspaceError(f"--at 写的 {said_at:%Y-%m-%d %H:%M} 还没有到。")
    with _opened(desk) as book:
        key = book.key_of(person)
        time = f"{said_at:%H:%M}" if said_at.time() != datetime.min.time() else ""
        same = [one for one in book.noted(key).remarks
                if (one.text, one.on, one.time) == (text.strip(), said_at.date(), time)]  # fmt: skip
        number = int(same[0].path.removeprefix(SAID)) if same else _next_number(book.facts, key)
        remark = remark_of(number, text.strip(), desk.name(by), said_at.date(), time)
        book.ledger.append([said_fact(key, remark, desk.actor, desk.at)])
    if remark.question:
        return Recorded((f"已记下，但{remark.question}。请问清后再记一次，并撤回 {shown_path(remark.path)}。",), 1)
    moved = f"改期：{'、'.join(map(move_words, remark.moves))}。{NEXT}" if remark.moves else "没有改期，只作备注。"
    return Recorded((f"已记下（{shown_path(remark.path)}）。{moved}",))


def record_score(desk: Desk, person: str, item: str, points: str, role: str, by: str, on: date) -> Recorded:
    """An assessor's word on a judged item, of the whole item; a later line of that assessor about it takes its place.

    role: mentor, base_school or college; by, on: who gave it and when. Raises WorkspaceError for a person, an item, a
    number, a role or a name that is none, and for a day to come.
    """
    with _scored(desk, item, role, by, on) as (book, asked, word):
        one = word(points)
        book.ledger.append([score_fact(book.key_of(person), one, desk.actor, desk.at)])
    proposed = one.assessor not in (asked.assessor, COLLEGE)
    more = f"这是拟评，待{asked.assessor}评定或{COLLEGE}认定。" if proposed else NEXT
    return Recorded((f"已登记：{asked.name}{judged_by(one)}。{more}",))


def record_scores(
    desk: Desk, item: str, given: Sequence[tuple[str, str]], role: str, by: str, on: date, since: int
) -> Recorded:
    """The same of many people at once. given: key and points; since: the ledger's last line when they were looked at.

    Whom somebody else gave other points since then is left out and named; exit code 1 then.
    """
    with _scored(desk, item, role, by, on) as (book, asked, word):
        words = [(book.key_of(person), word(points)) for person, points in given]
        fresh = _said_since(book, [(key, score_path(one)) for key, one in words], since, desk.actor)
        book.ledger.append([score_fact(key, one, desk.actor, desk.at) for key, one in words if key not in fresh])
    return _all_recorded(book, asked.name, len(words), fresh)


@contextmanager
def _scored(
    desk: Desk, item: str, role: str, by: str, on: date
) -> Iterator[tuple[_Book, Item, Callable[[str], Judgement]]]:
    """The book, the item, and what makes points an assessor's word; checked before the ledger is opened."""
    if on > desk.today:
        raise WorkspaceError(f"--on 写的 {on.isoformat()} 还没有到，请写评分的那一天。")
    if not by.strip():
        raise WorkspaceError("请写明是谁评的：--by 姓名。")
    with _opened(desk) as book:
        asked = _judged_item(book.scheme, item)
        assessor = ASSESSORS[_role(role)]
        yield book, asked, lambda points: Judgement(asked.id, _points(asked, points), assessor, by.strip(), on)


def take_back(desk: Desk, person: str, which: str, why: str) -> Recorded:
    """What was recorded counts no more. which: as `listed_notes` shows it. Raises WorkspaceError where it is none."""
    if not why.strip():
        raise WorkspaceError("撤回要写明原因：gengang record back 姓名 编号 --why 原因。")
    with _opened(desk) as book:
        key = book.key_of(person)
        known = {shown_path(path): path for path, _ in note_lines(book.scheme, book.noted(key))}
        if which.removeprefix("@") not in known:
            listed = "、".join(known) or "没有"
            raise WorkspaceError(f"没有“{which}”这一条；登记着的有：{listed}。")
        path = known[which.removeprefix("@")]
        book.ledger.append([back_fact(key, path, why.strip(), desk.actor, desk.at)])
    return Recorded((f"已撤回 {shown_path(path)}。{NEXT}",))


def listed_notes(desk: Desk, person: str) -> Recorded:
    """Everything recorded of a person that stands, a line each."""
    with _opened(desk) as book:
        noted = book.noted(book.key_of(person))
        lines = tuple(f"{shown_path(path)}  {words}" for path, words in note_lines(book.scheme, noted))
    return Recorded(lines or ("还没有登记。",))


def note_lines(scheme: Scheme, noted: Noted) -> Iterator[tuple[str, str]]:
    """What was recorded and stands: path, and in words."""
    names = {one.id: one for one in scheme.requirements}
    for one in noted.seen:
        asked = names.get(one.requirement)
        name, unit = (asked.name, asked.unit) if asked else (one.requirement, "")
        yield one.path, f"{name}查阅纸质材料{one.number}{unit}{who_and_when(one)}{_note(one.note)}"
    for copies in noted.copies:
        words = f"{name_of_form(copies.form)}纸质{copies.number}份{who_and_when(copies)}{_note(copies.note)}"
        yield copies.path, words
    items = {one.id: one.name for one in scheme.items}
    for score in noted.scores:
        yield score_path(score), f"{items.get(score.item, score.item)}{judged_by(score)}"
    for remark in noted.remarks:
        moved = "、".join(map(move_words, remark.moves))
        yield remark.path, f"“{remark.text}”{who_and_when(remark)}{_note(remark.question or moved)}"


def _note(text: str) -> str:
    return f"：{text}" if text else ""


def shown_path(path: str) -> str:
    """As `take_back` wants it: seen:lessons_heard."""
    return path.removeprefix("@")


def _next_number(facts: Sequence[Fact], key: str) -> int:
    """One that no remark of the person ever had, taken back or not."""
    paths = [path for subject, path in latest(facts, "decision") if subject == key and path.startswith(SAID)]
    return 1 + max((int(path.removeprefix(SAID)) for path in paths), default=0)


# --- what is named -----------------------------------------------------------------------------------------------


def _requirement(scheme: Scheme, wanted: str) -> Requirement:
    """By id or name."""
    asked = next((one for one in scheme.requirements if wanted in (one.id, one.name)), None)
    if asked is not None and asked.per != "total":
        raise WorkspaceError(f"“{asked.name}”分段核对，不按总数登记。")
    if asked is None:
        known = "、".join(one.name for one in scheme.requirements if one.per == "total")
        raise WorkspaceError(f"方案里没有“{wanted}”这一项，可用的有：{known}。")
    return asked


def _judged_item(scheme: Scheme, wanted: str) -> Item:
    """By id or name: any that has an assessor, as every row of the register that has one can be filled in."""
    items = [one for one in scheme.items if one.assessor]
    found = next((one for one in items if wanted in (one.id, one.name)), None)
    if found is None:
        known = "、".join(f"{one.id} {one.name}" for one in items) or "没有"
        raise WorkspaceError(f"“{wanted}”不是由人评分的项目，可用的有：{known}。")
    return found


def _points(item: Item, text: str) -> Decimal:
    """Of the whole item, with two decimals at most."""
    try:
        points = Decimal(text.strip()) + 0  # -0 is 0
    except InvalidOperation:
        points = Decimal("NaN")
    if points.is_nan() or not 0 <= points <= item.max or points != round(points, 2):
        raise WorkspaceError(f"{item.name}应评0到{plain_points(item.max)}分，最多两位小数，现在是“{text}”。")
    return points


def _role(text: str) -> RoleName:
    for role in ASSESSORS:
        if role == text:
            return role
    known = "、".join(f"{role} {name}" for role, name in ASSESSORS.items())
    raise WorkspaceError(f"--as 应是其中之一：{known}，现在是“{text}”。")


def _form(scheme: Scheme, wanted: str) -> tuple[str, str]:
    """Stem and name, by stem, by the scheme's name of the document, or by what the office calls it."""
    stems = dict.fromkeys((*(one.form for one in scheme.documents if one.form), *ONE_EACH, *TOLD_APART_BY))
    named = {stem: {stem, name_of_form(stem), *(one.name for one in scheme.documents if one.form == stem)}
             for stem in stems}  # fmt: skip
    found = next((stem for stem, names in named.items() if wanted in names), None)
    if found is None:
        raise WorkspaceError(f"没有“{wanted}”这种材料，可用的有：{'、'.join(map(name_of_form, stems))}。")
    document = scheme.document(found)
    return found, document.name if document else name_of_form(found)
