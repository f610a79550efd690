"""The office's word on whom papers propose, given by name or key, and its workbook checked and applied.

The desk calls the same functions. A word is a line of the ledger with its reason; the roster is settled at once, and
judged and printed by the next run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gengang.arrivals import write_whole
from gengang.drafting import Judged
from gengang.eligibility import pair_key
from gengang.enrolling import (
    KINDS,
    Plan,
    after,
    enrol,
    name_of,
    note_of,
    office_of,
    planned,
    proposals_in,
    schools_known,
)
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact
from gengang.judging import judged_of
from gengang.night import plan_of_roster, settle_roster
from gengang.proposals import Decided, PairProposal, Proposal, State, decision_fact, decisions_of, has_error, is_in
from gengang.roster import School
from gengang.roster_effect import Effect, effect_lines, effect_of
from gengang.rosterfile import roster_bytes
from gengang.scheme import Scheme
from gengang.season import person_of_json, roster_of
from gengang.settings import Settings
from gengang.under_way import Pass, RunRequest, opened

Proposed = Proposal | PairProposal
STATES: dict[State, str] = {"proposed": "待审核", "accepted": "已录取", "refused": "不予录取"}
IN = Decided("accepted")  # by the office's own workbook


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to, in sentences for the terminal. left: how much of it still needs a person."""

    lines: tuple[str, ...]
    left: int = 0

    @property
    def exit_code(self) -> int:
        """0 done, 1 done with things for a person."""
        return int(self.left > 0)


# --- who is proposed ---------------------------------------------------------------------------------------------


def listed_people(request: RunRequest) -> Said:
    """Everybody whom papers propose or the office's own workbook lists, with state, key and findings."""
    with opened(request) as under_way:
        every = everybody_of(under_way)
    waiting = sum(one.state == "proposed" for one in every)
    lines = [line for one in every for line in _lines_of(one)] or ["还没有人报名。"]
    return Said((*lines, f"待审核{waiting}项。" if waiting else "没有待审核的。"), waiting)


def everybody_of(under_way: Pass) -> tuple[Proposed, ...]:
    """The same of a pass."""
    facts = tuple(under_way.ledger.read(kinds=KINDS))
    return everybody_in(under_way.scheme, schools_known(under_way.settings, facts), facts)


def everybody_in(scheme: Scheme, schools: Sequence[School], facts: Sequence[Fact]) -> tuple[Proposed, ...]:
    """Proposals, those whom the roster has already as accepted, and people of the roster whom no paper proposes.

    schools: as `schools_known` gives them; facts: of `enrolling.KINDS` at least.
    """
    roster = roster_of(facts)
    proposals = proposals_in(scheme, schools, facts)
    there, paired = is_in(roster), {pair_key(one) for one in roster.pairs}
    named = {key for one in proposals.people for key in (one.key, *one.keys)}
    numbers = {one.person.id_number for one in proposals.people} - {""}
    known = {fact.subject: person_of_json(fact.personal) for fact in facts if fact.kind == "person" and fact.personal}
    decisions = decisions_of(facts)
    own = [Proposal(one, (key,), (), (), decisions.get(key, IN))
           for key, one in known.items()
           if key not in named and one.id_number not in numbers
           and (key in decisions or roster.person(key))]  # fmt: skip
    return (
        *(replace(one, decided=IN) if one.state == "proposed" and there(one) else one for one in proposals.people),
        *(
            replace(one, decided=IN) if one.state == "proposed" and one.key in paired else one
            for one in proposals.pairs
        ),
        *own,
    )


def _lines_of(one: Proposed) -> Iterator[str]:
    where = f"{one.person.school} {one.person.stage}{one.person.subject} " if isinstance(one, Proposal) else ""
    role = "结对" if isinstance(one, PairProposal) else {"trainee": "学员", "mentor": "指导教师"}[one.person.role]
    why = f"：{one.decided.why}" if one.decided.why else ""
    by = f"（{one.decided.by} {one.decided.at[:10]}{why}）" if one.decided.by else ""
    yield f"{STATES[one.state]}  {role}  {where}{name_of(one)}  {one.key}{by}"
    yield from (f"    {finding.clause} {finding.message}" for finding in one.findings)


# --- the office's word -------------------------------------------------------------------------------------------


def accept(request: RunRequest, words: Sequence[str], everybody: bool = False, why: str = "") -> Said:
    """Accept people and pairs by name or key, or everybody in whom nothing is against the rules.

    A mentor's name stands for the pairs too in which they are arranged. WorkspaceError when a word names nobody, or
    several people.
    """
    if bool(words) == everybody:
        raise WorkspaceError("请写明录取谁：gengang roster accept 姓名或编号…，或 gengang roster accept --all。")
    return _decide(request, words, "accepted", why)


def refuse(request: RunRequest, words: Sequence[str], why: str) -> Said:
    """Refuse people and pairs by name or key; also people of the office's own workbook. WorkspaceError as above."""
    if not words or not why.strip():
        raise WorkspaceError("不予录取要写明是谁和原因：gengang roster refuse 姓名或编号 --why 原因。")
    return _decide(request, words, "refused", why)


@dataclass(frozen=True, slots=True)
class Word:
    """The office's word on some. whom: names or keys, none for everybody who waits and may be accepted."""

    whom: tuple[str, ...]
    state: State
    why: str = ""

    def on(self, every: Sequence[Proposed]) -> list[Proposed]:
        """Those for whom it changes something. WorkspaceError when it names nobody, or several people at once."""
        fit = [one for one in every if one.state == "proposed" and not has_error(one)]
        named = dict.fromkeys(one for word in self.whom for one in _called(every, word, self.state))
        return [one for one in (named if self.whom else fit) if one.state != self.state]

    def lines(self, changed: Sequence[Proposed], actor: Actor, at: str) -> list[Fact]:
        """For the ledger."""
        return [decision_fact(one.key, self.state, self.why.strip(), actor, at) for one in changed]


def effect_of_word(settings: Settings, judged: Judged, facts: Sequence[Fact], word: Word, actor: Actor) -> Effect:
    """What becomes another if the office says this; nothing is written. judged: what the facts come to as they are."""
    scheme, at = judged.scheme, facts[-1].at if facts else ""
    known = [one for one in facts if one.kind in KINDS]
    changed = word.on(everybody_in(scheme, schools_known(settings, known), known))
    lines = word.lines(changed, actor, at)

    def judge_with(more: Sequence[Fact]) -> Judged:
        return judged_of(after(facts, (*lines, *more)), scheme, judged.as_of)

    told = after(known, lines)
    plan = planned(office_of(settings, scheme, actor, at, told), told, judge_with)
    return effect_of(judged, judge_with(plan.lines))


def _decide(request: RunRequest, words: Sequence[str], state: State, why: str) -> Said:
    """Without words: everybody who waits and may be accepted."""
    word = Word(tuple(words), state, why)
    with opened(request) as under_way:
        every = everybody_of(under_way)
        changed = word.on(every)
        under_way.ledger.append(word.lines(changed, request.actor, request.at))
        settle_roster(under_way)
    left = [] if words else [one for one in every if one.state == "proposed" and has_error(one)]
    told = [f"{STATES[state]}：{name_of(one)}（{one.key}）" for one in changed]
    told += [f"没有录取，请逐个定：{name_of(one)}（{one.key}）：{note_of(one)}" for one in left]
    last = f"{len(changed)}项已记入台账，下次运行起按此计算。" if changed else "没有要改的。"
    return Said((*told, last), len(left))


def _called(every: Sequence[Proposed], word: str, state: State) -> list[Proposed]:
    found: list[Proposed] = [
        one for one in every if word == one.key or (isinstance(one, Proposal) and word in one.keys)
    ]
    found = found or [one for one in every if isinstance(one, Proposal) and one.person.name == word]
    if not found:
        raise WorkspaceError(f"没有报名的人或结对叫“{word}”。请先用 gengang roster list 看姓名和编号。")
    if len(found) > 1:
        raise WorkspaceError(f"“{word}”有{len(found)}位：{'、'.join(one.key for one in found)}。请用编号。")
    [one] = found
    guided = state == "accepted" and isinstance(one, Proposal) and one.person.role == "mentor"
    return [one, *(pair for pair in every if guided and isinstance(pair, PairProposal)
                   and pair.pair.mentor == one.key and pair.state == "proposed")]  # fmt: skip


# --- the workbook ------------------------------------------------------------------------------------------------


def export(request: RunRequest, target: Path) -> Said:
    """Everybody as a workbook, with the office's word and the findings beside them; where roster.xlsx is the office's
    own, those of the roster in force. WorkspaceError for a file that is there."""
    if target.exists():
        raise WorkspaceError(f"“{target.name}”已经有了，没有覆盖。请换一个文件名。")
    with opened(request) as under_way:
        plan = plan_of_roster(under_way)
    write_whole(target, [plan.book or roster_bytes(plan.roster)])
    counts = f"{len(plan.roster.trainees)}名学员，{len(plan.roster.mentors)}名指导教师"
    return Said((f"已导出：{target.name}（花名册里有{counts}）。",))


def check(request: RunRequest, book: Path) -> Said:
    """What a workbook would change, nothing being written. RosterError with every fault: sheet, row and column."""
    with opened(request, needs_roster=False) as under_way:
        plan = plan_of_roster(under_way, book=_there(book))
        lines = _effect_told(under_way, plan)
    held = ("这些改动要去掉已有材料的人，或改身份证号：确认后请运行 gengang roster apply。",) if plan.held else ()
    return Said((*lines, *held), int(plan.held))


def apply(request: RunRequest, book: Path | None) -> Said:
    """Take a workbook as the roster, whatever it changes: a person has seen it. None for roster.xlsx as it lies there,
    or for none, which has the roster made from the sign-up papers again.

    RosterError with every fault; then nothing was changed.
    """
    with opened(request, needs_roster=book is None) as under_way:
        settings = under_way.settings
        plan = plan_of_roster(under_way, True, None if book is None else _there(book))
        told = _effect_told(under_way, plan)
        if book is not None and book.resolve() != settings.roster.resolve():
            write_whole(settings.roster, [book.read_bytes()])
        enrol(settings, under_way.ledger, plan)
    return Said((*told, "已采用，下次运行起按此计算。"))


def _there(book: Path) -> Path:
    if not book.is_file():
        raise WorkspaceError(f"找不到“{book.name}”。请核对文件名。")
    return book


def _effect_told(under_way: Pass, plan: Plan) -> tuple[str, ...]:
    """What becomes another; judged twice, with the plan's lines and without."""
    facts = tuple(under_way.ledger.read()) if plan.effect is None else ()
    effect = plan.effect or effect_of(*(
        judged_of(lines, under_way.scheme, under_way.as_of) for lines in (facts, after(facts, plan.lines))
    ))  # fmt: skip
    return effect_lines(effect) or ("花名册没有变化。",)
