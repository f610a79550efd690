"""What is learnt from corrections: wordings that propose and never accept, thresholds that rest on counts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.codecs import Value
from gengang.facts import Actor, Fact
from gengang.form import FieldType, Form, PatternCell, PatternLine, PatternRow, Slot
from gengang.learned import (
    ALWAYS,
    SHIPPED,
    Alias,
    Policy,
    alias_fact,
    alias_lines,
    aliases_in_use,
    policies_of,
    policy_fact,
    policy_in_force,
    refusal_fact,
    under_policy,
    with_aliases,
)
from gengang.learning import (
    LEAST_WRONG,
    TOLERATED,
    Check,
    Learnt,
    checks_of,
    learnt_from,
    lines_to_learn,
    readings_spoken_of,
    refitted,
    shipped_floor,
    upper_bound,
)
from gengang.reading import FieldReading, ListReading, Reading, Status, accepted_values, open_fields
from gengang.season import WHOSE, reading_fact, roster_facts, season_of
from gengang.settled import Said, settled_fact
from tests.unit.facts_of_papers import AT, ME, came, key_of, numbered
from tests.unit.rosters import ZHANGCUN, mentor, roster, trainee

CLERK = Actor("李芳", "clerk", "办公室", "desk settle")
ZHANG, GUIDE = trainee(), mentor()
ROSTER = roster_facts(roster(ZHANG, mentors=(GUIDE,)), "0" * 64, "workbook", ME, AT)
DATE = ("scan", "date")
KINDS = {"school": "text", "name": "text", "mentor": "text", "subject": "text", "held_on": "date", "heard_on": "date"}
SLOTS = tuple(PatternLine((Slot(name, FieldType(codec)),)) for name, codec in KINDS.items())
LISTED = PatternRow((PatternCell((PatternLine((Slot("on", FieldType("date"), "days"),)),)),), loop="days")
FORM = Form("reflection", "v", "反思", (PatternRow((PatternCell(SLOTS),)), LISTED))
FORMS = {"reflection": FORM}


def was_read(name: str, medium: str = "scan", /, **fields: FieldReading | ListReading) -> tuple[Fact, ...]:
    """A file came and was read."""
    return came(f"2016-12-05 甲/{name}"), reading_fact(
        key_of(name), Reading("reflection", "v", fields), medium, {}, ME, AT
    )


def field(text: str, status: Status = "review", confidence: float = 0.5, value: Value | None = None) -> FieldReading:
    """A field as it was read."""
    return FieldReading(status, text if value is None else value, text, confidence)


def settled(name: str, path: str, said: Said, value: Value | None, by: Actor = CLERK) -> Fact:
    """What somebody said of it."""
    return settled_fact(key_of(name), path, said, value, {}, "", by, AT)


def learnt(*facts: Fact) -> Learnt:
    """What these lines teach."""
    return learnt_from(numbered(*ROSTER, *facts), FORMS)


def told(*facts: Fact) -> tuple[Fact, ...]:
    """The lines that a run would write."""
    lines = numbered(*ROSTER, *facts)
    return lines_to_learn(lines, learnt_from(lines, FORMS), ME, AT)


# --- wordings ---


def test_a_wording_that_somebody_corrected_is_known_from_the_next_run_on_and_accepts_nothing() -> None:
    first = (*was_read("一.jpg", school=field("张小校区")), settled("一.jpg", "school", "corrected", "张村小学"))
    [line] = told(*first)
    [known] = alias_lines([line])
    assert (known.alias.wording, known.alias.means, known.alias.by, known.state) == (
        "张小校区",
        "张村小学",
        ("李芳",),
        "in_use",
    )
    assert told(*first, line) == ()  # said once
    second = was_read("二.jpg", school=field("张小 校区"))
    held = season_of(numbered(*ROSTER, *first, line, *second)).held(key_of("二.jpg"))
    assert held is not None
    found = held.reading.fields["school"]
    assert isinstance(found, FieldReading)
    assert (found.status, found.value, found.raw) == ("review", "张村小学", "张小 校区")
    assert held.paper.submission.values["school"] is None
    assert any("以前改为“张村小学”" in one.message for one in held.reading.findings)


def test_what_was_accepted_stays_as_it_stands_on_the_paper() -> None:
    first = (*was_read("一.jpg", school=field("张小校区")), settled("一.jpg", "school", "corrected", "张村小学"))
    second = was_read("二.docx", "word", school=field("张小校区", "accepted", 0.99))
    held = season_of(numbered(*ROSTER, *first, *told(*first), *second)).held(key_of("二.docx"))
    assert held is not None
    assert held.paper.submission.values["school"] == "张小校区"


@pytest.mark.parametrize(
    ("path", "raw", "means"),
    [
        ("school", "张小", "张村小学"),  # the table knows it
        ("school", "李河初中", "张村小学"),  # the name of another
        ("school", "某某小学", "别处小学"),  # no school of the table
        ("name", "周明", "张三"),  # somebody else's name
        ("name", "张叁", "王五"),  # nobody of the roster
        ("name", "张", "张三"),  # too short
        ("subject", "数学", "美术"),
        ("held_on", "十二月", "2016-12-01"),  # a field of which no wording is learnt
    ],
)
def test_what_the_roster_knows_or_does_not_have_is_no_wording(path: str, raw: str, means: str) -> None:
    read = was_read("一.jpg", **{path: field(raw)})
    assert learnt(*read, settled("一.jpg", path, "corrected", means)).aliases == ()


def test_a_name_is_learnt_of_its_person_and_goes_with_them() -> None:
    read = was_read("一.jpg", name=field("张叁"))
    [one] = learnt(*read, settled("一.jpg", "name", "corrected", "张三")).aliases
    assert (one.whose, one.means) == (ZHANG.key, "张三")
    line = alias_fact(one, "in_use", "", ME, AT)
    assert line.subject == ZHANG.key
    assert "张" not in str(line.data)
    assert alias_lines([replace(line, personal=None)]) == ()


def test_what_stays_of_an_erased_person_says_nothing_of_their_wordings() -> None:
    first = (*was_read("一.jpg", name=field("张叁")), settled("一.jpg", "name", "corrected", "张三"))
    [line] = numbered(*told(*first))
    assert line.data == {"path": "alias:name:1", "state": "in_use"}
    second = (*was_read("二.jpg", name=field("章三")), settled("二.jpg", "name", "corrected", "张三"))
    [other] = told(*first, line, *second)
    assert other.data["path"] == "alias:name:2"
    [gone] = told(*second, line, other)  # the first was taken back
    assert (gone.data["path"], gone.data["state"]) == ("alias:name:1", "withdrawn")
    [again] = told(*first, *second, line, other, gone)
    assert (again.data["path"], again.data["state"]) == ("alias:name:1", "in_use")
    third = (*was_read("三.jpg", name=field("张山")), settled("三.jpg", "name", "corrected", "张三"))
    [fresh] = told(*third, replace(line, personal=None), replace(other, personal=None))
    assert fresh.data["path"] == "alias:name:3"  # a number stands for one wording for ever


def test_whose_a_paper_is_teaches_the_name_on_it_and_orders_candidates_only() -> None:
    read = was_read("一.docx", "word", name=field("章三", "accepted", 0.99))
    data = {"path": WHOSE, "person": ZHANG.key}
    decided = Fact("decision", key_of("一.docx"), data, CLERK, AT, {"value": ZHANG.key, "why": "本人确认"})
    [one] = learnt(*read, decided).aliases
    assert (one.field, one.wording, one.whose) == ("name", "章三", ZHANG.key)
    again = was_read("二.docx", "word", name=field("章三", "accepted", 0.99))
    held = season_of(numbered(*ROSTER, *read, decided, *told(*read, decided), *again)).held(key_of("二.docx"))
    assert held is not None
    assert held.match.status != "sure"


def test_a_wording_of_which_people_made_two_things_is_none_and_one_in_use_is_withdrawn() -> None:
    first = (*was_read("一.jpg", school=field("中心小学")), settled("一.jpg", "school", "corrected", "张村小学"))
    line = told(*first)
    second = (*was_read("二.jpg", school=field("中心小学")), settled("二.jpg", "school", "corrected", "县第二小学"))
    [gone] = told(*first, *line, *second)
    assert gone.data["state"] == "withdrawn"
    assert aliases_in_use([*line, gone]) == {}


def test_what_a_senior_refused_is_not_learnt_again() -> None:
    first = (*was_read("一.jpg", school=field("张小校区")), settled("一.jpg", "school", "corrected", "张村小学"))
    [line] = told(*first)
    [known] = alias_lines([line])
    refused = alias_fact(known.alias, "refused", "另有一所", ME, AT)
    assert told(*first, line, refused) == ()
    assert aliases_in_use([line, refused]) == {}


def test_a_word_that_was_taken_back_or_waits_for_another_teaches_nothing() -> None:
    read = was_read("一.jpg", school=field("张小校区"))
    said = settled("一.jpg", "school", "corrected", "张村小学")
    assert learnt(*read, said, settled("一.jpg", "school", "back", None)).aliases == ()
    waits = replace(said, data={**said.data, "second": "wanted"})
    assert learnt(*read, waits).aliases == ()


def test_the_alias_of_the_school_table_is_left_as_it_is() -> None:
    assert "张小" in ZHANGCUN.aliases
    assert (
        learnt(*was_read("一.jpg", school=field("张小")), settled("一.jpg", "school", "accepted", "张小")).aliases == ()
    )


# --- thresholds ---


def checks(right: int, wrong: Sequence[float] = (), confidence: float = 0.99) -> tuple[Check, ...]:
    """So many that were right with this confidence, and one that was wrong with each of those."""
    return (*[Check(DATE, confidence, True)] * right, *(Check(DATE, one, False) for one in wrong))


def test_a_name_that_waits_for_the_roster_says_nothing_of_a_threshold_and_a_word_that_waits_does() -> None:
    lines = numbered(
        *ROSTER, *was_read("一.jpg", name=field("张山", "review", 0.99), school=field("张村小学", "review", 0.99)),
        settled("一.jpg", "name", "corrected", "张三"), settled("一.jpg", "school", "accepted", "张村小学"),
    )  # fmt: skip
    [check] = checks_of(lines, readings_spoken_of(lines, FORMS))
    assert (check.group, check.confidence, check.right) == (("scan", "text"), 0.99, True)


def test_a_threshold_is_raised_to_where_the_bound_is_low_enough() -> None:
    assert refitted(checks(300, (0.955, 0.96, 0.961, 0.962, 0.963, 0.964))).floors == {DATE: 0.964}
    assert refitted(checks(250, (0.955, 0.96, 0.961, 0.962, 0.963, 0.964))).floors == {DATE: 0.99}


def test_where_too_few_were_looked_at_everything_is_asked_about() -> None:
    assert refitted(checks(60, (0.955, 0.96))).floors == {DATE: ALWAYS}


@pytest.mark.parametrize("found", [(), checks(0), checks(20), checks(3, (0.96,)), checks(800, (0.96, 0.97))])
def test_without_two_wrong_or_where_few_of_many_are_the_programs_table_stands(found: tuple[Check, ...]) -> None:
    assert refitted(found).floors == {}


def test_a_refused_one_is_not_raised() -> None:
    assert refitted(checks(60, (0.955, 0.96)), [DATE]).floors == {}


CHECKS = st.lists(
    st.builds(
        Check,
        st.sampled_from([DATE, ("scan", "id_number"), ("word", "text"), ("scan", "text")]),
        st.sampled_from([0.5, 0.9, 0.95, 0.97, 0.99, 1.0]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=400,
)


@given(CHECKS)
def test_no_threshold_ever_falls_below_the_programs_own_and_what_is_left_is_proved(found: list[Check]) -> None:
    for group, floor in refitted(found).floors.items():
        own = [one for one in found if one.group == group]
        assert floor > shipped_floor(group)
        assert sum(one.drawn and not one.right for one in own) >= LEAST_WRONG
        left = [one for one in own if one.confidence >= floor]
        assert floor == ALWAYS or upper_bound(len(left), sum(not one.right for one in left)) <= TOLERATED


def test_few_that_are_all_right_prove_little() -> None:
    assert upper_bound(0, 0) == 1.0
    assert upper_bound(188, 0) > TOLERATED >= upper_bound(189, 0)
    assert upper_bound(100, 2) > upper_bound(1000, 20) > 0.02


def test_what_counts_is_what_the_machine_accepted_and_somebody_looked_at() -> None:
    read = was_read(
        "一.jpg", held_on=field("2016-12-01", "accepted", 0.97), heard_on=field("2016-12-02", "review", 0.5),
        days=ListReading("accepted", ({"on": field("2016-12-03", "review", 0.96)},)),
    )  # fmt: skip
    blind = Fact("rechecked", key_of("一.jpg"), {"path": "held_on", "agrees": False}, CLERK, AT, {})
    asked = settled("一.jpg", "days[1].on", "accepted", "2016-12-03")
    plain = settled("一.jpg", "heard_on", "corrected", "2016-12-12")
    lines = numbered(*read, blind, asked, plain)
    assert checks_of(lines, readings_spoken_of(lines, FORMS)) == (Check(DATE, 0.97, False), Check(DATE, 0.96, True))
    settles = settled("一.jpg", "held_on", "accepted", "2016-12-01")
    lines = numbered(*read, blind, settles)
    assert checks_of(lines, readings_spoken_of(lines, FORMS)) == (Check(DATE, 0.97, True),)
    blank = settled("一.jpg", "held_on", "blank", None)
    lines = numbered(*read, blank)
    assert checks_of(lines, readings_spoken_of(lines, FORMS)) == (Check(DATE, 0.97, False, drawn=False),)


def test_a_wording_of_digital_text_is_no_wrong_reading() -> None:
    read = was_read(
        "一.docx", "word", school=field("安城一中", "accepted", 0.99), name=field("张三", "accepted", 0.99),
        mentor=field("周 明", "accepted", 0.99, "周明亮"), held_on=field("2016-12-01", "accepted", 0.99),
    )  # fmt: skip
    corrected = (
        settled("一.docx", "school", "corrected", "张村小学"), settled("一.docx", "name", "accepted", "张三"),
        settled("一.docx", "mentor", "corrected", "周明"), settled("一.docx", "held_on", "corrected", "2016-12-02"),
    )  # fmt: skip
    lines = numbered(*read, *corrected)
    assert [(one.group, one.right) for one in checks_of(lines, readings_spoken_of(lines, FORMS))] == [
        (("word", "text"), True), (("word", "text"), False), (("word", "date"), False),
    ]  # fmt: skip
    blind = Fact("rechecked", key_of("一.docx"), {"path": "school", "agrees": False}, CLERK, AT, {})
    lines = numbered(*read, blind, corrected[0])
    [check] = checks_of(lines, readings_spoken_of(lines, FORMS))
    assert (check.right, check.drawn) == (False, True)  # what was read blind still stands
    scan = (*was_read("二.jpg", school=field("安城一中", "accepted", 0.99)),
            settled("二.jpg", "school", "corrected", "张村小学"))  # fmt: skip
    lines = numbered(*scan)
    [check] = checks_of(lines, readings_spoken_of(lines, FORMS))
    assert (check.right, check.drawn) == (False, False)


def test_what_people_come_upon_unasked_raises_no_threshold_alone() -> None:
    found = checks(20)
    unasked = tuple(Check(DATE, 0.96, False, drawn=False) for _ in range(5))
    assert refitted((*found, *unasked)).floors == {}
    assert refitted((*found, *unasked, Check(DATE, 0.96, False))).floors == {}
    assert refitted((*found, *unasked, *checks(0, (0.96, 0.96)))).floors == {DATE: ALWAYS}


def test_a_proposal_is_taken_where_it_is_what_was_shown() -> None:
    read = was_read("一.jpg", school=field("张小校区"), subject=FieldReading("review", None, "语 文", 0.3))
    seen = {"status": "review", "value": "张村小学", "raw": "张小校区"}
    school = settled_fact(key_of("一.jpg"), "school", "accepted", "张村小学", seen, "", CLERK, AT)
    seen = {"status": "review", "value": "语文", "raw": "语 文"}
    subject = settled_fact(key_of("一.jpg"), "subject", "corrected", "数学", seen, "", CLERK, AT)
    assert learnt(*read, school, subject).taken == {("scan", "text"): (1, 1)}


def test_proposals_that_waited_anyway_are_counted_beside_it() -> None:
    read = was_read("一.jpg", school=field("张村小学"), held_on=field("2016-12-01"), heard_on=field("2016-12-02"))
    said = (settled("一.jpg", "school", "accepted", "张村小学"), settled("一.jpg", "held_on", "blank", None))
    found = learnt(*read, *said, settled("一.jpg", "heard_on", "accepted", "2016-12-02"))
    assert (found.counts, found.taken) == ({}, {("scan", "text"): (1, 0), DATE: (1, 1)})


TEXTS = st.sampled_from(["张小校区", "张叁", "张村小学", "张三", "语文", ""])
FOUND = st.builds(
    FieldReading, st.sampled_from(["accepted", "review", "blank", "unread"]), TEXTS, TEXTS, st.floats(0, 1)
)
WORDS = aliases_in_use([
    alias_fact(Alias("school", "张小校区", "张村小学"), "in_use", "", ME, AT),
    alias_fact(Alias("name", "张叁", "张三", ZHANG.key), "in_use", "", ME, AT),
])  # fmt: skip


@given(st.dictionaries(st.sampled_from(["name", "school", "subject", "held_on"]), FOUND))
def test_no_wording_accepts_or_changes_an_accepted_value(fields: dict[str, FieldReading]) -> None:
    reading = Reading("reflection", "v", fields)
    found = with_aliases(reading, WORDS)
    assert accepted_values(found) == accepted_values(reading)
    assert open_fields(found) == open_fields(reading)


def test_a_raised_threshold_asks_about_what_is_read_from_then_on_and_is_named_on_it() -> None:
    policy = Policy({DATE: 0.98}, {DATE: (60, 3)})
    reading = Reading("reflection", "v", {
        "held_on": field("2016-12-01", "accepted", 0.97), "heard_on": field("2016-12-02", "accepted", 0.99),
        "school": field("张村小学", "accepted", 0.4),
        "days": ListReading("accepted", ({"on": field("2016-12-03", "accepted", 0.9)},)),
    })  # fmt: skip
    found = under_policy(reading, FORM, "scan", policy)
    assert [one.status for one in found.fields.values()] == ["review", "accepted", "accepted", "accepted"]
    days, held = found.fields["days"], found.fields["held_on"]
    assert isinstance(days, ListReading)
    assert isinstance(held, FieldReading)
    assert (days.rows[0]["on"].status, held.confidence) == ("review", 0.97)
    assert under_policy(reading, FORM, "word", policy) == reading
    assert under_policy(reading, FORM, "scan", SHIPPED) == reading
    line = reading_fact(key_of("一.jpg"), found, "scan", {}, ME, AT, policy.name)
    assert line.data["policy"] == policy.name
    assert "policy" not in reading_fact(key_of("一.jpg"), reading, "scan", {}, ME, AT, SHIPPED.name).data


def test_a_policy_is_a_line_and_what_was_read_before_it_stays() -> None:
    read = was_read("一.jpg", held_on=field("2016-12-01", "accepted", 0.97))
    line = policy_fact(Policy({DATE: 0.98}, {DATE: (60, 3)}), ME, AT)
    before, after = season_of(numbered(*ROSTER, *read)), season_of(numbered(*ROSTER, *read, line))
    assert before.papers == after.papers
    [kept] = policies_of(numbered(line))
    assert (dict(kept.floors), dict(kept.counts), kept.who) == ({DATE: 0.98}, {DATE: (60, 3)}, ME.user)
    assert policy_in_force([]) == SHIPPED


def test_a_policy_is_written_when_it_changes_and_falls_back_when_a_senior_refuses() -> None:
    lines: list[Fact] = []
    for number in range(40):
        name = f"{number}.jpg"
        lines += was_read(name, held_on=field("2016-12-01", "accepted", 0.97))
        lines.append(Fact("rechecked", key_of(name), {"path": "held_on", "agrees": number > 1}, CLERK, AT, {}))
    [line] = told(*lines)
    assert policy_in_force([line]).floors == {DATE: ALWAYS}
    assert told(*lines, line) == ()
    refused = refusal_fact(DATE, True, "是抽查的人看错", ME, AT)
    [back] = told(*lines, line, refused)
    assert policy_in_force([line, back]).floors == {}
    [again] = told(*lines, line, refused, back, refusal_fact(DATE, False, "", ME, AT))
    assert policy_in_force([again]).floors == {DATE: ALWAYS}
