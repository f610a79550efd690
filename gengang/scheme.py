"""Scheme: one programme's rules as values; every rule names its clause, every clause has its words and our reading.

It knows no person and no paper; `schemefile` makes it from a file, `assess` judges by it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.findings import Severity

Debtor = Literal["school", "base_school", "mentor", "trainee", "office"]
Gate = Literal["manual", "warn", "block"]
ItemRule = Literal["attendance", "count", "lessons", "papers", "judged"]
# What is counted: one of COUNTED, or the stem of a form, whose papers are counted.
Measure = str
COUNTED: tuple[Measure, ...] = (
    "workdays", "lessons_heard", "lessons_taught", "report_lessons", "research_activities", "class_activities",
    "reflections", "logs",
)  # fmt: skip
WindowKind = Literal["dates", "weeks", "open"]
ParticipantKind = Literal["per_school_stage", "fixed", "individual", "open"]
Per = Literal["total", "workday", "week", "month", "quarter", "term"]
EvaluationKind = Literal["points", "qualitative", "self", "activity", "none", ""]
Medium = Literal["paper", "electronic"]
Approver = Literal["mentor", "base_school"]
Certified = Literal["trainee", "mentor"]
Acceptance = Literal["each", "clean"]


@dataclass(frozen=True, slots=True)
class Clause:
    """quote: the scheme's own words, empty where the rule is ours; reading: how we take them, in Chinese.

    switch: places of the file that decide it and do not name the clause themselves, parted by 、.
    """

    id: str
    quote: str
    reading: str
    severity: Severity
    switch: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the programme's text leaves open. place: of the file, such as `calendar.start`; note: what the text says."""

    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the leading group. role: 组长, 副组长, 成员; name empty while the text has a placeholder."""

    role: str
    name: str
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who runs the programme. word: the county's own character in printed numbers; region: first six digits of keys.

    base_school: the first that receives trainees; further_base_schools: others; college: the office's own body.
    """

    county: str
    authority: str
    college: str
    base_school: str
    word: str
    region: str
    further_base_schools: tuple[str, ...] = ()
    leading_group: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """First and last day (both included), and days that differ from the official calendar.

    start, end: None while the text does not say and nobody set them; then no record is outside the window.
    half_days: whether half a day counts as 0.5 (Q4), else only whole days do.
    weeks: length of a window of kind `weeks`; each_weeks: how long one person stays, 0 for the whole window.
    """

    start: date | None
    end: date | None
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    kind: WindowKind = "dates"
    half_days: bool = True
    weeks: int = 0
    each_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the window. start, end: None where the window has no days; tasks: in the text's words."""

    id: str
    name: str
    start: date | None
    end: date | None
    tasks: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Participants:
    """Who takes part. number: of kind `fixed`; who: in the text's words; subjects: by stage, in printed order."""

    kind: ParticipantKind
    who: str
    subjects: dict[str, tuple[str, ...]]
    number: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """E-02 to E-07. as_of: day on which age and years are counted; age_max: completed years."""

    as_of: date
    age_max: int
    age_inclusive: bool
    years_min: int
    title_levels: tuple[str, ...]
    degrees: dict[str, tuple[str, ...]]
    rural_only: bool


@dataclass(frozen=True, slots=True)
class Pairing:
    """T-03. mentors: of one trainee, 0 where the programme has none; trainees_at_most: of one mentor, unremarked."""

    mentors: int = 1
    trainees_at_most: int = 1
    same_subject: bool = True


@dataclass(frozen=True, slots=True)
class LeaveRules:
    """L-07. approvers: all of whom must approve; in_advance: not after the first day of absence.

    late_paper: what becomes of a day whose leave was approved afterwards (Q13): `manual` asks, `excused`, `unexcused`.
    """

    approvers: tuple[Approver, ...] = ("mentor", "base_school")
    in_advance: bool = True
    late_paper: Literal["manual", "excused", "unexcused"] = "manual"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a task with a choice may be met."""

    measure: Measure
    need: Decimal
    per: Per
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A task of which at least `need` are asked. What is missing costs points and is said; it never fails a person.

    need: 0 where the text asks for it without a number; most: 0 for no upper end.
    per: the stretch of time in which `need` is asked; within: measure of which these are a part (3节含1节汇报课).
    alternatives: ways of which one is enough; measure and need are the first one's.
    phase: id of the phase in which it is asked, empty for the whole window.
    tracked: whether what is missing is said; false while the product cannot read its papers.
    """

    id: str
    name: str
    measure: Measure
    need: Decimal
    unit: str
    clause: str
    severity: Severity
    tracked: bool
    per: Per = "total"
    most: Decimal = Decimal(0)
    within: Measure = ""
    alternatives: tuple[Alternative, ...] = ()
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the rubric.

    max: points in all; rule: how points arise; measure: what is counted (rule count).
    each, at_most: points for one record and how many records count; for rule lessons those of 研究课, for rule papers
    those of one paper of each form in `evidence`.
    judged_max: points that a person gives, of max; assessor: who, in Chinese; register: field of 考核登记表.
    evidence: form stems, each of which counts; the first that shows a lesson or an activity names it.
    """

    id: str
    name: str
    max: Decimal
    rule: ItemRule
    clause: str
    register: str
    evidence: tuple[str, ...] = ()
    measure: Measure | None = None
    each: Decimal = Decimal(0)
    at_most: Decimal = Decimal(0)
    judged_max: Decimal = Decimal(0)
    assessor: str = ""


@dataclass(frozen=True, slots=True)
class Discipline:
    """What rule attendance adds and takes: bonus once a day is attended, and deductions, as positive points."""

    bonus: Decimal
    unexcused_half_day: Decimal
    late_or_early: Decimal


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a person, or the activity, is judged.

    points: by the rubric's items against pass_at, which is enough; qualitative: by the conclusion of the assessor's
    paper, or by a person's word where the programme has no such paper; self: by the person's own paper; activity: the
    activity is judged and no person; none: nothing is said; empty: the text leaves it open.
    form: stem of the paper that carries it (qualitative, self, activity); conclusion: its field, of which the words in
    `passed` are a yes and any other is a no; dimensions: what is looked at, in the text's words.
    pass_at, excellent_at: points, 0 where there are none and where the form has no 优秀; excellent_share: at most, of
    the cohort.
    """

    kind: EvaluationKind
    form: str = ""
    conclusion: str = ""
    passed: tuple[str, ...] = ()
    assessor: str = ""
    dimensions: tuple[str, ...] = ()
    clause: str = ""
    pass_at: Decimal = Decimal(0)
    excellent_at: Decimal = Decimal(0)
    excellent_share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Hours, when a certificate is withheld, and what a person decides before one is issued.

    All 0 where the programme gives neither hours nor certificates.
    """

    hours_trainee: int = 0
    hours_mentor: int = 0
    withhold_unexcused_at: Decimal = Decimal(0)
    gate: Gate = "manual"
    gate_items: tuple[str, ...] = ()
    gate_lessons_heard: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Signals:
    """When cramming is suspected (G-02): lessons a day above, and a share of days in the last share of the window."""

    lessons_a_day: int
    late_share_of_days: Decimal
    late_share_of_window: Decimal


@dataclass(frozen=True, slots=True)
class Document:
    """A paper somebody owes.

    form: stem of the template, empty while there is none; need: how many; due: last day in time, None where unstated.
    per: whose count it is, one for each trainee, mentor or school, or one of the base school.
    tracked: whether its absence is reported; false while the product cannot read it.
    receivers: to whom it goes; keepers: who keeps each of the copies, in their order; media: in what it is handed in.
    inside: form stem of a paper that may hold it (Q8), empty when it has to come by itself.
    """

    id: str
    name: str
    form: str
    owed_by: Debtor
    per: Debtor
    need: int
    copies: int
    due: date | None
    clause: str
    tracked: bool
    receivers: tuple[str, ...] = ()
    keepers: tuple[str, ...] = ()
    media: tuple[Medium, ...] = ("paper",)
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """number, key, wording: format strings; series: J or X of its register; seals: who stamps it."""

    id: str
    name: str
    given_to: Certified
    series: str
    number: str
    key: str
    wording: str
    seals: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting or a last day. start equals end for one day; both None while nobody set them.

    attendees, papers: who is asked to come, and what is needed for it.
    """

    id: str
    name: str
    start: date | None
    end: date | None
    clause: str
    attendees: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """What follows after the programme (后续支持), in the text's words."""

    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Bulletins:
    """通报 (G-03). rhythm: how often; parts: its sections; names_when: when somebody is proposed for criticism.

    from_share: share of the window before which nobody is proposed.
    """

    rhythm: Literal["monthly", "once", "none"] = "none"
    parts: tuple[str, ...] = ()
    names_when: str = ""
    from_share: Decimal = Decimal(0)
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Commendation:
    """表彰 (W-08): a proposal that a person ticks. places: how many, 0 while nobody said; candidates: rule, in words.

    publicity_days: working days of 公示 before it, 0 for none.
    """

    kinds: tuple[str, ...] = ()
    places: int = 0
    candidates: str = ""
    publicity_days: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True)
class RollUp:
    """What is summed up for each school (G-09): names of the columns."""

    columns: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What only the office can answer: our default, and the place of its switch in the file."""

    id: str
    question: str
    default: str
    switch: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """The whole programme.

    programme: its name in printed papers, after county and year; year: 0 while the text names none.
    closing: the day after which nothing may be handed in any more without a person, None where there is no such day.
    unknowns: what the text leaves open; waiting: days written from a window that is still open (第6周).
    notes: what else a reader should know, such as where the text breaks off.
    accept: whether the office accepts each whom papers propose, or those with no error are accepted by themselves.
    two_persons: fields that two people have to settle alike: `appraisal.grade`, `score_sheet.rows.points`, `*.score`.
    """

    id: str
    title: str
    version: str
    source: str
    programme: str
    year: int
    organisation: Organisation
    calendar: Calendar
    closing: date | None
    participants: Participants
    eligibility: Eligibility | None
    pairing: Pairing
    leave: LeaveRules
    phases: tuple[Phase, ...]
    requirements: tuple[Requirement, ...]
    evaluation: Evaluation
    items: tuple[Item, ...]
    discipline: Discipline
    outcomes: Outcomes
    signals: Signals
    documents: tuple[Document, ...]
    certificates: tuple[Certificate, ...]
    events: tuple[Event, ...]
    support: tuple[Support, ...]
    bulletins: Bulletins
    commendation: Commendation
    roll_up: RollUp
    questions: tuple[Question, ...]
    clauses: tuple[Clause, ...]
    unknowns: tuple[Unknown, ...] = ()
    waiting: tuple[Unknown, ...] = ()
    notes: tuple[str, ...] = ()
    accept: Acceptance = "each"
    two_persons: tuple[str, ...] = ()

    def clause(self, id: str) -> Clause:
        """The clause with this id. Raises KeyError for another; a scheme that was read has every clause it names."""
        return {clause.id: clause for clause in self.clauses}[id]

    @property
    def in_all(self) -> tuple[Requirement, ...]:
        """What is asked over the whole window, in the file's order."""
        return tuple(one for one in self.requirements if one.per == "total")

    def requirement(self, measure: Measure) -> Requirement | None:
        """What is asked in all of a measure, None where nothing is."""
        return next((one for one in self.in_all if one.measure == measure), None)

    def each_workday(self, measure: Measure) -> Requirement | None:
        """What is asked of a measure on each working day, None where nothing is."""
        return next((one for one in self.requirements if one.measure == measure and one.per == "workday"), None)

    def document(self, form: str) -> Document | None:
        """What is said of the paper with this form stem."""
        return next((one for one in self.documents if one.form == form), None)

    def certificate(self, given_to: Certified) -> Certificate | None:
        """The certificate of trainees or mentors."""
        return next((one for one in self.certificates if one.given_to == given_to), None)
