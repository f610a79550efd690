"""The roster settles a doubtful field only by saying exactly the same, and doubts one that it contradicts."""

from dataclasses import replace
from typing import Any

import pytest

from gengang.corroborate import corroborate, person_of
from gengang.findings import Finding
from gengang.reading import FieldReading, ListReading, Reading, Status
from gengang.roster import Roster
from tests.unit.rosters import BASE, id_number, mentor, roster, trainee

PERSON = trainee()
TOWNSFOLK = roster(
    PERSON, trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "001")), mentors=(mentor(),)
)


def reading(form: str = "appraisal", **fields: tuple[str | None, Status]) -> Reading:
    return Reading(form, "v", {name: FieldReading(status, value) for name, (value, status) in fields.items()})


def status(read: Reading, name: str) -> Status:
    return read.fields[name].status


IDENTIFIED: dict[str, Any] = {"id_number": (PERSON.id_number, "accepted")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "张三"),
        ("school", "张村小学"),
        ("school", "张小"),
        ("stage", "小学"),
        ("subject", "语文"),
        ("subject", "小学语文"),
        ("stage_subject", "小学语文"),
        ("gender", "男"),
        ("born", "1976-03"),
        ("title", "小学高级教师"),
        ("degree", "本科"),
        ("phone", "13800138000"),
        ("base_school", BASE.name),
        ("mentor", "周明"),
    ],
)
def test_exact_agreement_settles(field: str, value: str) -> None:
    read = corroborate(reading(**{**IDENTIFIED, field: (value, "review")}), TOWNSFOLK)
    assert status(read, field) == "accepted"
    assert read.findings == ()


@pytest.mark.parametrize(
    ("field", "value", "clause"),
    [
        ("school", "李河中学", "E-07"),
        ("subject", "数学", "T-04"),
        ("stage_subject", "初中语文", "T-04"),
        ("title", "小学一级教师", "E-03c"),
        ("degree", "专科", "E-04b"),
        ("phone", "13900000000", "W-02"),
        ("mentor", "吴亮", "T-03"),
        ("born", "1976-04", "E-02"),
        ("base_school", "张村小学", "T-01"),
    ],
)
def test_a_contradiction_goes_to_review(field: str, value: str, clause: str) -> None:
    read = corroborate(reading(**{**IDENTIFIED, field: (value, "accepted")}), TOWNSFOLK)
    assert status(read, field) == "review"
    [finding] = read.findings
    assert (finding.code, finding.field, finding.clause) == ("roster_differs", field, clause)
    again = read.fields[field]
    assert isinstance(again, FieldReading)
    assert again.value == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "小高"),
        ("school", "张小"),
        ("subject", "小学语文"),
        ("stage_subject", "语文（三年级）"),
        ("name", "张 三"),
    ],
)
def test_another_wording_neither_settles_nor_contradicts(field: str, value: str) -> None:
    read = corroborate(reading(**{**IDENTIFIED, field: (value, "accepted")}), TOWNSFOLK)
    assert (status(read, field), read.findings) == ("accepted", ())


@pytest.mark.parametrize("field", ["phone", "school", "base_school"])
def test_what_was_struck_out_is_not_settled_by_the_roster_having_it(field: str) -> None:
    value = {"phone": PERSON.phone, "school": "张村小学", "base_school": BASE.name}[field]
    struck = (Finding("struck_out", "好像有划掉的地方。", field),)
    read = replace(reading(**{**IDENTIFIED, field: (value, "review")}), findings=struck)
    assert status(corroborate(read, TOWNSFOLK), field) == "review"
    assert status(corroborate(replace(read, findings=()), TOWNSFOLK), field) == "accepted"


def test_a_near_value_stays_in_review() -> None:
    read = corroborate(reading(**IDENTIFIED, phone=("13800138001", "review"), title=("小高", "review")), TOWNSFOLK)
    assert (status(read, "phone"), status(read, "title")) == ("review", "review")


def test_name_and_school_together_identify_and_settle_the_number() -> None:
    read = corroborate(
        reading(name=("张三", "review"), school=("张村小学", "review"), id_number=(PERSON.id_number, "review")),
        TOWNSFOLK,
    )
    assert {status(read, field) for field in read.fields} == {"accepted"}


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ("张三", "accepted")},
        {"school": ("张村小学", "accepted")},
        {"name": ("张三", "accepted"), "school": ("李河中学", "accepted")},
        {"name": ("李四", "accepted"), "id_number": (PERSON.id_number, "review")},
        {"name": ("张三", "accepted"), "school": ("张村小学", "accepted"),
         "id_number": (id_number("19990909", "001"), "accepted")},
    ],
)  # fmt: skip
def test_too_little_or_contradictory_identifies_nobody(fields: dict[str, Any]) -> None:
    assert person_of(reading(**fields), TOWNSFOLK) is None
    assert corroborate(reading(**fields), TOWNSFOLK) == reading(**fields)


def test_a_colleague_s_name_one_character_apart_needs_the_number() -> None:
    close = roster(PERSON, trainee("张山", number=id_number("19800101", "001")))
    by_name = reading(name=("张三", "review"), school=("张村小学", "accepted"))
    assert person_of(by_name, close) is None
    assert person_of(reading(**IDENTIFIED, name=("张三", "review")), close) == PERSON


def test_homonyms_of_one_school_identify_nobody() -> None:
    twins = roster(PERSON, trainee(stage="初中", number=id_number("19800101", "001")))
    assert person_of(reading(name=("张三", "accepted"), school=("张村小学", "accepted")), twins) is None


def test_what_the_roster_does_not_say_is_left_alone() -> None:
    bare = Roster((), (trainee(),), (), ())
    read = corroborate(reading(**IDENTIFIED, mentor=("周明", "accepted"), base_school=("甲校", "review")), bare)
    assert (status(read, "mentor"), status(read, "base_school")) == ("accepted", "review")


def test_other_statuses_and_lists_are_left_alone() -> None:
    fields: dict[str, FieldReading | ListReading] = {
        "id_number": FieldReading("accepted", PERSON.id_number), "name": FieldReading("blank"),
        "school": FieldReading("unread"), "days": ListReading("review"),
    }  # fmt: skip
    one = Reading("attendance", "v", fields)
    assert corroborate(one, TOWNSFOLK) == one


def test_a_school_s_paper_is_settled_by_the_school_table() -> None:
    read = corroborate(reading("registration", school=("张村小学", "review")), TOWNSFOLK)
    assert status(read, "school") == "accepted"
    base = corroborate(reading("mentor_assignment", base_school=(BASE.name, "review")), TOWNSFOLK)
    assert status(base, "base_school") == "accepted"
    wrong = reading("mentor_assignment", base_school=("张村小学", "review"))
    assert corroborate(wrong, TOWNSFOLK) == wrong


def test_the_word_of_a_person_settles_the_very_name_of_whom_it_says() -> None:
    proposed = reading(name=("张三", "review"))
    assert status(corroborate(proposed, TOWNSFOLK), "name") == "review"
    assert status(corroborate(proposed, TOWNSFOLK, PERSON.key), "name") == "accepted"
    other = TOWNSFOLK.trainees[1]
    assert status(corroborate(proposed, TOWNSFOLK, other.key), "name") == "review"
    numbered = reading(name=("张三", "review"), id_number=(other.id_number, "accepted"))
    assert status(corroborate(numbered, TOWNSFOLK, PERSON.key), "name") == "review"


# --- names ---


def named(name: str, confidence: float) -> FieldReading:
    """A name as two recognisers read it."""
    return FieldReading("review", name, name, confidence)


@pytest.mark.parametrize(("name", "confidence", "wanted"), [
    ("李四", 0.99, "accepted"), ("周明", 0.99, "accepted"), ("李四", 0.5, "review"), ("李泗", 0.99, "review"),
])  # fmt: skip
def test_a_name_that_is_sure_is_accepted_of_whoever_the_roster_has(name: str, confidence: float, wanted: str) -> None:
    rows = ListReading("accepted", ({"name": named(name, confidence)},))
    read = corroborate(Reading("attendance", "v", {"signer": named(name, confidence), "days": rows}), TOWNSFOLK)
    assert status(read, "signer") == wanted
    listed = read.fields["days"]
    assert isinstance(listed, ListReading)
    assert listed.rows[0]["name"].status == wanted


@pytest.mark.parametrize(("written", "others", "wanted"), [
    ("李四", (), "accepted"), ("李四", ("李泗",), "review"), ("李河中学", (), "accepted"), ("李何中学", (), "review"),
    ("李四光", ("李泗",), "review"),
])  # fmt: skip
def test_what_was_read_alike_is_settled_by_a_name_that_no_other_is_near(
    written: str, others: tuple[str, ...], wanted: str
) -> None:
    more = (trainee(name, number=id_number("19790101", f"10{at}")) for at, name in enumerate(others))
    everybody = roster(*TOWNSFOLK.trainees, *more, mentors=(mentor(),))
    read = corroborate(Reading("attendance", "v", {"signer": named(written, 0.86)}), everybody)
    assert status(read, "signer") == wanted


def test_a_sign_up_makes_the_roster_and_is_not_settled_by_it() -> None:
    read = corroborate(Reading("registration", "v", {"filler": named("李四", 0.99)}), TOWNSFOLK)
    assert status(read, "filler") == "review"
