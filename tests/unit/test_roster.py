"""Names, schools and the roster that sign-up papers make."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from gengang.codecs import Period
from gengang.names import (
    id_fault,
    may_be_name,
    name_skeleton,
    one_character_apart,
    plain_name,
    plain_stage_subject,
    plain_title,
    title_level,
)
from gengang.roster import Roster, find_schools, person_key
from gengang.submission import Paper, RowValues
from tests.unit.proposing import FITNESS, assignment, nominee, pair_row, registration, roster_from_signups
from tests.unit.rosters import BASE, LIHE, SCHOOLS, WANGGOU, ZHANGCUN, id_number, mentor, roster, trainee


@pytest.mark.parametrize("written", ["张　三", "张 三", " 张  三 "])
def test_a_name_has_no_spaces(written: str) -> None:
    assert plain_name(written) == "张三"


@pytest.mark.parametrize("dot", [*list("·•‧・．.。-"), " · "])
def test_every_middle_dot_is_one(dot: str) -> None:
    assert plain_name(f"阿卜杜热合曼{dot}买买提") == "阿卜杜热合曼·买买提"


def test_a_space_may_stand_for_a_dot() -> None:
    assert name_skeleton("阿卜杜热合曼 买买提") == name_skeleton("阿卜杜热合曼·买买提")


@pytest.mark.parametrize("written", ["郭□", "郭口", "郭*", "郭jun", "郭(金匀)", "郭jūn"])
def test_a_placeholder_hides_one_character(written: str) -> None:
    assert may_be_name(written, "郭鋆")
    assert not may_be_name(written, "王鋆")


def test_a_whole_name_is_no_placeholder() -> None:
    assert not may_be_name("郭鋆", "郭鋆")
    assert not may_be_name("□□", "郭鋆")


def test_one_character_apart() -> None:
    assert one_character_apart("张伟", "张玮")
    assert not one_character_apart("张伟", "张伟")
    assert not one_character_apart("张伟", "王玮")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("初中数学", ("初中", "数学")),
        ("小学 语文", ("小学", "语文")),
        ("数学（八年级）", ("初中", "数学")),
        ("语文(三年级)", ("小学", "语文")),
        ("道德与法治", ("", "政治")),
        ("初中思想品德", ("初中", "政治")),
        ("外语", ("", "英语")),
        ("语", ("", "语文")),
        ("语文、品德", ("", "语文、品德")),
    ],
)
def test_stage_and_subject(written: str, expected: tuple[str, str]) -> None:
    assert plain_stage_subject(written) == expected


@pytest.mark.parametrize(
    ("written", "title", "level"),
    [
        ("小高", "小学高级教师", "中级"),
        ("中一", "中学一级教师", "中级"),
        ("小学一级", "小学一级教师", "初级"),
        ("中小学一级教师", "一级教师", "中级"),
        ("一级", "一级", "不明"),
        ("高级教师", "高级教师", "副高"),
        ("特级教师", "特级教师", "不明"),
        ("正高级教师", "正高级教师", "正高"),
    ],
)
def test_titles(written: str, title: str, level: str) -> None:
    assert (plain_title(written), title_level(written)) == (title, level)


def test_id_faults_name_the_place() -> None:
    good = id_number()
    assert id_fault(good) == ""
    assert "第5位" in id_fault(good[:4] + "O" + good[5:])
    assert "17位" in id_fault(good[:17])
    assert "第3位" in id_fault(good[:2] + "X" + good[3:])
    assert "15位旧号" in id_fault("000000760305123")
    assert "科学记数法" in id_fault("5.10322E+17")
    assert "校验码" in id_fault(good[:17] + ("0" if good[17] != "0" else "1"))
    assert "出生日期" in id_fault("000000197613051236")


def test_keys_hide_the_number_and_stay() -> None:
    assert id_number() not in person_key(id_number())
    assert person_key(id_number(), "张三") == person_key(id_number(), "李四")
    assert person_key("", "王芳", "张村小学", "小学", "语文") != person_key("", "王芳", "张村小学", "小学", "数学")


def test_a_school_is_found_by_alias_and_two_share_one() -> None:
    assert find_schools(SCHOOLS, "张 小") == (ZHANGCUN,)
    assert find_schools(SCHOOLS, "张三小学") == ()
    assert find_schools(SCHOOLS, "") == ()
    twin = replace(LIHE, aliases=("张小",))
    assert find_schools((ZHANGCUN, twin), "张小") == (ZHANGCUN, twin)


def codes(papers: list[Paper], assignments: list[Paper] | None = None) -> list[str]:
    _, findings = roster_from_signups(SCHOOLS, papers, assignments or [])
    assert all(one.clause and one.message.endswith("。") for one in findings)
    return [one.code for one in findings if one.code != "quota_unused" and one.code not in FITNESS]


def test_papers_make_the_roster() -> None:
    made, _ = roster_from_signups(SCHOOLS, [registration("张小", nominee())], [assignment(pair_row())])
    [one] = made.trainees
    assert (one.name, one.school, one.title, one.key) == ("张三", "张村小学", "小学高级教师", person_key(id_number()))
    [guide] = made.mentors_of(one.key)
    assert (guide.name, guide.school, made.trainees_of(guide.key)) == ("周明", BASE.name, (one,))
    assert made.pairs[0].planned == Period("2016-09-05", "2016-09-30")


def test_clean_papers_have_no_finding_but_unused_quotas() -> None:
    assert codes([registration("张村小学", nominee())], [assignment(pair_row())]) == []


def test_quota_unused_is_chased_for_rural_schools_only() -> None:
    _, findings = roster_from_signups(SCHOOLS, [registration("张村小学", nominee())], [])
    assert [one.message for one in findings if one.clause == "E-01"] == [
        "李河中学（初中）尚未报名，请催报。",
        "王沟学校（小学）尚未报名，请催报。",
        "王沟学校（初中）尚未报名，请催报。",
    ]


def test_two_of_one_school_and_stage_are_both_listed() -> None:
    second = nominee(name="李四", id_number=id_number("19800101", "001"), born="1980-01")
    made, findings = roster_from_signups(SCHOOLS, [registration("张村小学", nominee(), second)], [])
    assert len(made.trainees) == 2
    [found] = [one for one in findings if one.code == "quota_exceeded"]
    assert found.severity == "error"
    assert "张三" in found.message
    assert "李四" in found.message


def test_nine_year_school_may_send_one_of_each_stage() -> None:
    second = nominee(name="李四", stage="初中", id_number=id_number("19800101", "001"), born="1980-01")
    assert codes([registration(WANGGOU.name, nominee(), second)]) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (nominee(id_number=None), "id_missing"),
        (nominee(id_number=id_number()[:17] + "0"), "id_checksum"),
        (nominee(born="1977-03"), "id_birth_differs"),
        (nominee(gender="女"), "id_gender_differs"),
        (nominee(name=None), "nominee_unread"),
    ],
)
def test_a_faulty_row_is_found(row: RowValues, code: str) -> None:
    assert codes([registration("张村小学", row)]) == [code]


def test_same_number_with_two_names_is_asked_and_one_person() -> None:
    papers = [registration("张村小学", nominee(), key="a"), registration("张村小学", nominee(name="张山"), key="b")]
    made, _ = roster_from_signups(SCHOOLS, papers, [])
    assert len(made.trainees) == 1
    assert codes(papers) == ["id_two_names"]


def test_of_lists_without_a_date_the_one_that_arrived_last_is_taken() -> None:
    first = replace(registration("张村小学", nominee(), key="b"), arrived=1)
    second = replace(registration("张村小学", nominee(phone="13900000000"), key="a"), arrived=2)
    for papers in ([first, second], [second, first]):
        found, _ = roster_from_signups(SCHOOLS, papers, ())
        assert [one.phone for one in found.trainees] == ["13900000000"]


def test_a_corrected_sign_up_replaces_the_earlier_one_in_any_order() -> None:
    early = registration("张村小学", nominee(), key="b", received=date(2016, 9, 2))
    late = registration("张村小学", nominee(phone="13900000000"), key="a", received=date(2016, 9, 4))
    made = [roster_from_signups(SCHOOLS, papers, []) for papers in permutations([early, late])]
    assert made[0] == made[1]
    assert made[0][0].trainees[0].phone == "13900000000"
    assert codes([late, early]) == ["nominee_changed"]


def test_what_a_second_paper_leaves_out_stands_as_it_was() -> None:
    first = registration("张村小学", nominee(phone="13800000001"), key="a#0")
    bare = registration("", nominee(phone=None, title=None), key="b#0")
    made, findings = roster_from_signups(SCHOOLS, [first, bare], [])
    [person] = made.trainees
    assert (person.school, person.phone) == ("张村小学", "13800000001")
    assert {finding.code for finding in findings} & {"nominated_twice", "nominee_changed"} == set()


def test_the_same_sign_up_twice_says_nothing() -> None:
    assert codes([registration("张村小学", nominee(), key="a"), registration("张小", nominee(), key="b")]) == []


def test_one_person_from_two_schools() -> None:
    papers = [registration("张村小学", nominee(), key="a"), registration("王沟学校", nominee(), key="b")]
    assert codes(papers) == ["nominated_twice"]


def test_unknown_and_town_schools() -> None:
    assert codes([registration("赵庄小学", nominee())]) == ["school_unknown"]
    assert codes([registration("县第二小学", nominee())]) == ["school_not_rural"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (pair_row(trainee="赵六"), ["trainee_unknown", "mentor_missing"]),
        (pair_row(school="李河中学"), ["trainee_differs", "mentor_missing"]),
        (pair_row(mentor=None), ["mentor_unread"]),
        (pair_row(mentor_id=id_number()[:17] + "0"), ["id_checksum"]),
        (pair_row(mentor_subject="数学"), ["mentor_subject_differs"]),
        (pair_row(mentor_subject="初中语文"), ["mentor_subject_differs"]),
        (pair_row(subject="小学语文", mentor_subject="小学语文"), []),
    ],
)
def test_a_pair_that_does_not_fit(row: RowValues, expected: list[str]) -> None:
    found = codes([registration("张村小学", nominee())], [assignment(row)])
    assert found == expected


def test_homonyms_in_an_assignment_need_their_school() -> None:
    other = nominee(stage="初中", id_number=id_number("19800101", "001"), born="1980-01")
    papers = [registration("张村小学", nominee(), key="a"), registration("李河中学", other, key="b")]
    bare = pair_row(school=None, stage=None, subject=None)
    assert "trainee_ambiguous" in codes(papers, [assignment(bare)])
    assert "trainee_ambiguous" not in codes(papers, [assignment(pair_row())])


def test_two_mentors_and_a_shared_mentor() -> None:
    second = nominee(name="李四", stage="初中", id_number=id_number("19800101", "001"), born="1980-01")
    papers = [registration(WANGGOU.name, nominee(), second)]
    one, other = pair_row(school=None), pair_row(school=None, mentor="吴亮", mentor_id=id_number("19710101", "213"))
    assert codes(papers, [assignment(one, other, pair_row(trainee="李四", school=None, stage=None))]) == [
        "mentor_several",
        "mentor_shared",
    ]


def test_people_are_in_school_and_stage_order() -> None:
    first = nominee(name="李四", stage="初中", id_number=id_number("19800101", "001"), born="1980-01")
    made, _ = roster_from_signups(
        SCHOOLS, [registration(WANGGOU.name, first, nominee()), registration("张村小学", nominee(
            name="王五", id_number=id_number("19810101", "001"), born="1981-01"), key="z#0")], [],
    )  # fmt: skip
    assert [one.name for one in made.trainees] == ["王五", "张三", "李四"]


def test_lookups() -> None:
    """T-03."""
    """E-07."""
    one = trainee()
    made = roster(one, mentors=(mentor(),))
    assert made.person(one.key) == one
    assert made.person("P-000000000000") is None
    assert made.school("张小") == ZHANGCUN
    assert made.school("无名") is None
    assert made.base_schools == (BASE,)
    assert Roster().mentors_of(one.key) == ()
