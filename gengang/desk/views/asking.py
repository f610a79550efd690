"""What a form asks about a person: of each kind of ruling and of each kind of note, and what was typed as values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import get_args

from gengang.desk.accounts import Role
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.judgements import ASSESSORS, Judgement, is_judged
from gengang.noted import COPIES, SEEN, score_path
from gengang.roster import Person
from gengang.rulings import RULING_WORDS, Ruling, RulingKind
from gengang.under_way import named_day, named_points

Choices = tuple[tuple[str, str], ...]
_HINTS: Mapping[RulingKind, str] = {
    "excuse": "这几天算请假，不算无故缺勤。",
    "refuse": "这几天请假不予批准，按无故缺勤计。",
    "make_up": "已另行到岗补上，这几天不再算缺勤。",
    "mentor": "从写明的那一天起由另一位指导教师指导。",
    "withdraw": "退出本期研修，不再考核。",
    "substitute": "由另一位学员替换，本人不再考核。",
    "appeal": "申诉经核实，这一项的得分改为所写的分数。",
    "confirm": "得分已够而任务不齐的，同意发证。",
    "release": "缺勤补足或另有决定，证书可以补发。",
    "conclude": "记下评价结论。",
}
_SENIOR = frozenset(("withdraw", "substitute", "appeal", "confirm", "release", "conclude"))
_APART = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Ask:
    """One input. kind: text, lines, number, date, days, choice; choices: value and words."""

    name: str
    label: str
    kind: str = "text"
    needed: bool = True
    choices: Choices = ()
    hint: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form about somebody. path: where it goes, behind the person's address; role: the least that may."""

    path: str
    title: str
    hint: str
    asks: tuple[Ask, ...]
    button: str
    role: Role = "clerk"


def role_for(kind: RulingKind) -> Role:
    """What gives or takes a conclusion or a certificate is for whoever answers for the office."""
    return "senior" if kind in _SENIOR else "clerk"


def ruling_kinds(judged: Judged) -> tuple[tuple[RulingKind, str], ...]:
    """The kinds that a programme has a use for, in words."""
    evaluation = judged.scheme.evaluation.kind
    left_out = set() if evaluation == "points" else {"appeal"}
    left_out |= set() if evaluation == "qualitative" else {"conclude"}
    left_out |= set() if judged.scheme.certificate("trainee") else {"confirm", "release"}
    left_out |= set() if judged.scheme.pairing.mentors else {"mentor"}
    return tuple((kind, RULING_WORDS[kind]) for kind in get_args(RulingKind) if kind not in left_out)


def kind_named(text: str) -> RulingKind:
    """The kind that an address names. WorkspaceError for another."""
    for kind in get_args(RulingKind):
        if kind == text:
            named: RulingKind = kind
            return named
    raise WorkspaceError("没有这种决定。")


def ruling_form(judged: Judged, one: Person, kind: RulingKind) -> Form:
    """What a ruling of this kind asks."""
    asks = (
        *_own_asks(judged, one, kind),
        Ask("why", "理由"),
        Ask("authority", "谁决定的", hint="如 张局长"),
        Ask("on", "决定的日期", "date", needed=False),
        Ask("paper", "依据的文件", needed=False, hint="如 安教〔2016〕9号"),
    )
    return Form(f"decide/{kind}", RULING_WORDS[kind], _HINTS[kind], asks, "记下决定", role_for(kind))


def _own_asks(judged: Judged, one: Person, kind: RulingKind) -> Iterator[Ask]:
    roster = judged.season.roster
    if kind in ("excuse", "refuse", "make_up"):
        yield Ask("days", "日期", "days", hint="如 2016-10-12，几天用空格隔开")
    if kind == "mentor":
        mine = {mentor.key for mentor in roster.mentors_of(one.key)}
        yield Ask("other", "另一位指导教师", "choice", choices=tuple(
            (mentor.key, f"{mentor.name}（{mentor.stage}{mentor.subject}）") for mentor in roster.mentors
            if mentor.key not in mine))  # fmt: skip
        yield Ask("days", "从哪天起", "date")
    if kind == "substitute":
        yield Ask("other", "由谁替换", hint="姓名；同名的写人员编号")
    if kind == "appeal":
        yield Ask("item", "考核项目", "choice", choices=tuple(
            (item.id, f"{item.name}（{item.max}分）") for item in judged.scheme.items))  # fmt: skip
        yield Ask("points", "改为几分", "number")
    if kind == "conclude":
        yield Ask("item", "结论", "choice", choices=(("合格", "合格"), ("不合格", "不合格")))


def ruling_typed(kind: RulingKind, typed: Mapping[str, str]) -> Ruling:
    """The ruling that a form says. WorkspaceError for a day or a number that is none."""
    days = tuple(sorted({_day(one) for one in _APART.split(typed.get("days", "").strip()) if one}))
    on = typed.get("on", "").strip()
    return Ruling(
        0, "", kind, typed.get("why", "").strip(), typed.get("authority", "").strip(), typed.get("paper", "").strip(),
        _day(on) if on else None, days, typed.get("item", ""), _points(typed.get("points", "").strip()),
        typed.get("other", "").strip(),
    )  # fmt: skip


def _day(text: str) -> date:
    return named_day(text, f"日期应写成 2016-12-06 的样子，现在是“{text}”。")


def _points(text: str) -> Decimal | None:
    return named_points(text, f"分数应是0到100之间的数，现在是“{text}”。") if text else None


# --- notes -------------------------------------------------------------------------------------------------------

NOTES: Mapping[str, str] = {"seen": "查阅纸质材料", "copies": "清点份数", "said": "来电来信", "score": "评分"}


def note_kinds(judged: Judged) -> tuple[tuple[str, str], ...]:
    """The kinds of note that a programme has a use for, in words."""
    judges = any(map(is_judged, judged.scheme.items))
    return tuple((kind, word) for kind, word in NOTES.items() if judges or kind != "score")


def note_form(judged: Judged, kind: str, today: date) -> Form:
    """What a note of this kind asks. WorkspaceError for a kind that is none."""
    asks = _NOTE_ASKS.get(kind)
    if asks is None:
        raise WorkspaceError("没有这种登记。")
    made = tuple(asks(judged, today))
    return Form(f"note/{kind}", NOTES[kind], _NOTE_HINTS[kind], made, "登记")


def _seen_asks(judged: Judged, today: date) -> Iterator[Ask]:
    tasks = tuple((one.id, f"{one.name}（{one.unit}）") for one in judged.scheme.in_all)
    yield Ask("item", "哪一项", "choice", choices=tasks)
    yield Ask("number", "看到多少", "number")
    yield Ask("on", "查阅日期", "date", value=today.isoformat())
    yield from _by_and_note()


def _copies_asks(judged: Judged, today: date) -> Iterator[Ask]:
    papers = tuple((one.form, f"{one.name}（应存{one.copies}份）") for one in judged.scheme.documents
                   if one.form and one.per in ("trainee", "mentor"))  # fmt: skip
    yield Ask("item", "哪种材料", "choice", choices=papers)
    yield Ask("number", "纸质几份", "number")
    yield Ask("on", "清点日期", "date", value=today.isoformat())
    yield from _by_and_note()


def _said_asks(_: Judged, __: date) -> Iterator[Ask]:
    yield Ask("text", "说了什么", "lines", hint="一句话，如 李老师来电，周五改到下周二")
    yield Ask("at", "什么时候", "time", needed=False, hint="不填为现在")
    yield Ask("by", "谁接的", needed=False, hint="不填为您本人")


def _score_asks(judged: Judged, today: date) -> Iterator[Ask]:
    items = tuple((one.id, f"{one.name}（{one.max}分）") for one in judged.scheme.items if is_judged(one))
    yield Ask("item", "项目", "choice", choices=items)
    yield Ask("points", "评几分", "number", hint="整项的分数")
    yield Ask("role", "评分方", "choice", choices=tuple(ASSESSORS.items()))
    yield Ask("by", "谁评的")
    yield Ask("on", "评分日期", "date", value=today.isoformat())


def _by_and_note() -> Iterator[Ask]:
    yield Ask("by", "经手人", needed=False, hint="不填为您本人")
    yield Ask("note", "备注", needed=False)


_NOTE_HINTS: Mapping[str, str] = {
    "seen": "原件在手、没有扫描的，看到多少登记多少，计入任务。",
    "copies": "清点纸质份数，少于应存份数的列为缺件。",
    "said": "写一句话，说清两个日期的改期会自动计入考勤。",
    "score": "口头或别处报来的评分。",
}
_NOTE_ASKS = {"seen": _seen_asks, "copies": _copies_asks, "said": _said_asks, "score": _score_asks}


def note_path(kind: str, typed: Mapping[str, str]) -> str:
    """The path of the line that a form makes, empty for a call or a message, each of which is another."""
    if kind == "score":
        assessor = next((word for role, word in ASSESSORS.items() if role == typed.get("role")), "")
        return score_path(Judgement(typed.get("item", ""), Decimal(0), assessor)) if assessor else ""
    return {"seen": SEEN, "copies": COPIES}[kind] + typed.get("item", "") if kind in ("seen", "copies") else ""


def number_typed(text: str) -> int:
    """A whole number. WorkspaceError for anything else."""
    if not re.fullmatch(r"\d{1,4}", text.strip()):
        raise WorkspaceError(f"数量应是整数，现在是“{text}”。")
    return int(text)


def day_typed(text: str) -> date:
    """A day. WorkspaceError for anything else."""
    return _day(text.strip())


def minute_typed(text: str) -> datetime | None:
    """A browser's `2016-10-12T09:30`, None for nothing. WorkspaceError for anything else."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%dT%H:%M") if text.strip() else None
    except ValueError as fault:
        raise WorkspaceError("时间应写成 2016-10-12 09:30 的样子。") from fault
