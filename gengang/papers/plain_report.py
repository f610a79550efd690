"""研修情况报告: the cohort of a programme that gives no points, hours and certificates.

It has what such a programme asks, who has done it, which papers are in, and what every person's verdict is; what only a
person can write stands as 待补充, and the report stays a draft. No ID number and no phone is in it.
"""

from collections import Counter
from collections.abc import Sequence

from gengang.calendar_days import written
from gengang.papers.cohort_report import TO_BE_WRITTEN, CohortFacts, who_they_are
from gengang.papers.draft import Draft
from gengang.papers.words import chinese_date, programme_of, stage_subject
from gengang.rendering import Given, GivenRows
from gengang.rhythm import asked_words
from gengang.roster import Person
from gengang.scheme import Calendar, Debtor, Document, Requirement

GOOD = ("合格", "完成")
_BY_WHOM: dict[Debtor, str] = {
    "school": "派出学校", "base_school": "基地校", "mentor": "指导教师", "trainee": "学员", "office": "承办单位",
}  # fmt: skip


def plain_report_draft(facts: CohortFacts) -> Draft:
    """The report as things stand, always as 草稿: a person completes and signs it."""
    values: dict[str, Given] = {
        "status": "草稿",
        "programme": programme_of(facts.scheme),
        "college": facts.scheme.organisation.college,
        "issued_on": facts.as_of.isoformat(),
        "basics": _basics(facts),
        "process": f"{_window(facts.scheme.calendar)}各项任务和材料的完成情况见下表。",
        "results": f"{_how_judged(facts)}{_outcomes(facts)}",
        "practices": TO_BE_WRITTEN,
        "achievements": TO_BE_WRITTEN,
        "problems": _problems(facts),
        "suggestions": TO_BE_WRITTEN,
    }
    lists: dict[str, GivenRows] = {
        "tasks": tuple(_task_row(one, facts) for one in facts.scheme.requirements if one.tracked),
        "papers": tuple(_paper_row(one, facts) for one in facts.scheme.documents if one.tracked),
        "persons": tuple(_person_row(person, facts) for person in facts.trainees),
    }
    return Draft("plain_report", "plain_report", "papers", "", values, "报告/研修情况报告_草稿", 3000, lists)


# --- sections ---


def _basics(facts: CohortFacts) -> str:
    people = facts.trainees
    if facts.scheme.participants.kind == "individual" and len(people) == 1:
        one = people[0]
        return f"这是一人自订的方案，由{one.name}（{'，'.join(filter(None, (one.school, stage_subject(one))))}）执行。"
    schools = len({person.school for person in people})
    mentors = f"；指导教师{len(facts.roster.mentors)}名" if facts.roster.mentors else ""
    return f"学员{len(people)}名，来自{schools}所学校{mentors}。{who_they_are(people)}"


def _window(calendar: Calendar) -> str:
    if calendar.start and calendar.end:
        return f"研修时间为{chinese_date(calendar.start)}至{chinese_date(calendar.end)}。"
    if calendar.start:
        return f"研修自{chinese_date(calendar.start)}起，方案没有写结束日。"
    return "研修起止日期方案没有写。"


def _how_judged(facts: CohortFacts) -> str:
    rules = facts.scheme.evaluation
    paper = facts.scheme.document(rules.form)
    on = f"以《{paper.name}》的结论为准" if paper else f"以{rules.assessor}的评价结论为准"
    match rules.kind:
        case "qualitative":
            return f"方案的评价是定性的，{on}。"
        case "self":
            return f"方案的评价由本人作出，{on}。"
        case "activity":
            return f"方案评价的是活动，{f'见《{paper.name}》，' if paper else ''}不评个人；个人只看要求的是否都已完成。"
        case "none":
            return "方案没有写评价；个人只看要求的是否都已完成。"
    note = next((f"（{one.note}）" for one in facts.scheme.unknowns if one.place == "evaluation.kind"), "")
    return f"方案没有写明评价办法{note}，不给结论。"


def _outcomes(facts: CohortFacts) -> str:
    counts = Counter(verdict.outcome for verdict in facts.verdicts.values())
    told = "、".join(f"{outcome}{number}名" for outcome, number in counts.items())
    return f"截至{chinese_date(facts.as_of)}：{told}。" if told else ""


def _problems(facts: CohortFacts) -> str:
    """What the records themselves show, no name."""
    if not facts.verdicts:
        return "还没有学员名单，无从比较。"
    wanted = any(one.need for one in facts.scheme.requirements) or any(one.need for one in facts.scheme.documents)
    if not wanted:
        return "方案没有写要做多少、交多少，无从比较。"
    lacking = [(one, _short_of(one, facts)) for one in facts.scheme.requirements]
    said = [f"{one.name}没有达到要求（{asked_words(one)}）的{number}名"
            for one, number in lacking if number]  # fmt: skip
    owed = sum(len(debt.items) for debt in facts.debts)
    if owed:
        said.append(f"未交材料{owed}项，见缺件清单")
    return f"{'；'.join(said)}。" if said else "要求的任务都已达到，材料已交齐。"


def _short_of(asked: Requirement, facts: CohortFacts) -> int:
    return sum(any(short.requirement == asked.id for short in verdict.shortfall) for verdict in facts.verdicts.values())


# --- tables ---


def _task_row(asked: Requirement, facts: CohortFacts) -> dict[str, Given]:
    """total: what all have together, of one of several ways what the first of them counts, and the others after it."""
    short = _short_of(asked, facts)
    return {
        "item": asked.name,
        "asked": asked_words(asked),
        "total": _total(asked, facts),
        "met": len(facts.verdicts) - short if asked.need else None,
        "short": short if asked.need else None,
    }


def _total(asked: Requirement, facts: CohortFacts) -> str:
    ways = [(way.measure, way.unit) for way in asked.alternatives] or [(asked.measure, asked.unit)]
    return "、".join(f"{sum(one.count(measure) for one in facts.figures.values())}{unit}" for measure, unit in ways)


def _paper_row(document: Document, facts: CohortFacts) -> dict[str, Given]:
    """For a paper of each trainee how many have handed it in; of one of the whole whether it is in."""
    if document.per == "trainee":
        number = sum(any(one.document == document.name for one in verdict.missing)
                     for verdict in facts.verdicts.values())  # fmt: skip
        complete = len(facts.verdicts) - number
    else:
        number = sum(owed.document == document.name for debt in facts.debts for owed in debt.items)
        complete = int(not number)
    return {
        "paper": document.name,
        "owed_by": _BY_WHOM[document.owed_by],
        "due": written(document.due) if document.due else None,
        "complete": complete,
        "lacking": number,
    }


def _person_row(person: Person, facts: CohortFacts) -> dict[str, Given]:
    verdict = facts.verdicts.get(person.key)
    return {
        "name": person.name,
        "school": person.school or None,
        "stage_subject": stage_subject(person) or None,
        "mentor": _names(facts.roster.mentors_of(person.key)) or None,
        "missing": "、".join(one.document for one in verdict.missing) or None if verdict else None,
        "verdict": verdict.outcome if verdict else None,
    }


def _names(people: Sequence[Person]) -> str:
    return "、".join(one.name for one in people)
