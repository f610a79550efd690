"""What a pass has to tell: the morning note's content from two judgements, before and after, and what was printed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gengang.acknowledging import SenderTold
from gengang.assess import Verdict
from gengang.drafting import Judged, Stale, unapproved_words
from gengang.facts import Balance
from gengang.findings import Finding
from gengang.form import Fault, Form
from gengang.labels import label_of
from gengang.papers.certificate import HeldBack
from gengang.papers.figures import plain
from gengang.papers.missing import overdue_lines
from gengang.papers.morning import Came, Changed, Chat, Link, MorningNote, Need, Notice, Standing, Sum
from gengang.papers.words import programme_of, stage_subject
from gengang.press import Pressed
from gengang.proposals import Proposal
from gengang.reconcile import SCHOOL_FORMS
from gengang.roster_effect import effect_of
from gengang.scheme import Scheme
from gengang.season import HeldPaper, Refusal
from gengang.telling_copies import (
    again_lines,
    copies_by_person,
    likeness_needs,
    receipt_needs,
    settled_fields,
    short_key,
    version_needs,
)
from gengang.telling_evidence import evidence_came, evidence_needs
from gengang.telling_roster import roster_changes, waiting_needs
from gengang.telling_scheme import scheme_needs, scheme_remarks
from gengang.telling_words import listed, source_link, whose

ASIDE = "待处理"
PAPER_NAMES = {
    "certificate": "培训结业证书（草稿）",
    "hours_certificate": "学时证明书（草稿）",
    "appraisal": "学员鉴定表（预填，一式三份）",
    "cohort_report": "终结性学情报告（草稿）",
    "plain_report": "研修情况报告（草稿）",
    "missing_list": "缺件清单",
    "inbox_register": "收件登记簿",
}
TOLD_APART = frozenset({"versions_differ"})  # told with both versions side by side


@dataclass(frozen=True, slots=True)
class Told:
    """What a pass knows when it is done. came: keys of papers not told of yet; forms: stem -> form, for labels.

    again: hashes of files that came once more since the last note.
    left: why files stay in the inbox; erased: the same for those that were erased by request and wait for a person.
    unfinished: keys of people whose erasure was stopped half-way.
    bag_gaps: whose bag, and what is not in it. unopened: what the machine lacks a program for.
    stale: certificates in people's hands that no longer hold.
    waiting: papers of people whom the office has not accepted, paper key -> whose.
    """

    before: Judged | None
    after: Judged
    counts: Balance
    came: Collection[str]
    forms: Mapping[str, Form]
    pressed: Sequence[Pressed]
    held_back: Sequence[HeldBack]
    roster_findings: Sequence[Finding]
    template_faults: Sequence[Fault]
    left: Sequence[str]
    again: Collection[str] = ()
    erased: Sequence[str] = ()
    unfinished: Sequence[str] = ()
    receipts: Sequence[SenderTold] = ()
    bag_gaps: Sequence[tuple[str, str]] = ()
    unopened: Sequence[str] = ()
    stale: Sequence[Stale] = ()
    waiting: Mapping[str, Proposal] = field(default_factory=dict)


def note_of(told: Told) -> MorningNote:
    """The morning note."""
    judged = told.after
    return MorningNote(
        programme=programme_of(judged.scheme),
        as_of=judged.as_of,
        sums=_sums(told),
        came=(*_came(told), *evidence_came(judged, told.came), *again_lines(judged, told.again)),
        changed=tuple(_changed(told)),
        needs=needs_of(told),
        overdue=overdue_lines(judged.debts, judged.as_of),
        standings=tuple(_standings(told)),
        papers=tuple(_papers(told.pressed)),
        notices=(
            *(Notice("证书", words, "G-08") for words in unapproved_words(judged)),
            *_of_base(judged),
            *_shared_warnings(judged),
            *(Notice(name, gap) for name, gap in told.bag_gaps),
        ),
        receipts=tuple(Chat(one.sender, one.texts, Link(one.file, f"{one.file}.txt")) for one in told.receipts),
        remarks=(
            *told.unopened,
            *told.left,
            *(f"模板未使用：{fault.place} {fault.message}" for fault in told.template_faults),
            *scheme_remarks(judged.scheme),
        ),
    )


def _sums(told: Told) -> tuple[Sum, ...]:
    counts = told.counts
    parts = [("已归档", counts.filed), ("待读", counts.waiting), ("退回", counts.refused)]
    parts += [("撤回", counts.taken_back)] if counts.taken_back else []
    files = Sum("收到的文件", counts.arrived, tuple(parts))
    outcomes = Counter(verdict.outcome for verdict in told.after.verdicts.values())
    people = Sum("学员", len(told.after.verdicts), tuple(outcomes.items()), "人")
    return files, people


# --- what came and changed ---


def _came(told: Told) -> Iterable[Came]:
    """Papers that were read since the last note, those of one kind and person in one line."""
    groups: dict[tuple[str, str], list[HeldPaper]] = defaultdict(list)
    for held in told.after.season.papers:
        if held.paper.key in told.came:
            groups[told.forms[held.reading.form].title if held.reading.form in told.forms else held.reading.form,
                   whose(told.after, held)].append(held)  # fmt: skip
    for (title, name), papers in sorted(groups.items(), key=lambda group: (group[0][1], group[0][0])):
        yield Came(f"{title}{len(papers)}份" if len(papers) > 1 else title, name, source_link(papers[0].source))


def _changed(told: Told) -> Iterable[Changed]:
    if told.before is not None:
        yield from roster_changes(effect_of(told.before, told.after))
    before = {} if told.before is None else told.before.verdicts
    for person in told.after.trainees:
        old, new = before.get(person.key), told.after.verdicts[person.key]
        if old is not None and (old.outcome, old.score) != (new.outcome, new.score):
            yield Changed(f"{person.school} {person.name}", "考核结论", _verdict_words(old), _verdict_words(new))


def _verdict_words(verdict: Verdict) -> str:
    return verdict.outcome if verdict.score is None else f"{verdict.outcome} {plain(verdict.score)}分"


# --- what needs a person ---


def needs_of(told: Told) -> tuple[Need, ...]:
    """Everything that only a person can settle, whole files first."""
    judged = told.after
    refused = [Need(_from_whom(one), _aside_link(one), "", one.sentence) for one in judged.season.refusals]
    copies = copies_by_person(judged)
    settled = settled_fields(copies)
    papers = [
        need for held in judged.season.papers if held.paper.key not in told.waiting
        for need in (*_file_needs(told, held), *_paper_needs(told, held, settled.get(held.paper.key, ())))
    ]  # fmt: skip
    papers += [*version_needs(judged, copies, told.forms), *receipt_needs(judged, copies), *likeness_needs(judged)]
    roster = [Need("花名册", Link("报名材料"), "", one.message, one.clause)
              for one in told.roster_findings if one.severity != "info"]  # fmt: skip
    held = [Need("", Link(one.draft.file), "", one.findings[0].message) for one in told.pressed if one.status == "held"]
    barred = [Need("", Link("收件箱"), "", why) for why in told.erased]
    barred += [Need("", Link("删除"), "", f"删除（人员编号 {key}）没有做完，请再运行 gengang erase {key} --why 原因。")
               for key in told.unfinished]  # fmt: skip
    return (
        *refused,
        *barred,
        *scheme_needs(judged.scheme, judged.as_of),
        *roster,
        *waiting_needs(judged.season.papers, told.waiting),
        *papers,
        *evidence_needs(judged),
        *_verdict_needs(judged),
        *_held_needs(told),
        *_stale_needs(told),
        *held,
    )


def _aside_link(refusal: Refusal) -> Link:
    """The copy that was put aside, or the file itself where none was."""
    link = source_link(refusal.source)
    return Link(link.title, f"{ASIDE}/{refusal.aside}") if refusal.aside else link


def _from_whom(refusal: Refusal) -> str:
    """Who sent a file that was refused, or the folder it lay in."""
    return next((mail.whose for mail in refusal.mails if mail.whose), refusal.source.where_from)


def _file_needs(told: Told, held: HeldPaper) -> Iterable[Need]:
    """What was wrong with the file beside its papers, once, at the first of them."""
    if held.paper.key.endswith("#0"):
        for finding in held.of_file:
            if finding.severity != "info":
                yield Need(whose(told.after, held), source_link(held.source), "", finding.message)


def _paper_needs(told: Told, held: HeldPaper, settled: Collection[str]) -> Iterable[Need]:
    """settled: fields that another version of the paper says for certain."""
    name, link = whose(told.after, held), source_link(held.source)
    if held.match.decided and not held.paper.person:
        return
    if held.match.status != "sure":
        yield Need(name, link, "", f"{held.match.why_not or '认不出是谁的材料，请指定。'}{_how_to_decide(held)}")
    form = told.forms.get(held.reading.form)
    open_fields = set(held.paper.open_fields).difference(settled)
    sentences: dict[str, list[str]] = defaultdict(list)
    for finding in (one for one in held.reading.findings if one.severity != "info"):
        if finding.field in open_fields or not finding.field or finding.severity == "manual":
            label = label_of(form, finding.field) if form and finding.field else finding.field
            sentences[finding.message].append(label)
    for message, labels in sentences.items():
        yield Need(name, link, listed([label for label in labels if label]), message)


def _how_to_decide(held: HeldPaper) -> str:
    """A school's list is settled by the school table, anything else by a person's word."""
    if held.reading.form in SCHOOL_FORMS:
        return ""
    return f"认定：gengang choose {short_key(held.paper.key)} --person 人员编号 --why 理由。"


def _verdict_needs(judged: Judged) -> Iterable[Need]:
    for person in judged.trainees:
        for finding in judged.verdicts[person.key].findings:
            if finding.severity in ("error", "manual") and finding.code not in TOLD_APART:
                yield Need(f"{person.school} {person.name}", Link("考核结论"), "", finding.message, finding.clause)


def _shared_warnings(judged: Judged) -> Iterable[Notice]:
    """Warnings block nothing; one that many share is said once, with how many it concerns."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in judged.trainees:
        for finding in judged.verdicts[person.key].findings:
            if finding.severity == "warn":
                shared[finding.clause, finding.message].append(person.name)
    for (clause, message), names in shared.items():
        yield Notice(names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人", message, clause)


def _of_base(judged: Judged) -> Iterable[Notice]:
    """The base school's own papers block nothing, and have no other page on which they could be told of."""
    return (Notice(finding.place or "基地校", finding.message, finding.clause) for finding in judged.of_base)


def _stale_needs(told: Told) -> Iterable[Need]:
    """A certificate is never changed by itself: a person takes it back, issues another or leaves it."""
    roster, year = told.after.season.roster, told.after.scheme.year
    for one in told.stale:
        person = roster.person(one.spent.person)
        number = f"{one.spent.series}-{year}-{one.spent.number:06d}"
        why = f"已发的证书{number}不再成立（{one.why}），是否收回或重出请决定。"
        yield Need(f"{person.school} {person.name}" if person else one.spent.person, Link("证书"), "", why, "G-05")


def _held_needs(told: Told) -> Iterable[Need]:
    """Certificates that wait for a decision; a plain failure or an open season waits for nobody."""
    said = {finding.message for verdict in told.after.verdicts.values() for finding in verdict.findings}
    for one in told.held_back:
        if one.state in ("缓发", "待定") and one.why not in said:
            yield Need(one.name, Link("证书"), one.state, one.why, one.clause)


# --- what is owed, and where everybody stands ---


def _standings(told: Told) -> Iterable[Standing]:
    judged = told.after
    waiting = Counter(held.paper.person for held in judged.season.papers if held.paper.open_fields)
    for person in judged.trainees:
        verdict = judged.verdicts[person.key]
        score = score_words(judged.scheme, verdict)
        yield Standing(person.name, person.school, stage_subject(person), score, verdict.outcome,
                       len(verdict.missing), waiting[person.key])  # fmt: skip


def score_words(scheme: Scheme, verdict: Verdict) -> str:
    """`95`, `已有12` while items are open, empty where the programme gives no points."""
    if scheme.evaluation.kind != "points":
        return ""
    return plain(verdict.score) if verdict.score is not None else f"已有{plain(verdict.points_now)}"


def _papers(pressed: Sequence[Pressed]) -> Iterable[Link]:
    """One line for each kind; a kind with several papers opens their folder."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in pressed:
        if one.file:
            groups[one.draft.kind].append(one.file)
    for kind, files in groups.items():
        name = PAPER_NAMES.get(kind, kind)
        if len(files) == 1:
            yield Link(name, f"{files[0]}.pdf")
        else:
            yield Link(f"{name} {len(files)}份", files[0].partition("/")[0])
