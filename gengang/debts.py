"""Who owes which papers: schools, the base school, mentors and trainees, each with the lines of one reminder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gengang.assess import Verdict
from gengang.calendar_days import written
from gengang.roster import Person, Roster, School
from gengang.scheme import Debtor, Document, Scheme

_OFFICE: tuple[Debtor, str, str] = ("office", "办公室", "")
_DEBTORS: tuple[Debtor, ...] = ("school", "base_school", "mentor", "trainee", "office")


@dataclass(frozen=True, slots=True)
class Owed:
    """One paper owed. about, key: name and key of the trainee it is about, empty for a paper of a school."""

    document: str
    about: str
    sentence: str
    due: date | None
    overdue: bool
    clause: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    """Everything one debtor owes. name: of the school or person; key: its stable key, empty if the roster has none."""

    debtor: Debtor
    name: str
    key: str
    items: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """Form stems of what is in that is no trainee's: of the base school or the office, and of each mentor's key."""

    base: frozenset[str]
    mentors: Mapping[str, frozenset[str]]


def missing_by_debtor(
    verdicts: Sequence[Verdict], roster: Roster, scheme: Scheme, as_of: date, handed: Handed | None = None
) -> tuple[Debt, ...]:
    """What is missing by who owes it: schools first, then base school, mentors, trainees; each in roster order.

    handed: None says nothing of papers that are no trainee's.
    """
    owed: dict[tuple[Debtor, str, str], list[Owed]] = {}
    others = _others_debts(roster, scheme, as_of, handed) if handed and roster.trainees else ()
    for key, item in (*_school_debts(roster, scheme, as_of), *_base_debts(roster, scheme, as_of), *others):
        owed.setdefault(key, []).append(item)
    for verdict in verdicts:
        person = roster.person(verdict.person)
        for key, item in _personal_debts(verdict, person, roster) if person else ():
            owed.setdefault(key, []).append(item)
    debts = [Debt(*key, tuple(items)) for key, items in owed.items()]
    return tuple(sorted(debts, key=lambda debt: _DEBTORS.index(debt.debtor)))


Line = tuple[tuple[Debtor, str, str], Owed]


def _school_debts(roster: Roster, scheme: Scheme, as_of: date) -> Iterable[Line]:
    """A rural school that has nobody signed up for one of its stages (E-01)."""
    document = scheme.document("registration")
    if document is None or not document.tracked:
        return
    for school in roster.schools:
        for stage in _stages_unused(roster, school):
            yield ("school", school.name, school.key), _owed(document, "", f"{stage}尚未报名", as_of)


def _stages_unused(roster: Roster, school: School) -> list[str]:
    used = {one.stage for one in roster.trainees if one.school == school.name}
    return [stage for stage in school.stages if school.rural and stage not in used]


def _base_debts(roster: Roster, scheme: Scheme, as_of: date) -> Iterable[Line]:
    """Trainees for whom no mentor is named (W-03)."""
    document = scheme.document("mentor_assignment")
    if document is None or not document.tracked:
        return
    for trainee in roster.trainees:
        if not roster.mentors_of(trainee.key):
            owed = _owed(document, trainee.name, f"没有{trainee.name}的指导教师", as_of)
            yield _base(roster, None), replace(owed, key=trainee.key)


def _others_debts(roster: Roster, scheme: Scheme, as_of: date, handed: Handed) -> Iterable[Line]:
    """Papers that the base school, the office or a mentor owes once, and that no list of people tells."""
    for one in scheme.documents:
        if not one.tracked or not one.form or one.form == "mentor_assignment":
            continue
        if one.per == "base_school" and one.form not in handed.base:
            yield _base(roster, None), _owed(one, "", "未交", as_of)
        if one.per == "office" and one.form not in handed.base:
            yield _OFFICE, _owed(one, "", "未交", as_of)
        if one.per == "mentor":
            for mentor in roster.mentors:
                if roster.trainees_of(mentor.key) and one.form not in handed.mentors.get(mentor.key, ()):
                    yield ("mentor", mentor.name, mentor.key), _owed(one, "", "未交", as_of)


def _base(roster: Roster, mentor: Person | None) -> tuple[Debtor, str, str]:
    """The mentor's school, or the first base school; a roster that names none still has a line for it."""
    named = roster.school(mentor.school) if mentor else None
    base = named or next(iter(roster.base_schools), None)
    return ("base_school", base.name, base.key) if base else ("base_school", "基地校", "")


def _owed(document: Document, about: str, what: str, as_of: date) -> Owed:
    overdue = document.due is not None and as_of > document.due
    when = f"（{written(document.due)}{'已过期' if overdue else '前'}）" if document.due else ""
    return Owed(document.name, about, f"{document.name}：{what}{when}。", document.due, overdue, document.clause)


def _personal_debts(verdict: Verdict, person: Person, roster: Roster) -> Iterable[Line]:
    mentor = next(iter(roster.mentors_of(person.key)), None)
    school, at_base = roster.school(person.school), _base(roster, mentor)
    debtors: dict[Debtor, tuple[Debtor, str, str]] = {
        "office": _OFFICE,
        "trainee": ("trainee", person.name, person.key),
        # Where nobody guides the trainee yet, the base school answers for the mentor's papers.
        "mentor": ("mentor", mentor.name, mentor.key) if mentor else at_base,
        "base_school": at_base,
        "school": ("school", person.school, school.key if school else ""),
    }
    for paper in verdict.missing:
        yield (
            debtors[paper.owed_by],
            Owed(paper.document, person.name, paper.sentence, paper.due, paper.overdue, paper.clause, person.key),
        )
