"""What goes into files after the season: 备案表, 培训档案, 各校汇总表, 指导教师学时表; what they say, also for export.

ID numbers stand masked where a list needs one to tell two people apart.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gengang.debts import Debt
from gengang.drafting import Judged, Spent, certificate_drafts
from gengang.office.asking import asked_trainees
from gengang.office.commending import ticked
from gengang.office.kinds import Asking, Material
from gengang.papers.certificate import HeldBack, number_words
from gengang.papers.draft import Draft, file_name
from gengang.papers.figures import plain
from gengang.papers.words import chinese_date, masked, programme_of, stage_subject
from gengang.rendering import Given, GivenRows
from gengang.roster import Person, School
from gengang.scheme import Scheme

FOLDER = "结业"
MOST_PAGES = 3000
PASSED = ("合格", "合格（证书缓发）", "完成")
_SIGNED_FOR_SCHOOL = ("school", "trainee")


# --- 备案表 ------------------------------------------------------------------------------------------------------


def filing_form(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """G-08: what the office reports for 审核 and 备案; opinions and seals stay blank."""
    judged, scheme = material.judged, material.judged.scheme
    counts: Counter[str] = Counter(verdict.outcome for verdict in judged.verdicts.values())
    hours = sum(verdict.hours or 0 for verdict in judged.verdicts.values())
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "college": scheme.organisation.college,
        "authority": scheme.organisation.authority,
        "base_school": "、".join(one.name for one in judged.season.roster.base_schools)
        or scheme.organisation.base_school,
        "period": period_words(scheme),
        "trainees": len(judged.trainees),
        "schools": len({one.school for one in judged.trainees}),
        "mentors": len(judged.season.roster.mentors),
        "passed": sum(counts[one] for one in PASSED),
        "withheld": counts["合格（证书缓发）"],
        "failed": counts["不合格"] + counts["未完成"],
        "unassessed": counts["未考核"],
        "trainee_hours": hours,
        "mentor_hours": sum(one.hours or 0 for one in mentor_lines(material)),
        "as_of": judged.as_of.isoformat(),
    }
    papers: GivenRows = tuple({"number": number, "paper": paper, "copies": copies}
                              for number, (paper, copies) in enumerate(_filed_papers(material), 1))  # fmt: skip
    return (Draft("filing_form", "filing_form", "papers", "", values, f"{FOLDER}/备案表", 4, {"papers": papers}),)


def _filed_papers(material: Material) -> Iterable[tuple[str, str]]:
    judged = material.judged
    number = len(judged.trainees)
    yield "终结性学情报告（附学员一览表、各校情况汇总表、指导教师一览表）", "1份"
    keepers = {
        one.name: one.copies for one in judged.scheme.documents if one.form in ("appraisal", "assessment_register")
    }
    for name, copies in keepers.items():
        yield f"{name.replace(' ', '')}（{number}人，每人一式{copies}份）", f"{number * copies}份"
    yield "教师培训档案登记表", "1份"
    if judged.scheme.certificates:
        yield "证书发放登记册", "1份"


def period_words(scheme: Scheme) -> str:
    """`2016年9月1日至2016年11月30日`, or that it is not set."""
    start, end = scheme.calendar.start, scheme.calendar.end
    return f"{chinese_date(start)}至{chinese_date(end)}" if start and end else "方案没有写起止日期"


# --- 培训档案 ----------------------------------------------------------------------------------------------------


def archive_entries(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """十三五 training archive: a line for each trainee and mentor, and a line of its own for absence (G-07)."""
    people = asked_trainees(material, asking)
    rows = [row for one in people for row in _archive_rows(material, one)]
    if not asking.school and not asking.person:
        rows += [_mentor_entry(material, one) for one in mentor_lines(material)]
    return _archive(material, tuple({"number": number, **row} for number, row in enumerate(rows, 1)), asking)


def _archive(material: Material, rows: tuple[dict[str, Given], ...], asking: Asking) -> tuple[Draft, ...]:
    scheme = material.judged.scheme
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "period": period_words(scheme),
        "college": scheme.organisation.college,
        "as_of": material.judged.as_of.isoformat(),
    }
    file = f"{FOLDER}/{file_name('教师培训档案登记表', asking.school, asking.person)}"
    person = next(iter(asked_trainees(material, asking)), None) if asking.person else None
    key = person.key if person else ""
    return (Draft("archive_entries", "archive_entries", "papers", key, values, file, MOST_PAGES, {"people": rows}),)


def _archive_rows(material: Material, person: Person) -> list[dict[str, Given]]:
    judged = material.judged
    verdict = judged.verdicts[person.key]
    hours = f"{verdict.hours}学时" if verdict.hours is not None else "未定"
    rows = [_entry(person, f"跟岗研修，{verdict.outcome}", hours, certificate_number(material, person.key))]
    at = judged.scheme.outcomes.withhold_unexcused_at
    if at and verdict.unexcused >= at:
        said = f"无故缺勤{plain(verdict.unexcused)}天"
        rows.append(_entry(person, said, None, None))
    return rows


def _entry(person: Person, said: str, hours: str | None, number: str | None) -> dict[str, Given]:
    return {
        "name": person.name,
        "id_number": masked(person.id_number) or None,
        "school": person.school or None,
        "subject": stage_subject(person) or None,
        "result": said,
        "hours": hours,
        "certificate": number,
    }


def _mentor_entry(material: Material, one: "MentorLine") -> dict[str, Given]:
    hours = f"{one.hours}学时" if one.hours is not None else "未定"
    return _entry(one.mentor, "担任跟岗研修指导教师", hours, certificate_number(material, one.mentor.key))


def certificate_number(material: Material, key: str) -> str | None:
    """The number of the certificate that a person holds, as printed; None while there is none."""
    scheme = material.judged.scheme
    spent: Spent | None = next((one for one in material.spent if one.person == key and one.issued_on), None)
    certificate = next((one for one in scheme.certificates if spent and one.series == spent.series), None)
    return number_words(scheme, certificate, spent.number) if spent else None


# --- 指导教师学时表 ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MentorLine:
    """hours: certain ones, None while they wait; why: what they wait for."""

    mentor: Person
    trainees: tuple[Person, ...]
    hours: int | None
    why: str


def mentor_lines(material: Material) -> tuple[MentorLine, ...]:
    """Of each mentor in roster order."""
    judged = material.judged
    held = {one.person: one for one in certificate_drafts(judged) if isinstance(one, HeldBack)}
    given = judged.scheme.outcomes.hours_mentor
    return tuple(
        MentorLine(
            one, judged.season.roster.trainees_of(one.key),
            None if one.key in held or not given else given,
            held[one.key].why.rstrip("。") if one.key in held else "",
        )
        for one in judged.season.roster.mentors
    )  # fmt: skip


def mentor_hours(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """Who guided whom, and the hours that are recognised for it."""
    scheme, lines = material.judged.scheme, mentor_lines(material)
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "as_of": material.judged.as_of.isoformat(),
        "settled": sum(one.hours is not None for one in lines),
        "total": sum(one.hours or 0 for one in lines),
        "college": scheme.organisation.college,
    }
    rows = tuple(
        {
            "number": number,
            "name": one.mentor.name,
            "school": one.mentor.school or None,
            "subject": one.mentor.subject or None,
            "title": one.mentor.title or None,
            "trainees": "、".join(trainee.name for trainee in one.trainees) or None,
            "hours": one.hours,
            "note": masked(one.why) or certificate_number(material, one.mentor.key),
        }
        for number, one in enumerate(lines, 1)
    )
    file = f"{FOLDER}/指导教师学时表"
    return (Draft("mentor_hours", "mentor_hours", "papers", "", values, file, MOST_PAGES, {"mentors": rows}),)


# --- 各校汇总表 --------------------------------------------------------------------------------------------------


def school_roll_up(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """G-09: per school, without rank or name of a person."""
    judged = material.judged
    values: dict[str, Given] = {
        "programme": programme_of(judged.scheme),
        "as_of": judged.as_of.isoformat(),
        "college": judged.scheme.organisation.college,
    }
    rows = [{"number": number, **_school_row(judged, one)} for number, one in enumerate(_schools(judged), 1)]
    values |= {column: sum(value for row in rows if isinstance(value := row[column], int))
               for column in ("due", "sent", "passed", "late", "criticised")}  # fmt: skip
    absent = sum((judged.verdicts[one.key].unexcused for one in judged.trainees), Decimal(0))
    values["absent"] = plain(absent)
    file = f"{FOLDER}/各校汇总表"
    return (
        Draft("school_roll_up", "school_roll_up", "papers", "", values, file, MOST_PAGES, {"schools": tuple(rows)}),
    )


def _schools(judged: Judged) -> tuple[School, ...]:
    sending = {one.school for one in judged.trainees}
    found = [one for one in judged.season.roster.schools if not one.base and (one.rural or one.name in sending)]
    return tuple(sorted(found, key=lambda one: (one.order, one.name)))


def _school_row(judged: Judged, school: School) -> dict[str, Given]:
    sent = [one for one in judged.trainees if one.school == school.name]
    keys = {one.key for one in sent}
    absent = sum((judged.verdicts[key].unexcused for key in keys), Decimal(0))
    named = ticked(judged)
    criticised = [one for one in judged.season.told.ticks if one.list == "criticism" and one.person in keys]
    return {
        "school": school.name,
        "due": len(school.stages) if school.rural else 0,
        "sent": len(sent),
        "passed": sum(judged.verdicts[key].outcome in PASSED for key in keys),
        "excellent": sum(person.key in keys for person, _ in named) if named else None,
        "absent": plain(absent) if absent else None,
        "late": sum(_late(judged, key) for key in keys),
        "criticised": len(criticised),
        "note": _note(judged.debts, school),
    }


def _late(judged: Judged, key: str) -> int:
    """Kinds of paper, of those that the school or the trainee hands in, of which one came late."""
    theirs = tuple(one.name for one in judged.scheme.documents if one.owed_by in _SIGNED_FOR_SCHOOL)
    found = (one for one in judged.verdicts[key].findings if one.code == "late")
    return sum(one.message.startswith(theirs) for one in found)


def _note(debts: Iterable[Debt], school: School) -> str | None:
    own = sum(len(debt.items) for debt in debts if debt.debtor == "school" and debt.key == school.key)
    return f"本校还有{own}项材料未报" if own else None
