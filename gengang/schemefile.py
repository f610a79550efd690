"""The scheme file (TOML) to Scheme: every fault at once, each with its place such as `item[3].max`."""

import string
import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import cast, get_args

from gengang.errors import SchemeError
from gengang.findings import Severity
from gengang.scheme import (
    Acceptance,
    Alternative,
    Approver,
    Bulletins,
    Calendar,
    Certificate,
    Certified,
    Clause,
    Commendation,
    Debtor,
    Discipline,
    Document,
    Eligibility,
    Evaluation,
    EvaluationKind,
    Event,
    Gate,
    Item,
    ItemRule,
    LeaveRules,
    Medium,
    Member,
    Organisation,
    Outcomes,
    Pairing,
    ParticipantKind,
    Participants,
    Per,
    Phase,
    Question,
    Requirement,
    RollUp,
    Scheme,
    Signals,
    Support,
    WindowKind,
)
from gengang.schemefaults import contradictions
from gengang.schemetables import Made, Notes, Table

_NUMBER_FIELDS = {"word", "region", "year", "number"}
_WORDING_FIELDS = {
    "name", "id_number", "start", "end", "county", "year", "stage_subject", "base_school", "tasks_done", "hours",
    "school", "trainees", "start_month", "end_month",
}  # fmt: skip


def scheme_from_toml(text: str) -> Scheme:
    """The scheme that a TOML text writes.

    Raises SchemeError with every fault and its place: missing or unknown keys, wrong kinds, clauses nobody quotes,
    rubric rows that do not add up.
    """
    notes = Notes()
    values = values_of_toml(text)
    root = Table(values, "", notes)
    scheme = root.whole_as(_scheme(root))
    faults = notes.faults or contradictions(scheme, values)
    if faults:
        raise SchemeError(f"方案文件有{len(faults)}处问题，请改正后再运行：", tuple(faults))
    return scheme


def values_of_toml(text: str) -> Mapping[str, object]:
    """The file's values as they are written. Raises SchemeError for a text that is no TOML."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError("方案文件不合 TOML 格式：", (str(error),)) from None


def _scheme(root: Table) -> Scheme:
    """The window first: other days may be written from it."""
    calendar = _calendar(root.table("calendar"))
    root = root.within(calendar.start, calendar.end)
    head = root.table("scheme")
    evaluation = _evaluation(root.table("evaluation"))
    by_points = evaluation.kind == "points"
    made = Scheme(
        id=head.text("id"), title=head.text("title"), version=head.text("version"), source=head.text("source"),
        programme=head.text("programme"), year=head.whole("year"), notes=head.texts("notes", optional=True),
        organisation=_organisation(root.table("organisation")), calendar=calendar, closing=head.last_day("closing"),
        participants=_participants(root.table("participants")),
        eligibility=_eligibility(root.table("eligibility")) if root.has("eligibility") else None,
        pairing=_pairing(root.table("pairing", optional=True)), leave=_leave(root.table("leave", optional=True)),
        phases=_all(root, "phase", _phase, optional=True), requirements=_all(root, "requirement", _requirement),
        evaluation=evaluation, items=_all(root, "item", _item, optional=not by_points),
        discipline=_discipline(root.table("discipline", not by_points), by_points),
        outcomes=_outcomes(root.table("outcomes", not by_points), by_points),
        signals=_signals(root.table("signals", optional=True)), documents=_all(root, "document", _document),
        certificates=_all(root, "certificate", _certificate, optional=not by_points),
        events=_all(root, "event", _event, optional=not by_points),
        support=_all(root, "support", _support, optional=True),
        bulletins=_bulletins(root.table("bulletins", optional=True)),
        commendation=_commendation(root.table("commendation", optional=True)),
        roll_up=_roll_up(root.table("roll_up", optional=True)),
        questions=_all(root, "question", _question, optional=not by_points), clauses=_clauses(root.table("clause")),
        unknowns=tuple(root.notes.unknowns), waiting=tuple(root.notes.waiting),
        accept=cast(Acceptance, head.choice("accept", get_args(Acceptance), optional=True) or "each"),
        two_persons=head.texts("two_persons", optional=True),
    )  # fmt: skip
    return head.whole_as(made)


def _all(root: Table, key: str, made_of: Callable[[Table], Made], optional: bool = False) -> tuple[Made, ...]:
    return tuple(map(made_of, root.tables(key, optional)))


# --- the frame ---


def _organisation(t: Table) -> Organisation:
    return t.whole_as(Organisation(
        t.text("county"), t.text("authority"), t.text("college"), t.text("base_school"), t.text("word"),
        t.text("region"), t.texts("further_base_schools", optional=True),
        tuple(map(_member, t.tables("leading_group", optional=True))),
    ))  # fmt: skip


def _member(t: Table) -> Member:
    return t.whole_as(Member(t.text("role"), t.text("name"), t.text("duty", optional=True)))


def _calendar(t: Table) -> Calendar:
    kind = cast(WindowKind, t.choice("kind", get_args(WindowKind), optional=True) or "dates")
    start = t.first_day("start", optional=kind == "open")
    weeks = t.whole("weeks", optional=kind != "weeks")
    if kind == "weeks":
        end = start + timedelta(7 * weeks - 1) if start and weeks else None
    else:
        end = t.last_day("end", optional=kind == "open")
    made = Calendar(
        start, end, t.days("holidays"), t.days("workdays"), kind, t.yes("half_days", default=True), weeks,
        t.whole("each_weeks", optional=True),
    )  # fmt: skip
    t.text("text", optional=True)
    return t.whole_as(made)


def _phase(t: Table) -> Phase:
    return t.whole_as(Phase(
        t.text("id"), t.text("name"), t.first_day("start"), t.last_day("end"), t.texts("tasks"), t.text("clause"),
    ))  # fmt: skip


def _participants(t: Table) -> Participants:
    kind = cast(ParticipantKind, t.choice("kind", get_args(ParticipantKind)))
    return t.whole_as(Participants(
        kind, t.text("who"), _words(t.table("subjects", optional=True)), t.whole("number", optional=kind != "fixed"),
        t.text("clause", optional=True),
    ))  # fmt: skip


def _eligibility(t: Table) -> Eligibility:
    return t.whole_as(Eligibility(
        t.sure_day("as_of"), t.whole("age_max"), t.yes("age_inclusive"), t.whole("years_min"),
        t.texts("title_levels"), _words(t.table("degrees")), t.yes("rural_only"),
    ))  # fmt: skip


def _words(t: Table) -> dict[str, tuple[str, ...]]:
    return {key: t.texts(key) for key in t.values}


def _pairing(t: Table) -> Pairing:
    if not t.values:
        return Pairing()
    return t.whole_as(Pairing(t.whole("mentors"), t.whole("trainees_at_most"), t.yes("same_subject")))


def _leave(t: Table) -> LeaveRules:
    if not t.values:
        return LeaveRules()
    approvers = cast("tuple[Approver, ...]", t.choices("approvers", get_args(Approver)))
    late = t.choice("late_paper", ("manual", "excused", "unexcused"))
    made = LeaveRules(approvers, t.yes("in_advance"))
    if late == "excused":
        made = LeaveRules(approvers, made.in_advance, "excused")
    elif late == "unexcused":
        made = LeaveRules(approvers, made.in_advance, "unexcused")
    return t.whole_as(made)


# --- tasks and points ---


def _requirement(t: Table) -> Requirement:
    ways = tuple(map(_alternative, t.tables("any_of", optional=True)))
    return t.whole_as(Requirement(
        t.text("id"), t.text("name"), ways[0].measure if ways else t.text("measure"),
        ways[0].need if ways else t.number("need"), ways[0].unit if ways else t.text("unit"), t.text("clause"),
        cast(Severity, t.choice("severity", get_args(Severity))), t.yes("tracked"), _per(t),
        t.number("most", optional=True), t.text("within", optional=True), ways, t.text("phase", optional=True),
    ))  # fmt: skip


def _alternative(t: Table) -> Alternative:
    return t.whole_as(Alternative(t.text("measure"), t.number("need"), _per(t), t.text("name"), t.text("unit")))


def _per(t: Table) -> Per:
    return cast(Per, t.choice("per", get_args(Per), optional=True) or "total")


def _evaluation(t: Table) -> Evaluation:
    kind = cast(EvaluationKind, t.choice("kind", get_args(EvaluationKind)))
    by_paper = kind == "self" or (t.has("form") and kind != "activity")
    return t.whole_as(Evaluation(
        kind, t.text("form", optional=not by_paper), t.text("conclusion", optional=not by_paper),
        t.texts("passed", optional=not by_paper), t.text("assessor", optional=True),
        t.texts("dimensions", optional=True), t.text("clause", optional=kind in ("none", "")),
        t.number("pass_at", optional=kind != "points"), t.number("excellent_at", optional=True),
        t.number("excellent_share", optional=True),
    ))  # fmt: skip


def _item(t: Table) -> Item:
    rule = cast(ItemRule, t.choice("rule", get_args(ItemRule)))
    counted = rule in ("attendance", "count", "lessons", "papers")
    measure = t.text("measure", optional=rule != "count")
    return t.whole_as(Item(
        t.text("id"), t.text("name"), t.number("max"), rule, t.text("clause"), t.text("register"),
        t.texts("evidence"), measure or None, t.number("each", optional=not counted),
        t.number("at_most", optional=not counted), t.number("judged_max", optional=rule in ("attendance", "count")),
        t.text("assessor", optional=rule in ("attendance", "count")),
    ))  # fmt: skip


def _discipline(t: Table, asked: bool) -> Discipline:
    if not asked:
        return t.whole_as(Discipline(Decimal(0), Decimal(0), Decimal(0)))
    return t.whole_as(Discipline(t.number("bonus"), t.number("unexcused_half_day"), t.number("late_or_early")))


def _outcomes(t: Table, asked: bool) -> Outcomes:
    if not asked:
        return t.whole_as(Outcomes())
    return t.whole_as(Outcomes(
        t.whole("hours_trainee"), t.whole("hours_mentor"), t.number("withhold_unexcused_at"),
        cast(Gate, t.choice("gate_on_missing_tasks", get_args(Gate))), t.texts("gate_items"),
        t.number("gate_lessons_heard"),
    ))  # fmt: skip


def _signals(t: Table) -> Signals:
    """Without a section of its own nothing looks like cramming."""
    if not t.values:
        return Signals(0, Decimal(0), Decimal(0))
    return t.whole_as(
        Signals(t.whole("lessons_a_day"), t.number("late_share_of_days"), t.number("late_share_of_window"))
    )


# --- papers ---


def _document(t: Table) -> Document:
    return t.whole_as(Document(
        t.text("id"), t.text("name"), t.text("form", optional=True),
        cast(Debtor, t.choice("owed_by", get_args(Debtor))),
        cast(Debtor, t.choice("per", get_args(Debtor))), t.whole("need"), t.whole("copies"),
        t.last_day("due", optional=True), t.text("clause"), t.yes("tracked"), t.texts("receivers", optional=True),
        t.texts("keepers", optional=True),
        cast("tuple[Medium, ...]", t.choices("media", get_args(Medium), optional=True)) or ("paper",),
        t.text("inside", optional=True),
    ))  # fmt: skip


def _certificate(t: Table) -> Certificate:
    number, key, wording = t.text("number"), t.text("key"), t.text("wording")
    _known_fields(t, "number", number, _NUMBER_FIELDS)
    _known_fields(t, "key", key, _NUMBER_FIELDS)
    _known_fields(t, "wording", wording, _WORDING_FIELDS)
    return t.whole_as(Certificate(
        t.text("id"), t.text("name"), cast(Certified, t.choice("given_to", get_args(Certified))), t.text("series"),
        number, key, wording, t.texts("seals"), t.text("clause"),
    ))  # fmt: skip


def _known_fields(t: Table, key: str, pattern: str, known: set[str]) -> None:
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError:
        t.fault(key, "花括号不成对")
        return
    for name in sorted(named - known):
        t.fault(key, f"不认识的占位符 {{{name}}}")


# --- what is around it ---


def _event(t: Table) -> Event:
    return t.whole_as(Event(
        t.text("id"), t.text("name"), t.first_day("start"), t.last_day("end"), t.text("clause"),
        t.texts("attendees", optional=True), t.texts("papers", optional=True),
    ))  # fmt: skip


def _support(t: Table) -> Support:
    return t.whole_as(Support(t.text("text"), t.text("clause")))


def _bulletins(t: Table) -> Bulletins:
    if not t.values:
        return Bulletins()
    rhythm = t.choice("rhythm", ("monthly", "once", "none"))
    parts, names, share = t.texts("parts"), t.text("names_when"), t.number("from_share", optional=True)
    clause = t.text("clause")
    if rhythm == "monthly":
        return t.whole_as(Bulletins("monthly", parts, names, share, clause))
    return t.whole_as(Bulletins("once" if rhythm == "once" else "none", parts, names, share, clause))


def _commendation(t: Table) -> Commendation:
    if not t.values:
        return Commendation()
    return t.whole_as(Commendation(
        t.texts("kinds"), t.whole("places"), t.text("candidates"), t.whole("publicity_days", optional=True),
        t.text("clause"),
    ))  # fmt: skip


def _roll_up(t: Table) -> RollUp:
    return t.whole_as(RollUp(t.texts("columns"), t.text("clause"))) if t.values else RollUp()


def _question(t: Table) -> Question:
    return t.whole_as(Question(t.text("id"), t.text("question"), t.text("default"), t.text("switch")))


def _clauses(t: Table) -> tuple[Clause, ...]:
    return tuple(_clause(id, t.table(id)) for id in t.values)


def _clause(id: str, t: Table) -> Clause:
    severity = cast(Severity, t.choice("severity", get_args(Severity)))
    return t.whole_as(
        Clause(id, t.text("quote", optional=True), t.text("reading"), severity, t.text("switch", optional=True))
    )
