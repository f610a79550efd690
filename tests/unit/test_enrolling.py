"""How a pass comes to its roster, planned from values: what is accepted, what the office marked, what waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from gengang.drafting import Judged
from gengang.enrolling import Office, Plan, after, planned
from gengang.errors import RosterError
from gengang.facts import Fact
from gengang.judging import judged_of
from gengang.proposals import State, decision_fact
from gengang.reading import FieldReading, ListReading, Reading
from gengang.roster import Person, Roster, person_key
from gengang.rosterfile import listing_of, roster_bytes
from gengang.rosterreview import Mark
from gengang.season import reading_fact, roster_of
from gengang.submission import RowValues
from tests.unit.facts_of_papers import AT, ME, came, key_of, numbered, read
from tests.unit.proposing import nominee, pair_row
from tests.unit.rosters import BASE, SCHOOLS, id_number, mentor, trainee
from tests.unit.seasons import SCHEME

ZHANG, LI = person_key(id_number()), person_key(id_number("19800101", "001"))
ROW_OF_LI = nominee(name="李四", stage="初中", subject="数学", id_number=id_number("19800101", "001"), born="1980-01")


def list_of(name: str, form: str, place: tuple[str, str], rows: str, *lines: RowValues) -> tuple[Fact, Fact]:
    """A school's list came and was read."""
    cells = tuple({column: FieldReading("accepted", value, str(value), 1.0) for column, value in row.items()
                   if value is not None} for row in lines)  # fmt: skip
    fields: dict[str, FieldReading | ListReading] = {
        place[0]: FieldReading("accepted", place[1], place[1], 1.0),
        rows: ListReading("accepted", cells),
    }
    return came(name), reading_fact(key_of(name), Reading(form, "v", fields), "word", {}, ME, AT)


ZHANGS_LIST = list_of("张村.docx", "registration", ("school", "张村小学"), "nominees", nominee())
LIS_LIST = list_of("李河.docx", "registration", ("school", "李河中学"), "nominees", ROW_OF_LI)
PAIRS = list_of("安排.docx", "mentor_assignment", ("base_school", BASE.name), "pairs", pair_row())
LOG = came("日志.docx"), read("日志.docx", "training_log", trainee(), {"log_date": "2016-09-05"})
FACTS = numbered(*ZHANGS_LIST, *LIS_LIST, *PAIRS, *LOG)
OFFICE = Office(SCHEME, SCHOOLS, None, "", ME, AT)


def plan_of(facts: Sequence[Fact], office: Office = OFFICE, confirmed: bool = False) -> Plan:
    """What becomes of the roster."""

    def judge(lines: Sequence[Fact]) -> Judged:
        return judged_of(after(facts, lines), SCHEME, date(2016, 12, 31))

    return planned(office, facts, judge, confirmed)


def done(facts: Sequence[Fact], plan: Plan) -> tuple[Fact, ...]:
    """The facts after it."""
    return after(facts, plan.lines)


def said(facts: Sequence[Fact], key: str, state: str = "accepted") -> tuple[Fact, ...]:
    """The facts after the office's word."""
    assert state in ("accepted", "refused")
    return after(facts, [decision_fact(key, "accepted" if state == "accepted" else "refused", "", ME, AT)])


def names(roster: Roster) -> list[str]:
    """Its trainees."""
    return [one.name for one in roster.trainees]


def codes(plan: Plan) -> set[str]:
    """What it tells."""
    return {one.code for one in plan.findings}


def book_of(data: bytes) -> Office:
    """The workspace with this workbook."""
    return replace(OFFICE, book=listing_of("roster.xlsx", data), sha256=sha256(data).hexdigest())


def marked(plan: Plan, **marks: str) -> Office:
    """The workspace with the workbook that a plan wrote, marked by key."""
    assert plan.book is not None
    office = book_of(plan.book)
    assert office.book is not None
    word: dict[str, State] = {"同意": "accepted", "不同意": "refused", "待定": "proposed"}
    new = {key: Mark(word[text] if text else None) for key, text in marks.items()}
    return replace(office, book=replace(office.book, marks={**office.book.marks, **new}), sha256="e" * 64)


# --- whom papers propose ---


def test_nobody_is_of_the_roster_before_the_office_says_so_and_the_pass_goes_on() -> None:
    plan = plan_of(FACTS)
    assert (names(plan.roster), plan.roster.mentors, plan.held) == ([], (), False)
    [told] = [one for one in plan.findings if one.code == "roster_waiting"]
    assert "2名学员、1名指导教师、1对结对" in told.message
    assert "张三" in told.message
    assert plan.book is not None
    listing = listing_of("roster.xlsx", plan.book)
    assert names(listing.everyone) == ["张三", "李四"]
    assert names(listing.members()) == []


def test_an_empty_workspace_has_an_empty_roster() -> None:
    plan = plan_of(())
    assert (names(plan.roster), codes(plan)) == ([], {"quota_unused"})


def test_whom_the_office_accepts_is_in_and_stays_through_every_later_paper() -> None:
    facts = said(said(FACTS, ZHANG), LI, "refused")
    plan = plan_of(facts)
    assert names(plan.roster) == ["张三"]
    again = done(facts, plan)
    assert plan_of(again).roster == roster_of(again) == plan.roster
    more = after(again, list_of("再来.docx", "registration", ("school", "李河中学"), "nominees", ROW_OF_LI))
    assert names(plan_of(more).roster) == ["张三"]


def test_with_the_clean_switch_those_with_no_error_are_in_at_once() -> None:
    clean = replace(OFFICE, scheme=replace(SCHEME, accept="clean"))
    plan = plan_of(FACTS, clean)
    assert names(plan.roster) == ["张三", "李四"]
    assert len(plan.roster.pairs) == 1
    assert "roster_waiting" not in codes(plan)
    assert plan_of(done(FACTS, plan), clean).roster == plan.roster


def test_a_plan_repeated_says_the_same() -> None:
    plan = plan_of(said(FACTS, ZHANG))
    again = plan_of(done(said(FACTS, ZHANG), plan))
    assert (again.book, again.roster, again.findings) == (plan.book, plan.roster, plan.findings)
    assert [(one.kind, one.subject, one.data) for one in again.lines] == [
        (one.kind, one.subject, one.data) for one in plan.lines
    ]


# --- what is marked in our workbook ---


def test_marks_in_our_workbook_are_the_offices_word_and_it_stays_ours() -> None:
    first = plan_of(FACTS)
    facts = done(FACTS, first)
    plan = plan_of(facts, marked(first, **{ZHANG: "同意", LI: "不同意"}))
    assert names(plan.roster) == ["张三"]
    words = [(one.subject, one.personal, one.actor) for one in plan.lines if one.kind == "decision"]
    assert words == [(ZHANG, {"value": "accepted", "why": ""}, ME), (LI, {"value": "refused", "why": ""}, ME)]
    assert plan.lines[-1].data["made_from"] == "signups"
    assert plan.book is not None
    assert listing_of("roster.xlsx", plan.book).marks[LI].state == "refused"


def test_an_old_copy_of_our_workbook_takes_nothing_back() -> None:
    first = plan_of(FACTS)
    facts = said(done(FACTS, first), ZHANG)
    facts = done(facts, plan_of(facts))
    plan = plan_of(facts, marked(first, **{LI: "同意"}))
    assert names(plan.roster) == ["张三", "李四"]


def test_a_mark_that_says_nothing_stops_the_pass_with_its_place() -> None:
    first = plan_of(FACTS)
    office = marked(first)
    assert office.book is not None
    faulty = replace(office, book=replace(office.book, mark_faults=("工作表“学员”第2行“审核意见”：看不懂",)))
    with pytest.raises(RosterError, match="第2行"):
        plan_of(done(FACTS, first), faulty)


# --- the office's own workbook ---


def office_book(*trainees: Person) -> bytes:
    """A workbook of the office's own."""
    return roster_bytes(Roster(SCHOOLS, trainees, (mentor(),), ()))


ONE = trainee()
OTHER = trainee("李四", "李河中学", "初中", "数学", number=id_number("19800101", "001"))


def test_the_offices_own_workbook_stands_and_whom_papers_add_is_asked() -> None:
    office = book_of(office_book(ONE))
    plan = plan_of(FACTS, office)
    assert (names(plan.roster), plan.book) == (["张三"], None)
    [told] = [one for one in plan.findings if one.code == "signup_unlisted"]
    assert "李四（李河中学）不在花名册里" in told.message
    facts = said(done(FACTS, plan), LI)
    joined = plan_of(facts, office)
    assert names(joined.roster) == ["张三", "李四"]
    assert "signup_unlisted" not in codes(joined)
    assert plan_of(done(facts, joined), office).roster == joined.roster
    assert names(plan_of(said(done(facts, joined), ZHANG, "refused"), office).roster) == ["李四"]


def test_an_addition_applies_at_once() -> None:
    facts = done(FACTS, plan_of(FACTS, book_of(office_book(ONE))))
    plan = plan_of(facts, book_of(office_book(ONE, OTHER)))
    assert (names(plan.roster), plan.held) == (["张三", "李四"], False)
    assert plan.effect is not None
    assert names(Roster(trainees=plan.effect.added)) == ["李四"]


@pytest.mark.parametrize("changed", [(OTHER,), (replace(ONE, id_number=id_number("19760305", "125")), OTHER)])
def test_a_grave_change_waits_is_told_and_counts_once_confirmed(changed: tuple[Person, ...]) -> None:
    facts = done(FACTS, plan_of(FACTS, book_of(office_book(ONE, OTHER))))
    office = book_of(office_book(*changed))
    plan = plan_of(facts, office)
    assert (plan.held, plan.lines, plan.roster) == (True, (), roster_of(facts))
    [told] = [one for one in plan.findings if one.code == "roster_held"]
    assert "张三" in told.message
    assert "gengang roster apply" in told.message
    sure = plan_of(facts, office, confirmed=True)
    assert (sure.held, sure.roster.trainees) == (False, changed)
    known = done(facts, sure)
    assert plan_of(known, office).roster == sure.roster
    assert not plan_of(known, office).held


def test_a_person_marked_out_by_name_in_our_workbook_goes_at_once() -> None:
    facts = said(FACTS, ZHANG)
    first = plan_of(facts)
    plan = plan_of(done(facts, first), marked(first, **{ZHANG: "不同意"}))
    assert (names(plan.roster), plan.held) == ([], False)


def test_a_workbook_that_is_gone_leaves_the_roster_until_a_person_says_so() -> None:
    facts = done(FACTS, plan_of(FACTS, book_of(office_book(ONE))))
    facts = said(facts, ZHANG, "refused")
    facts = said(facts, ZHANG)
    plan = plan_of(facts)
    assert not plan.held
    assert names(plan.roster) == ["张三"]
    gone = done(LOG_ALONE, plan_of(LOG_ALONE, book_of(office_book(ONE))))
    waits = plan_of(gone)
    assert (waits.held, waits.book, waits.roster) == (True, None, roster_of(gone))
    assert names(plan_of(gone, confirmed=True).roster) == []


LOG_ALONE = numbered(*LOG)


def test_who_leaves_our_workbook_by_the_offices_hand_is_refused_and_may_come_back() -> None:
    facts = said(said(FACTS, ZHANG), LI)
    facts = done(facts, plan_of(facts))
    plan = plan_of(facts, book_of(office_book(ONE)))
    assert (names(plan.roster), plan.held) == (["张三"], False)
    without = done(facts, plan)
    assert names(plan_of(without, book_of(office_book(ONE))).roster) == ["张三"]
    again = plan_of(without, book_of(office_book(ONE, OTHER)))
    assert names(again.roster) == ["张三", "李四"]
    assert names(plan_of(done(without, again)).roster) == ["张三", "李四"]


def test_a_blank_mark_in_the_offices_workbook_decides_nothing() -> None:
    first = plan_of(FACTS)
    office = marked(first, **{ZHANG: "同意", LI: ""})
    assert office.book is not None
    people = tuple(replace(one, phone="13700137000") for one in office.book.everyone.trainees)
    edited = replace(office, book=replace(office.book, everyone=replace(office.book.everyone, trainees=people)))
    plan = plan_of(done(FACTS, first), edited)
    assert plan.lines[-1].data["made_from"] == "workbook"
    assert [(one.name, one.phone) for one in plan.roster.trainees] == [("张三", "13700137000")]
    assert names(plan_of(done(done(FACTS, first), plan), edited).roster) == ["张三"]


def test_every_fault_of_a_workbook_is_told_and_nothing_is_planned() -> None:
    office = book_of(office_book(replace(ONE, id_number="000000197603051230"), replace(OTHER, school="无名小学")))
    with pytest.raises(RosterError) as caught:
        plan_of(FACTS, office)
    assert [fault.split("：")[0] for fault in caught.value.faults] == [
        "工作表“学员”第2行“身份证号”", "工作表“学员”第3行“学校”"]  # fmt: skip
