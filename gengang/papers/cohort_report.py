"""终结性学情报告: the cohort in seven sections, five tables and four charts; every number from verdicts and records.

What only a person can write stands as 待补充 until it is written, and the report stays a draft. No ID number and no
phone is in it. Two tables are for whoever doubts or answers: each suggestion with its source, and each number with its
list of people and papers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

from gengang.assess import Verdict
from gengang.debts import Debt
from gengang.owed import late_findings
from gengang.papers.certificate import HeldBack
from gengang.papers.charts import Series, Share, progress_chart, score_chart, share_chart
from gengang.papers.draft import Draft, list_order
from gengang.papers.excerpts import source_words, suggestions_of
from gengang.papers.figures import Figures, done_by, plain
from gengang.papers.tracing import Counted, in_rows, traced
from gengang.papers.words import chinese_date, in_titles, masked, programme_of, stage_subject
from gengang.rendering import Drawing, Given, GivenRows
from gengang.roster import Person, Roster, School
from gengang.scheme import Measure, Requirement, Scheme
from gengang.submission import Paper
from gengang.tasks import FORMS_OF_STUDY
from gengang.ticks import NOTHING_TOLD, Told

TO_BE_WRITTEN = "待补充。"
WRITTEN_PARTS = ("practices", "achievements", "suggestions")
UNITS_OF_CHARTS: tuple[tuple[Measure, str], ...] = (("logs", "研修日志"), ("lessons_heard", "听课"))


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """What the report is made from.

    verdicts, figures: person key -> value, for trainees; mentors_back: mentors whose hours wait, by key.
    registrations: the schools' sign-up lists; fonts: folder with the faces of the charts.
    told: what a person wrote for it; papers: all that came, in order.
    """

    scheme: Scheme
    roster: Roster
    verdicts: Mapping[str, Verdict]
    figures: Mapping[str, Figures]
    debts: Sequence[Debt]
    mentors_back: Mapping[str, HeldBack]
    registrations: Sequence[Paper]
    as_of: date
    fonts: Path | None = None
    told: Told = NOTHING_TOLD
    papers: Sequence[Paper] = ()

    def written(self, part: str) -> str:
        """What a person wrote for a section, empty while nobody did."""
        return self.told.text("report", part)

    @property
    def trainees(self) -> tuple[Person, ...]:
        """Trainees in the order of every list."""
        return list_order(self.roster.trainees, self.roster, self.scheme.participants.subjects)

    def outcomes(self, *outcomes: str) -> int:
        """How many trainees have one of these outcomes."""
        return sum(verdict.outcome in outcomes for verdict in self.verdicts.values())


def cohort_report_draft(facts: CohortFacts) -> Draft:
    """The report as things stand, as 草稿 until every section is written: a person completes and signs it."""
    complete = all(facts.written(part) for part in WRITTEN_PARTS)
    values: dict[str, Given] = {
        "status": "送审稿" if complete else "草稿",
        "programme": programme_of(facts.scheme),
        "college": facts.scheme.organisation.college,
        "issued_on": facts.as_of.isoformat(),
        "as_of": facts.as_of.isoformat(),
        **_basics(facts), **_results(facts), **_words(facts), **_charts(facts),
    }  # fmt: skip
    lists: dict[str, GivenRows] = {
        "tasks": tuple(_task_rows(facts)),
        "persons": tuple(_person_row(person, facts) for person in facts.trainees),
        "schools": tuple(_school_row(school, facts) for school in _schools(facts)),
        "guides": tuple(_guide_row(mentor, facts) for mentor in facts.roster.mentors),
        "wishes": tuple(_wish_rows(facts)),
        "sources": tuple(_source_rows(facts)),
    }
    return Draft("cohort_report", "cohort_report", "papers", "", values, "报告/终结性学情报告_草稿", 3000, lists)


# --- sections ---


def _schools(facts: CohortFacts) -> tuple[School, ...]:
    """Schools that send trainees or should."""
    sending = {person.school for person in facts.roster.trainees}
    found = [school for school in facts.roster.schools if not school.base and (school.rural or school.name in sending)]
    return tuple(sorted(found, key=lambda school: (school.order, school.name)))


def _basics(facts: CohortFacts) -> dict[str, Given]:
    schools, trainees = _schools(facts), facts.trainees
    sending = {person.school for person in trainees}
    return {
        "schools_due": sum(bool(school.rural) for school in schools),
        "schools_reported": sum(school.name in sending for school in schools),
        "schools_late": len(_late_schools(facts)),
        "trainees": len(trainees),
        "primary_trainees": sum(person.stage == "小学" for person in trainees),
        "junior_trainees": sum(person.stage == "初中" for person in trainees),
        "mentors": len(facts.roster.mentors),
        "basics": who_they_are(trainees),
    }


def _late_schools(facts: CohortFacts) -> tuple[str, ...]:
    """Schools whose sign-up list came after its day, as the lists name them."""
    document = facts.scheme.document("registration")
    late = [one for one in facts.registrations if document and any(
        finding.code == "late" for finding in late_findings(document, (one,), facts.as_of))]  # fmt: skip
    return tuple(dict.fromkeys(str(paper.submission.text("school")) for paper in late))


def who_they_are(trainees: Sequence[Person]) -> str:
    """How many men and women, of which subjects and titles."""
    men, women = (sum(person.gender == gender for person in trainees) for gender in "男女")
    subjects = _tally(stage_subject(person) for person in trainees)
    titles = _tally(person.title or "职称未填" for person in trainees)
    return f"学员中男{men}名、女{women}名。按学科：{subjects}。按职称：{titles}。"


def _tally(words: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return "、".join(f"{word}{count}名" for word, count in counts.items()) or "无"


def _results(facts: CohortFacts) -> dict[str, Given]:
    passed, withheld = facts.outcomes("合格", "合格（证书缓发）"), facts.outcomes("合格（证书缓发）")
    hours = sum(verdict.hours or 0 for verdict in facts.verdicts.values())
    guided = sum(mentor.key not in facts.mentors_back for mentor in facts.roster.mentors)
    return {
        "passed": passed,
        "failed": facts.outcomes("不合格"),
        "withheld": withheld,
        "unassessed": facts.outcomes("未考核"),
        "pass_rate": _share(passed, len(facts.verdicts)),
        "trainee_hours": hours,
        "mentor_hours": guided * facts.scheme.outcomes.hours_mentor,
        "results": _results_words(facts),
    }


def _share(part: int, whole: int) -> str | None:
    """A percentage with one decimal, None of nobody; never rounded up to 100."""
    if not whole:
        return None
    return plain((Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_DOWN))


def _results_words(facts: CohortFacts) -> str:
    scores = _scores(facts)
    if not scores:
        return "截至统计日尚无已定的得分。"
    mean = (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    said = f"已定得分{len(scores)}名，平均{plain(mean)}分，最高{plain(max(scores))}分，最低{plain(min(scores))}分。"
    open_number = len(facts.verdicts) - len(scores)
    return said + (f"其余{open_number}名的得分尚有待定项目，不列入平均。" if open_number else "")


def _scores(facts: CohortFacts) -> list[Decimal]:
    return [verdict.score for verdict in facts.verdicts.values() if verdict.score is not None]


def _words(facts: CohortFacts) -> dict[str, Given]:
    calendar = facts.scheme.calendar
    days, untold = done_by(facts.figures.values(), "workdays")
    when = (
        f"研修时间为{chinese_date(calendar.start)}至{chinese_date(calendar.end)}。"
        if calendar.start and calendar.end
        else "研修起止日期方案未写明。"
    )
    whole = f"学员到岗合计{plain(sum(days, Decimal(0)))}天{f'（{untold}）' if untold else ''}"
    told = whole if days else "学员到岗天数还没有考勤表可计"
    process = f"{when}{told}，各项任务完成情况见下表，“最少”一栏为学员中完成数量最少者。"
    return {
        "process": process,
        **{part: facts.written(part) or TO_BE_WRITTEN for part in WRITTEN_PARTS},
        "problems": _problems(facts),
    }


def _problems(facts: CohortFacts) -> str:
    """What the records themselves show; no name."""
    if not facts.verdicts:
        return "还没有学员名单，无从比较。"
    short: dict[str, int] = {}
    for verdict in facts.verdicts.values():
        for one in verdict.shortfall:
            short[one.requirement] = short.get(one.requirement, 0) + 1
    asked = [one for one in facts.scheme.requirements if one.id in short]
    said = [f"{one.name}不足{plain(one.need)}{one.unit}的{short[one.id]}名" for one in asked]
    owed = sum(len(debt.items) for debt in facts.debts)
    if owed:
        said.append(f"截至{chinese_date(facts.as_of)}未交材料{owed}项，见缺件清单")
    return f"{'；'.join(said)}。" if said else "各项任务均已达到规定数量，材料已交齐。"


def _charts(facts: CohortFacts) -> dict[str, Given]:
    calendar, number = facts.scheme.calendar, len(facts.figures)
    needs = {measure: facts.scheme.requirement(measure) for measure, _ in UNITS_OF_CHARTS}
    days: dict[Measure, list[date]] = {"logs": [], "lessons_heard": []}
    for figures in facts.figures.values():
        days["logs"] += figures.log_days
        days["lessons_heard"] += figures.lesson_days
    series = [_series(name, days[measure], needs[measure], number) for measure, name in UNITS_OF_CHARTS]
    shown = [day for found in days.values() for day in found] or [facts.as_of]
    start, end = calendar.start or min(shown), calendar.end or max(*shown, facts.as_of)
    return {
        "chart_progress": Drawing(progress_chart, (tuple(series), start, end), facts.fonts),
        "chart_score": Drawing(score_chart, (tuple(_scores(facts)), facts.scheme.evaluation.pass_at), facts.fonts),
        "chart_schools": Drawing(share_chart, (tuple(_school_shares(facts)),), facts.fonts),
        "chart_forms": Drawing(share_chart, (tuple(_form_shares(facts)),), facts.fonts),
    }


def _school_shares(facts: CohortFacts) -> list[Share]:
    """Of each school that sends somebody how much of what is asked was done, what is above it not counted."""
    asked = [one for one in facts.scheme.in_all if one.tracked and one.need]
    shares = []
    for number, school in enumerate(_schools(facts), 1):
        sent = [facts.figures[one.key] for one in facts.trainees
                if one.school == school.name and one.key in facts.figures]  # fmt: skip
        done = [min(Decimal(1), have / rule.need) for rule in asked for have in done_by(sent, rule.measure)[0]]
        if done:
            share = sum(done, Decimal(0)) / len(done)
            said = f"{plain((share * 100).quantize(Decimal('0.1'), ROUND_DOWN))}%（{len(sent)}名）"
            shares.append(Share(school.name, share, said, number))
    return shares


def _form_shares(facts: CohortFacts) -> list[Share]:
    """C-04: of each form of study how many people took part in it, and how many records there are."""
    number = len(facts.figures)
    found = []
    for measure, name in FORMS_OF_STUDY.items():
        counts = [one.count(measure) for one in facts.figures.values()]
        people, asked = sum(map(bool, counts)), facts.scheme.requirement(measure)
        said = f"{people}名，{sum(counts)}{asked.unit if asked else '次'}" if people else "没有记录"
        found.append(Share(name, Decimal(people) / number if number else Decimal(0), said))
    return found


def _series(name: str, days: Sequence[date], asked: Requirement | None, people: int) -> Series:
    unit = asked.unit if asked else "次"
    return Series(name, unit, tuple(sorted(days)), int(asked.need) * people if asked else None)


# --- tables ---


def _task_rows(facts: CohortFacts) -> list[dict[str, Given]]:
    asked = [one for one in facts.scheme.in_all if one.tracked]
    return [_task_row(one, facts) for one in asked if facts.figures]


def _task_row(asked: Requirement, facts: CohortFacts) -> dict[str, Given]:
    have, untold = done_by(facts.figures.values(), asked.measure)
    item = f"{asked.name}（每人{plain(asked.need)}{asked.unit}{f'；{untold}' if untold else ''}）"
    if not have:
        return {"item": item, "total": None, "mean": None, "least": None}
    mean = (sum(have, Decimal(0)) / len(have)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return {
        "item": item,
        "total": f"{plain(sum(have, Decimal(0)))}{asked.unit}",
        "mean": f"{plain(mean)}{asked.unit}",
        "least": f"{plain(min(have))}{asked.unit}",
    }


def _person_row(person: Person, facts: CohortFacts) -> dict[str, Given]:
    figures, verdict = facts.figures.get(person.key), facts.verdicts.get(person.key)
    return {
        "name": person.name,
        "school": person.school or None,
        "stage_subject": stage_subject(person) or None,
        "days": plain(figures.present) if figures and figures.known else None,
        "heard": figures.count("lessons_heard") if figures else None,
        "taught": figures.count("lessons_taught") if figures else None,
        "reflections": figures.count("reflections") if figures and _tracked(facts, "reflections") else None,
        "logs": figures.count("logs") if figures else None,
        "score": plain(verdict.score) if verdict and verdict.score is not None else None,
        "verdict": verdict.outcome if verdict else None,
    }


def _tracked(facts: CohortFacts, measure: Measure) -> bool:
    """Whether records of a measure can be read at all; a nought for what nobody counts would mislead."""
    asked = facts.scheme.requirement(measure)
    return asked is not None and asked.tracked


def _school_row(school: School, facts: CohortFacts) -> dict[str, Given]:
    sent = [person for person in facts.roster.trainees if person.school == school.name]
    verdicts = [facts.verdicts[person.key] for person in sent if person.key in facts.verdicts]
    withheld = sum(verdict.outcome == "合格（证书缓发）" for verdict in verdicts)
    return {
        "school": school.name,
        "due": len(school.stages) if school.rural else 0,
        "reported": len(sent),
        "passed": sum(verdict.outcome in ("合格", "合格（证书缓发）") for verdict in verdicts),
        "missing": sum(len(verdict.missing) for verdict in verdicts),
        "note": f"证书缓发{withheld}名" if withheld else None,
    }


def _guide_row(mentor: Person, facts: CohortFacts) -> dict[str, Given]:
    held = facts.mentors_back.get(mentor.key)
    return {
        "name": mentor.name,
        "title": mentor.title or None,
        "subject": mentor.subject or None,
        "trainees": "、".join(trainee.name for trainee in facts.roster.trainees_of(mentor.key)) or None,
        "hours": None if held else facts.scheme.outcomes.hours_mentor,
        "note": f"待定：{in_titles(held.why.rstrip('。'))}" if held else None,
    }


def _wish_rows(facts: CohortFacts) -> Iterable[dict[str, Given]]:
    """意见建议汇总: whole, with its source, and what a person or the paper itself answers."""

    def name_of(key: str) -> str:
        person = facts.roster.person(key)
        return person.name if person else ""

    for one in suggestions_of(facts.papers):
        yield {
            "number": one.number,
            "text": one.text,
            "source": source_words(one, name_of),
            "answer": masked(facts.told.text("reply", one.key)) or one.answer or None,
        }


def _source_rows(facts: CohortFacts) -> Iterable[dict[str, Given]]:
    """数据出处: each number of the report with what it was counted from."""
    if not facts.verdicts or not facts.figures:
        return
    papers: dict[str, list[Paper]] = {}
    for paper in facts.papers:
        papers.setdefault(paper.person, []).append(paper)
    counted = Counted(
        facts.scheme, facts.roster, facts.trainees, facts.verdicts, facts.figures, facts.debts, papers,
        facts.mentors_back, _schools(facts), _late_schools(facts),
    )  # fmt: skip
    for name, value, source in in_rows(traced(counted)):
        yield {"name": name or None, "value": value or None, "source": masked(source)}
