"""Scheme: one programme's rules as values; every rule names its clause, every clause has its words and our reading.

It knows no person and no paper; `schemefile` makes it from a file, `assess` judges by it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.findings import Severity

Debtor = Literal["school", "base_school", "mentor", "trainee"]
Gate = Literal["manual", "warn", "block"]
ItemRule = Literal["attendance", "count", "lessons", "papers", "judged"]
Measure = Literal[
    "workdays", "lessons_heard", "lessons_taught", "report_lessons", "research_activities", "class_activities",
    "reflections", "logs", "lessons_each_day",
]  # fmt: skip
Certified = Literal["trainee", "mentor"]


@dataclass(frozen=True, slots=True)
class Clause:
    """quote: the scheme's own words, empty where the rule is ours; reading: how we take them, in Chinese."""

    id: str
    quote: str
    reading: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who runs the programme. word: the county's own character in printed numbers; region: first six digits of keys."""

    county: str
    authority: str
    college: str
    base_school: str
    word: str
    region: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """First and last day (both included), and days that differ from the official calendar."""

    start: date
    end: date
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """E-02 to E-07. as_of: day on which age and years are counted; age_max: completed years."""

    as_of: date
    age_max: int
    age_inclusive: bool
    years_min: int
    title_levels: tuple[str, ...]
    degrees: dict[str, tuple[str, ...]]
    subjects: dict[str, tuple[str, ...]]
    rural_only: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """A task of which at least `need` are asked. What is missing costs points and is said; it never fails a person.

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


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the rubric.

    max: points in all; rule: how points arise; measure: what is counted (rule count).
    each, at_most: points for one record and how many records count; for rule lessons those of 研究课, for rule papers
    those of one paper of each form in `evidence`.
    judged_max: points that a person gives, of max; assessor: who, in Chinese; register: field of 考核登记表.
    evidence: form stems, the first that is in counts (rule count) or each counts (rule papers).
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
class Outcomes:
    """Pass mark (included), hours, when a certificate is withheld, and what a person decides before one is issued."""

    pass_at: Decimal
    hours_trainee: int
    hours_mentor: int
    withhold_unexcused_at: Decimal
    gate: Gate
    gate_items: tuple[str, ...]
    gate_lessons_heard: Decimal


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
    """A meeting or a last day. start equals end for one day."""

    id: str
    name: str
    start: date
    end: date
    clause: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only the office can answer: our default, and the place of its switch in the file."""

    id: str
    question: str
    default: str
    switch: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """The whole programme. closing: the day after which nothing may be handed in any more without a person."""

    id: str
    title: str
    version: str
    source: str
    organisation: Organisation
    calendar: Calendar
    closing: date
    eligibility: Eligibility
    requirements: tuple[Requirement, ...]
    items: tuple[Item, ...]
    discipline: Discipline
    outcomes: Outcomes
    signals: Signals
    documents: tuple[Document, ...]
    certificates: tuple[Certificate, ...]
    events: tuple[Event, ...]
    questions: tuple[Question, ...]
    clauses: tuple[Clause, ...]

    def clause(self, id: str) -> Clause:
        """The clause with this id. Raises KeyError for another; a scheme that was read has every clause it names."""
        return {clause.id: clause for clause in self.clauses}[id]

    def requirement(self, measure: Measure) -> Requirement | None:
        """What is asked of a measure, None where nothing is."""
        return next((one for one in self.requirements if one.measure == measure), None)

    def document(self, form: str) -> Document | None:
        """What is said of the paper with this form stem."""
        return next((one for one in self.documents if one.form == form), None)

    def certificate(self, given_to: Certified) -> Certificate | None:
        """The certificate of trainees or mentors."""
        return next((one for one in self.certificates if one.given_to == given_to), None)
