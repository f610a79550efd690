"""The scheme file: the county's preset is whole, and a faulty file says everything that is wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gengang.calendar_days import counts, is_workday, official_year, workdays, written
from gengang.errors import SchemeError
from gengang.scheme import Calendar, Scheme
from gengang.schemefile import scheme_from_toml

TEXT = (Path(__file__).parents[2] / "templates/schemes/county-2016.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return scheme_from_toml(TEXT)


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(SchemeError) as caught:
        scheme_from_toml(text)
    assert caught.value.exit_code == 2
    return caught.value.faults


def test_the_rubric_is_a_hundred_points_of_which_68_are_computed(scheme: Scheme) -> None:
    assert sum(item.max for item in scheme.items) == 100
    assert sum(item.max - item.judged_max for item in scheme.items) == 68
    assert [item.id for item in scheme.items] == [f"R{number}" for number in range(1, 13)]


def test_five_numbers_of_the_scheme(scheme: Scheme) -> None:
    needs = {one.measure: one.need for one in scheme.requirements}
    assert (needs["workdays"], needs["lessons_heard"], needs["lessons_taught"], needs["reflections"]) == tuple(
        map(Decimal, (10, 20, 3, 3))
    )
    assert (scheme.evaluation.pass_at, scheme.outcomes.hours_trainee) == (Decimal(60), 60)
    assert scheme.items[0].each == Decimal("1.2")


def test_switches_are_read_as_written(scheme: Scheme) -> None:
    other = scheme_from_toml(TEXT.replace("age_inclusive = true", "age_inclusive = false"))
    assert [one.eligibility and one.eligibility.age_inclusive for one in (scheme, other)] == [True, False]
    other = scheme_from_toml(TEXT.replace("tracked = true", "tracked = false", 1))
    assert [[one.id for one in each.requirements if not one.tracked] for each in (scheme, other)] == [[], ["workdays"]]


def test_every_clause_has_words_and_a_reading(scheme: Scheme) -> None:
    assert all(clause.quote and clause.reading.endswith("。") for clause in scheme.clauses)
    assert scheme.clause("L-03b").quote == "累计20节课"
    with pytest.raises(KeyError):
        scheme.clause("Z-99")


def test_quotes_are_full_width(scheme: Scheme) -> None:
    assert not [clause.id for clause in scheme.clauses if set(clause.quote) & set(",:;()")]


def test_fifteen_open_questions_have_a_default_and_a_switch(scheme: Scheme) -> None:
    assert [one.id for one in scheme.questions] == [f"Q{number}" for number in range(1, 16)]
    assert all(one.default and one.switch for one in scheme.questions)


def test_lookups(scheme: Scheme) -> None:
    appraisal = scheme.document("appraisal")
    assert appraisal is not None
    assert (appraisal.copies, appraisal.due, appraisal.clause) == (3, date(2016, 12, 7), "B-05")
    assert scheme.document("letter") is None
    mentors = scheme.certificate("mentor")
    assert mentors is not None
    assert mentors.number.format(word="×", year=2016, number=7) == "×教训时字〔2016〕第0007号"
    lessons = scheme.requirement("lessons_heard")
    assert lessons is not None
    assert lessons.unit == "节"


def test_the_official_calendar_of_2016(scheme: Scheme) -> None:
    calendar = scheme.calendar
    assert len(list(workdays(calendar))) == 61
    holidays = [date(2016, 9, 15), date(2016, 9, 17), date(2016, 10, 1), date(2016, 10, 7), date(2016, 9, 4)]
    assert not any(is_workday(calendar, day) for day in holidays)
    assert all(is_workday(calendar, day) for day in (date(2016, 9, 18), date(2016, 10, 8), date(2016, 10, 9)))
    assert not counts(calendar, date(2016, 12, 2))
    assert not counts(calendar, date(2016, 8, 31))
    assert counts(calendar, date(2016, 9, 1))
    assert counts(calendar, date(2016, 11, 30))


def test_the_scheme_overrides_the_calendar() -> None:
    monday, sunday = date(2016, 9, 5), date(2016, 9, 4)
    calendar = Calendar(sunday, monday, frozenset({monday}), frozenset({sunday}))
    assert list(workdays(calendar)) == [sunday]


def test_a_year_nobody_knows_is_monday_to_friday() -> None:
    assert not official_year(2040)
    assert [day.weekday() for day in workdays(Calendar(date(2040, 1, 2), date(2040, 1, 8)))] == [0, 1, 2, 3, 4]
    assert written(date(2016, 9, 6)) == "9月6日"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pass_at = 60", "pass_at = 101", "evaluation.pass_at：101高于总分100"),
        ("pass_at = 60", 'pass_at = "60"', "evaluation.pass_at：应为数字"),
        ("pass_at = 60", "pass_at = -1", "evaluation.pass_at：不能是负数"),
        ("pass_at = 60 # 含60分（G-05）\n", "", "evaluation.pass_at：缺少"),
        ("pass_at = 60", "pas_at = 60\npass_at = 60", "evaluation.pas_at：不认识的项目，请检查拼写"),
        ("hours_trainee = 60", "hours_trainee = 60.5", "outcomes.hours_trainee：应为整数"),
        ('"R5"]', '"R15"]', "outcomes.gate_items：没有考核项目“R15”"),
        ('gate_on_missing_tasks = "manual"', 'gate_on_missing_tasks = "ask"', "“ask”不是manual、warn、block之一"),
        ("judged_max = 7", "judged_max = 17", "item R3.judged_max：17大于分值15"),
        ("max = 20\n", "max = 21\n", "item：各项分值合计101，应为100"),
        ('clause = "L-04"', 'clause = "L-44"', "item R9.clause：没有条款“L-44”"),
        ('id = "R4"', 'id = "R3"', "item R3：编号重复"),
        ("rural_only = true", 'rural_only = "是"', "eligibility.rural_only：应为 true 或 false"),
        ("start = 2016-09-01\n", "start = 2016-12-01\n", "calendar.end：早于开始日期"),
        ("start = 2016-09-01\n", 'start = "9月1日"\n', "calendar.start：应为日期"),
        ("closing = 2016-12-07", "closing = 2016-11-07", "scheme.closing：早于研修结束日期"),
        ("holidays = []", 'holidays = ["国庆"]', "calendar.holidays：应为日期的列表"),
        ("holidays = []\nworkdays = []", "holidays = [2016-09-05]\nworkdays = [2016-09-05]", "既是休息日又是工作日"),
        ('"小学" = ["语文", "数学", "英语"]', '"小学" = "语文"', "participants.subjects.小学：应为文字的列表"),
        ("{tasks_done}", "{tasks}", "certificate completion.wording：不认识的占位符 {tasks}"),
        ("{tasks_done}", "{tasks_done", "certificate completion.wording：花括号不成对"),
        ("[discipline]", "[disciplin]", "discipline：缺少"),
        ("[[event]]", "[[evnt]]", "event：缺少"),
        ('version = "1"', "version = 1", "scheme.version：应为文字"),
        ("[signals]", "[[signals]]", "signals：应为一节"),
        ("2016-12-10", "2016-11-10", "event showcase.end：早于开始日期"),
    ],
)
def test_a_fault_is_named_with_its_place(old: str, new: str, fault: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new) if old == "[[event]]" else TEXT.replace(old, new, 1)
    assert fault in "\n".join(faults(text))


def test_all_faults_at_once() -> None:
    text = TEXT.replace("pass_at = 60", 'pass_at = "x"').replace("closing = 2016-12-07", "closing = 1")
    assert len(faults(text)) == 2


def test_a_file_that_is_no_toml() -> None:
    [fault] = faults("[scheme\n")
    assert "line 1" in fault
