"""The papers of 准备: drafted from scheme, proposals and arrivals, released by the press, printed as print is."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.drafting import Judged
from gengang.findings import Finding
from gengang.form import Form
from gengang.office.kinds import Asking, Material
from gengang.office.letters import numbered_once
from gengang.office.preparing import KINDS
from gengang.office.programme import attached_forms, balanced, programme_drafts
from gengang.office.returned import AGAIN, PRINTED, Returned, returned_of
from gengang.office.sign_up import BLANK, FAILS, FITS, conditions_of, letter_drafts, nominees_of, review_drafts
from gengang.office.work_calendar import remarks_of
from gengang.papers.draft import Draft
from gengang.papers.print_proof import page_texts
from gengang.press import Pressed, press
from gengang.proposals import Decided, Proposals, proposals_of
from gengang.receiving import OTHER_REASON, REASONS
from gengang.roster import Person
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.season import Season, season_of
from gengang.submission import RowValues
from tests.laws.test_plan_words import changed, is_in_force, leaves, other
from tests.unit.cohorts import OUR_SCHEME, TEMPLATES, press_at, writers
from tests.unit.facts_of_papers import came, hash_of, listed, numbered
from tests.unit.ledgerlines import refused
from tests.unit.proposing import nominee, registration
from tests.unit.rosters import SCHOOLS, id_number, roster, trainee

SCHEMES = {path.stem: scheme_from_toml(path.read_text("utf-8")) for path in (TEMPLATES / "schemes").glob("*.toml")}
DAY = date(2016, 9, 3)
LONG = "阿卜杜热合曼·买买提"


def forms() -> Mapping[str, Form]:
    return {stem: writer.form for (folder, stem), writer in writers().items() if folder == "forms"}


def material(scheme: Scheme = OUR_SCHEME, season: Season | None = None, proposals: Proposals | None = None) -> Material:
    judged = Judged(scheme, season or Season(roster(), (), ()), {}, {}, (), DAY)
    return Material(judged, forms(), TEMPLATES / "fonts", proposals or Proposals())


def proposed(*rows: RowValues, school: str = "张村小学") -> Proposals:
    return proposals_of(SCHOOLS, [registration(school, *rows)], OUR_SCHEME)


def sixty() -> Proposals:
    """Sixty nominees of one school, with a long name, a rare character and one who is too old."""
    names = [LONG, "李𬱖", *(f"教师{number}" for number in range(58))]
    rows = [nominee(name=name, id_number=id_number(f"{1971 + number % 19}0305", f"{number:02d}1"), backbone="县级",
                    certificate="小学教师资格") for number, name in enumerate(names)]  # fmt: skip
    rows[3] = nominee(name="王年长", id_number=id_number("19600305", "991"), title="", degree="")
    return proposed(*rows)


# --- what is drafted ---


@pytest.mark.parametrize("stem", sorted(SCHEMES))
def test_each_preset_has_its_programme_as_a_notice_a_plan_or_a_table_of_ones_own(stem: str) -> None:
    first, *others = programme_drafts(material(SCHEMES[stem]), Asking())
    individual = SCHEMES[stem].participants.kind == "individual"
    expected = "personal_plan" if individual else "programme_notice" if stem == "county-2016" else "programme_plan"
    assert (first.template, first.values.get("status")) == (expected, None if individual else "草稿")
    assert len(others) == (0 if individual else len(attached_forms(SCHEMES[stem], forms())))


def test_the_blank_forms_lie_beside_the_notice_under_the_numbers_that_it_lists() -> None:
    notice, *blanks = programme_drafts(material(), Asking())
    listed_lines = str(notice.values["attachments"]).split("\n")
    files = [one.file.rpartition("/")[2].split("_", 1) for one in blanks]
    assert [f"{int(number)}.{title}" for number, title in files] == listed_lines
    assert {"registration", "personal_info", "appraisal"} <= {one.template for one in blanks}


def test_a_plan_of_ones_own_has_a_sheet_for_each_trainee_or_one_to_fill_in() -> None:
    scheme = SCHEMES["personal-practice"]
    [blank] = programme_drafts(material(scheme), Asking())
    assert blank.values["name"] is None
    some = Season(roster(trainee(), trainee(LONG, "王沟学校", number="")), (), ())
    drafts = programme_drafts(material(scheme, some), Asking())
    assert [one.values["name"] for one in drafts] == ["张三", LONG]
    assert [one["asked"] for one in drafts[0].lists["tasks"]][:2] == [
        "每季度不少于2次",
        "每月阅读教育类新书1本；或每季度参加教学方法工作坊1次",
    ]
    [only] = programme_drafts(material(scheme, some), Asking(person=LONG))
    assert only.values["name"] == LONG


def test_a_letter_is_a_draft_until_somebody_gives_its_number() -> None:
    draft = programme_drafts(material(), Asking())[0]
    issued = programme_drafts(material(), Asking(number="安教体〔2016〕12号"))[0]
    assert (draft.letterhead, draft.values["status"], issued.values["status"]) == (None, "草稿", None)
    assert issued.letterhead is not None
    assert issued.file == f"{draft.file}_安教体〔2016〕12号", "a later draft does not take its place"
    assert (issued.letterhead.issuer, issued.letterhead.number) == ("安和县教育体育局", "安教体〔2016〕12号")
    assert "定稿前须补充的事项" in str(draft.values["text"])
    assert "定稿前须补充的事项" not in str(issued.values["text"])


def test_a_notice_whose_frame_is_open_gets_no_number() -> None:
    scheme = SCHEMES["ten-teachers"]
    issued = programme_drafts(material(scheme), Asking(number="安教体〔2016〕12号"))[0]
    assert [one.message for one in issued.faults] == ["研修时间、主管单位还没有定，不能给发文字号：请先写进方案文件。"]
    assert programme_drafts(material(scheme), Asking())[0].faults == ()


def test_one_number_is_given_to_one_letter_alone() -> None:
    one = programme_drafts(material(), Asking(number="安教体〔2016〕12号"))[0]
    assert numbered_once([one, replace(one, letterhead=None)])[0].faults == ()
    both = numbered_once([one, one])
    assert [fault.code for draft in both for fault in draft.faults] == ["number_twice"] * 2


INDIVIDUAL = [stem for stem, scheme in SCHEMES.items() if scheme.participants.kind == "individual"]


@pytest.mark.parametrize("stem", INDIVIDUAL)
def test_a_plan_of_ones_own_says_each_of_its_rules_too(stem: str) -> None:
    scheme = SCHEMES[stem]
    printed = said_in(scheme)
    for path, value in leaves(scheme):
        if path[0] in ("requirements", "documents", "calendar") and is_in_force(scheme, path):
            assert said_in(changed(scheme, path, other(value))) != printed or path == ("calendar", "half_days"), path


def said_in(scheme: Scheme) -> str:
    [draft] = programme_drafts(material(scheme), Asking())
    return repr((draft.values, draft.lists))


def test_a_title_breaks_into_lines_between_words() -> None:
    lines = balanced("关于开展2016年农村中小学骨干教师跟岗研修的通知").split("\n")
    assert lines == ["关于开展2016年农村中小学骨干教师", "跟岗研修的通知"]
    assert balanced("教师跟岗研修计划") == "教师跟岗研修计划"


def test_the_calendar_tells_what_does_not_go_together_in_the_words_of_the_office() -> None:
    said = remarks_of(OUR_SCHEME)
    assert "成果汇报会最后一天12月10日是星期六" in said
    assert not re.search("[A-Za-z]|附件", said)


def test_each_nominee_is_held_against_each_condition() -> None:
    found = nominees_of(material(proposals=proposed(
        nominee(backbone="县级", certificate="小学教师资格"),
        nominee(name="李四", id_number=id_number("19600305", "125"), title="小学一级", degree="", backbone=""),
    )), Asking())  # fmt: skip
    good, bad = (conditions_of(one) for one in found)
    assert {**good, "quota": FITS} == dict.fromkeys(good, FITS)
    assert (bad["age"], bad["grade"], bad["quota"]) == (FAILS, FAILS, FAILS)
    assert (bad["degree"], bad["backbone"], bad["certificate"]) == (BLANK, BLANK, BLANK)


def test_the_review_counts_whom_it_lists_and_names_schools_that_sent_nobody() -> None:
    [draft] = review_drafts(material(proposals=proposed(nominee())), Asking())
    assert str(draft.values["summary"]).startswith("报名学校1所，报名教师1名，其中小学1名")
    assert "李河中学（初中）" in str(draft.values["lacking"])
    assert review_drafts(material(), Asking()) == ()


def test_a_schools_notice_says_what_came_back_and_how_to_mend_it() -> None:
    facts = numbered(*listed(schools=roster()), came("2016-09-02 张村小学/报名表.docx", "2016-09-02"),
                     replace(refused("报名表.docx", "encrypted"), subject=hash_of("报名表.docx")))  # fmt: skip
    found = returned_of(material(season=season_of(facts), proposals=one_refused()))
    assert found["张村小学"][0] == Returned("报名表", "设有密码", "请取消后再交")
    assert Returned("李四", "经审核不予录取：名额已满", "可以另行选派符合条件的教师") in found["张村小学"]
    assert any(one.what == "张三" and one.mend == AGAIN for one in found["张村小学"])


def test_a_school_that_sent_too_many_is_told_once_and_no_row_repeats_all_names() -> None:
    found = returned_of(material(proposals=sixty()))["张村小学"]
    assert sum(one.what == "小学报名人数" for one in found) == 1
    [draft] = review_drafts(material(proposals=sixty()), Asking())
    assert max(len(str(row["note"])) for row in draft.lists["people"]) < 120


def test_who_stands_in_the_offices_own_roster_is_listed_too_and_accepted() -> None:
    alone = trainee(LONG, "李河中学", "初中", "数学", id_number("19800101", "125"))
    season = Season(roster(trainee(), alone), (), ())
    made = proposed(nominee(), nominee(name="李四", id_number=id_number("19800305", "127")))
    found = nominees_of(material(season=season, proposals=made), Asking())
    states = {one.person.name: one.accepted for one in found}
    assert states == {"张三": True, "李四": False, LONG: True}
    [letter] = letter_drafts(material(season=season, proposals=made), Asking())
    assert [row["name"] for row in letter.lists["people"]] == ["张三", LONG]


def test_a_month_leaves_out_what_came_back_in_another() -> None:
    facts = numbered(*listed(schools=roster()), came("2016-09-02 张村小学/报名表.docx", "2016-09-02"),
                     replace(refused("报名表.docx", "encrypted"), subject=hash_of("报名表.docx")))  # fmt: skip
    made = material(season=season_of(facts))
    assert list(returned_of(made, date(2016, 9, 1))) == ["张村小学"]
    assert returned_of(made, date(2016, 10, 1)) == {}


def test_no_reason_for_sending_back_names_a_program() -> None:
    mends = (reason.partition("，")[2] for reason in (*REASONS.values(), OTHER_REASON))
    assert [PRINTED.get(mend, mend) for mend in mends if re.search("[A-Za-z]", PRINTED.get(mend, mend))] == []


def one_refused() -> Proposals:
    made = proposed(nominee(title="小学一级"), nominee(name="李四", id_number=id_number("19800305", "125")))
    first, second = made.trainees
    return replace(made, trainees=(first, replace(second, decided=Decided("refused", 1, "王老师", "", "名额已满"))))


# --- what is printed ---


def drafts_of_everything() -> tuple[Draft, ...]:
    """The longest and the shortest of each paper."""
    crowd = material(season=Season(roster(*crowd_of(60)), (), ()), proposals=sixty())
    few = material(season=Season(roster(trainee()), (), ()), proposals=one_refused())
    notices = [programme_drafts(material(scheme), Asking())[0] for scheme in SCHEMES.values()]
    issued = programme_drafts(material(), Asking(number="安教体〔2016〕12号"))[0]
    alone = material(proposals=Proposals(), season=Season(roster(*crowd_of(60)), (), ()))
    others = [draft for kind in KINDS[1:] for one in (crowd, few, alone) for draft in kind.drafts(one, Asking())]
    return tuple(replace(one, file=f"{number:02d}") for number, one in enumerate([*notices, issued, *others]))


def crowd_of(number: int) -> tuple[Person, ...]:
    names = [LONG, "李𬱖", *(f"教师{one}" for one in range(number))][:number]
    return tuple(trainee(name, "王沟学校", number=id_number("19760305", f"{place:02d}1"))
                 for place, name in enumerate(names))  # fmt: skip


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Pressed, ...], Path]:
    folder = tmp_path_factory.mktemp("preparing")
    return press(drafts_of_everything(), press_at(folder)), folder / "outbox"


def test_every_paper_is_released_in_its_longest_and_its_shortest_form(
    pressed: tuple[tuple[Pressed, ...], Path],
) -> None:
    held: list[tuple[str, Finding]] = [(one.draft.template, finding) for one in pressed[0] for finding in one.findings]
    assert held == []
    assert {one.draft.template for one in pressed[0]} == {
        "programme_notice", "programme_plan", "personal_plan", "timetable", "sign_up_review", "sign_up_letter",
        "returned_notice",
    }  # fmt: skip


def test_printed_chinese_has_full_width_marks_no_latin_word_and_no_code(
    pressed: tuple[tuple[Pressed, ...], Path],
) -> None:
    done, outbox = pressed
    for one in done:
        text = "\n".join(page_texts((outbox / f"{one.file}.pdf").read_bytes()))
        assert re.findall("[A-Za-z]+|[,;:()]|□|\ufffd|××|None", text) == [], one.draft.template


def test_a_long_review_keeps_its_heads_on_every_page(pressed: tuple[tuple[Pressed, ...], Path]) -> None:
    done, outbox = pressed
    longest = max((one for one in done if one.draft.template == "sign_up_review"), key=lambda one: one.pages)
    pages = page_texts((outbox / f"{longest.file}.pdf").read_bytes())
    assert 5 <= longest.pages <= 20
    assert all("农村" in page for page in pages if re.search("教师\\d", page))
