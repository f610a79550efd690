"""Rulings: what a person decided against or beside the rules, with authority, reason and paper (H and section 6 cases).

The clauses leave withdrawal, substitution, another mentor, an appeal and release to people; each stays for ever, and
one that was taken back says nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast, get_args

from gengang.facts import Fact, latest, values_of

RulingKind = Literal[
    "excuse", "refuse", "make_up", "withdraw", "substitute", "mentor", "appeal", "confirm", "release", "conclude"
]
RULING_WORDS: Mapping[RulingKind, str] = {
    "excuse": "准假", "refuse": "不准假", "make_up": "补岗", "withdraw": "退出", "substitute": "替换",
    "mentor": "更换指导教师", "appeal": "申诉改分", "confirm": "同意发证", "release": "补发证书",
    "conclude": "评价结论",
}  # fmt: skip
PATH = "@ruling:"
COHORT = "cohort"  # subject of what is decided about the final record of all
APPROVAL = "@approval"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision about one person.

    number: of its line. days: those excused, refused or made up, or the one from which another mentor guides.
    item, points: of an appeal; of a conclusion item is its word, 合格 or 不合格.
    other: key of who takes the place, or of the mentor.
    authority: who decided; paper: on which paper it stands, empty for none; on: the day of the decision, None unsaid.
    """

    number: int
    person: str
    kind: RulingKind
    why: str
    authority: str
    paper: str = ""
    on: date | None = None
    days: tuple[date, ...] = ()
    item: str = ""
    points: Decimal | None = None
    other: str = ""

    @property
    def by_whom(self) -> str:
        """`张局长，12月9日，安教〔2016〕9号`: whose word it is and where it stands."""
        when = f"{self.on.month}月{self.on.day}日" if self.on else ""
        return "，".join(filter(None, (self.authority, when, self.paper)))


@dataclass(frozen=True, slots=True)
class Approval:
    """The authority's word on the final record (G-08): approved, or sent back with a reason."""

    approved: bool
    authority: str
    why: str
    on: date | None
    paper: str = ""


def ruling_data(ruling: Ruling) -> tuple[dict[str, object], dict[str, object]]:
    """What a decision line keeps of a ruling: without and with personal values."""
    data: dict[str, object] = {
        "path": f"{PATH}{ruling.kind}:{_told_apart(ruling)}",
        "kind": ruling.kind,
        "days": [day.isoformat() for day in ruling.days],
        "item": ruling.item,
        "points": None if ruling.points is None else str(ruling.points),
        "other": ruling.other,
        "on": ruling.on.isoformat() if ruling.on else "",
    }
    return data, {"value": "holds", "why": ruling.why, "authority": ruling.authority, "paper": ruling.paper}


def _told_apart(ruling: Ruling) -> str:
    """What makes a second ruling of a kind another one: days of absence and items are ruled on one by one."""
    if ruling.kind in ("excuse", "refuse", "make_up"):
        return ",".join(day.isoformat() for day in ruling.days)
    return ruling.item if ruling.kind == "appeal" else ""


def rulings_of(facts: Iterable[Fact]) -> dict[str, tuple[Ruling, ...]]:
    """Person's key -> the rulings that hold, in the order in which they were made."""
    found: dict[str, tuple[Ruling, ...]] = {}
    decisions = latest(facts, "decision").items()
    for (person, path), fact in sorted(decisions, key=lambda one: one[1].sequence):
        personal = values_of(fact.personal)
        if path.startswith(PATH) and personal.get("value") == "holds":
            found[person] = (*found.get(person, ()), _ruling(person, fact, personal))
    return found


def _ruling(person: str, fact: Fact, personal: Mapping[str, Any]) -> Ruling:
    data: Mapping[str, Any] = fact.data
    kind = str(data["kind"])
    assert kind in get_args(RulingKind), "only such are written"
    return Ruling(
        fact.sequence, person, cast(RulingKind, kind), str(personal.get("why", "")), str(personal.get("authority", "")),
        str(personal.get("paper", "")), date.fromisoformat(data["on"]) if data["on"] else None,
        tuple(map(date.fromisoformat, data["days"])), str(data["item"]),
        None if data["points"] is None else Decimal(data["points"]), str(data["other"]),
    )  # fmt: skip


def approval_of(facts: Iterable[Fact]) -> Approval | None:
    """The authority's last word on the final record, None before it said any."""
    fact = latest(facts, "decision").get((COHORT, APPROVAL))
    if fact is None or fact.personal is None:
        return None
    said = values_of(fact.personal)
    if said.get("value") not in ("approved", "returned"):
        return None
    on = str(fact.data.get("on", ""))
    return Approval(
        said["value"] == "approved", str(said.get("authority", "")), str(said.get("why", "")),
        date.fromisoformat(on) if on else None, str(said.get("paper", "")),
    )  # fmt: skip
