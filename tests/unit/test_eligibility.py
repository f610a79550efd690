"""Who may be sent: T-04 and E-02 to E-04, with the boundary words as the scheme file reads them."""

from dataclasses import replace
from datetime import date

import pytest

from gengang.eligibility import age_on, eligibility_findings, pairing_findings, quota_findings
from gengang.roster import Person
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.schemeplaces import with_value
from gengang.workspace import preset_text
from tests.unit.rosters import id_number, mentor, roster, trainee
from tests.unit.seasons import SCHEME


def found(person: Person, scheme: Scheme = SCHEME) -> list[tuple[str, str, str]]:
    findings = eligibility_findings(scheme, roster(person))
    assert all(one.message.startswith(person.name) and one.message.endswith("。") for one in findings)
    return [(one.code, one.severity, one.clause) for one in findings]


def born(day: str) -> Person:
    return trainee(number=id_number(day))


def test_a_fitting_teacher_has_no_finding() -> None:
    assert found(trainee()) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("19710902", []),
        ("19710901", [("age_boundary", "warn", "E-02")]),
        ("19700902", [("age_boundary", "warn", "E-02")]),
        ("19700901", [("age_boundary", "warn", "E-02")]),
        ("19700831", [("age_over", "error", "E-02")]),
        ("19650101", [("age_over", "error", "E-02")]),
    ],
)
def test_age_on_the_reference_day(day: str, expected: list[tuple[str, str, str]]) -> None:
    """45 is inside; 45 and the birthday itself are a boundary to look at, never refused."""
    assert found(born(day)) == expected


def test_the_boundary_says_how_the_scheme_reads_it() -> None:
    [inside] = eligibility_findings(SCHEME, roster(born("19700902")))
    assert "45周岁，按本方案在内" in inside.message
    assert SCHEME.eligibility is not None
    strict = replace(SCHEME, eligibility=replace(SCHEME.eligibility, age_inclusive=False))
    [outside] = eligibility_findings(strict, roster(born("19700902")))
    assert "45周岁，按本方案不在内" in outside.message
    [older] = eligibility_findings(SCHEME, roster(born("19700901")))
    assert "46周岁，按本方案不在内" in older.message


@pytest.mark.parametrize("number", ["", "000000197603051230"])
def test_no_number_no_age(number: str) -> None:
    assert ("age_unknown", "manual", "E-02") in found(trainee(number=number))


@pytest.mark.parametrize(("day", "age"), [(date(2016, 2, 28), 15), (date(2016, 2, 29), 16), (date(2016, 3, 1), 16)])
def test_completed_years(day: date, age: int) -> None:
    assert age_on(date(2000, 2, 29), day) == age


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"subject": "物理"}, ("subject_not_offered", "error", "T-04")),
        ({"stage": "高中"}, ("subject_not_offered", "error", "T-04")),
        ({"teaching_years": 2}, ("years_short", "error", "E-03b")),
        ({"title": "小学一级教师"}, ("title_low", "error", "E-03c")),
        ({"title": "一级"}, ("title_unclear", "manual", "E-03c")),
        ({"title": "特级教师"}, ("title_unclear", "manual", "E-03c")),
        ({"degree": "中师"}, ("degree_low", "error", "E-04b")),
        ({"degree": "学士"}, ("degree_is_title", "warn", "E-04b")),
        ({"certificate": "中职实习指导教师资格"}, ("certificate_low", "manual", "E-04a")),
        ({"backbone": ""}, ("eligibility_blank", "warn", "E-03a")),
        ({"degree": "", "certificate": ""}, ("eligibility_blank", "warn", "E-04a")),
    ],
)
def test_one_thing_that_does_not_fit(changed: dict[str, str], expected: tuple[str, str, str]) -> None:
    person = replace(trainee(), **changed)  # type: ignore[arg-type]
    assert expected in found(person)


@pytest.mark.parametrize("certificate", ["初级中学教师资格", "高级中学教师资格", "高中语文"])
def test_a_higher_certificate_serves_below(certificate: str) -> None:
    assert found(replace(trainee(), certificate=certificate)) == []
    middle = replace(trainee(stage="初中"), certificate=certificate)
    assert found(middle) == []


def test_primary_certificate_and_college_degree_do_not_serve_a_middle_school() -> None:
    person = replace(trainee(stage="初中"), degree="专科")
    assert found(person) == [("degree_low", "error", "E-04b"), ("certificate_low", "error", "E-04a")]


def test_three_years_are_enough() -> None:
    assert found(replace(trainee(), teaching_years=3)) == []


def test_what_the_office_calls_a_hint_bars_nobody() -> None:
    older = roster(born("19600101"))
    [over] = [one for one in eligibility_findings(SCHEME, older) if one.code == "age_over"]
    assert over.severity == "error"
    for severity in ("manual", "warn", "info"):
        text = with_value(preset_text("county-2016"), "clause.E-02.severity", severity)
        [lighter] = [one for one in eligibility_findings(scheme_from_toml(text), older) if one.code == "age_over"]
        assert lighter == replace(over, severity=severity)


def test_a_programme_of_ten_and_a_plan_of_ones_own_count_people_and_no_schools() -> None:
    named = enumerate("甲乙丙丁戊己庚辛壬癸子")
    eleven = roster(*(trainee(name, number=id_number("19800101", f"{number:03d}")) for number, name in named))
    for name, most in (("ten-teachers", 10), ("personal-plan", 1)):
        found = [one for one, _ in quota_findings(scheme_from_toml(preset_text(name)), eleven)]
        assert [one.message for one in found] == [f"方案定为{most}名，花名册上有11名，请核对。"]
    assert list(quota_findings(scheme_from_toml(preset_text("term-plan")), eleven)) == []


def test_a_programme_without_mentors_asks_for_none() -> None:
    two = replace(roster(trainee(), mentors=(mentor(),)), pairs=())
    assert [one.code for one, _ in pairing_findings(SCHEME, two)] == ["mentor_missing"]
    assert list(pairing_findings(scheme_from_toml(preset_text("ten-teachers")), two)) == []
