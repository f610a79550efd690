"""领导要数: the ready sentences, and behind each the list that it was counted from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gengang.desk.standing import Standing
from gengang.desk.views.people import trainees
from gengang.drafting import Judged
from gengang.office.leaders import sentences
from gengang.papers.figures import plain
from gengang.papers.missing import KINDS
from gengang.papers.words import masked, paper_name
from gengang.roster import Person
from gengang.timetable import timetable_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """about: what it tells of, as 规模; said: to be read out; rows: how many its list has."""

    about: str
    said: str
    rows: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list. key: of the person whose page it opens, empty for nobody's."""

    key: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureList:
    """What a sentence was counted from."""

    about: str
    said: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


Made = tuple[tuple[str, ...], Iterable[Line]]  # heads of the columns, and the rows


def sentences_of(standing: Standing) -> tuple[Sentence, ...]:
    """The card, with how long each list is."""
    lists = standing.of(figure_lists)
    return tuple(Sentence(about, one.said, len(one.lines)) for about, one in lists.items())


def figure_lists(standing: Standing) -> dict[str, FigureList]:
    """What each sentence is about -> its list."""
    made: dict[str, Callable[[Judged, tuple[Person, ...]], Made]] = {
        "规模": _schools, "指导力量": _mentors, "研修进度": _progress, "任务完成": _tasks, "材料": _papers,
        "催办": _asked, "考核": _results, "学时": _hours, "下一步": _dates,
    }  # fmt: skip
    people = standing.of(trainees)
    found = {}
    for about, said in sentences(standing.judged):
        heads, lines = made[about](standing.judged, people)
        found[about] = FigureList(about, said, heads, tuple(lines))
    return found


def _who(one: Person) -> tuple[str, ...]:
    return one.name, one.school, f"{one.stage}{one.subject}"


WHO = ("学员", "学校", "学段学科")


def _schools(judged: Judged, people: tuple[Person, ...]) -> Made:
    """Every school that should send or sends somebody."""
    sent: dict[str, list[Person]] = {}
    for one in people:
        sent.setdefault(one.school, []).append(one)
    due = [one.name for one in judged.season.roster.schools if one.rural and not one.base]
    names = dict.fromkeys((*due, *sent))
    return ("学校", "人数", "学员"), (
        Line("", (name, str(len(sent.get(name, ()))), "、".join(one.name for one in sent.get(name, ())) or "没有报名"))
        for name in names
    )


def _mentors(judged: Judged, _: tuple[Person, ...]) -> Made:
    roster = judged.season.roster
    return ("指导教师", "学校", "学员"), (
        Line(one.key, (one.name, one.school, "、".join(each.name for each in roster.trainees_of(one.key)) or "没有"))
        for one in roster.mentors
    )


def _progress(judged: Judged, people: tuple[Person, ...]) -> Made:
    counted = [one for one in judged.scheme.in_all if one.tracked and one.measure not in ("workdays", "report_lessons")]
    return (*WHO, "到岗天数", *(f"{one.name}（{one.unit}）" for one in counted)), (
        Line(one.key, (*_who(one), plain(judged.verdicts[one.key].days),
                       *(str(judged.figures[one.key].count(each.measure)) for each in counted)))
        for one in people
    )  # fmt: skip


def _tasks(judged: Judged, people: tuple[Person, ...]) -> Made:
    """Who lacks something first."""
    names = {one.id: one.name for one in judged.scheme.requirements}

    def lacks(one: Person) -> str:
        short = judged.verdicts[one.key].shortfall
        return "；".join(f"{names[each.requirement]}{plain(each.have)}/{plain(each.need)}" for each in short)

    rows = sorted(people, key=lambda one: not judged.verdicts[one.key].shortfall)
    return (*WHO, "还差什么（已有/应有）"), (Line(one.key, (*_who(one), lacks(one) or "都已达到")) for one in rows)


def _papers(judged: Judged, _: tuple[Person, ...]) -> Made:
    return ("谁欠", "名称", "材料", "谁的", "是否过期"), (
        Line(owed.key, (KINDS[debt.debtor], debt.name, paper_name(owed.document),
                        owed.about if owed.about != debt.name else "", "已过期" if owed.overdue else ""))
        for debt in judged.debts for owed in debt.items
    )  # fmt: skip


def _asked(judged: Judged, _: tuple[Person, ...]) -> Made:
    roster = judged.season.roster
    names = {one.key: one.name for one in roster.schools}
    names |= {one.key: one.name for one in (*roster.trainees, *roster.mentors)}
    return ("哪天", "怎么催的", "谁", "材料", "经办"), (
        Line("", (one.on.isoformat(), one.how, names.get(one.key, KINDS[one.debtor]),
                  "、".join(map(paper_name, one.documents)), one.by))
        for one in judged.season.told.asked
    )  # fmt: skip


def _results(judged: Judged, people: tuple[Person, ...]) -> Made:
    return (*WHO, "结论", "得分"), (
        Line(one.key, (*_who(one), judged.verdicts[one.key].outcome, plain(judged.verdicts[one.key].points_now)))
        for one in people
    )


def _hours(judged: Judged, people: tuple[Person, ...]) -> Made:
    return (*WHO, "学时"), (
        Line(one.key, (*_who(one), str(judged.verdicts[one.key].hours)))
        for one in people
        if judged.verdicts[one.key].hours
    )


def _dates(judged: Judged, _: tuple[Person, ...]) -> Made:
    return ("日期", "事项"), (
        Line("", (one.when, masked(one.what))) for one in timetable_of(judged.scheme)
        if one.last is not None and (one.first or one.last) >= judged.as_of
    )  # fmt: skip
