"""Whom and what a clerk's wish means: the people and debtors it names, and the day of a month's paper."""

from collections.abc import Iterable
from datetime import date

from gengang.debts import Debt
from gengang.errors import WorkspaceError
from gengang.office.kinds import Asking, Material
from gengang.roster import Person, Roster
from gengang.timetable import bulletin_days


def named_person(roster: Roster, word: str) -> Person:
    """The one person of a name or key. Raises WorkspaceError where nobody or several people bear it."""
    found = [one for one in (*roster.trainees, *roster.mentors) if word in (one.key, one.name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise WorkspaceError(f"花名册里没有“{word}”，请核对姓名，或用 gengang status 查人员编号。")
    listed = "；".join(f"{one.school} {one.name} {one.key}" for one in found)
    raise WorkspaceError(f"叫“{word}”的不止一人，请改用人员编号：{listed}。")


def named_school(roster: Roster, word: str) -> str:
    """The full name of the one school that a word names. Raises WorkspaceError where it names none or several."""
    found = roster.school(word)
    if found is None:
        raise WorkspaceError(f"学校表里没有“{word}”，或不止一所叫这个名字，请写全称。")
    return found.name


def asked_trainees(material: Material, asking: Asking) -> tuple[Person, ...]:
    """The trainees that a wish names, in the order of every printed list; all where it names nobody."""
    roster, people = material.judged.season.roster, material.judged.trainees
    if asking.person:
        wanted = named_person(roster, asking.person).key
        people = tuple(one for one in people if one.key == wanted)
    if asking.school:
        school = named_school(roster, asking.school)
        people = tuple(one for one in people if one.school == school)
    return people


def asked_debts(debts: Iterable[Debt], roster: Roster, asking: Asking) -> tuple[Debt, ...]:
    """What those owe whom a wish names: a person, or a school with nobody else; all where it names nobody."""
    if asking.person:
        key = named_person(roster, asking.person).key
        return tuple(debt for debt in debts if debt.key == key)
    if asking.school:
        name = named_school(roster, asking.school)
        return tuple(debt for debt in debts if debt.debtor in ("school", "base_school") and debt.name == name)
    return tuple(debts)


def bulletin_day(material: Material, month: date | None) -> date | None:
    """The day of the 通报 asked for: of that month, else the last that is due, else the first; None where none is.

    Raises WorkspaceError for a month without one.
    """
    days = bulletin_days(material.judged.scheme)
    if month is not None:
        found = next((day for day in days if (day.year, day.month) == (month.year, month.month)), None)
        if found is None:
            known = "、".join(f"{day.year}-{day.month:02d}" for day in days) or "没有"
            raise WorkspaceError(f"方案在{month.year}年{month.month}月没有通报；有通报的月份：{known}。")
        return found
    due = [day for day in days if day <= material.judged.as_of]
    return due[-1] if due else next(iter(days), None)


def month_word(day: date) -> str:
    """`2016-10`, as ticks and written parts name the month of a 通报."""
    return f"{day.year}-{day.month:02d}"
