"""个人进度单: points by line, what is missing and by when, for the mentor's signature; one sheet for each trainee."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from gengang.assess import Verdict
from gengang.calendar_days import written
from gengang.drafting import Judged
from gengang.office.asking import asked_trainees
from gengang.office.kinds import Asking, Material
from gengang.owed import MissingPaper
from gengang.papers.draft import Draft, person_file
from gengang.papers.figures import plain
from gengang.papers.words import masked, paper_name, programme_of, stage_subject
from gengang.points import PointLine, shown
from gengang.rendering import Given, GivenRows
from gengang.rhythm import asked_words
from gengang.roster import Person
from gengang.tasks import Shortfall

FOLDER = "个人进度单"
MOST_PAGES = 4
_NO_POINTS = {True: "各项得分已定。", False: "本方案不评分，只看各项任务是否完成。"}


def drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """As things stand; month: which it is called after, else that of the day."""
    judged = material.judged
    month = asking.month or judged.as_of
    return tuple(_sheet(judged, one, month) for one in asked_trainees(material, asking) if one.key in judged.verdicts)


def _sheet(judged: Judged, person: Person, month: date) -> Draft:
    verdict, scheme = judged.verdicts[person.key], judged.scheme
    mentors = "、".join(one.name for one in judged.season.roster.mentors_of(person.key))
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "month": f"{month.year}年{month.month}月",
        "name": person.name,
        "school": person.school or None,
        "stage_subject": stage_subject(person) or None,
        "mentor": mentors or None,
        "as_of": judged.as_of.isoformat(),
        "total": _total(verdict),
        "outlook": masked(verdict.outlook) or _NO_POINTS[bool(verdict.points)],
        "college": scheme.organisation.college,
    }
    lists = {"points": _point_rows(judged, verdict), "missing": _missing_rows(verdict)}
    file = person_file(f"{FOLDER}/{month.year}年{month.month:02d}月", person, judged.season.roster)
    return Draft("progress_sheet", "progress_sheet", "papers", person.key, values, file, MOST_PAGES, lists)


def _total(verdict: Verdict) -> str | None:
    whole = sum((line.max for line in verdict.points), Decimal(0))
    return f"{shown(verdict.points_now)}分（满分{plain(whole)}分）" if verdict.points else None


def _point_rows(judged: Judged, verdict: Verdict) -> GivenRows:
    """A line of the rubric each; of a programme without points a line for each task."""
    if verdict.points:
        return tuple(_point_row(line) for line in verdict.points)
    short = {one.requirement: one for one in verdict.shortfall}
    return tuple(
        {"item": one.name, "most": asked_words(one), "now": _done(short.get(one.id)), "how": None}
        for one in judged.scheme.requirements
        if one.tracked
    )


def _point_row(line: PointLine) -> dict[str, Given]:
    return {
        "item": line.name,
        "most": plain(line.max),
        "now": shown(line.points),
        "how": masked(line.how.rstrip("。")) or None,
    }


def _done(short: Shortfall | None) -> str:
    return f"已完成{plain(short.have)}，还差{plain(short.need - short.have)}" if short else "已达到"


def _missing_rows(verdict: Verdict) -> GivenRows:
    """Papers first, then the tasks whose number is not reached."""
    papers = [_paper_row(one) for one in verdict.missing]
    tasks: list[dict[str, Given]] = [
        {"what": masked(one.sentence.rstrip("。")), "who": "学员", "due": None} for one in _tasks(verdict.shortfall)
    ]
    nothing: dict[str, Given] = {"what": "没有缺件，各项任务已达到规定数量", "who": None, "due": None}
    return (*papers, *tasks) or (nothing,)


_WHO = {"school": "派出学校", "base_school": "基地校", "mentor": "指导教师", "trainee": "学员", "office": "承办单位"}


def _paper_row(one: MissingPaper) -> dict[str, Given]:
    return {
        "what": paper_name(one.document) + (f"（还差{one.lacking}份）" if one.lacking > 1 else ""),
        "who": _WHO[one.owed_by],
        "due": f"{written(one.due)}前" if one.due else None,
    }


def _tasks(short: Sequence[Shortfall]) -> tuple[Shortfall, ...]:
    """Papers that are counted stand among the papers already."""
    return tuple(one for one in short if one.requirement not in ("logs", "reflections"))
