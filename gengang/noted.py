"""Noted: what a person recorded of somebody without a scan, as facts and back.

查阅纸质材料 counts for its requirement; paper copies are as the clerk counted them; a line about a call or a message is
a 改期 or a remark; a score is an assessor's word. Each is one decision on a person, told apart by its path, and each
can be taken back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gengang.calendar_days import written
from gengang.dayplan import Move
from gengang.facts import Actor, Fact, latest
from gengang.findings import Finding
from gengang.halfdays import HALF_WORDS, HalfName
from gengang.judgements import ASSESSORS, Judgement, RoleName
from gengang.remarks import understood
from gengang.scheme import Measure, Scheme

SEEN, COPIES, SAID, SCORE = "@seen:", "@copies:", "@said:", "@score:"


@dataclass(frozen=True, slots=True)
class Seen:
    """查阅纸质材料. requirement: id of the scheme's; number: seen; by, on: by whom and when."""

    requirement: str
    number: int
    by: str
    on: date
    note: str = ""

    @property
    def path(self) -> str:
        """Of its decision."""
        return f"{SEEN}{self.requirement}"


@dataclass(frozen=True, slots=True)
class CopiesCounted:
    """How many paper copies of a form lie there, by a clerk's count."""

    form: str
    number: int
    by: str
    on: date
    note: str = ""

    @property
    def path(self) -> str:
        """Of its decision."""
        return f"{COPIES}{self.form}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A line about a call or a message. on, time: when it was said; question: what it leaves open, empty for nothing.

    by: who typed it; caller: who called or wrote, empty where the line does not begin with it.
    """

    path: str
    text: str
    by: str
    on: date
    time: str = ""
    caller: str = ""
    question: str = ""
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """Everything recorded of one person that was not taken back, in order."""

    seen: tuple[Seen, ...] = ()
    copies: tuple[CopiesCounted, ...] = ()
    remarks: tuple[Remark, ...] = ()
    scores: tuple[Judgement, ...] = ()

    @property
    def moves(self) -> tuple[Move, ...]:
        """Every 改期, in the order in which it was said."""
        return tuple(move for remark in self.remarks for move in remark.moves)

    def seen_of(self, scheme: Scheme) -> dict[Measure, Seen]:
        """What was seen of each measure; of two requirements with one measure the greater number."""
        found: dict[Measure, Seen] = {}
        for asked in scheme.in_all:
            for one in self.seen:
                if one.requirement == asked.id and (
                    asked.measure not in found or one.number > found[asked.measure].number
                ):
                    found[asked.measure] = one
        return found

    def copies_of(self, form: str) -> CopiesCounted | None:
        """The clerk's count of a form's copies, None where nobody counted."""
        return next((one for one in self.copies if one.form == form), None)


NOTHING_NOTED = Noted()


# --- to the ledger -----------------------------------------------------------------------------------------------


def seen_fact(person: str, seen: Seen, actor: Actor, at: str) -> Fact:
    """A line; the last one about a requirement counts."""
    return _counted(person, seen, actor, at)


def copies_fact(person: str, copies: CopiesCounted, actor: Actor, at: str) -> Fact:
    """A line; the last one about a form counts."""
    return _counted(person, copies, actor, at)


def _counted(person: str, one: Seen | CopiesCounted, actor: Actor, at: str) -> Fact:
    value = {"number": one.number, "by": one.by, "on": one.on.isoformat()}
    return Fact("decision", person, {"path": one.path}, actor, at, {"value": value, "why": one.note})


def said_fact(person: str, remark: Remark, actor: Actor, at: str) -> Fact:
    """A line, with the days as they were understood then: a later program understands nothing else from it."""
    value = {
        "text": remark.text, "by": remark.by, "on": remark.on.isoformat(), "time": remark.time,
        "caller": remark.caller, "question": remark.question,
        "moves": [[one.first.isoformat(), one.first_half, one.to.isoformat(), one.to_half] for one in remark.moves],
    }  # fmt: skip
    return Fact("decision", person, {"path": remark.path}, actor, at, {"value": value, "why": ""})


def score_fact(person: str, one: Judgement, actor: Actor, at: str) -> Fact:
    """A line; the last one of an assessor about an item counts. It needs a day."""
    assert one.on is not None, "what is typed has the day of the assessor's word"
    value = {"points": str(one.points), "by": one.name, "on": one.on.isoformat()}
    return Fact("decision", person, {"path": score_path(one)}, actor, at, {"value": value, "why": ""})


def score_path(one: Judgement) -> str:
    """Of the decision: the item and who judges it."""
    roles = {assessor: role for role, assessor in ASSESSORS.items()}
    return f"{SCORE}{one.item}:{roles[one.assessor]}"


def back_fact(person: str, path: str, why: str, actor: Actor, at: str) -> Fact:
    """What was recorded under a path counts no more."""
    return Fact("decision", person, {"path": path}, actor, at, {"value": None, "why": why})


def remark_of(number: int, text: str, by: str, on: date, time: str) -> Remark:
    """A line as it is understood. number: of the remark among the person's, from 1."""
    told = understood(text, on)
    return Remark(f"{SAID}{number}", text, by, on, time, told.caller, told.question, told.moves)


# --- from the ledger ---------------------------------------------------------------------------------------------


def noted_of(lines: Iterable[Fact]) -> dict[str, Noted]:
    """What was recorded of each person, key -> all of it; nothing of somebody who was erased."""
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for (person, path), fact in latest(lines, "decision").items():
        value = (fact.personal or {}).get("value")
        if path.startswith((SEEN, COPIES, SAID, SCORE)) and isinstance(value, Mapping):
            found.setdefault(person, []).append((path, {**value, "note": (fact.personal or {}).get("why")}))
    return {person: _noted(recorded) for person, recorded in found.items()}


def _noted(recorded: list[tuple[str, Mapping[str, Any]]]) -> Noted:
    recorded = sorted(recorded, key=lambda one: one[0])
    seen = (Seen(path.removeprefix(SEEN), *_count(kept)) for path, kept in recorded if path.startswith(SEEN))
    copies = (
        CopiesCounted(path.removeprefix(COPIES), *_count(kept)) for path, kept in recorded if path.startswith(COPIES)
    )
    said = [(path, kept) for path, kept in recorded if path.startswith(SAID)]
    order = sorted(said, key=lambda one: (str(one[1]["on"]), int(one[0].removeprefix(SAID))))
    scores = tuple(_score(path, kept) for path, kept in recorded if path.startswith(SCORE))
    return Noted(tuple(seen), tuple(copies), tuple(_remark(path, kept) for path, kept in order), scores)


def _score(path: str, kept: Mapping[str, Any]) -> Judgement:
    item, _, said = path.removeprefix(SCORE).rpartition(":")
    role: RoleName = next(one for one in ASSESSORS if one == said)
    points, on = Decimal(str(kept["points"])), date.fromisoformat(str(kept["on"]))
    return Judgement(item, points, ASSESSORS[role], str(kept["by"]), on)


def _count(kept: Mapping[str, Any]) -> tuple[int, str, date, str]:
    return int(kept["number"]), str(kept["by"]), date.fromisoformat(str(kept["on"])), str(kept.get("note") or "")


def _remark(path: str, kept: Mapping[str, Any]) -> Remark:
    on, text = date.fromisoformat(str(kept["on"])), str(kept["text"])
    moves = tuple(
        Move(date.fromisoformat(first), half, date.fromisoformat(to), to_half, on, text)
        for first, half, to, to_half in kept["moves"]
    )
    return Remark(path, text, str(kept["by"]), on, str(kept["time"]), str(kept["caller"]), str(kept["question"]), moves)


# --- in words ----------------------------------------------------------------------------------------------------


def who_and_when(one: Seen | CopiesCounted | Remark) -> str:
    """（王老师，12月5日）"""
    time = f" {one.time}" if isinstance(one, Remark) and one.time else ""
    return f"（{one.by}，{written(one.on)}{time}）"


def move_words(move: Move) -> str:
    """9月9日改到9月13日下午."""
    return f"{_half_day(move.first, move.first_half)}改到{_half_day(move.to, move.to_half)}"


def _half_day(day: date, half: HalfName | None) -> str:
    return written(day) + (HALF_WORDS[half] if half else "")


def noted_findings(scheme: Scheme, noted: Noted) -> list[Finding]:
    """What was recorded, each with who and when; a line that leaves something open is asked about."""
    asked = {one.id: one for one in scheme.requirements}
    found = [
        Finding("seen_on_paper", f"{asked[one.requirement].name}查阅纸质材料{one.number}"
                f"{asked[one.requirement].unit}{who_and_when(one)}，计入。", "", "info", asked[one.requirement].clause)
        for one in noted.seen if one.requirement in asked
    ]  # fmt: skip
    return [*found, *(one for remark in noted.remarks for one in _of_remark(remark))]


def _of_remark(remark: Remark) -> Iterator[Finding]:
    if remark.question:
        message = f"“{remark.text}”{who_and_when(remark)}：{remark.question}，请问清后再记一次，并撤回这一条。"
        yield Finding("remark_unclear", message, "", "manual", "L-07")
    elif remark.moves:
        moved = "、".join(map(move_words, remark.moves))
        yield Finding("moved", f"改期：{moved}；“{remark.text}”{who_and_when(remark)}。", "", "info", "L-07")
    else:
        yield Finding("remark", f"“{remark.text}”{who_and_when(remark)}。", "", "info", "L-07")
