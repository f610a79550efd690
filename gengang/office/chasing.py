"""催交: a notice to each who owes papers, the same as a text for chat, and the 催办台账 of what was asked how often.

A notice tells its receiver what is theirs to send, in neutral words; the 台账 stays in the office.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.calendar_days import written
from gengang.debts import Debt, Owed
from gengang.drafting import Judged
from gengang.office.asking import asked_debts
from gengang.office.kinds import Asking, Material, TextFile
from gengang.papers.draft import Draft, file_name, person_file
from gengang.papers.missing import KINDS, chat_page, chat_texts, lacking_words
from gengang.papers.words import masked, paper_name, programme_of
from gengang.rendering import Given, GivenRows
from gengang.roster import Person, Roster, School
from gengang.scheme import Debtor
from gengang.ticks import Asked, Wanted

FOLDER = "催交"
MOST_PAGES, MOST_PAGES_OF_REGISTER = 40, 5000


# --- notices -----------------------------------------------------------------------------------------------------


def notices(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """One for each school, for each base school with its mentors, and for each trainee who owes anything."""
    judged = material.judged
    debts = asked_debts(judged.debts, judged.season.roster, asking)
    return (
        *(_school_notice(material, debt) for debt in debts if debt.debtor == "school"),
        *_base_notices(material, debts),
        *(_own_notice(material, debt) for debt in debts if debt.debtor == "trainee"),
    )


def _school_notice(material: Material, debt: Debt) -> Draft:
    said = f"你校负责报送的跟岗研修材料还有{len(debt.items)}项未收到，见下表。"
    rows = tuple(_row(number, owed) for number, owed in enumerate(debt.items, 1))
    file = f"{FOLDER}/派出学校/{_numbered(material.judged.season.roster, debt.name)}_催交通知"
    return _notice("chase_notice", material, debt.name, said, rows, file, _only(debt.items))


def _own_notice(material: Material, debt: Debt) -> Draft:
    roster = material.judged.season.roster
    person = roster.person(debt.key)
    said = f"您的跟岗研修材料还有{len(debt.items)}项未收到，见下表。"
    rows = tuple({**_row(number, owed), "about": None} for number, owed in enumerate(debt.items, 1))
    file = (person_file(f"{FOLDER}/学员", person, roster, "催交通知") if person
            else f"{FOLDER}/学员/{file_name(debt.name, '催交通知')}")  # fmt: skip
    return _notice("chase_notice", material, f"{debt.name}老师", said, rows, file, debt.key)


def _base_notices(material: Material, debts: Sequence[Debt]) -> Iterator[Draft]:
    """A base school's own and its mentors', who are asked through it; one mentor asked for alone is a notice too."""
    grouped: dict[str, list[Debt]] = {}
    for debt in debts:
        if debt.debtor in ("base_school", "mentor"):
            grouped.setdefault(_base_of(material.judged.season.roster, debt), []).append(debt)
    for base, own in grouped.items():
        items = _by_mentor(material.judged.season.roster, own)
        rows = tuple({"mentor": who or None, **_row(number, owed)} for number, (who, owed) in enumerate(items, 1))
        said = f"你校和你校指导教师负责报送的跟岗研修材料还有{len(items)}项未收到，按指导教师列在下表。"
        file = f"{FOLDER}/基地校/{_numbered(material.judged.season.roster, base)}_催交通知"
        yield _notice("chase_base", material, base, said, rows, file, "")


def _by_mentor(roster: Roster, debts: Iterable[Debt]) -> list[tuple[str, Owed]]:
    """Name of the mentor and what is owed, the mentor's own and the school's about the mentor's trainees together."""
    order = {one.key: number for number, one in enumerate(roster.mentors, 1)}
    found = []
    for debt in debts:
        for owed in debt.items:
            mentor = roster.person(debt.key) if debt.debtor == "mentor" else None
            mentor = mentor or next(iter(roster.mentors_of(owed.key)), None)
            found.append((order[mentor.key] if mentor else 0, mentor.name if mentor else "", owed))
    return [(name, owed) for _, name, owed in sorted(found, key=lambda one: one[0])]


def _base_of(roster: Roster, debt: Debt) -> str:
    """The school through which a mentor is asked."""
    mentor = roster.person(debt.key) if debt.debtor == "mentor" else None
    if mentor is None:
        return debt.name
    named = roster.school(mentor.school)
    first = next(iter(roster.base_schools), None)
    return named.name if named else first.name if first else mentor.school or "基地校"


def _notice(
    template: str, material: Material, to: str, said: str, rows: GivenRows, file: str, person: str
) -> Draft:  # fmt: skip
    judged = material.judged
    values: dict[str, Given] = {
        "programme": programme_of(judged.scheme),
        "to": to,
        "as_of": judged.as_of.isoformat(),
        "opening": said,
        "college": judged.scheme.organisation.college,
        "issued_on": judged.as_of.isoformat(),
    }
    return Draft(template, template, "papers", person, values, file, MOST_PAGES, {"items": rows})


def _row(number: int, owed: Owed) -> dict[str, Given]:
    return {
        "number": number,
        "paper": paper_name(owed.document),
        "about": owed.about or None,
        "lacking": lacking_words(owed),
        "due": written(owed.due) if owed.due else None,
    }


def _only(items: Iterable[Owed]) -> str:
    """The one person whom a school's notice names: what names one alone goes with them."""
    keys = {owed.key for owed in items}
    return keys.pop() if len(keys) == 1 else ""


def _numbered(roster: Roster, name: str) -> str:
    school: School | None = roster.school(name)
    return file_name(f"{school.order:02d}{name}" if school and school.order else name)


# --- for chat ----------------------------------------------------------------------------------------------------


def texts(material: Material, asking: Asking) -> tuple[TextFile, ...]:
    """One file with a text of at most 300 characters for each debtor; none while nothing is owed."""
    judged = material.judged
    debts = asked_debts(judged.debts, judged.season.roster, asking)
    outward = tuple(debt for debt in debts if debt.debtor != "office")
    page = chat_page(chat_texts(outward, judged.scheme, judged.as_of))
    return (TextFile(f"{FOLDER}/催交短信.txt", page),) if outward else ()


# --- the register ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chase:
    """A paper that is owed or was asked for. owed: None once it is in; times: each time it was asked for."""

    debtor: Debtor
    key: str
    name: str
    about: str
    document: str
    owed: Owed | None
    times: tuple[Asked, ...]


def register(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """The 催办台账: whatever is owed, and whatever was asked for and has come since."""
    judged = material.judged
    rows = tuple(_register_row(number, one, judged) for number, one in enumerate(chases(material), 1))
    values: dict[str, Given] = {
        "programme": programme_of(judged.scheme),
        "as_of": judged.as_of.isoformat(),
        "open": sum(row["state"] != "已交" for row in rows),
        "total": len(rows),
        "office": judged.scheme.organisation.college,
    }
    file, lists = f"{FOLDER}/内部/催办台账", {"items": rows}
    return (Draft("chase_register", "chase_register", "papers", "", values, file, MOST_PAGES_OF_REGISTER, lists),)


def chases(material: Material) -> tuple[Chase, ...]:
    """By who owes it, then what was asked for and is in."""
    times = material.judged.season.told.times_asked()
    owed = {
        (debt.debtor, debt.key, about_key(debt, item), item.document, item.sentence): (debt, item)
        for debt in material.judged.debts
        for item in debt.items
    }
    open_ones = {wanted[:4] for wanted in owed}
    return (
        *(Chase(debt.debtor, debt.key, debt.name, item.about, item.document, item, times.get(wanted[:4], ()))
          for wanted, (debt, item) in owed.items()),
        *_settled({wanted: asked for wanted, asked in times.items() if wanted not in open_ones},
                  material.judged.season.roster),
    )  # fmt: skip


def about_key(debt: Debt, item: Owed) -> str:
    """Of the trainee whose paper somebody else owes; empty for the debtor's own."""
    return "" if item.key == debt.key else item.key


def _settled(times: Mapping[Wanted, tuple[Asked, ...]], roster: Roster) -> Iterator[Chase]:
    for (debtor, key, about, document), asked in times.items():
        whose: Person | None = roster.person(about or key)
        name = name_of_debtor(roster, debtor, key)
        yield Chase(debtor, key, name, whose.name if whose else "", document, None, asked)


def name_of_debtor(roster: Roster, debtor: Debtor, key: str) -> str:
    """Of a person or school, or what such a debtor is called where the roster has none."""
    person = roster.person(key)
    school = next((one for one in roster.schools if one.key == key), None)
    return person.name if person else school.name if school else KINDS[debtor]


def _register_row(number: int, one: Chase, judged: Judged) -> dict[str, Given]:
    last = one.times[-1] if one.times else None
    due = next((document.due for document in judged.scheme.documents if document.name == one.document), None)
    overdue = f"逾期{(judged.as_of - due).days}天" if due and judged.as_of > due else "未交"
    return {
        "number": number,
        "debtor": KINDS[one.debtor],
        "name": masked(one.name),
        "about": one.about if one.about and one.about != one.name else None,
        "paper": paper_name(one.document),
        "due": written(due) if due else None,
        "times": len(one.times) or None,
        "asked": "；".join(f"{day.on.month}月{day.on.day}日{day.how}" for day in one.times) or None,
        "by": last.by if last else None,
        "state": overdue if one.owed else "已交",
    }
