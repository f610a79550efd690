"""One pass over a workspace, composed from plain functions: take in, read, settle the roster, judge, print, tell.

The command line and the flows call the same stages. Every stage may be repeated after a crash: what is done is in the
ledger, and what is in the ledger is not done again.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from extractors.fields import readings_of_sheet
from extractors.guarded import Asked, Readers
from extractors.jobs import Taken
from gengang.arrivals import archive_path, put_aside, write_whole
from gengang.assess import assess
from gengang.debts import missing_by_debtor
from gengang.drafting import Drafted, Judged, certificate_drafts, drafted, figures_by_person, spent_numbers
from gengang.errors import WorkspaceError
from gengang.evidence import evidence_fact
from gengang.facts import DOOR_KINDS, FILING, Actor, Balance, Fact, balance, latest, unread
from gengang.filenames import legal_name
from gengang.findings import Finding
from gengang.form import Form
from gengang.intake import Intake, settled_files, take_all_in
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.material import told_of
from gengang.papers.certificate import HeldBack
from gengang.papers.morning import FILE, MorningNote, morning_note
from gengang.press import Press, Pressed, press, withdraw
from gengang.reading import FileReading, Reading, accepted_values
from gengang.reconcile import Match
from gengang.rosterfile import read_roster, read_school_table, roster_bytes
from gengang.scheme import Scheme
from gengang.season import reading_fact, readings_held, roster_facts, season_of
from gengang.settings import Settings
from gengang.signups import eligibility_findings, roster_from_signups, unlisted_findings
from gengang.submission import Submission
from gengang.telling import Told, note_of
from gengang.template_archive import keep_templates, older_forms, template_fact
from gengang.thumbs import drop_thumbs_of_nobody, files_without_thumbs, keep_thumbs
from gengang.wordxml import NotWordError, sheet_of_word
from gengang.workspace import (
    BUILT_IN,
    Templates,
    checked_workspace,
    scheme_of,
    scheme_text,
    school_table,
    templates_of,
    with_writers,
)

BATCH = 50  # files whose readings are committed together
WITHDRAWN_KINDS = ("certificate", "hours_certificate", "appraisal")  # a draft of them may be due no more
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a pass is asked for. as_of: None for today, at most the scheme's closing day; at: UTC, for the lines."""

    settings: Settings
    as_of: date | None
    actor: Actor
    at: str
    told: Progress


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass under way: the ledger is open and held by it, readers stand ready."""

    settings: Settings
    scheme: Scheme
    templates: Templates
    ledger: Ledger
    readers: Readers
    as_of: date
    actor: Actor
    at: str
    told: Progress


@dataclass(frozen=True, slots=True)
class Done:
    """What the stages gave, for the last one to tell. before: the judgement before this pass; read: how many files."""

    before: Judged | None
    intake: Intake
    read: int
    roster_findings: tuple[Finding, ...]
    judged: Judged
    pressed: tuple[Pressed, ...]


@dataclass(frozen=True, slots=True)
class Night:
    """What a pass did. for_a_person: how many things need one; lines: sentences for the terminal."""

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


def day_of_request(text: str) -> date | None:
    """The day that `--as-of` names, None when it is empty. Raises WorkspaceError for anything else."""
    if not text:
        return None
    wrong = WorkspaceError(f"--as-of 应写成 2016-12-10 的样子，现在是“{text}”。")
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise wrong from fault
    if day.isoformat() != text:  # weeks and dates without dashes are understood too, and rarely meant
        raise wrong
    return day


def run_once(request: RunRequest) -> Night:
    """The whole pass. Raises GengangError when it cannot start; nothing in the inbox was touched then."""
    with opened(request) as under_way:
        before = judged_before(under_way)
        intake = take_in(under_way)
        read = read_new(under_way)
        roster_findings = settle_roster(under_way)
        judged = judge(under_way)
        pressed = print_papers(under_way, judged)
        return tell(under_way, Done(before, intake, read, roster_findings, judged, pressed))


@contextmanager
def opened(request: RunRequest, needs_roster: bool = True) -> Iterator[Pass]:
    """Everything a pass needs, checked before anything is touched; one pass at a time."""
    settings = checked_workspace(request.settings, needs_roster)
    scheme = scheme_of(settings)
    templates = with_writers(settings, templates_of(settings))
    as_of = request.as_of or min(date.today(), scheme.closing)
    ledger = open_ledger(settings)
    try:
        with lease(ledger, str(request.actor)):
            ledger.append([_scheme_fact(request)])
            templates = _with_older(request, templates, ledger)
            with Readers(templates.readable, settings.limits) as readers:
                yield Pass(settings, scheme, templates, ledger, readers, as_of, request.actor, request.at, request.told)
    except OSError as fault:
        raise WorkspaceError(_disk_sentence(settings, fault)) from fault
    finally:
        ledger.close()


def _disk_sentence(settings: Settings, fault: OSError) -> str:
    """Which folder of the workspace failed; never the file, whose name may be a person's."""
    named = Path(os.fsdecode(fault.filename)) if isinstance(fault.filename, str | bytes) else settings.workspace
    folder = named.relative_to(settings.workspace).parts[:1] if named.is_relative_to(settings.workspace) else ()
    where = f"工作区的 {folder[0]}" if folder else "磁盘"
    return f"{where} 读写出错（{fault.strerror or type(fault).__name__}）：请检查权限和磁盘空间后重试。收到的材料都在。"


def _with_older(request: RunRequest, templates: Templates, ledger: Ledger) -> Templates:
    """The templates with those of earlier runs; today's are kept first, since they may be edited tomorrow."""
    archive = request.settings.archive
    bytes_of = [(folder, stem, writer.data) for (folder, stem), writer in templates.writers.items()]
    ledger.append([template_fact(*one, request.actor, request.at) for one in keep_templates(archive, bytes_of)])
    return replace(templates, older=older_forms(archive, ledger.read(kinds=("template",)), templates.forms))


def _scheme_fact(request: RunRequest) -> Fact:
    text = scheme_text(request.settings)
    data = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}
    return Fact("scheme", "scheme", data, request.actor, request.at)


# --- in ---


def take_in(under_way: Pass) -> Intake:
    """Take in every whole file that is there now, waiting a few seconds for one that still changes."""
    candidates = settled_files(under_way.settings)
    day = date.fromisoformat(under_way.at[:10])
    intake = take_all_in(under_way.settings, under_way.ledger, candidates, day, under_way.actor, under_way.at)
    tend_thumbs(under_way)
    return intake


def tend_thumbs(under_way: Pass) -> None:
    """Thumbnails of earlier evidence that are gone are made again; those of evidence that was erased go."""
    archive = under_way.settings.archive
    evidence = tuple(under_way.ledger.read(kinds=("evidence",)))
    drop_thumbs_of_nobody(archive, evidence)
    lost = files_without_thumbs(archive, evidence)
    for done in range(0, len(lost), BATCH):
        asked = [Asked(sha256, str(archive_path(archive, sha256)), True) for sha256 in lost[done : done + BATCH]]
        for taken in under_way.readers.read(asked):
            keep_thumbs(archive, taken.file.materials)


def read_new(under_way: Pass) -> int:
    """Read every arrival that was neither filed nor refused yet; how many. Committed in batches, refused ones aside."""
    waiting = waiting_arrivals(under_way)
    for done in range(0, len(waiting), BATCH):
        read_batch(under_way, waiting[done : done + BATCH], (done, len(waiting)))
    return len(waiting)


def waiting_arrivals(under_way: Pass) -> tuple[Fact, ...]:
    """Arrivals that were neither filed nor refused yet, whatever stopped the last pass."""
    return unread(under_way.ledger.read(kinds=DOOR_KINDS))


def read_batch(under_way: Pass, arrivals: Sequence[Fact], at: tuple[int, int]) -> int:
    """Read some arrivals and commit what they gave; how many lines. at: how many are done, of how many, to be told."""
    facts: list[Fact] = []
    count = iter(range(at[0] + 1, at[1] + 1))
    asked = [_asked(under_way, arrival) for arrival in arrivals]
    taken = under_way.readers.read(asked, lambda _: under_way.told("读取", next(count), at[1]))
    for arrival, one in zip(arrivals, taken, strict=True):
        keep_thumbs(under_way.settings.archive, one.file.materials)
        facts += _facts_of_arrival(under_way, arrival, one)
    return under_way.ledger.append(facts)


def _asked(under_way: Pass, arrival: Fact) -> Asked:
    name = str((arrival.personal or {}).get("path", arrival.subject))
    return Asked(name, str(archive_path(under_way.settings.archive, arrival.subject)))


def _facts_of_arrival(under_way: Pass, arrival: Fact, taken: Taken) -> list[Fact]:
    sha256, file = arrival.subject, taken.file
    filled = [reading for reading in file.submissions if not _is_blank(reading)]
    if not filled and not file.materials:
        return [_refused(under_way, archive_path(under_way.settings.archive, sha256), sha256, file)]
    about = {"received": taken.received, "of_file": [[f.code, f.message, f.severity] for f in _of_file(file, filled)]}
    actor, at, beside = under_way.actor, under_way.at, {} if filled else about
    readings = [reading_fact(f"{sha256}#{index}", reading, file.medium, about, actor, at)
                for index, reading in enumerate(filled)]  # fmt: skip
    evidence = [evidence_fact(f"{sha256}#{index}", material, beside, actor, at)
                for index, material in enumerate(file.materials, len(filled))]  # fmt: skip
    return readings + evidence


def _of_file(file: FileReading, filled: Sequence[Reading]) -> list[Finding]:
    """What is said of a file beside its papers; its evidence is a line of its own, and asked about by folder."""
    own = set(map(told_of, file.materials))
    blank = [] if filled else [finding for reading in file.submissions for finding in reading.findings]
    return [*(finding for finding in file.findings if finding not in own), *blank]


def _is_blank(reading: Reading) -> bool:
    return any(finding.code == "blank_form" for finding in reading.findings)


def _refused(under_way: Pass, original: Path, sha256: str, file: FileReading) -> Fact:
    """The copy is put aside before the line is written, so that a crash in between repeats it."""
    findings = [*file.findings, *(f for reading in file.submissions for f in reading.findings)]
    codes = [finding.code for finding in findings] or ["unreadable_file"]
    sentence = "".join(dict.fromkeys(finding.message for finding in findings)).encode("utf-8", "replace").decode()
    told = f"“{legal_name(Path(file.file).name)}”：{sentence}"
    copy = put_aside(original, file.file, told, under_way.settings.aside)
    personal = {"sentence": sentence, "aside": copy.name}
    return Fact("refused", sha256, {"code": codes[-1]}, under_way.actor, under_way.at, personal)


# --- the roster ---


def settle_roster(under_way: Pass) -> tuple[Finding, ...]:
    """The roster as the ledger holds it: the office's workbook, or one made from the schools' sign-up papers.

    A workbook that is not one of those we wrote is the office's word and is read as it is, in every run from then on.
    """
    settings, ledger = under_way.settings, under_way.ledger
    facts = ledger.read(kinds=("roster",))
    ours = {str(fact.data["sha256"]) for fact in facts if fact.data.get("made_from") == "signups"}
    table = school_table(settings)
    papers = readings_held(ledger.read(kinds=("arrival", "duplicate", "reading", "decision")))
    lists = {form: [one for one in papers if one.submission.form == form]
             for form in ("registration", "mentor_assignment")}  # fmt: skip
    if table is None or _sha256(settings.roster) not in ("", *ours):
        sha256 = _sha256(settings.roster)
        roster = read_roster(settings.roster)
        ledger.append(roster_facts(roster, sha256, "workbook", under_way.actor, under_way.at))
        return (*eligibility_findings(under_way.scheme, roster), *unlisted_findings(roster, lists["registration"]))
    roster, findings = roster_from_signups(read_school_table(table), lists["registration"], lists["mentor_assignment"])
    data = roster_bytes(roster)
    sha256 = hashlib.sha256(data).hexdigest()
    # The line first: killed in between, the next run must not take our own workbook for the office's.
    ledger.append(roster_facts(roster, sha256, "signups", under_way.actor, under_way.at))
    if _sha256(settings.roster) != sha256:
        write_whole(settings.roster, [data])
    return (*findings, *eligibility_findings(under_way.scheme, roster))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


# --- judging ---


def judged_before(under_way: Pass) -> Judged | None:
    """What the ledger came to when it was last told, as of the same day; None before that.

    A run that was killed told nothing, and what a person decided since then is news too.
    """
    facts = tuple(under_way.ledger.read())
    last = last_run(facts)
    if last is None:
        return None
    told = (fact for fact in facts if fact.sequence < last.sequence)
    return judged_of(told, under_way.scheme, under_way.as_of)


def judge(under_way: Pass) -> Judged:
    """Match every paper and judge every trainee by the ledger's facts."""
    judged = judged_of(under_way.ledger.read(), under_way.scheme, under_way.as_of)
    season = judged.season
    under_way.ledger.append([_match_fact(under_way, held.paper.key, held.match) for held in season.papers])
    under_way.ledger.append([_match_fact(under_way, piece.key, piece.match) for piece in season.evidence])
    return judged


def last_run(facts: Iterable[Fact]) -> Fact | None:
    """The line of the last run that came to its end and had something to tell."""
    return latest(facts, "run").get(("run", "done"))


def day_of_last_run(facts: Iterable[Fact]) -> date | None:
    """The day as of which the last finished run judged."""
    done = last_run(facts)
    return None if done is None else date.fromisoformat(str(done.data["as_of"]))


def _match_fact(under_way: Pass, key: str, found: Match) -> Fact:
    data = {"person": found.person if found.status == "sure" else "", "status": found.status}
    evidence = {"evidence": [asdict(one) for one in found.evidence], "why_not": found.why_not}
    return Fact("match", key, data, under_way.actor, under_way.at, evidence)


def judged_of(facts: Iterable[Fact], scheme: Scheme, as_of: date) -> Judged:
    """What the facts come to under a scheme on a day; pure."""
    season = season_of(facts)
    papers = {one.key: season.papers_of(one.key) for one in season.roster.trainees}
    mentors = {one.key: season.roster.mentors_of(one.key) for one in season.roster.trainees}
    verdicts = {
        one.key: assess(scheme, one, papers[one.key], as_of, mentors[one.key], season.evidence_of(one.key))
        for one in season.roster.trainees
    }
    debts = missing_by_debtor(tuple(verdicts.values()), season.roster, scheme, as_of)
    return Judged(scheme, season, verdicts, figures_by_person(scheme, season), debts, as_of)


# --- papers ---


def print_papers(under_way: Pass, judged: Judged) -> tuple[Pressed, ...]:
    """Draft, write, prove and print what changed; what is due no more goes out of the printer's way."""
    drafts = drafts_of(under_way, judged).drafts
    at = press_of(under_way)
    pressed = press(drafts, at, lambda done: under_way.told("印材料", done, len(drafts)))
    withdraw(drafts, WITHDRAWN_KINDS, at)
    kinds = zip(pressed, _kinds_apart(pressed), strict=True)
    under_way.ledger.append([_paper_fact(under_way, one, kind) for one, kind in kinds if is_ours(one)])
    return pressed


def is_ours(one: Pressed) -> bool:
    """Whether it lies there as we proved it: not held, and not edited by a person since.

    One pressed by a run that was killed before it could say so lies there as it was, and is said now.
    """
    return one.status != "held" and not any(finding.code == "paper_edited" for finding in one.findings)


def _kinds_apart(pressed: Iterable[Pressed]) -> Iterator[str]:
    """appraisal, appraisal#2, appraisal#3: copies of one paper count each on its own in the ledger."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in pressed:
        kind, person = one.draft.kind, one.draft.person
        seen[kind, person] += 1
        number = seen[kind, person]
        yield kind if number == 1 else f"{kind}#{number}"


def drafts_of(under_way: Pass, judged: Judged) -> Drafted:
    """What is to be printed now, and who is kept back."""
    spent = spent_numbers(under_way.ledger.read(kinds=("number_spent", "number_void", "paper")))
    return drafted(judged, spent, BUILT_IN / "fonts")


def _paper_fact(under_way: Pass, one: Pressed, kind: str) -> Fact:
    data = {"kind": kind, "sha256": one.docx, "pdf": one.pdf, "proof": "read back equal"}
    return Fact("paper", one.draft.person or "cohort", data, under_way.actor, under_way.at)


def press_of(under_way: Pass) -> Press:
    """The press of this workspace, proving with our own reader."""
    settings = under_way.settings
    staging = settings.workspace / ".press"
    return Press(under_way.templates.writers, read_back, settings.outbox, staging, BUILT_IN / "fonts")


def read_back(data: bytes, form: Form) -> Submission | None:
    """What our reader makes of a Word file that should be this form; None when it finds no such form."""
    try:
        found = readings_of_sheet(sheet_of_word(data), (form,)).readings
    except NotWordError:
        return None
    return accepted_values(found[0]) if len(found) == 1 else None


# --- telling ---


def tell(under_way: Pass, done: Done) -> Night:
    """Write the morning note, put the run into the ledger, and say in a few sentences what happened.

    A run that has nothing to tell leaves the last note: what came in the night still stands there at noon.
    """
    counts = balance(under_way.ledger.read(kinds=DOOR_KINDS))
    last = last_run(under_way.ledger.read(kinds=("run",)))
    told = _told(under_way, done, counts, last)
    note = note_of(told)
    ran = {
        "phase": "done",
        "as_of": under_way.as_of.isoformat(),
        "note": _sha256_of_standing(note),
        **asdict(counts),
    }
    path = under_way.settings.outbox / FILE
    if last is None or dict(last.data) != ran or note.came or not path.exists():
        write_whole(path, [_page_of(note)])
    under_way.ledger.append([Fact("run", "run", ran, under_way.actor, under_way.at)])
    needs = len(note.needs)
    return Night(done.intake, done.read, counts, done.judged, done.pressed, needs, _lines(done, counts, needs))


def _told(under_way: Pass, done: Done, counts: Balance, last: Fact | None) -> Told:
    since = 0 if last is None else last.sequence
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
        left=tuple(one.why for one in done.intake.left if one.why),
    )


def _sha256_of_standing(note: MorningNote) -> str:
    """Hash of what the note says apart from what is new in it: equal in two runs when nothing happened in between."""
    return hashlib.sha256(_page_of(replace(note, came=(), changed=()))).hexdigest()


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
        first,
        f"累计收到{counts.arrived}个文件：已归档{counts.filed}，待读{counts.waiting}，退回{counts.refused}；"
        f"重复{counts.duplicates}次；{'数目相符' if counts.even else '数目不符，请运行 gengang verify'}。",
        f"学员{len(done.judged.verdicts)}人：{told or '还没有'}。",
        f"需要您处理{needs}件，见 outbox/{FILE}。" if needs else "没有需要您处理的事。",
    )
