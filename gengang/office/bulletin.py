"""学员情况通报 in its five sections, and beside it the excerpts and candidates from which a person completes it.

Numbers are the machine's. 基地校管理 and 好经验好做法 are written by a person; while they are not, they print 待补充
and the 通报 stays a draft. A name stands in it only where somebody ticked it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gengang.calendar_days import written
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.office.asking import bulletin_day, month_word
from gengang.office.kinds import Asking, Material
from gengang.office.letters import as_letter
from gengang.office.pace import candidates, may_be_named, paces
from gengang.papers.cohort_report import TO_BE_WRITTEN
from gengang.papers.draft import Draft
from gengang.papers.excerpts import Excerpt, base_excerpts, practice_excerpts, source_words
from gengang.papers.words import chinese_date, plain_name, programme_of
from gengang.rendering import Given, GivenRows
from gengang.scheme import Measure
from gengang.timetable import bulletin_days

FOLDER = "通报"
MOST_PAGES = 60
# A run lays a 通报 ready on its day and so many days after: the last of September is followed by a week of holidays.
DAYS_AFTER = 8
PARTS = ("总体进展", "基地校管理", "好经验好做法", "存在问题", "下一步要求")
_NUMERALS = "一二三四五六七八九"
_TOLD: tuple[tuple[Measure, str, str], ...] = (
    ("logs", "研修日志", "篇"), ("lessons_heard", "听课", "节"), ("lessons_taught", "上课", "节"),
    ("research_activities", "参加教研活动", "次"), ("class_activities", "组织或参加班级活动", "次"),
    ("reflections", "撰写教育教学反思", "篇"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Issue:
    """One 通报. day: its last; month: `2016-10`."""

    judged: Judged
    day: date

    @property
    def month(self) -> str:
        return month_word(self.day)

    def written(self, part: str) -> str:
        return self.judged.season.told.text("bulletin", part, self.month)


def is_due(material: Material) -> bool:
    """Whether a run of that day lays the 通报 ready."""
    as_of = material.judged.as_of
    return bool(material.judged.season.roster.trainees) and any(
        day <= as_of <= day + timedelta(DAYS_AFTER) for day in bulletin_days(material.judged.scheme)
    )


def drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """The 通报 of a month and its 素材; none of a programme without any.

    Raises WorkspaceError for a 发文字号 while a part is still to be written.
    """
    day = bulletin_day(material, asking.month)
    if day is None:
        return ()
    issue = _Issue(material.judged, day)
    draft = _bulletin(issue)
    if not asking.number:
        return (draft, _sheet(issue))
    if not _is_complete(issue):
        raise WorkspaceError(
            "学员情况通报还有“待补充”的部分，只能是草稿，不能编发文字号：先用 gengang papers write 写好再印。"
        )
    today = issue.judged.as_of
    issued = replace(draft, values={**draft.values, "issued_on": today.isoformat()})
    return (as_letter(issued, asking, issue.judged.scheme.organisation.college, today), _sheet(issue))


def bulletin_of(judged: Judged, day: date) -> Draft:
    """The 通报 of a day alone, as it stands now, without the excerpts that it may be written from."""
    return _bulletin(_Issue(judged, day))


def _is_complete(issue: _Issue) -> bool:
    return all(issue.written(part) for part in ("base", "practice"))


# --- the 通报 -----------------------------------------------------------------------------------------------------


def _bulletin(issue: _Issue) -> Draft:
    scheme, day = issue.judged.scheme, issue.day
    values: dict[str, Given] = {
        "status": "送审稿" if _is_complete(issue) else "草稿",
        "programme": programme_of(scheme),
        "month": f"{day.year}年{day.month}月",
        "to": "各派出学校、基地校",
        "opening": _opening(issue),
        "sections": "\n".join(_sections(issue)),
        "college": scheme.organisation.college,
        "issued_on": day.isoformat(),
    }
    return Draft("bulletin", "bulletin", "papers", "", values, _file(issue, "学员情况通报"), MOST_PAGES)


def _file(issue: _Issue, name: str) -> str:
    return f"{FOLDER}/{name}_{issue.day.year}年{issue.day.month:02d}月"


def _opening(issue: _Issue) -> str:
    return f"现将截至{chinese_date(issue.day)}的跟岗研修情况通报如下。"


def _sections(issue: _Issue) -> Iterator[str]:
    """Those that the scheme names, in its order; one that we know nothing of is a person's to write."""
    told = {
        "总体进展": _progress(issue),
        "基地校管理": issue.written("base"),
        "好经验好做法": issue.written("practice"),
        "存在问题": _problems(issue),
        "下一步要求": issue.written("next") or _next(issue),
    }
    for number, part in enumerate(issue.judged.scheme.bulletins.parts or PARTS):
        yield f"{_NUMERALS[number]}、{part}"
        yield told.get(part) or TO_BE_WRITTEN


def _progress(issue: _Issue) -> str:
    judged, day = issue.judged, issue.day
    people = judged.trainees
    if not people:
        return "学员名单尚未确定。"
    schools = len({one.school for one in people})
    planned = sum(judged.figures[one.key].planned is not None for one in people)
    before = day.replace(day=1) - timedelta(1)
    totals, months = [], []
    for measure, name, unit in _TOLD:
        whole = sum(judged.figures[one.key].until(measure, day) for one in people)
        totals.append(f"{name}{whole}{unit}")
        if measure != "reflections":  # a text bears no day of its own
            months.append(
                f"{name}{whole - sum(judged.figures[one.key].until(measure, before) for one in people)}{unit}"
            )
    begun = sum(pace.done > 0 for pace in paces(judged, day))
    return "\n".join((
        f"参加研修的学员{len(people)}名，来自{schools}所学校；已收到个人研修方案{planned}份，"
        f"已有研修记录的学员{begun}名。",
        f"按已收到的材料统计，累计{'、'.join(totals)}；其中{day.month}月{'、'.join(months)}。",
    ))  # fmt: skip


def _problems(issue: _Issue) -> str:
    """Numbers, and the names that a person ticked."""
    judged, day = issue.judged, issue.day
    every = paces(judged, day)
    without = sum(one.planned is None for one in every)
    slow = sum(one.behind and one.planned is not None for one in every)
    owed = sum(one.due is not None and one.due <= day for debt in judged.debts for one in debt.items)
    said = [f"个人研修方案尚未报送的{without}名"] if without else []
    said += [f"有记录的研修日少于本人研修方案安排的{slow}名"] if slow else []
    said += [f"应交日期已过而未收到的材料{owed}项"] if owed else []
    text = f"{'；'.join(said)}。" if said else "各项任务按计划进行，应交的材料已交齐。"
    ticked = judged.season.told.ticked("criticism", issue.month)
    named = [(person, one) for one in ticked if (person := judged.season.roster.person(one.person)) is not None]
    if not named:
        return text
    listed = "；".join(f"{person.name}（{person.school}）：{one.why.rstrip('。；')}" for person, one in named)
    return f"{text}\n对以下学员予以通报批评，请所在学校督促其按时按要求完成学习任务：{listed}。"


def _next(issue: _Issue) -> str:
    """What is due next, by the scheme's own days."""
    judged, day = issue.judged, issue.day
    due: dict[date, list[str]] = {}
    for one in judged.scheme.documents:
        if one.tracked and one.due is not None and one.due > day:
            due.setdefault(one.due, []).append(plain_name(one.name))
    said = [f"{written(when)}前报送{'、'.join(names)}" for when, names in sorted(due.items())]
    plan = "请各基地校、指导教师督促学员按个人研修方案的进度参加研修，及时填写研修日志和听课记录，不搞突击。"
    if not said:
        return f"{plan}\n尚未交齐材料的，请尽快补交。" if judged.debts else plan
    return f"{plan}\n请按期报送材料：{'；'.join(said)}。"


# --- what a person completes it from -----------------------------------------------------------------------------


def _sheet(issue: _Issue) -> Draft:
    judged = issue.judged
    base, practice = offered(judged, issue.day)
    values: dict[str, Given] = {
        "programme": programme_of(judged.scheme),
        "month": f"{issue.day.year}年{issue.day.month}月",
        "as_of": judged.as_of.isoformat(),
        "naming": _naming(issue),
    }
    lists = {
        "base": _excerpt_rows(issue, base),
        "practice": _excerpt_rows(issue, practice),
        "people": _candidate_rows(issue),
    }
    file = _file(issue, "内部/通报素材")
    return Draft("bulletin_sheet", "bulletin_sheet", "papers", "", values, file, MOST_PAGES, lists)


def _naming(issue: _Issue) -> str:
    if not may_be_named(issue.judged, issue.day):
        return "研修时间未过半，不提通报批评的人选；进度慢的以提醒为主。"
    return "以下学员进度落后于本人研修方案，只是候选；由人勾选后才写进通报，未勾选的不点名。"


def _excerpt_rows(issue: _Issue, found: Sequence[Excerpt]) -> GivenRows:
    roster = issue.judged.season.roster

    def name_of(key: str) -> str:
        person = roster.person(key)
        return person.name if person else ""

    return tuple({"number": one.number, "text": one.text, "source": source_words(one, name_of)} for one in found)


def _candidate_rows(issue: _Issue) -> GivenRows:
    ticked = {one.person for one in issue.judged.season.told.ticked("criticism", issue.month)}
    return tuple(
        {
            "name": one.person.name,
            "school": one.person.school or None,
            "why": one.why,
            "ticked": "已勾选" if one.person.key in ticked else None,
        }
        for one in candidates(issue.judged, issue.day)
    )


def offered(judged: Judged, day: date) -> tuple[tuple[Excerpt, ...], tuple[Excerpt, ...]]:
    """Excerpts about the base school's management and about practice, from the time that the 通报 of a day tells of."""
    papers = [held.paper for held in judged.season.papers]
    before = [one for one in bulletin_days(judged.scheme) if one < day]
    after = before[-1] if before else None
    return base_excerpts(papers, after, day), practice_excerpts(papers, after, day)
