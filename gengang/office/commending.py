"""表彰: the proposed order with its reasons, the 公示 where the scheme wants one, and the 表彰通报 of who was ticked.

The order is a proposal: nobody is commended unless a person ticks them, and the places are the scheme's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from gengang.calendar_days import written
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.office.kinds import Asking, Material
from gengang.office.letters import as_letter
from gengang.papers.draft import Draft
from gengang.papers.figures import plain
from gengang.papers.words import chinese_date, programme_of, stage_subject
from gengang.rendering import Given, GivenRows
from gengang.roster import Person
from gengang.ticks import Tick
from gengang.timetable import collisions_of, publicity_of

FOLDER = "表彰"
MOST_PAGES = 60
# Where a scheme names neither, by published models: 优秀 from 90 points, of at most a fifth of the cohort.
EXCELLENT_AT, EXCELLENT_SHARE = Decimal(90), Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Candidate:
    """place: in the proposed order, equal where nothing tells two apart; why: for, in Chinese; tied: with the next."""

    person: Person
    place: int
    score: Decimal | None
    final: bool
    why: str
    tied: bool = False


def candidates(judged: Judged) -> tuple[Candidate, ...]:
    """Who did everything asked, was never absent without leave and is not failed; by score, then in list order."""
    fit = [one for one in judged.trainees if _is_fit(judged, one)]
    ranked = sorted(fit, key=lambda one: -_points(judged, one))
    scores = [_points(judged, one) for one in ranked]
    return tuple(
        Candidate(
            one, scores.index(score) + 1, score if judged.scheme.items else None,
            judged.verdicts[one.key].score is not None or not judged.scheme.items, _why(judged, one),
            scores.count(score) > 1,
        )
        for one, score in zip(ranked, scores, strict=True)
    )  # fmt: skip


def _is_fit(judged: Judged, person: Person) -> bool:
    verdict = judged.verdicts[person.key]
    at = judged.scheme.evaluation.excellent_at or EXCELLENT_AT
    best = sum((line.at_most for line in verdict.points), Decimal(0))
    good = max(verdict.points_now, best) >= at if judged.scheme.items else verdict.answer == "yes"
    return good and verdict.tasks_done and not verdict.unexcused and verdict.outcome not in ("不合格", "未完成")


def _points(judged: Judged, person: Person) -> Decimal:
    return judged.verdicts[person.key].points_now


def _why(judged: Judged, person: Person) -> str:
    verdict = judged.verdicts[person.key]
    said = [f"得分{plain(verdict.points_now)}分" if verdict.points else "评价结论为合格"]
    if verdict.points and verdict.score is None:
        said[0] += "（暂定，还有项目未评）"
    said += [f"到岗{plain(verdict.days)}天，没有无故缺勤"] if verdict.days else ["没有无故缺勤"]
    said.append("各项任务达到规定数量")
    return "，".join(said)


def places(judged: Judged) -> int:
    """How many may be commended: the scheme's number, else the share of the cohort, rounded down."""
    share = judged.scheme.evaluation.excellent_share or EXCELLENT_SHARE
    most = (len(judged.trainees) * share).to_integral_value(ROUND_FLOOR)
    return judged.scheme.commendation.places or int(most)


def ticked(judged: Judged) -> tuple[tuple[Person, Tick], ...]:
    """Whom a person ticked, in the order of every list."""
    ticks = {one.person: one for one in judged.season.told.ticked("commended")}
    return tuple((one, ticks[one.key]) for one in judged.trainees if one.key in ticks)


# --- 表彰名单 ----------------------------------------------------------------------------------------------------


def proposal(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """The list to tick on: in the office alone."""
    judged = material.judged
    values: dict[str, Given] = {
        "programme": programme_of(judged.scheme),
        "as_of": judged.as_of.isoformat(),
        "rule": _rule(judged),
        "note": _note(judged),
        "office": judged.scheme.organisation.college,
    }
    found = candidates(judged)
    lists = {"people": (*_candidate_rows(judged, found), *_further_rows(judged, found))}
    file = f"{FOLDER}/内部/表彰名单_候选"
    return (Draft("commendation_list", "commendation_list", "papers", "", values, file, MOST_PAGES, lists),)


def _rule(judged: Judged) -> str:
    rule = judged.scheme.commendation
    stated = f"方案给的名额是{rule.places}名" if rule.places else (
        f"方案没有写名额；按学员总数的五分之一取整为{places(judged)}名，供参考"
        if not judged.scheme.evaluation.excellent_share
        else f"按方案的比例取整为{places(judged)}名"
    )  # fmt: skip
    return f"{rule.candidates or '表现突出的列为候选，由人勾选'}。{stated}。"


def _note(judged: Judged) -> str:
    """What a person should know before ticking: open scores, ties at the edge, 公示 after the meeting."""
    found, number = candidates(judged), places(judged)
    said = []
    if any(not one.final for one in found):
        said.append("带“暂定”的得分还有项目未评，名次可能变动")
    if len(found) > number > 0 and found[number - 1].score == found[number].score:
        said.append(f"第{number}名上下得分相同，由人决定")
    said += [one.message.rstrip("。") for one in collisions_of(judged.scheme) if one.code == "publicity_late"]
    return f"{'；'.join(said)}。" if said else "名次只是建议，由人勾选。"


def _candidate_rows(judged: Judged, found: Sequence[Candidate]) -> GivenRows:
    marks = {person.key: tick for person, tick in ticked(judged)}
    return tuple(
        {
            "place": f"并列{one.place}" if one.tied else str(one.place),
            **_who(one.person),
            "score": None if one.score is None else plain(one.score),
            "why": one.why,
            "ticked": "已勾选" if one.person.key in marks else None,
        }
        for one in found
    )


def _further_rows(judged: Judged, found: Sequence[Candidate]) -> Iterator[dict[str, Given]]:
    """Who was ticked though nothing proposes them: a person's word, shown as such."""
    proposed = {one.person.key for one in found}
    for person, tick in ticked(judged):
        if person.key not in proposed:
            why = f"不在候选之列，由{tick.by}勾选{f'：{tick.why}' if tick.why else ''}"
            yield {"place": None, **_who(person), "score": None, "why": why, "ticked": "已勾选"}


def _who(person: Person) -> dict[str, Given]:
    return {"name": person.name, "school": person.school or None, "stage_subject": stage_subject(person) or None}


# --- 表彰通报, 公示 ------------------------------------------------------------------------------------------------


def notice(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """The 表彰通报 of those who were ticked.

    Raises WorkspaceError while nobody is, and for a 发文字号 while 公示 or scores are open.
    """
    judged = material.judged
    _needs_ticks(judged)
    scheme = judged.scheme
    values: dict[str, Given] = {
        "status": "草稿" if _open_question(judged) else "送审稿",
        "group": _group(judged),
        "to": "各派出学校、基地校",
        "facts": _facts_of_season(judged),
        "decision": _decision(judged),
        "hope": _HOPE,
        "authority": scheme.organisation.authority,
        "issued_on": None,
    }
    lists = {"people": _ticked_rows(judged)}
    draft = Draft("commendation", "commendation", "papers", "", values, f"{FOLDER}/表彰通报", MOST_PAGES, lists)
    if not asking.number:
        return (draft,)
    if _open_question(judged):
        raise WorkspaceError(
            "公示期未满、公示结果还没有写，或人选中有得分还未评完，表彰通报只能是草稿，不能编发文字号。"
            "公示结果用 gengang papers write 表彰通报 公示结果 经公示无异议 写明。"
        )
    issued = replace(draft, values={**values, "issued_on": judged.as_of.isoformat()})
    return (as_letter(issued, asking, scheme.organisation.authority, judged.as_of),)


_HOPE = (
    "希望受表彰的学员珍惜荣誉，把跟岗学到的理念和方法带回本校，发挥骨干带头作用。希望全体学员向他们学习，"
    "在教育教学工作中不断改进，为提高农村学校教育质量作出新的贡献。"
)


def _needs_ticks(judged: Judged) -> None:
    if not ticked(judged):
        raise WorkspaceError(
            "还没有勾选表彰人选。先看“表彰名单”，再用 gengang papers tick 表彰名单 姓名 --why 事迹 勾选。"
        )


def _group(judged: Judged) -> str:
    kinds = dict.fromkeys(tick.group for _, tick in ticked(judged) if tick.group) or judged.scheme.commendation.kinds
    return "、".join(kinds) or "优秀学员"


def _facts_of_season(judged: Judged) -> str:
    start, end = judged.scheme.calendar.start, judged.scheme.calendar.end
    when = f"于{chinese_date(start)}至{chinese_date(end)}举行" if start and end else ""
    over = "，已经结束" if end and judged.as_of > end else ""
    schools = len({one.school for one in judged.trainees})
    return (
        f"{programme_of(judged.scheme)}{when}{over}。来自{schools}所学校的{len(judged.trainees)}名学员在基地校听课、上课、"
        "参加教研和班级活动，认真反思，涌现出一批表现突出、成果显著的学员。"
    )


def _decision(judged: Judged) -> str:
    told = _publicity_told(judged)
    by = f"{told.rstrip('，。；')}，" if told else ""
    number = len(ticked(judged))
    whom = "、".join(person.name for person, _ in ticked(judged)[:1])
    said = f"{whom}等{number}名同志" if number > 1 else f"{whom}同志"
    return f"为表彰先进，{by}决定对{said}予以通报表彰，授予“{_group(judged)}”称号（名单见下表）。"


def _publicity_told(judged: Judged) -> str:
    """What a person said came of the 公示: whether anybody objected no machine knows."""
    return judged.season.told.text("praise", "publicity") if publicity_of(judged.scheme) else ""


def _open_question(judged: Judged) -> bool:
    """Whether the 公示 that the scheme wants is not over or nobody said what came of it, or a score is not final."""
    days = publicity_of(judged.scheme)
    waiting = days is not None and (judged.as_of <= days[1] or not _publicity_told(judged))
    return waiting or any(not one.final for one in candidates(judged) if one.person.key in _keys(judged))


def _keys(judged: Judged) -> frozenset[str]:
    return frozenset(person.key for person, _ in ticked(judged))


def _ticked_rows(judged: Judged) -> GivenRows:
    return tuple({"number": number, **_who(person), "deed": tick.why or None}
                 for number, (person, tick) in enumerate(ticked(judged), 1))  # fmt: skip


def publicity(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """The 公示. Raises WorkspaceError where the scheme wants none, which is the default, and while nobody is ticked."""
    judged = material.judged
    days = publicity_of(judged.scheme)
    if days is None:
        raise WorkspaceError(
            "方案不要求公示（默认）。要公示，请把 scheme.toml 里 commendation.publicity_days 写成工作日数，例如5；"
            "gengang scheme explain 会说明公示期是否晚于汇报会。"
        )
    _needs_ticks(judged)
    scheme = judged.scheme
    values: dict[str, Given] = {
        "status": "草稿",
        "programme": programme_of(scheme),
        "group": _group(judged),
        "basis": _basis(judged),
        "term": f"公示期为{_span(days)}（{scheme.commendation.publicity_days}个工作日）。",
        "authority": scheme.organisation.authority,
        "issued_on": days[0].isoformat(),
    }
    lists = {"people": _ticked_rows(judged)}
    return (Draft("publicity", "publicity", "papers", "", values, f"{FOLDER}/公示", MOST_PAGES, lists),)


def _basis(judged: Judged) -> str:
    open_scores = any(not one.final for one in candidates(judged) if one.person.key in _keys(judged))
    tail = "（考核得分以最终评定为准）" if open_scores else ""
    return f"根据研修方案和考核情况，拟对下列{len(ticked(judged))}名学员予以表彰{tail}，现予公示。"


def _span(days: tuple[date, date]) -> str:
    first, last = days
    return f"{chinese_date(first)}至{written(last)}" if last - first < timedelta(300) else chinese_date(first)
