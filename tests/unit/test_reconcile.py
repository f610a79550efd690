"""Whose paper it is: ID number first, then name with school, stage and subject; never by the name alone."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.reconcile import Match, Whose, decided, lookup_of, match, match_finding, match_in
from gengang.roster import Person, Roster
from gengang.submission import Submission
from tests.unit.rosters import BASE, SCHOOLS, WANGGOU, ZHANGCUN, id_number, roster, trainee

ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "001"))
WANG_SMALL = trainee("王芳", "张村小学", "小学", "数学", id_number("19810202", "022"))
WANG_LARGE = trainee("王芳", "李河中学", "初中", "英语", id_number("19820303", "024"))
GUO = trainee("郭鋆", "王沟学校", "小学", "英语", id_number("19830404", "025"))
LONG = trainee("阿卜杜热合曼·买买提", "王沟学校", "初中", "历史", id_number("19840505", "027"))
EVERYONE = roster(ZHANG, LI, WANG_SMALL, WANG_LARGE, GUO, LONG)


def form(stem: str = "appraisal", **values: str) -> Submission:
    return Submission(stem, values)


def matched(hints: tuple[str, ...] = (), **values: str) -> Match:
    return match(form(**values), EVERYONE, hints)


def whole(person: Person, **changed: str) -> dict[str, Any]:
    """What a paper without an ID number says of a person."""
    said = {"name": person.name, "school": person.school, "stage": person.stage, "subject": person.subject}
    return {**said, **changed}


def test_the_number_decides_and_says_why() -> None:
    found = matched(**whole(ZHANG), id_number=ZHANG.id_number)
    assert (found.status, found.person) == ("sure", ZHANG.key)
    assert [(one.field, one.verdict) for one in found.evidence] == [
        ("id_number", "same"),
        ("name", "same"),
        ("school", "same"),
        ("stage", "same"),
        ("subject", "same"),
    ]
    assert match_finding(found) is None


def test_the_number_decides_over_a_blank_or_former_name() -> None:
    assert matched(id_number=ZHANG.id_number).status == "sure"
    renamed = replace(ZHANG, former_names=("张小三",))
    assert match(form(id_number=ZHANG.id_number, name="张小三"), roster(renamed)).status == "sure"


@pytest.mark.parametrize("written", ["张山", "李四", "欧阳修"])
def test_the_number_of_one_and_the_name_of_another_is_asked(written: str) -> None:
    """A05."""
    found = matched(name=written, id_number=ZHANG.id_number)
    assert (found.status, found.person) == ("doubt", ZHANG.key)
    assert "请对照原件核对" in found.why_not


@pytest.mark.parametrize("written", ["郭□", "郭口", "郭jun", "郭(金匀)"])
def test_a_rare_character_is_no_doubt_with_the_number_and_a_proposal_without(written: str) -> None:
    """A07."""
    assert matched(name=written, id_number=GUO.id_number).status == "sure"
    found = matched(name=written, school="王沟学校")
    assert (found.status, found.person) == ("doubt", GUO.key)


def test_a_long_name_cut_short() -> None:
    """A10."""
    assert matched(name="阿卜杜热", id_number=LONG.id_number).status == "sure"
    for cut in ("阿卜杜热", "阿卜杜"):
        assert (matched(name=cut).status, matched(name=cut).person) == ("doubt", LONG.key)
    assert matched(name="阿卜").status == "none"


@pytest.mark.parametrize("written", ["阿卜杜热合曼•买买提", "阿卜杜热合曼 买买提", "阿卜杜热合曼-买买提"])
def test_middle_dots(written: str) -> None:
    """A09."""
    assert matched(**whole(LONG, name=written)).status == "sure"


@pytest.mark.parametrize(
    "said",
    [
        whole(LI),
        whole(LI, school="李河初中"),
        {"name": "李四", "school": "李河中学", "stage_subject": "初中数学"},
        {"name": "李 四", "school": "李河中学", "stage_subject": "数学（八年级）"},
    ],
)
def test_name_school_stage_and_subject_together(said: dict[str, Any]) -> None:
    assert (matched(**said).status, matched(**said).person) == ("sure", LI.key)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (whole(LI, school="张村小学"), "学校与花名册不一致"),
        (whole(LI, subject="语文"), "学科与花名册不一致"),
        (whole(LI, stage="小学"), "学段与花名册不一致"),
        (whole(LI, school="无名学校"), "学校空白或对不上"),
        ({"name": "李四"}, "学校空白或对不上"),
        ({"name": "李四", "school": "李河中学"}, "学段和学科都空白"),
        (whole(LI, id_number=id_number("19990101", "001")), "身份证号与花名册不一致"),
    ],
)
def test_a_name_that_something_speaks_against_is_asked(said: dict[str, Any], why: str) -> None:
    found = matched(**said)
    assert (found.status, found.person) == ("doubt", LI.key)
    assert why in found.why_not


def test_a_number_with_a_bad_check_digit_decides_nothing() -> None:
    wrong = LI.id_number[:17] + ("0" if LI.id_number[17] != "0" else "1")
    found = matched(**whole(LI), id_number=wrong)
    assert (found.status, found.evidence[0].verdict) == ("sure", "unknown")


def test_two_people_with_one_name_are_never_told_apart_by_it() -> None:
    """A03, A04: the better one is proposed, the other is named with what speaks against it."""
    found = matched(**{**whole(WANG_LARGE), "school": ""})
    assert (found.status, found.person, found.runner_up) == ("doubt", WANG_LARGE.key, WANG_SMALL.key)
    assert "2位“王芳”" in found.why_not
    assert "另一位是张村小学小学数学的王芳，学段、学科不同" in found.why_not
    assert matched(**whole(WANG_LARGE), id_number=WANG_LARGE.id_number).status == "sure"


def test_two_people_with_one_name_are_told_apart_by_their_schools() -> None:
    """Name, school, stage and subject together name one person, and why it is not the other is kept."""
    found = matched(**whole(WANG_LARGE))
    assert (found.status, found.person, found.runner_up) == ("sure", WANG_LARGE.key, WANG_SMALL.key)
    assert "学校、学段、学科不同" in found.why_not


def test_a_namesake_whose_school_cannot_be_compared_is_not_ruled_out() -> None:
    """C02: two schools share the alias, or the roster does not say."""
    shared = replace(WANGGOU, aliases=("李河初中",))
    for school, written in ((WANGGOU.name, "李河初中"), ("", "李河中学")):
        other = replace(WANG_SMALL, school=school)
        everyone = replace(roster(other, WANG_LARGE), schools=(shared, *(one for one in SCHOOLS if one != WANGGOU)))
        found = match(form(**whole(WANG_LARGE, school=written)), everyone)
        assert (found.status, found.candidates) == ("doubt", (WANG_LARGE.key, other.key))


def test_a_folder_s_name_orders_homonyms_only() -> None:
    found = matched(("2016-12-06 李河中学/日志.docx",), name="王芳")
    assert (found.status, found.person) == ("doubt", WANG_LARGE.key)


def test_a_pre_filled_key_counts_with_the_name() -> None:
    assert matched((WANG_LARGE.key,), name="王芳").status == "sure"
    assert matched((WANG_LARGE.key,), name="王芳").person == WANG_LARGE.key
    assert matched((WANG_LARGE.key,), name="李四").status == "doubt"
    assert matched((WANG_LARGE.key,)).status == "doubt"
    crossed = matched((WANG_LARGE.key,), name="李四", id_number=LI.id_number)
    assert (crossed.status, crossed.person, crossed.runner_up) == ("doubt", LI.key, WANG_LARGE.key)


def test_near_names_are_proposals() -> None:
    found = matched(**whole(LI, name="李思"))
    assert (found.status, found.person) == ("doubt", LI.key)
    assert "相近的是李河中学初中数学的李四" in found.why_not


def test_nobody() -> None:
    found = matched(name="欧阳修", school="张村小学")
    assert (found.status, found.person) == ("none", "")
    told = match_finding(found)
    assert told is not None
    assert (told.code, told.severity, told.clause) == ("person_unknown", "manual", "W-02")
    assert "没有可用的姓名" in matched(school="张村小学").why_not


def test_papers_of_a_school() -> None:
    found = match(form("registration", school="张小"), EVERYONE)
    assert (found.status, found.school, found.person) == ("sure", ZHANGCUN.key, "")
    assert match(form("mentor_assignment", base_school=BASE.name), EVERYONE).school == BASE.key
    assert match(form("registration", school="无名"), EVERYONE).status == "none"
    assert "空白" in match(form("registration"), EVERYONE).why_not
    twin = Roster((replace(WANGGOU, aliases=("张小",)), *SCHOOLS))
    assert match(form("registration", school="张小"), twin).status == "doubt"


PEOPLE = st.tuples(
    st.sampled_from(["王芳", "王方", "李四", "张三"]),
    st.sampled_from([("张村小学", "小学"), ("王沟学校", "小学"), ("王沟学校", "初中"), ("李河中学", "初中")]),
    st.sampled_from(["语文", "数学"]),
)


@given(st.lists(PEOPLE, min_size=1, max_size=12), st.data())
def test_no_automatic_link_is_ever_wrong(drawn: list[tuple[str, tuple[str, str], str]], data: st.DataObject) -> None:
    """Many share a name: whatever part of the truth a paper gives, a sure match is the right person."""
    people = tuple(
        trainee(name, school, stage, subject, id_number(serial=f"{number:03}"))
        for number, (name, (school, stage), subject) in enumerate(drawn, 1)
    )
    lookup = lookup_of(roster(*people))
    person = data.draw(st.sampled_from(people))
    kept = data.draw(st.sets(st.sampled_from(["name", "school", "stage", "subject", "id_number"])))
    values = {field: getattr(person, field) for field in kept}
    found = match_in(lookup, Submission("appraisal", values))
    assert found.status != "sure" or found.person == person.key
    if "id_number" in kept:
        assert found.status == "sure"


# --- what a number, a key or a name alone does not settle ---


def test_a_number_whose_namesake_fits_is_asked() -> None:
    """Somebody copied the number of the other one."""
    found = matched(**whole(WANG_LARGE), id_number=WANG_SMALL.id_number)
    assert (found.status, found.person, found.runner_up) == ("doubt", WANG_SMALL.key, WANG_LARGE.key)
    assert "又有同名的人" in found.why_not
    unknown = matched(name="王芳", school="无名学校", id_number=WANG_SMALL.id_number)
    assert (unknown.status, unknown.runner_up) == ("doubt", WANG_LARGE.key)
    assert matched(**whole(LI, school="张村小学"), id_number=LI.id_number).status == "sure"


def test_a_number_decides_and_says_why_it_is_not_the_namesake() -> None:
    found = matched(**whole(WANG_LARGE), id_number=WANG_LARGE.id_number)
    assert (found.status, found.person, found.runner_up) == ("sure", WANG_LARGE.key, WANG_SMALL.key)
    assert "主要看身份证号" in found.why_not
    assert "000000" not in found.why_not
    assert matched(**whole(ZHANG), id_number=ZHANG.id_number).why_not == ""


def test_a_number_without_a_whole_name_is_asked_when_something_differs() -> None:
    assert matched(id_number=ZHANG.id_number, school="张村小学").status == "sure"
    for said in ({"school": "李河中学"}, {"subject": "数学"}, {"school": "无名学校"}, {"name": "张□", "stage": "初中"}):
        found = match(form("appraisal", id_number=ZHANG.id_number, **said), EVERYONE)
        assert (found.status, found.person) == ("doubt", ZHANG.key)


def test_a_number_and_another_s_name_propose_both() -> None:
    found = matched(name="李四", id_number=ZHANG.id_number)
    assert found.candidates == (ZHANG.key, LI.key)
    near = matched(name="李思", id_number=ZHANG.id_number)
    assert near.candidates == (ZHANG.key, LI.key)


def test_a_pre_filled_form_passed_on_to_a_namesake_is_asked() -> None:
    found = matched((WANG_SMALL.key,), **whole(WANG_LARGE))
    assert (found.status, found.person, found.runner_up) == ("doubt", WANG_SMALL.key, WANG_LARGE.key)


def test_a_former_name_alone_is_a_proposal() -> None:
    """A11."""
    renamed = replace(LI, former_names=("李小四",))
    found = match(form(**whole(renamed, name="李小四")), roster(renamed))
    assert (found.status, found.person) == ("doubt", LI.key)
    assert "曾用名" in found.why_not
    assert match(form(name="李小四", id_number=LI.id_number), roster(renamed)).status == "sure"


def test_a_colleague_whose_name_a_slip_makes_of_this_one_needs_the_number() -> None:
    near = trainee("李思", "李河中学", "初中", "数学", id_number("19850606", "031"))
    other = replace(near, key="P-other", subject="语文")
    unlike = replace(near, key="P-unlike", name="李强")
    found = match(form(**whole(LI)), roster(LI, near))
    assert (found.status, found.person, found.runner_up) == ("doubt", LI.key, near.key)
    assert "姓名相近的李思" in found.why_not
    assert match(form(**whole(LI)), roster(LI, other)).status == "sure"
    assert match(form(**whole(LI)), roster(LI, unlike)).status == "sure"
    assert match(form(**whole(LI), id_number=LI.id_number), roster(LI, near)).status == "sure"


def test_name_and_school_in_each_other_s_cell_are_a_proposal() -> None:
    found = matched(**{**whole(LI), "name": "李河初中", "school": "李四"})
    assert (found.status, found.person) == ("doubt", LI.key)
    assert "填反" in found.why_not
    assert matched(name="李河中学", school="欧阳修").status == "none"


def test_near_names_are_ordered_by_how_near_they_are_and_say_why_not_the_next() -> None:
    sound = trainee("李思", "王沟学校", "小学", "语文", id_number("19850606", "031"))
    unlike = trainee("李强", "王沟学校", "小学", "语文", id_number("19850607", "033"))
    found = match(form(name="李司", school="王沟学校"), roster(unlike, sound))
    assert (found.status, found.candidates) == ("doubt", (sound.key, unlike.key))
    assert "相近的是王沟学校小学语文的李思（同音）" in found.why_not
    assert "另一位是王沟学校小学语文的李强，差一字，主要看姓名" in found.why_not


def test_traditional_forms_are_a_proposal() -> None:
    """A12."""
    chen = trainee("陈伟", "王沟学校", "小学", "语文", id_number("19850606", "031"))
    found = match(form(**whole(chen, name="陳偉")), roster(chen))
    assert (found.status, found.person) == ("doubt", chen.key)
    assert "繁体" in found.why_not


# --- what a person decided ---

LOOKUP = lookup_of(EVERYONE)


def said_to_be(whose: Whose, **values: str) -> Match:
    paper = form(**values)
    return decided(LOOKUP, paper, match_in(LOOKUP, paper), whose)


def test_a_person_s_word_stands_above_number_and_name() -> None:
    found = said_to_be(Whose(LI.key), **whole(ZHANG), id_number=ZHANG.id_number)
    assert (found.status, found.person, found.decided) == ("sure", LI.key, True)
    assert (found.evidence[-1].field, found.candidates) == ("decision", (LI.key, ZHANG.key))


def test_a_paper_said_to_be_nobody_s_is_asked_about_no_more() -> None:
    found = said_to_be(Whose(""), **whole(ZHANG))
    assert (found.status, found.person, found.decided) == ("sure", "", True)
    assert match_finding(found) is None


def test_a_word_on_somebody_who_left_the_roster_is_asked_again() -> None:
    found = said_to_be(Whose("P-000000000000", "赵六"), **whole(ZHANG))
    assert (found.status, found.person) == ("doubt", ZHANG.key)
    assert found.why_not.startswith("已由人认定是赵六（P-000000000000）的，这个人现在不在花名册里")
    unnamed = said_to_be(Whose("P-000000000000"))
    assert unnamed.status == "none"
    assert "是P-000000000000的" in unnamed.why_not


# --- folders and file names ---


@pytest.mark.parametrize(
    ("hint", "first"),
    [
        ("2016-12-06 张村小学/鉴定表.docx", WANG_SMALL),
        ("张小/鉴定表.docx", WANG_SMALL),  # an alias
        ("2016-12-06 李河中学/鉴定表.docx", WANG_LARGE),
        ("李河初中 初中英语/鉴定表.docx", WANG_LARGE),
    ],
)
def test_a_folder_s_name_puts_one_of_two_first_and_decides_nothing(hint: str, first: Person) -> None:
    found = matched((hint,), name="王芳")
    assert (found.status, found.person) == ("doubt", first.key)


@pytest.mark.parametrize(
    ("hints", "person"),
    [
        (("2016-12-06 张村小学/张三/扫描0001.pdf",), ZHANG.key),
        (("张村小学/王芳.jpg",), WANG_SMALL.key),
        (("王芳.jpg",), ""),  # there are two
        (("张村小学/扫描0001.pdf",), ""),  # a school is nobody
        (("张三、李四/扫描0001.pdf",), ""),
        ((), ""),
    ],
)
def test_a_paper_without_a_name_is_proposed_to_whom_its_folder_names(hints: tuple[str, ...], person: str) -> None:
    found = matched(hints, school="")
    assert (found.status, found.person) == ("doubt" if person else "none", person)
    if person:
        assert "按文件夹、文件名或邮件" in found.why_not
        assert "请对照原件确认" in found.why_not


@pytest.mark.parametrize("hint", ["李四/鉴定表.docx", "2016-12-06 李河中学/李四.docx", ZHANG.school])
def test_the_paper_s_own_words_stand_against_any_folder(hint: str) -> None:
    """E10."""
    found = matched((hint,), **whole(ZHANG), id_number=ZHANG.id_number)
    assert (found.status, found.person) == ("sure", ZHANG.key)
    assert matched((hint,), **whole(ZHANG)).person == ZHANG.key
