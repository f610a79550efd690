"""`gengang scheme explain`: a scheme as a Chinese page, clause by clause, with our reading and where to change it."""

from collections.abc import Iterator, Mapping
from typing import Any

from gengang.findings import Severity
from gengang.points import plain
from gengang.rhythm import asked_words
from gengang.scheme import Calendar, Clause, Item, Requirement, Scheme
from gengang.schemefile import values_of_toml
from gengang.schemeplaces import places_of, value_at, words_of_value
from gengang.timetable import collisions_of, timetable_of

SEVERITY_WORDS: dict[Severity, str] = {"error": "不合不放行", "warn": "提示", "manual": "由人决定", "info": "只供了解"}
_EVALUATION_WORDS = {
    "points": "评分", "qualitative": "定性评价", "self": "自我评价", "activity": "评价活动，不评价个人",
    "none": "没有写评价办法", "": "未定",
}  # fmt: skip
_PARTICIPANTS = {"per_school_stage": "每校每学段1名", "individual": "本人", "open": "人数不限"}
_NUMERALS = "一二三四五六七八九十"


def explained(scheme: Scheme, text: str) -> str:
    """The page. text: the file the scheme was read from, for the values at each switch."""
    values = values_of_toml(text)
    parts = [
        ("基本情况", list(_frame(scheme))),
        ("任务", [_task(scheme, one) for one in scheme.requirements]),
        ("考核", list(_evaluation(scheme))),
        ("条款：原文、理解、轻重、开关", list(_clauses(scheme, values))),
        ("只有县里能回答的问题", list(_questions(scheme, values))),
        (
            "工作日程表",
            [f"{one.when}　{one.what}　{'、'.join(one.who)}（{one.clause}）" for one in timetable_of(scheme)],
        ),
        ("日程里要注意的", [f"{one.message}（{one.clause}）" for one in collisions_of(scheme)]),
        ("原文没有写明、还没有定的", [f"{one.place}：{one.note}" for one in scheme.unknowns]),
        ("说明", list(scheme.notes)),
    ]
    told = [(heading, lines) for heading, lines in parts if lines]
    page = [scheme.title, f"版本{scheme.version}。依据：{scheme.source}。"]
    for number, (heading, lines) in zip(_NUMERALS, told, strict=False):
        page += ["", f"{number}、{heading}", *lines]
    return "\n".join(page) + "\n"


# --- the frame ---------------------------------------------------------------------------------------------------


def _frame(scheme: Scheme) -> Iterator[str]:
    one = scheme.organisation
    schools = "、".join(filter(None, (one.base_school, *one.further_base_schools)))
    yield f"主管：{one.authority or '未定'}；办公室：{one.college or '未定'}；基地校：{schools or '未定'}。"
    group = "；".join(f"{member.role}{member.name or '（未定）'}{f'，{member.duty}' if member.duty else ''}"
                      for member in one.leading_group)  # fmt: skip
    if group:
        yield f"领导小组：{group}。"
    yield f"研修时间：{_window(scheme.calendar)}。"
    who = scheme.participants
    number = f"{who.number}名" if who.kind == "fixed" else _PARTICIPANTS[who.kind]
    yield f"参加人员：{who.who}，{number}。"
    for stage, subjects in who.subjects.items():
        yield f"　　{stage}：{'、'.join(subjects)}"
    if scheme.closing is not None:
        yield f"材料补交到{words_of_value(scheme.closing)}，此后由人决定。"
    yield from (f"后续支持：{one.text}（{one.clause}）" for one in scheme.support)


def _window(calendar: Calendar) -> str:
    if calendar.start and calendar.end:
        told = f"{words_of_value(calendar.start)}至{words_of_value(calendar.end)}"
    elif calendar.kind == "weeks":
        told = f"共{calendar.weeks}周，起始日未定"
    else:
        told = "未定"
    each = f"，每人{calendar.each_weeks}周" if calendar.each_weeks else ""
    return f"{told}{each}"


# --- tasks and judging -------------------------------------------------------------------------------------------


def _task(scheme: Scheme, one: Requirement) -> str:
    whole = scheme.requirement(one.within) if one.within else None
    part = f"（含在{whole.name if whole else one.within}之内）" if one.within else ""
    seen = "" if one.tracked else "；程序不催"
    asked = asked_words(one)
    return (
        f"{one.name}：{asked}{part}（{one.clause}，{SEVERITY_WORDS[one.severity]}{seen}）　开关：requirement {one.id}"
    )


def _evaluation(scheme: Scheme) -> Iterator[str]:
    one = scheme.evaluation
    yield f"方式：{_EVALUATION_WORDS[one.kind]}{f'（{one.clause}）' if one.clause else ''}。"
    if one.dimensions:
        yield f"看这些方面：{'、'.join(one.dimensions)}。"
    if one.kind == "points":
        yield f"满{plain(one.pass_at)}分合格（含{plain(one.pass_at)}分）。"
        yield from (_item(item) for item in scheme.items)
    elif one.form:
        paper = scheme.document(one.form)
        said = f"，“{'”“'.join(one.passed)}”为合格" if one.passed else ""
        yield f"以《{paper.name if paper else one.form}》为准{said}。"


def _item(item: Item) -> str:
    who = f"，{item.assessor}评" if item.assessor else ""
    return f"　　{item.id} {item.name}{plain(item.max)}分{who}（{item.clause}）　开关：item {item.id}"


# --- clauses -----------------------------------------------------------------------------------------------------


def _clauses(scheme: Scheme, values: Mapping[str, Any]) -> Iterator[str]:
    used = _uses(scheme)
    for clause in scheme.clauses:
        own = [f"{place} = {told}" for place, told in switch_values(clause.switch, values)]
        yield from _clause(clause, [*own, *used.get(clause.id, [])])


def _clause(clause: Clause, used: list[str]) -> Iterator[str]:
    yield f"【{clause.id}】{SEVERITY_WORDS[clause.severity]}"
    if clause.quote:
        yield f"　　原文：“{clause.quote}”"
    yield f"　　理解：{clause.reading}"
    if used:
        yield f"　　开关：{'、'.join(used)}"


def _uses(scheme: Scheme) -> dict[str, list[str]]:
    """Clause id -> places of the file that rest on it."""
    found: dict[str, list[str]] = {}
    for kind, parts in (
        ("requirement", scheme.requirements), ("item", scheme.items), ("document", scheme.documents),
        ("certificate", scheme.certificates), ("event", scheme.events), ("phase", scheme.phases),
    ):  # fmt: skip
        for one in parts:
            found.setdefault(one.clause, []).append(f"{kind} {one.id}")
    for kind, clause in (
        ("participants", scheme.participants.clause), ("evaluation", scheme.evaluation.clause),
        ("bulletins", scheme.bulletins.clause), ("commendation", scheme.commendation.clause),
        ("roll_up", scheme.roll_up.clause),
    ):  # fmt: skip
        found.setdefault(clause, []).append(kind)
    return found


# --- questions ---------------------------------------------------------------------------------------------------


def _questions(scheme: Scheme, values: Mapping[str, Any]) -> Iterator[str]:
    for one in scheme.questions:
        yield f"{one.id}　{one.question}"
        now = "；".join(f"{place} = {told}" for place, told in switch_values(one.switch, values))
        yield f"　　预设：{one.default}。现在：{now or one.switch}"


def switch_values(switch: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each place that a switch names, with what stands there; a switch that is no place of the file gives nothing."""
    for place in places_of(switch):
        yield place, words_of_value(value_at(values, place))
