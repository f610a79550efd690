"""Ticking, writing and asking: what a person tells for the papers, as lines of the ledger; each can be taken back."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from gengang.debts import Debt
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.facts import Fact, latest
from gengang.in_force import scheme_stated
from gengang.judging import judged_of
from gengang.ledger import Ledger, kept_ledger
from gengang.ledger_lease import lease
from gengang.mailed import minute_in_china
from gengang.office.asking import asked_debts, named_person
from gengang.office.bulletin import offered
from gengang.office.chasing import about_key, name_of_debtor
from gengang.office.commending import candidates as commendable
from gengang.office.kinds import Asking
from gengang.office.pace import candidates as slow
from gengang.papers.excerpts import suggestions_of
from gengang.papers.missing import KINDS
from gengang.papers.words import plain_name
from gengang.recording import Desk, Recorded
from gengang.roster import Person, Roster
from gengang.scheme import Debtor
from gengang.season import roster_of
from gengang.ticks import (
    BY_MONTH,
    LISTS,
    PAPERS,
    Asked,
    ListName,
    PaperName,
    Tick,
    Told,
    Written,
    asked_fact,
    tick_fact,
    told_of_papers,
    unasked_fact,
    untick_fact,
    written_fact,
)
from gengang.timetable import bulletin_days

LONGEST_HOW = 8
NEXT = "下次印材料时写入。"


@dataclass(frozen=True, slots=True)
class _Book:
    ledger: Ledger
    facts: tuple[Fact, ...]
    judged: Judged

    @property
    def told(self) -> Told:
        return self.judged.season.told

    @property
    def roster(self) -> Roster:
        return self.judged.season.roster


@contextmanager
def _opened(desk: Desk, as_of: date | None = None) -> Iterator[_Book]:
    with kept_ledger(desk.settings) as ledger, lease(ledger, str(desk.actor)):
        facts = tuple(ledger.read())
        yield _Book(ledger, facts, judged_of(facts, scheme_stated(facts), as_of or desk.today))


# --- ticks -------------------------------------------------------------------------------------------------------


def tick(desk: Desk, list_name: str, people: Sequence[str], month: str, group: str, why: str) -> Recorded:
    """Name trainees on a list, all for one reason; else as `tick_each`."""
    return tick_each(desk, list_name, [(word, why) for word in people], month, group)


def tick_each(
    desk: Desk, list_name: str, people: Sequence[tuple[str, str]], month: str, group: str, since: int | None = None
) -> Recorded:  # fmt: skip
    """Name trainees on a list. people: name or key, and the reason; month: of a 通报 (`2016-10`).

    group: of a 表彰, the scheme's first where empty; since: number of the last line that was seen, None for no matter.
    Raises WorkspaceError for another list, a name that is none, a month without a 通报, criticism without a reason, and
    where somebody else said something of the same since.
    """
    name = _list(list_name)
    with _opened(desk) as book:
        day = _month(book.judged, month) if name == "criticism" else None
        kinds = book.judged.scheme.commendation.kinds
        chosen = group or (kinds[0] if name == "commended" and kinds else "")
        if name == "criticism" and not all(why.strip() for _, why in people):
            raise WorkspaceError("通报批评要用 --why 写明事由，会照写进通报。")
        if group and group not in kinds:
            raise WorkspaceError(f"方案里没有“{group}”这类表彰，可用的有：{'、'.join(kinds) or '没有'}。")
        found = [_trainee(book.roster, word) for word, _ in people]
        ticks = [Tick(name, one.key, why.strip(), desk.name(), month if day else "", chosen)
                 for one, (_, why) in zip(found, people, strict=True)]  # fmt: skip
        _append(book, [tick_fact(one, desk.actor, desk.at) for one in ticks], since)
        asides = tuple(_not_proposed(book.judged, name, day, found))
    said = f"已勾选：{LISTS[name]}{f'（{month}）' if day else ''}　{'、'.join(one.name for one in found)}。{NEXT}"
    return Recorded((said, *asides), int(bool(asides)))


def _not_proposed(judged: Judged, name: ListName, day: date | None, people: Sequence[Person]) -> Iterator[str]:
    """Who is ticked though nothing proposes them; the person's word stands, and is said back."""
    proposed = {one.person.key for one in (slow(judged, day) if day else commendable(judged))}
    for one in people:
        if one.key not in proposed:
            yield f"请核对：{one.name}不在{LISTS[name]}的候选之列，按您的勾选办理。"


def untick(
    desk: Desk, list_name: str, people: Sequence[str], month: str, why: str, since: int | None = None
) -> Recorded:  # fmt: skip
    """Take names off a list. Raises WorkspaceError without a reason, and for somebody who is not on it."""
    name = _list(list_name)
    if not why.strip():
        raise WorkspaceError("取消勾选要用 --why 写明原因。")
    with _opened(desk) as book:
        on_it = {one.person: one for one in book.told.ticked(name, month)}
        found = [_trainee(book.roster, word) for word in people]
        absent = [one.name for one in found if one.key not in on_it]
        if absent:
            raise WorkspaceError(f"{'、'.join(absent)}没有被勾选。用 gengang papers told 查看。")
        _append(
            book, [untick_fact(on_it[one.key], why.strip(), desk.name(), desk.actor, desk.at) for one in found], since
        )
    return Recorded((f"已取消勾选：{LISTS[name]}　{'、'.join(one.name for one in found)}。{NEXT}",))


def _append(book: _Book, lines: Sequence[Fact], since: int | None) -> None:
    """WorkspaceError where somebody else said one of them anew after a line: whoever saw no more is told, and nothing
    is written.
    """
    said = latest(book.facts, "decision")
    for line in lines if since is not None else ():
        last = said.get((line.subject, line.slot))
        if last is not None and last.sequence > (since or 0) and last.actor.user != line.actor.user:
            who = f"{last.actor.user}在{minute_in_china(last.at)}"
            raise WorkspaceError(f"{who}刚记下同一件事，您的没有保存。请看一眼现在的，仍要记就再按一次。")
    book.ledger.append(lines)


def _list(word: str) -> ListName:
    found = next((one for one, name in LISTS.items() if word in (one, name)), None)
    if found is None:
        raise WorkspaceError(f"没有“{word}”这份名单，可勾选的有：{'、'.join(LISTS.values())}。")
    return found


def _trainee(roster: Roster, word: str) -> Person:
    person = named_person(roster, word)
    if person.role != "trainee":
        raise WorkspaceError(f"{person.name}不是学员，不能勾选。")
    return person


def _month(judged: Judged, month: str) -> date:
    """The day of the 通报 of a month."""
    days = {f"{day.year}-{day.month:02d}": day for day in bulletin_days(judged.scheme)}
    if month not in days:
        known = "、".join(days) or "没有"
        raise WorkspaceError(f"请用 --month 写明哪个月的通报，可用的有：{known}。")
    return days[month]


# --- written parts -----------------------------------------------------------------------------------------------


def write(
    desk: Desk, paper: str, part: str, text: str, month: str, sources: Sequence[str], since: int | None = None,
    among: Collection[str] | None = None,
) -> Recorded:  # fmt: skip
    """Write a part of a paper; an empty text takes it back. sources: numbers of the excerpts that it rests on.

    among: numbers that could be chosen from, None for all; the part's earlier sources that are none of them stay.
    since: number of the last line that was seen, None to look at none. Raises WorkspaceError for another paper or part,
    a month without a 通报, a number that nobody offered, and where somebody else wrote it since.
    """
    name = _paper(paper)
    with _opened(desk) as book:
        day = _month(book.judged, month) if name in BY_MONTH else None
        known = _part(book.judged, name, part)
        if not text.strip() and not book.told.text(name, known, month if day else ""):
            raise WorkspaceError("没有写内容：用 --file 给出文件，或把内容写在命令后面。")
        numbers = tuple(dict.fromkeys(sources))
        before, of_whom = _left(book.told, name, known, month if day else "", among)
        names = (*_quoted(book.judged, day, numbers), *_named(book.roster, text), *of_whom)
        kept = tuple(sorted({*names, *_suggested_by(book.judged, name, known)}))
        all_numbers = tuple(dict.fromkeys((*before, *numbers)))
        one = Written(name, known, text.strip(), desk.name(), month if day else "", all_numbers, kept)
        _append(book, [written_fact(one, desk.actor, desk.at)], since)
    where = f"{PAPERS[name][0]}{f'（{month}）' if day else ''}“{PAPERS[name][1].get(known, known)}”"
    return Recorded((f"{'已写' if one.text else '已撤回'}：{where}。{NEXT}",))


def _paper(word: str) -> PaperName:
    found = next((one for one, (name, _) in PAPERS.items() if word in (one, name)), None)
    if found is None:
        raise WorkspaceError(f"没有“{word}”这份材料，可写的有：{'、'.join(name for name, _ in PAPERS.values())}。")
    return found


def _part(judged: Judged, paper: PaperName, word: str) -> str:
    if paper == "reply":
        made = suggestions_of(held.paper for held in judged.season.papers)
        key = next((one.key for one in made if word in (one.number, one.key)), None)
        if key is None:
            raise WorkspaceError(f"没有第{word}号意见建议。编号见终结性学情报告的意见建议汇总表。")
        return key
    parts = PAPERS[paper][1]
    found = next((one for one, name in parts.items() if word in (one, name)), None)
    if found is None:
        raise WorkspaceError(f"{PAPERS[paper][0]}没有“{word}”这一部分，可写的有：{'、'.join(parts.values())}。")
    return found


def _quoted(judged: Judged, day: date | None, numbers: Sequence[str]) -> Iterator[str]:
    """Keys of those whose excerpts these are."""
    whole = judged.scheme.calendar.end or judged.as_of
    known = {one.number: one for found in offered(judged, day or max(whole, judged.as_of)) for one in found}
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise WorkspaceError(f"通报素材里没有第{'、'.join(unknown)}号摘录。")
    yield from (known[number].person for number in numbers if known[number].person)


def _left(
    told: Told, paper: PaperName, part: str, month: str, among: Collection[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    """Sources that a part had before and its writer could not choose from, with whomever the part went with."""
    found = next((one for one in told.written if (one.paper, one.part, one.month) == (paper, part, month)), None)
    if found is None or among is None:
        return (), ()
    numbers = tuple(number for number in found.sources if number not in among)
    return numbers, found.names if numbers else ()


def _suggested_by(judged: Judged, paper: PaperName, part: str) -> Iterator[str]:
    """Whose suggestion an answer answers."""
    if paper == "reply":
        found = suggestions_of(held.paper for held in judged.season.papers)
        yield from (one.person for one in found if one.key == part and one.person)


def _named(roster: Roster, text: str) -> Iterator[str]:
    """Keys of the people whose names stand in a text: it goes with them."""
    yield from (one.key for one in (*roster.trainees, *roster.mentors) if one.name in text)


# --- asking ------------------------------------------------------------------------------------------------------


def ask(
    desk: Desk, debtor: str, asking: Asking, how: str, on: date | None, note: str, since: int | None = None
) -> Recorded:  # fmt: skip
    """Record that somebody was asked for what they owe. debtor: 派出学校 and the like, empty for all; on: None today.

    since: number of the last line that was seen, None to look at none. Raises WorkspaceError without how, for a day to
    come, for a name that is none, where nothing is owed, and where somebody else recorded the same since.
    """
    day = on or desk.today
    if not 0 < len(how.strip()) <= LONGEST_HOW or ":" in how:  # it stands in the ledger beside no name
        raise WorkspaceError("请用 --how 写明怎么催的，例如 --how 微信、--how 电话、--how 书面；详情写在 --note。")
    if day > desk.today:
        raise WorkspaceError(f"--on 写的 {day.isoformat()} 还没有到，请写催办的那一天。")
    with _opened(desk, day) as book:
        debts = asked_debts(book.judged.debts, book.roster, asking)
        debts = tuple(one for one in debts if not debtor or one.debtor == _debtor(debtor))
        if not debts:
            raise WorkspaceError("没有欠交的材料可催：请核对对象，或用 gengang papers print 催办台账 查看。")
        told = [one for debt in debts for one in _asked_of(debt, how.strip(), day, desk.name(), note.strip())]
        _append(book, [asked_fact(one, desk.actor, desk.at) for one in told], since)
    items = sum(len(debt.items) for debt in debts)
    names = "、".join(debt.name for debt in debts[:5]) + ("等" if len(debts) > 5 else "")
    return Recorded((f"已登记催办：{names}，{len(debts)}个对象，{items}项材料（{day.month}月{day.day}日，{how}）。",))


def _asked_of(debt: Debt, how: str, on: date, by: str, note: str) -> Iterator[Asked]:
    """One for each trainee whose papers they are, so that it goes with that person."""
    grouped: dict[str, list[str]] = {}
    for item in debt.items:
        grouped.setdefault(about_key(debt, item), []).append(item.document)
    for about, documents in grouped.items():
        yield Asked(debt.debtor, debt.key, about, tuple(dict.fromkeys(documents)), how, on, by, note)


def _debtor(word: str) -> Debtor:
    found = next((one for one, name in KINDS.items() if word in (one, name)), None)
    if found is None:
        raise WorkspaceError(f"--to 应是其中之一：{'、'.join(KINDS.values())}，现在是“{word}”。")
    return found


def unask(desk: Desk, number: int, why: str) -> Recorded:
    """Take an entry of the 台账 back by the number that `listed` shows. Raises WorkspaceError where it is none."""
    if not why.strip():
        raise WorkspaceError("撤回要用 --why 写明原因。")
    with _opened(desk) as book:
        found = next((one for one in book.told.asked if one.number == number), None)
        if found is None:
            raise WorkspaceError(f"没有第{number}号催办。用 gengang papers told 查看编号。")
        book.ledger.append([unasked_fact(found, why.strip(), desk.name(), desk.actor, desk.at)])
    return Recorded((f"已撤回第{number}号催办。",))


# --- what was told -----------------------------------------------------------------------------------------------


def listed(desk: Desk) -> Recorded:
    """Everything told for the papers that stands, a line each; nothing is judged for it."""
    with kept_ledger(desk.settings) as ledger:
        facts = tuple(ledger.read())
    lines = tuple(_lines(told_of_papers(facts), roster_of(facts)))
    return Recorded(lines or ("还没有勾选、撰写或催办的登记。",))


def _lines(told: Told, roster: Roster) -> Iterator[str]:
    for one in told.ticks:
        month = f"（{one.month}）" if one.month else ""
        yield f"勾选　{LISTS[one.list]}{month}　{_name(roster, one.person)}　{one.why}（{one.by}）"
    for written in told.written:
        name, parts = PAPERS[written.paper]
        month = f"（{written.month}）" if written.month else ""
        start = written.text.replace("\n", " ")[:40]
        yield f"撰写　{name}{month}　{parts.get(written.part, written.part)}　{start}（{written.by}）"
    for asked in told.asked:
        whom = name_of_debtor(roster, asked.debtor, asked.key)
        about = f"，{_name(roster, asked.about)}的" if asked.about else ""
        papers = "、".join(map(plain_name, asked.documents))
        when = f"{asked.on.month}月{asked.on.day}日{asked.how}"
        yield f"催办　第{asked.number}号　{KINDS[asked.debtor]} {whom}{about}　{papers}（{when}，{asked.by}）"


def _name(roster: Roster, key: str) -> str:
    person = roster.person(key)
    return f"{person.school} {person.name}" if person else key
