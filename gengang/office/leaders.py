"""领导要数: one card of ready sentences with figures, to be read out or sent on; no name is on it."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from gengang.drafting import Judged
from gengang.office.kinds import Asking, Material
from gengang.papers.draft import Draft
from gengang.papers.figures import done_by, plain
from gengang.papers.words import chinese_date, plain_name, programme_of
from gengang.rendering import Given
from gengang.timetable import timetable_of

MOST_PAGES = 2
_IN_BRACKETS = re.compile(r"（[^（）]*）")
MOST_DATES = 4


def drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """The card as of the day."""
    judged = material.judged
    values: dict[str, Given] = {
        "programme": programme_of(judged.scheme),
        "as_of": judged.as_of.isoformat(),
        "office": judged.scheme.organisation.college,
    }
    rows = tuple({"about": about, "said": said} for about, said in sentences(judged))
    return (Draft("leaders_card", "leaders_card", "papers", "", values, "领导要数", MOST_PAGES, {"items": rows}),)


def sentences(judged: Judged) -> tuple[tuple[str, str], ...]:
    """What each is about, and the sentence."""
    if not judged.season.roster.trainees:
        return (("规模", "学员名单尚未确定。"), *_dates(judged))
    return (*_size(judged), *_progress(judged), *_papers(judged), *_results(judged), *_dates(judged))


def _size(judged: Judged) -> Iterator[tuple[str, str]]:
    people, roster = judged.trainees, judged.season.roster
    due = [one for one in roster.schools if one.rural and not one.base]
    sending = {one.school for one in people}
    stages = Counter(one.stage for one in people if one.stage)
    told = "、".join(f"{stage}{number}名" for stage, number in stages.items())
    of_due = f"，应报学校{len(due)}所、已报{sum(one.name in sending for one in due)}所" if due else ""
    yield "规模", f"参加研修的学员{len(people)}名（{told}），来自{len(sending)}所学校{of_due}。"
    if roster.mentors:
        base = "、".join(one.name for one in roster.base_schools)
        alone = all(len(roster.mentors_of(one.key)) == 1 for one in people) and all(
            len(roster.trainees_of(one.key)) == 1 for one in roster.mentors
        )
        tail = "，一对一指导" if alone else ""
        yield "指导力量", f"{base or '基地校'}选派指导教师{len(roster.mentors)}名{tail}。"


def _progress(judged: Judged) -> Iterator[tuple[str, str]]:
    every = list(judged.figures.values())
    have, untold = done_by(every, "workdays")
    days = sum(have, Decimal(0))
    mean = (days / max(len(have), 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    there = (
        f"累计到岗{plain(days)}天，人均{plain(mean)}天{f'（{untold}）' if untold else ''}"
        if have
        else "还没有收到考勤表"
    )
    counted = [one for one in judged.scheme.in_all if one.tracked and one.measure not in ("workdays", "report_lessons")]
    told = "、".join(f"{one.name}{sum(f.count(one.measure) for f in every)}{one.unit}" for one in counted)
    yield (
        "研修进度",
        f"{there}；{told}。" if told else f"{there}。",
    )
    if counted:
        lacking = Counter(short.requirement for verdict in judged.verdicts.values() for short in verdict.shortfall)
        done = sum(not verdict.shortfall for verdict in judged.verdicts.values())
        most = max(counted, key=lambda one: lacking[one.id])
        tail = f"，差得最多的是{most.name}（{lacking[most.id]}名未达到）" if lacking[most.id] else ""
        yield "任务完成", f"各项任务都已达到规定数量的学员{done}名，占{_share(done, len(every))}%{tail}。"


def _papers(judged: Judged) -> Iterator[tuple[str, str]]:
    complete = sum(not verdict.missing for verdict in judged.verdicts.values())
    owed = sum(len(debt.items) for debt in judged.debts)
    overdue = sum(one.overdue for debt in judged.debts for one in debt.items)
    late = f"，其中应交日期已过的{overdue}项" if overdue else ""
    tail = f"；全部材料还有{owed}项未收到{late}" if owed else "；全部材料已交齐"
    yield "材料", f"材料交齐的学员{complete}名，占{_share(complete, len(judged.verdicts))}%{tail}。"
    asked = judged.season.told.asked
    if asked:
        yield "催办", f"已催办{len({(one.debtor, one.key, one.on, one.how) for one in asked})}次。"


def _results(judged: Judged) -> Iterator[tuple[str, str]]:
    counts = Counter(verdict.outcome for verdict in judged.verdicts.values())
    known = {outcome: number for outcome, number in counts.items() if outcome != "未考核"}
    if not known:
        yield "考核", f"尚未定论；{_closing(judged)}"
        return
    told = "、".join(f"{outcome}{number}名" for outcome, number in known.items())
    rest = f"，尚未定论{counts['未考核']}名" if counts["未考核"] else ""
    yield "考核", f"考核结果：{told}{rest}。"
    if judged.scheme.outcomes.hours_trainee:
        hours = sum(verdict.hours or 0 for verdict in judged.verdicts.values())
        yield "学时", f"已可认定学员学时{hours}学时（合格者每人{judged.scheme.outcomes.hours_trainee}学时）。"


def _closing(judged: Judged) -> str:
    closing = judged.scheme.closing
    return f"材料收到{chinese_date(closing)}为止。" if closing else "方案没有写材料截止的日子。"


def _dates(judged: Judged) -> Iterator[tuple[str, str]]:
    coming = [one for one in timetable_of(judged.scheme)
              if one.last is not None and (one.first or one.last) >= judged.as_of]  # fmt: skip
    if coming:
        told = "；".join(f"{one.when}，{_short(one.what)}" for one in coming[:MOST_DATES])
        yield "下一步", f"{told}。"


def _short(what: str) -> str:
    """Without what is to be got ready for it, how many copies and where to."""
    return "、".join(map(plain_name, _IN_BRACKETS.sub("", what).split("、")))


def _share(part: int, whole: int) -> str:
    """A percentage with one decimal, never rounded up."""
    return plain((Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_DOWN)) if whole else "0"
