"""One pass over a workspace, composed from plain functions: take in, read, settle the roster, judge, print, tell.

The command line and the flows call the same stages. Every stage may be repeated after a crash: what is done is in the
ledger, and what is in the ledger is not done again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from extractors.archive import few_named
from extractors.by_hash import Wanted
from extractors.fields import readings_of_sheet
from extractors.marks import codes_of_print
from gengang.acknowledging import SenderTold, bag_gaps, told_of
from gengang.arrivals import write_whole
from gengang.arrived import RECEIPTS, Door
from gengang.asides import keep_asides_in_step
from gengang.counters import Counters, lines_of_counters
from gengang.drafting import (
    Drafted,
    Judged,
    Spent,
    books_of_judged,
    certificate_drafts,
    drafted,
    no_longer_hold,
    spent_numbers,
)
from gengang.enrolling import KINDS as ROSTER_KINDS
from gengang.enrolling import Plan, after, enrol, office_of, planned, proposals_in
from gengang.facts import (
    DOOR_KINDS,
    FILING,
    Balance,
    Fact,
    balance,
    erased_people,
    erasures_under_way,
    unread,
)
from gengang.filenames import legal_name
from gengang.filing import facts_of_arrival, tend_thumbs
from gengang.findings import Finding
from gengang.form import Form
from gengang.in_force import last_run, scheme_in_force
from gengang.intake import Intake, settled_files, take_all_in
from gengang.judging import UNJUDGED, judged_of
from gengang.learned import POLICY, policy_in_force
from gengang.learning import learn
from gengang.logs import logged
from gengang.mailbox import Fetched, fetch_patiently
from gengang.manifest import KINDS as MANIFEST_KINDS
from gengang.manifest import keep_manifest
from gengang.office.catalogue import laid_ready
from gengang.office.kinds import Material
from gengang.own_papers import own_drafts
from gengang.papers.certificate import HeldBack
from gengang.papers.morning import FILE, MorningNote, morning_note
from gengang.papers.receipts import page_of_receipt
from gengang.posting import post_note
from gengang.press import Press, Pressed, is_ours, kinds_apart, press, withdraw
from gengang.proposals import Proposal
from gengang.reading import accepted_values
from gengang.reconcile import Match
from gengang.season import FOLDED, Season
from gengang.submission import Submission
from gengang.telling import Told, note_of
from gengang.telling_roster import papers_of_nobody, papers_waiting
from gengang.thumbs import keep_thumbs
from gengang.under_way import Pass, RunRequest, opened
from gengang.waterfall import kept_evidence
from gengang.wordxml import NotWordError, sheet_of_word
from gengang.workspace import BUILT_IN, Templates

BATCH = 50  # files whose readings are committed together
WITHDRAWN_KINDS = ("certificate", "hours_certificate", "appraisal")  # a draft of them may be due no more


@dataclass(frozen=True, slots=True)
class Done:
    """What the stages gave, for the last one to tell. before: the judgement before this pass; read: how many files."""

    before: Judged | None
    intake: Intake
    read: int
    roster_findings: tuple[Finding, ...]
    judged: Judged
    pressed: tuple[Pressed, ...]
    mail: Fetched


@dataclass(frozen=True, slots=True)
class Night:
    """What a pass did. for_a_person: how many things need one; lines: sentences for the terminal."""

    mail: Fetched
    intake: Intake
    read: int
    counts: Balance
    judged: Judged
    pressed: tuple[Pressed, ...]
    for_a_person: int
    lines: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 done, 1 done with things for a person."""
        return int(self.for_a_person > 0)


def run_once(request: RunRequest) -> Night:
    """The whole pass. Raises GengangError when it cannot start; nothing in the inbox was touched then."""
    with opened(request) as under_way:
        mail = fetch_mail(under_way)
        intake = take_in(under_way)
        learnt = learn(under_way)
        read = read_new(under_way)
        roster_findings = settle_roster(under_way)
        judged = judge(under_way)
        pressed = print_papers(under_way, judged)
        before = judged_before(under_way, judged)
        night = tell(under_way, Done(before, intake, read, roster_findings, judged, pressed, mail))
        return replace(night, lines=(*night.lines, *learnt))


# --- in ---


@logged("mail", lambda mail: {"mails": mail.count, "failed": int(mail.failed)})
def fetch_mail(under_way: Pass) -> Fetched:
    """The mailbox's new mails as files in the inbox; one that is out of reach stops no pass."""
    if under_way.mail is not None:
        return under_way.mail
    at, told, waits = under_way.at, under_way.told, under_way.waits
    return fetch_patiently(under_way.settings, under_way.ledger, under_way.actor, at, told, waits)


@logged("take-in", lambda intake: {"arrived": intake.new, "left": len(intake.left)})
def take_in(under_way: Pass) -> Intake:
    """Take in every whole file that is there now, waiting a few seconds for one that still changes."""
    candidates = settled_files(under_way.settings)
    day = date.fromisoformat(under_way.at[:10])
    intake = take_all_in(under_way.settings, under_way.ledger, candidates, day, under_way.actor, under_way.at)
    if intake.arrivals:
        keep_manifest(under_way.settings, under_way.ledger.read(kinds=MANIFEST_KINDS))
    tend_thumbs(under_way)
    return intake


def read_new(under_way: Pass) -> int:
    """Read every arrival that was neither filed nor refused yet; how many. Committed in batches, refused ones aside."""
    waiting = waiting_arrivals(under_way)
    for done, batch in batches_expected(under_way, waiting):
        read_batch(under_way, batch, (done, len(waiting)))
    under_way.readers.rest()
    return len(waiting) - len(waiting_arrivals(under_way))


def waiting_arrivals(under_way: Pass) -> tuple[Fact, ...]:
    """Arrivals that were neither filed nor refused yet, whatever stopped the last pass or the machine lacked in it."""
    return unread(under_way.ledger.read(kinds=DOOR_KINDS))


def batches_expected(under_way: Pass, waiting: Sequence[Fact]) -> tuple[tuple[int, Sequence[Fact]], ...]:
    """What waits in batches, each with how many are before it; the readers know of all, so that none of them idles."""
    batches = tuple((done, waiting[done : done + BATCH]) for done in range(0, len(waiting), BATCH))
    under_way.readers.expect([[_wanted(arrival) for arrival in batch] for _, batch in batches])
    return batches


@logged("read", lambda lines: {"lines": lines})
def read_batch(under_way: Pass, arrivals: Sequence[Fact], at: tuple[int, int]) -> int:
    """Read some arrivals and commit what they gave; how many lines. at: how many are done, of how many, to be told."""
    facts: list[Fact] = []
    policy = policy_in_force(under_way.ledger.read(kinds=(POLICY,)))
    count = iter(range(at[0] + 1, at[1] + 1))
    wanted = [_wanted(arrival) for arrival in arrivals]
    taken = under_way.readers.read(wanted, lambda _: under_way.told("读取", next(count), at[1]))
    for arrival, one in zip(arrivals, taken, strict=True):
        keep_thumbs(under_way.settings.archive, one.file.materials)
        facts += facts_of_arrival(under_way, arrival, one, policy)
    return under_way.ledger.append(facts)


def _wanted(arrival: Fact) -> Wanted:
    return Wanted(str((arrival.personal or {}).get("path", arrival.subject)), arrival.subject)


# --- the roster ---


@logged("roster", lambda findings: {"findings": len(findings)})
def settle_roster(under_way: Pass) -> tuple[Finding, ...]:
    """The roster as the ledger holds it: those of the sign-up papers whom the office accepted, or its own workbook."""
    plan = plan_of_roster(under_way)
    enrol(under_way.settings, under_way.ledger, plan)
    return plan.findings


def plan_of_roster(under_way: Pass, confirmed: bool = False, book: Path | None = None) -> Plan:
    """What is to become of the roster; nothing is written. RosterError with every fault of a workbook.

    confirmed: a person has seen what the workbook changes; book: to be looked at in the place of roster.xlsx.
    """

    def judge_with(lines: Sequence[Fact]) -> Judged:
        return judged_of(after(tuple(under_way.ledger.read()), lines), under_way.scheme, under_way.as_of)

    facts = tuple(under_way.ledger.read(kinds=ROSTER_KINDS))
    office = office_of(under_way.settings, under_way.scheme, under_way.actor, under_way.at, facts, book)
    return planned(office, facts, judge_with, confirmed)


# --- judging ---


def judged_before(under_way: Pass, now: Judged) -> Judged | None:
    """What the ledger came to when it was last told, by the rules of then, as of the same day; None before that.

    A run that was killed told nothing, and what a person decided since then is news too, another rule as well.
    now: what it comes to by this pass's rules, which is the same where no line that counts came since.
    """
    facts = tuple(under_way.ledger.read(kinds=FOLDED))
    last = last_run(facts)
    if last is None:
        return None
    told = tuple(fact for fact in facts if fact.sequence < last.sequence)
    scheme = scheme_in_force(told) or under_way.scheme
    is_news = any(fact.sequence > last.sequence and fact.kind not in UNJUDGED for fact in facts)
    return judged_of(told, scheme, under_way.as_of) if is_news or scheme != now.scheme else now


@logged("judge", lambda judged: {"judged": len(judged.verdicts), "papers": len(judged.season.papers)})
def judge(under_way: Pass) -> Judged:
    """Match every paper and judge every trainee by the ledger's facts."""
    judged = judged_of(under_way.ledger.read(kinds=FOLDED), under_way.scheme, under_way.as_of)
    if under_way.closed:
        return judged
    season = judged.season
    under_way.ledger.append([_match_fact(under_way, held.paper.key, held.match) for held in season.papers])
    under_way.ledger.append([_match_fact(under_way, piece.key, piece.match) for piece in season.evidence])
    return judged


def _match_fact(under_way: Pass, key: str, found: Match) -> Fact:
    data = {"person": found.person if found.status == "sure" else "", "status": found.status}
    evidence = {"evidence": kept_evidence(found.evidence), "why_not": found.why_not}
    return Fact("match", key, data, under_way.actor, under_way.at, evidence)


# --- papers ---


@logged("print", lambda pressed: dict(Counter(one.status for one in pressed)))
def print_papers(under_way: Pass, judged: Judged) -> tuple[Pressed, ...]:
    """Draft, write, prove and print what changed; what is due no more goes out of the printer's way."""
    drafts = drafts_of(under_way, judged).drafts
    at = press_of(under_way)
    pressed = press(drafts, at, lambda done: under_way.told("印材料", done, len(drafts)))
    own = (draft.kind for draft in drafts if draft.folder == "own")
    withdraw(drafts, (*WITHDRAWN_KINDS, *own), at)
    kinds = zip(pressed, kinds_apart(pressed), strict=True)
    under_way.ledger.append([paper_fact(under_way, one, kind) for one, kind in kinds if is_ours(one)])
    return pressed


def drafts_of(under_way: Pass, judged: Judged) -> Drafted:
    """What is to be printed now, and who is kept back."""
    return drafts_now(judged, under_way.templates, spent_in_force(under_way))


def drafts_now(judged: Judged, templates: Templates, spent: tuple[Spent, ...]) -> Drafted:
    """The same without a pass. templates: with their writers; spent: certificate numbers in force."""
    made = drafted(judged, spent, BUILT_IN / "fonts", templates.titles)
    ready, own = laid_ready(material_from(judged, templates, spent)), own_drafts(judged, templates.writers)
    return replace(made, drafts=(*made.drafts, *ready, *own))


def material_of(under_way: Pass, judged: Judged) -> Material:
    """What office papers are made from."""
    return material_from(judged, under_way.templates, spent_in_force(under_way))


def material_from(judged: Judged, templates: Templates, spent: tuple[Spent, ...]) -> Material:
    """The same without a pass."""
    return Material(judged, {form.stem: form for form in templates.forms}, BUILT_IN / "fonts", spent=spent)


def spent_in_force(under_way: Pass) -> tuple[Spent, ...]:
    """The certificate numbers that people hold."""
    return spent_numbers(under_way.ledger.read(kinds=("number_spent", "number_void", "paper")))


def paper_fact(under_way: Pass, one: Pressed, kind: str) -> Fact:
    """What was printed for a person, so that it goes with them."""
    data = {"kind": kind, "sha256": one.docx, "pdf": one.pdf, "proof": "read back equal"}
    return Fact("paper", one.draft.person or "cohort", data, under_way.actor, under_way.at)


def press_of(under_way: Pass) -> Press:
    """The press of this workspace, proving with our own reader."""
    settings = under_way.settings
    staging = settings.workspace / ".press"
    return Press(under_way.templates.writers, read_back, settings.outbox, staging, BUILT_IN / "fonts", codes_of_print)


def read_back(data: bytes, form: Form) -> Submission | None:
    """What our reader makes of a Word file that should be this form; None when it finds no such form."""
    try:
        found = readings_of_sheet(sheet_of_word(data), (form,)).readings
    except NotWordError:
        return None
    return accepted_values(found[0]) if len(found) == 1 else None


# --- telling ---


@logged("tell", lambda night: {"needs": night.for_a_person, **asdict(night.counts)})
def tell(under_way: Pass, done: Done) -> Night:
    """Write the morning note, put the run into the ledger, and say in a few sentences what happened.

    A run that has nothing to tell leaves the last note: what came in the night still stands there at noon.
    """
    keep_manifest(under_way.settings, under_way.ledger.read(kinds=MANIFEST_KINDS))
    door = tuple(under_way.ledger.read(kinds=DOOR_KINDS))
    keep_asides_in_step(under_way.settings, door)
    counts = balance(door)
    last = last_run(under_way.ledger.read(kinds=("run",)))
    told = _told(under_way, done, counts, last)
    _hand_receipts(under_way, told.receipts, done.judged.season.door)
    note = note_of(told)
    roster, waits = done.judged.season.roster, under_way.waits
    posted = post_note(under_way.settings, under_way.ledger, note, roster, under_way.actor, under_way.at, waits)
    note = replace(note, remarks=(*note.remarks, *posted))
    ran = {
        "phase": "done",
        "as_of": under_way.as_of.isoformat(),
        "note": _sha256_of_standing(note),
        **asdict(counts),
    }
    path = under_way.settings.outbox / FILE
    if last is None or dict(last.data) != ran or note.came or note.receipts or not path.exists():
        write_whole(path, [_page_of(note)])
    needs = len(note.needs) + len(told.unopened)
    stages = _stages(under_way, done, needs)
    under_way.ledger.append([*stages, Fact("run", "run", ran, under_way.actor, under_way.at)])
    lines = (*told.unopened, *posted, *_lines(done, counts, needs))
    return Night(done.mail, done.intake, done.read, counts, done.judged, done.pressed, needs, lines)


def _stages(under_way: Pass, done: Done, needs: int) -> list[Fact]:
    """What each stage did, for the ledger."""
    status = Counter(one.status for one in done.pressed)
    counters = Counters(done.intake.new, done.read, len(done.judged.verdicts), status["new"], status["held"], needs)
    return lines_of_counters(under_way.ledger.read(kinds=("run",)), counters, under_way.actor, under_way.at)


def _hand_receipts(under_way: Pass, receipts: Sequence[SenderTold], door: Door) -> None:
    """A text for each sender. Their day goes into the ledger first: after a crash they come under the same names."""
    if receipts:
        day = door.day_told(under_way.as_of)
        phase = {"phase": RECEIPTS, "as_of": day.isoformat(), "intake": door.intakes}
        under_way.ledger.append([Fact("run", "run", phase, under_way.actor, under_way.at)])
    for one in receipts:
        path = under_way.settings.outbox / f"{one.file}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, [page_of_receipt(one.texts)])


def _told(under_way: Pass, done: Done, counts: Balance, last: Fact | None) -> Told:
    since = 0 if last is None else last.sequence
    books = books_of_judged(done.judged, under_way.templates.titles)
    return Told(
        before=done.before,
        after=done.judged,
        counts=counts,
        came=frozenset(fact.subject for fact in under_way.ledger.read(kinds=FILING, since=since)),
        forms={form.stem: form for form in under_way.templates.forms},
        pressed=done.pressed,
        held_back=tuple(one for one in certificate_drafts(done.judged) if isinstance(one, HeldBack)),
        roster_findings=done.roster_findings,
        template_faults=under_way.templates.left_out,
        left=(*done.mail.remarks, *(one.why for one in done.intake.left if one.why and one.state != "erased")),
        again=frozenset(fact.subject for fact in under_way.ledger.read(kinds=("duplicate",), since=since)),
        erased=tuple(one.why for one in done.intake.left if one.state == "erased"),
        unfinished=erasures_under_way(under_way.ledger.read(kinds=("erased", "erasure_ordered"))),
        receipts=told_of(books),
        bag_gaps=tuple(bag_gaps(books)),
        unopened=tuple(_unopened(waiting_arrivals(under_way))),
        stale=no_longer_hold(done.judged, _held_by_people_known(under_way)),
        waiting=_papers_waiting(under_way, done.judged.season),
    )


def _papers_waiting(under_way: Pass, season: Season) -> Mapping[str, Proposal]:
    """What is proposed is asked only where a paper might be theirs."""
    if not papers_of_nobody(season):
        return {}
    facts = tuple(under_way.ledger.read(kinds=ROSTER_KINDS))
    return papers_waiting(season, proposals_in(under_way.scheme, season.roster.schools, facts))


def _held_by_people_known(under_way: Pass) -> list[Spent]:
    """Without those of erased people: the register keeps their numbers, and nothing is asked about them again."""
    erased = erased_people(under_way.ledger.read(kinds=("erased", "erasure_ordered")))
    return [one for one in spent_in_force(under_way) if one.person not in erased]


def _unopened(waiting: Sequence[Fact]) -> Iterator[str]:
    """What to say of arrivals that wait for a program; a person has to install it, and then they are read."""
    names = [legal_name(Path(str((arrival.personal or {}).get("path", ""))).name) for arrival in waiting]
    if names:
        yield (
            f"{few_named(names)}没有读：本机缺少打开它要用的程序，不是文件有问题。"
            "请运行 gengang doctor 查看缺什么，装好后再运行一次，文件都还在。"
        )


def _sha256_of_standing(note: MorningNote) -> str:
    """Hash of what the note says apart from what is new in it: equal in two runs when nothing happened in between."""
    return hashlib.sha256(_page_of(replace(note, came=(), changed=(), receipts=()))).hexdigest()


def _page_of(note: MorningNote) -> bytes:
    """A file's name need not be text."""
    return morning_note(note).encode("utf-8", "replace")


def _lines(done: Done, counts: Balance, needs: int) -> tuple[str, ...]:
    """The run in a few sentences; a run in which nothing happened says so."""
    new = sum(one.status == "new" for one in done.pressed)
    held = sum(one.status == "held" for one in done.pressed)
    quiet = not done.intake.new and not done.read and not new
    outcomes = Counter(verdict.outcome for verdict in done.judged.verdicts.values())
    told = "、".join(f"{outcome}{number}人" for outcome, number in outcomes.items())
    first = (
        "没有新材料，什么都没有变。" if quiet
        else f"新收{done.intake.new}个文件，读{done.read}个；新印材料{new}份，未放行{held}份。"
    )  # fmt: skip
    return (
        *done.mail.lines,
        first,
        f"累计收到{counts.arrived}个文件：已归档{counts.filed}，待读{counts.waiting}，退回{counts.refused}"
        f"{f'，撤回{counts.taken_back}' if counts.taken_back else ''}；"
        f"重复{counts.duplicates}次；{'数目相符' if counts.even else '数目不符，请运行 gengang verify'}。",
        f"学员{len(done.judged.verdicts)}人：{told or '还没有'}。",
        f"需要您处理{needs}件，见 outbox/{FILE}。" if needs else "没有需要您处理的事。",
    )
