"""A person's rulings as lines of the ledger: made, listed and taken back; the next run judges by them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gengang.calendar_days import written
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact
from gengang.in_force import scheme_in_force
from gengang.issuing import wanted_keys
from gengang.ledger import Ledger, kept_ledger
from gengang.ledger_lease import lease
from gengang.roster import Roster
from gengang.ruling_effects import ruling_findings
from gengang.rulings import APPROVAL, COHORT, RULING_WORDS, Approval, Ruling, ruling_data, rulings_of
from gengang.season import ROSTER_KINDS, roster_of
from gengang.settings import Settings

_LOOKED_AT = ("scheme", *ROSTER_KINDS)  # the readings of thousands of papers are not
_NEEDS_DAYS = ("excuse", "refuse", "make_up", "mentor")
_NEEDS_OTHER = ("substitute", "mentor")


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, in sentences for the terminal."""

    lines: tuple[str, ...]
    exit_code: int = 0


def rule(settings: Settings, person: str, wish: Ruling, actor: Actor, at: str) -> Decided:
    """Write a ruling about a person; the same one again writes nothing.

    person, wish.other: name or key; wish.person and wish.number are ignored. Raises WorkspaceError with all that is
    missing, and for a name that nobody or several people bear.
    """
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        facts = tuple(ledger.read(_LOOKED_AT))
        roster = roster_of(facts)
        faults = tuple(_faults(wish, facts))
        if faults:
            raise WorkspaceError("；".join(faults) + "。")
        [key] = wanted_keys(roster, [person])
        other = next(iter(wanted_keys(roster, [wish.other])), "") if wish.other else ""
        ruling = replace(wish, person=key, other=other)
        data, personal = ruling_data(ruling)
        ledger.append([Fact("decision", key, data, actor, at, personal)])
    [told] = ruling_findings([ruling])
    return Decided((f"{_named(roster, key)}　{told.message}", "下次运行起按此计算。"))


def _faults(wish: Ruling, facts: Sequence[Fact]) -> Iterator[str]:
    if not wish.why.strip():
        yield "请用 --why 写明理由"
    if not wish.authority.strip():
        yield "请用 --by 写明谁决定的"
    if wish.kind in _NEEDS_DAYS and not wish.days:
        yield "请用 --on 写明日期，可以写几个"
    if wish.kind in _NEEDS_OTHER and not wish.other:
        yield "请用 --with 写明另一位是谁"
    if wish.kind == "conclude" and wish.item not in ("合格", "不合格"):
        yield "请用 --item 写明结论：合格或不合格"
    if wish.kind == "appeal":
        yield from _appeal_faults(wish, facts)


def _appeal_faults(wish: Ruling, facts: Sequence[Fact]) -> Iterator[str]:
    scheme = scheme_in_force(facts)
    items = {one.id: one for one in scheme.items} if scheme else {}
    if wish.item not in items:
        yield f"请用 --item 写明考核项目：{'、'.join(items) or '本方案没有评分项目'}"
    elif wish.points is None:
        yield "请用 --points 写明改为几分"
    elif wish.points > items[wish.item].max:
        yield f"{items[wish.item].name}最多{items[wish.item].max}分"


def take_back(settings: Settings, number: int, why: str, actor: Actor, at: str) -> Decided:
    """Take a ruling back by the number that `listed` shows. Raises WorkspaceError for another number or no reason."""
    if not why.strip():
        raise WorkspaceError("请用 --why 写明撤回的理由。")
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        facts = tuple(ledger.read(("decision",)))
        found = next((one for own in rulings_of(facts).values() for one in own if one.number == number), None)
        if found is None:
            raise WorkspaceError(f"没有第{number}号决定。用 gengang decide --list 查看编号。")
        data, _ = ruling_data(found)
        ledger.append([Fact("decision", found.person, data, actor, at, {"value": "taken back", "why": why})])
    return Decided((f"已撤回第{number}号：{RULING_WORDS[found.kind]}。", "下次运行起按此计算。"))


def listed(settings: Settings) -> Decided:
    """Every ruling that holds, with its number."""
    with kept_ledger(settings) as ledger:
        facts = tuple(ledger.read(("decision", *ROSTER_KINDS)))
    roster = roster_of(facts)
    lines = tuple(
        f"第{one.number}号　{_named(roster, one.person)}　{told.message}"
        for own in rulings_of(facts).values()
        for one, told in zip(own, ruling_findings(own), strict=True)
    )
    return Decided(lines or ("还没有决定。",))


def approve(settings: Settings, said: Approval, actor: Actor, at: str) -> Decided:
    """The authority's word on the final record (G-08). Raises WorkspaceError without who said it, or why it returns."""
    if not said.authority.strip():
        raise WorkspaceError("请用 --by 写明审核人。")
    if not said.approved and not said.why.strip():
        raise WorkspaceError("退回要用 --why 写明理由。")
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        _write_approval(ledger, said, actor, at)
    when = f"，{written(said.on)}" if said.on else ""
    return Decided((f"教体局审核：{'同意' if said.approved else '退回'}（{said.authority}{when}）{said.why}。",))


def _write_approval(ledger: Ledger, said: Approval, actor: Actor, at: str) -> None:
    data = {"path": APPROVAL, "on": said.on.isoformat() if said.on else ""}
    value = "approved" if said.approved else "returned"
    personal = {"value": value, "why": said.why, "authority": said.authority, "paper": said.paper}
    ledger.append([Fact("decision", COHORT, data, actor, at, personal)])


def _named(roster: Roster, key: str) -> str:
    person = roster.person(key)
    return f"{person.school} {person.name}" if person else key
