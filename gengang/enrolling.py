"""How the roster of a pass comes about: what papers propose, what the office decided, and what its workbook says.

Without a workbook of the office's own, the roster is those it accepted; roster.xlsx shows everybody proposed, and what
is marked there is read as decisions. A workbook that says anything else than we wrote is the office's word: it stands,
and whom papers propose later joins it once accepted. Such a change is weighed first: one that takes out somebody who
has papers, or changes an ID number, waits until a person confirms it, since a slip of the hand looks just the same.

What is to be done is planned from values; `enrol` carries the plan out.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from gengang.arrivals import write_whole
from gengang.drafting import Judged
from gengang.eligibility import eligibility_findings, pair_key
from gengang.facts import STANDING_KINDS, Actor, Fact, canonical, erased_people, latest
from gengang.findings import Finding
from gengang.ledger import Ledger
from gengang.proposals import (
    WORDS,
    PairProposal,
    Proposal,
    Proposals,
    by_rule,
    decision_fact,
    decisions_of,
    has_error,
    is_in,
    known_keys,
    proposals_of,
)
from gengang.roster import Roster, School
from gengang.roster_effect import Effect, effect_lines, effect_of
from gengang.rosterfile import listing_of, read_listing, read_school_table, roster_bytes, sound
from gengang.rosterreview import Listing, Mark, Review
from gengang.scheme import Scheme
from gengang.season import readings_held, roster_facts, roster_line, roster_of, roster_taken_back
from gengang.settings import Settings
from gengang.signups import PROPOSING_FORMS, still_listed, without_erased
from gengang.workspace import school_table

KINDS = (
    "arrival",
    "duplicate",
    "mail",
    "reading",
    "decision",
    "settled",
    "roster",
    "person",
    "erased",
    *STANDING_KINDS,
)
_GRAVE = "roster.xlsx 要去掉已有材料的人或改身份证号，没有采用，仍按原花名册；核对无误请运行 gengang roster apply"
_LEFT = "roster.xlsx 不在工作区里了，花名册仍按您原来的那一份；确要改为按报名材料重新生成，请运行 gengang roster apply"
MOST_NAMED = 8  # of a list in one sentence
Judge = Callable[[Sequence[Fact]], Judged]  # what the whole ledger comes to with these lines behind it


@dataclass(frozen=True, slots=True)
class Office:
    """What stands in the workspace. schools: of the school table, None without one; book: of roster.xlsx, None too.

    sha256: of roster.xlsx, empty without one; name: of the workbook, for its faults.
    """

    scheme: Scheme
    schools: tuple[School, ...] | None
    book: Listing | None
    sha256: str
    actor: Actor
    at: str
    name: str = "roster.xlsx"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a pass makes of the roster. lines: for the ledger; book: bytes to be written, None to leave what lies there.

    roster: what is in force then; held: why what the office changed is not, None when it is. effect: of the change.
    """

    lines: tuple[Fact, ...]
    book: bytes | None
    roster: Roster
    proposals: Proposals
    findings: tuple[Finding, ...]
    effect: Effect | None = None
    held: bool = False


def office_of(
    settings: Settings, scheme: Scheme, actor: Actor, at: str, facts: Sequence[Fact], book: Path | None = None
) -> Office:
    """The workspace as it is, or as it would be with another workbook in the place of roster.xlsx.

    RosterError with every fault of the school table, and when the workbook cannot be opened.
    """
    table, path = school_table(settings), book or settings.roster
    schools = None if table is None else read_school_table(table)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    # What we wrote and nobody touched decides nothing; given by hand, its marks are the office's word.
    known = schools is not None and book is None and sha256 in {"", *_written(facts)}
    return Office(scheme, schools, None if known else read_listing(path), sha256, actor, at, path.name)


def enrol(settings: Settings, ledger: Ledger, plan: Plan) -> None:
    """Carry out a plan. The line first: killed in between, the next run must not take our workbook for the office's."""
    ledger.append(plan.lines)
    if plan.book is not None and (not settings.roster.exists() or settings.roster.read_bytes() != plan.book):
        write_whole(settings.roster, [plan.book])


def planned(office: Office, facts: Sequence[Fact], judge: Judge, confirmed: bool = False) -> Plan:
    """What becomes of the roster. RosterError with every fault of a workbook that is to be taken.

    facts: of KINDS; judge: asked only when the office changed something; confirmed: a person has seen the effect.
    """
    if office.book is None:
        return _from_papers(office, facts, judge, (), confirmed)
    if office.schools is not None and not office.book.others and content_of(office.book.everyone) in _listed(facts):
        sound(office.name, replace(office.book, faults=()))
        return _from_papers(office, facts, judge, _marked(office, facts, office.book.marks), True)
    return _from_book(office, office.book, facts, judge, confirmed)


def schools_known(settings: Settings, facts: Sequence[Fact]) -> tuple[School, ...]:
    """Of the roster in force, or of the school table before there is one; none where there is no table yet."""
    table = school_table(settings)
    return roster_of(facts).schools or (() if table is None else read_school_table(table))


def proposals_in(scheme: Scheme, schools: Sequence[School], facts: Sequence[Fact]) -> Proposals:
    """What the ledger's sign-up papers propose, with the office's word. facts: of KINDS."""
    papers = readings_held(facts, PROPOSING_FORMS)
    return proposals_of(schools, papers, scheme, decisions_of(facts), known_keys(facts), erased_people(facts))


# --- from papers alone -------------------------------------------------------------------------------------------


def _from_papers(office: Office, facts: Sequence[Fact], judge: Judge, decided: Sequence[Fact], confirmed: bool) -> Plan:
    """The roster of those accepted. Leaving a workbook of the office's behind is weighed like any change of one."""
    schools = office.schools or ()
    now = after(facts, decided)
    proposals = proposals_in(office.scheme, schools, now)
    ruled = by_rule(office.scheme, proposals, office.actor, office.at)
    if ruled:
        proposals = proposals_in(office.scheme, schools, after(now, ruled))
    roster = proposals.roster("accepted")
    listed = proposals.roster("accepted", "proposed", "refused")
    data = roster_bytes(listed, reviews_of(proposals))
    about = {"listed": _content_written(facts, data)}
    lines = roster_facts(roster, hashlib.sha256(data).hexdigest(), "signups", office.actor, office.at, about)
    plan = Plan(
        (*decided, *ruled, *lines), data, roster, proposals, (*proposals.findings, *waiting_findings(proposals))
    )
    if not _of_the_office(facts):
        return plan
    weighed = replace(plan, effect=effect_of(judge(()), judge(plan.lines)))
    return _held(weighed, facts, _LEFT) if weighed.effect and weighed.effect.grave and not confirmed else weighed


def _of_the_office(facts: Iterable[Fact]) -> bool:
    last = roster_line(facts)
    return last is not None and last.data.get("made_from") != "signups"


def reviews_of(proposals: Proposals) -> dict[str, Review]:
    """What stands beside each in the workbook."""
    return {one.key: Review(one.state, note_of(one)) for one in proposals.every}


def note_of(one: Proposal | PairProposal) -> str:
    """Its findings, each with its clause, and the office's reason."""
    told = [f"{finding.clause} {finding.message}".strip() for finding in one.findings]
    return " ".join((*told, *((f"（{one.decided.why}）",) if one.state == "refused" and one.decided.why else ())))


def content_of(everyone: Roster) -> str:
    """What a workbook says of everybody, apart from marks and the order of rows, as a hash."""
    parts = [sorted(canonical(asdict(one)) for one in some)
             for some in (everyone.schools, everyone.trainees, everyone.mentors, everyone.pairs)]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _content_written(facts: Iterable[Fact], data: bytes) -> str:
    """As it is read back: what a cell cannot hold must not make our own workbook the office's."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = (str(fact.data["listed"]) for fact in facts
             if fact.kind == "roster" and fact.data["sha256"] == sha256 and "listed" in fact.data)  # fmt: skip
    return next(known, "") or content_of(listing_of("roster.xlsx", data).everyone)


def _written(facts: Iterable[Fact]) -> set[str]:
    return {str(fact.data["sha256"]) for fact in facts
            if fact.kind == "roster" and fact.data.get("made_from") == "signups"}  # fmt: skip


def _listed(facts: Iterable[Fact]) -> set[str]:
    return {str(fact.data["listed"]) for fact in facts if fact.kind == "roster" and "listed" in fact.data}


# --- from the office's workbook ----------------------------------------------------------------------------------


def _from_book(office: Office, book: Listing, facts: Sequence[Fact], judge: Judge, confirmed: bool) -> Plan:
    erased = erased_people(facts)
    last = latest(facts, "roster").get(("roster", ""))
    if last is not None and last.data["sha256"] == office.sha256:
        if roster_taken_back(facts):
            return _told(office, book, facts, Plan((), None, roster_of(facts), Proposals(), (_TAKEN_BACK,)))
        return _told(office, book, facts, _joined(office, book, facts, ()))
    sound(office.name, book)
    decided = _words_of_book(office, book, facts)
    plan = _joined(office, book, facts, decided)
    if roster_line(facts) is None or without_erased(plan.roster, erased) == roster_of(facts):
        return _told(office, book, facts, plan)
    plan = replace(plan, effect=effect_of(judge(()), judge(plan.lines)))
    if plan.effect and plan.effect.grave and not confirmed:
        return _told(office, book, facts, _held(plan, facts, _GRAVE))
    return _told(office, book, facts, plan)


_TAKEN_BACK = Finding(
    "roster_taken_back",
    "roster.xlsx 的这一版已被撤回，没有采用，仍按上一版花名册办理。请放入正确的 roster.xlsx。",
    severity="manual",
)


def _joined(office: Office, book: Listing, facts: Sequence[Fact], decided: Sequence[Fact]) -> Plan:
    """The office's rows without whom it refused, and whom it accepted of the papers beside them."""
    now = after(facts, decided)
    decisions = decisions_of(now)
    proposals = _beside_book(office, book, now)
    out = {key for key, word in decisions.items() if word.state != "accepted"}
    out |= {one.key for one in proposals.every if _unmarked(book, one.key) and one.state == "proposed"}
    kept = {key for key, word in decisions.items() if word.state == "accepted"}
    own = replace(book, marks={key: mark for key, mark in book.marks.items() if key not in kept}).members(out)
    roster = without_erased(_with(own, proposals.roster("accepted")), erased_people(facts))
    lines = roster_facts(roster, office.sha256, "workbook", office.actor, office.at)
    return Plan((*decided, *lines), None, roster, proposals, ())


def _unmarked(book: Listing, key: str) -> bool:
    """Whether a row of ours stands there with nothing in it: the office has not decided."""
    return key in book.marks and book.marks[key].state is None


def _beside_book(office: Office, book: Listing, facts: Sequence[Fact]) -> Proposals:
    """Proposals of people whom the workbook does not have: by key, ID number, or name and school."""
    proposals = proposals_in(office.scheme, book.everyone.schools, facts)
    there = is_in(book.everyone)

    def new(one: Proposal) -> bool:
        """Somebody marked in it is a proposal still."""
        return one.key in book.marks or not there(one)

    pairs = {pair_key(one) for one in book.everyone.pairs}
    return replace(
        proposals,
        trainees=tuple(one for one in proposals.trainees if new(one)),
        mentors=tuple(one for one in proposals.mentors if new(one)),
        pairs=tuple(one for one in proposals.pairs if one.key in book.marks or one.key not in pairs),
    )


def _with(own: Roster, more: Roster) -> Roster:
    there = {one.key for one in (*own.trainees, *own.mentors)}
    trainees = (*own.trainees, *(one for one in more.trainees if one.key not in there))
    mentors = (*own.mentors, *(one for one in more.mentors if one.key not in there))
    keys = {one.key for one in (*trainees, *mentors)}
    paired = {pair_key(one) for one in own.pairs}
    pairs = (*own.pairs, *(one for one in more.pairs
                           if pair_key(one) not in paired and {one.trainee, one.mentor} <= keys))  # fmt: skip
    return Roster(own.schools, trainees, mentors, pairs)


def _words_of_book(office: Office, book: Listing, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What a new workbook of the office's decides: its marks; and whoever is listed, or is no more."""
    decisions = decisions_of(facts)
    marked = _marked(office, facts, book.marks)
    said = {key for key, mark in book.marks.items() if mark.state is not None}
    rows = (*book.everyone.trainees, *book.everyone.mentors)
    listed = {*(one.key for one in rows), *map(pair_key, book.everyone.pairs)}
    back = [key for key, word in decisions.items() if word.state != "accepted" and key in listed - book.marks.keys()]
    gone = [key for key, word in decisions.items() if word.state == "accepted" and key not in listed | said]
    about = {"workbook": office.sha256}
    return (
        *marked,
        *(decision_fact(key, "accepted", "列入 roster.xlsx", office.actor, office.at, **about) for key in back),
        *(decision_fact(key, "refused", "roster.xlsx 里没有", office.actor, office.at, **about) for key in gone),
    )


def _marked(office: Office, facts: Sequence[Fact], marks: Mapping[str, Mark]) -> tuple[Fact, ...]:
    """Marks that say something else than what stands. 待定 takes nothing back: old copies say it too."""
    decisions = decisions_of(facts)
    return tuple(
        decision_fact(key, mark.state, mark.why, office.actor, office.at, workbook=office.sha256)
        for key, mark in marks.items()
        if mark.state in ("accepted", "refused") and (key not in decisions or decisions[key].state != mark.state)
    )


def _held(plan: Plan, facts: Sequence[Fact], message: str) -> Plan:
    """The roster stays as it was, and the whole effect is told."""
    told = "；".join(effect_lines(plan.effect)) if plan.effect else ""
    finding = Finding("roster_held", f"{message}。涉及：{told}。", severity="manual")
    return replace(plan, lines=(), book=None, roster=roster_of(facts), findings=(finding,), held=True)


def _told(office: Office, book: Listing, facts: Sequence[Fact], plan: Plan) -> Plan:
    erased = erased_people(facts)
    unlisted = tuple(_unlisted(one) for one in plan.proposals.trainees if one.state == "proposed")
    found = (*plan.findings, *still_listed(book.everyone, erased), *eligibility_findings(office.scheme, plan.roster),
             *unlisted)  # fmt: skip
    return replace(plan, findings=found)


def _unlisted(one: Proposal) -> Finding:
    name, school = one.person.name, one.person.school
    message = (
        f"报名表上的{name}（{school}）不在花名册里，请核对后在 roster.xlsx 里补录，"
        f"或运行 gengang roster accept {name}；不予录取的运行 gengang roster refuse {name} --why 原因。"
    )
    return Finding("signup_unlisted", message, "", "manual", "W-02", school)


# --- what waits --------------------------------------------------------------------------------------------------


def waiting_findings(proposals: Proposals) -> tuple[Finding, ...]:
    """One sentence for all who wait for the office, whatever is wrong with them being told apart."""
    waiting = [one for one in proposals.every if one.state == "proposed"]
    if not waiting:
        return ()
    parts = [f"{len(some)}{word}" for some, word in (
        ([one for one in proposals.trainees if one.state == "proposed"], "名学员"),
        ([one for one in proposals.mentors if one.state == "proposed"], "名指导教师"),
        ([one for one in proposals.pairs if one.state == "proposed"], "对结对"),
    ) if some]  # fmt: skip
    names = [name_of(one) for one in waiting]
    more = f"等{len(names)}项" if len(names) > MOST_NAMED else ""
    wrong = sum(has_error(one) for one in waiting)
    message = (
        f"报名待审核：{'、'.join(parts)}（{'、'.join(names[:MOST_NAMED])}{more}）"
        f"{f'，其中{wrong}项有不合规定之处' if wrong else ''}。"
        f"请在 roster.xlsx 的“审核意见”列填“{WORDS['accepted']}”或“{WORDS['refused']}”，"
        "或运行 gengang roster accept、gengang roster refuse；审核前他们的材料先存着，不退。"
    )
    return (Finding("roster_waiting", message, "", "manual", "W-02"),)


def name_of(one: Proposal | PairProposal) -> str:
    """What the office calls it."""
    return one.person.name if isinstance(one, Proposal) else "—".join(one.names)


def after(facts: Sequence[Fact], lines: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts as they would be with these lines behind them."""
    first = max((fact.sequence for fact in facts), default=0) + 1
    return (*facts, *(replace(one, sequence=number) for number, one in enumerate(lines, first)))
