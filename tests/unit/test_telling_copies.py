"""What the office is told of papers in several versions, of repeats, of undated batches and of the same words."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gengang.facts import Balance, Fact
from gengang.findings import Finding
from gengang.judging import judged_of
from gengang.mailed import Mailed, kept_mails
from gengang.papers.morning import MorningNote, Need, morning_note
from gengang.status import status_of
from gengang.telling import Told, note_of
from gengang.telling_copies import short_key
from gengang.template import forms_of_folder
from tests.unit.facts_of_papers import came, decided, hash_of, key_of, listed, numbered, read
from tests.unit.rosters import id_number, roster, trainee
from tests.unit.seasons import AFTER, SCHEME

FORMS = {form.stem: form for form in forms_of_folder(Path(__file__).parents[2] / "templates" / "forms")[0]}
ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "221"))
ROSTER = listed(ZHANG, LI, schools=roster())
TEXT = (
    "今天听了王老师的分数的意义一课，教师从分饼引入，学生动手折纸，理解了平均分的含义。板书清楚，"
    "练习有层次，回校后我也要试一试这样的教法。"
)


def note(*facts: Fact, as_of: date = AFTER, again: Iterable[str] = ()) -> MorningNote:
    judged = judged_of(numbered(*ROSTER, *facts), SCHEME, as_of)
    return note_of(Told(judged, judged, Balance(0, 0, 0, 0, 0), (), FORMS, (), (), (), (), (), frozenset(again)))


def status(*facts: Fact, as_of: date = AFTER) -> dict[str, Any]:
    document = status_of(judged_of(numbered(*ROSTER, *facts), SCHEME, as_of))
    assert json.loads(json.dumps(document)) == document
    return document


def zhang(*facts: Fact, as_of: date = AFTER) -> dict[str, Any]:
    [found] = [one for one in status(*facts, as_of=as_of)["persons"] if one["key"] == ZHANG.key]
    return dict(found)


def asked(found: MorningNote, words: str) -> list[Need]:
    return [one for one in found.needs if words in one.why]


def codes(person: dict[str, Any]) -> list[str]:
    return [one["code"] for one in person["findings"]]


# --- versions ---

FIRST = (
    came("2016-12-05 张村小学/鉴定表最终版.docx", "2016-12-05"),
    read("鉴定表最终版.docx", "appraisal", ZHANG, {"lessons_heard": 20, "phone": "13800138000"}),
)
SECOND = (
    came("2016-12-06 张村小学/鉴定表.docx", "2016-12-06"),
    read("鉴定表.docx", "appraisal", ZHANG, {"lessons_heard": 17, "phone": "13900139000"}),
)


def test_versions_stand_side_by_side_once_with_what_they_dispute() -> None:
    found = note(*FIRST, *SECOND)
    [need] = asked(found, "内容不同")
    assert (need.whose, need.field, need.clause) == ("张村小学 张三", "附件2 鉴定表", "B-05")
    assert need.file.title == "鉴定表.docx"
    new, old = short_key(key_of("鉴定表.docx")), short_key(key_of("鉴定表最终版.docx"))
    assert f"①鉴定表.docx，电子版，2016-12-06收到，编号{new}（最后收到，拟采用）" in need.why
    assert f"②鉴定表最终版.docx，电子版，2016-12-05收到，编号{old}" in need.why
    assert "听课 ①17 ②20" in need.why.replace("节数", "")
    assert "确认前这几处不计" in need.why
    assert asked(found, "收到2份，有") == []
    assert "13800138000" not in morning_note(found)


def test_long_texts_are_shown_from_where_they_part() -> None:
    facts: list[Fact] = []
    for name, text in (("a.docx", TEXT), ("b.docx", TEXT.replace("平均分", "倍数")), ("c.docx", "另写")):
        facts += came(name), read(name, "study_report", ZHANG, {"gains": text})
    [need] = asked(note(*facts), "内容不同")
    assert "①另写 ②…动手折纸，理解了倍数的含义。板书… ③…动手折纸，理解了平均分的含义。板…" in need.why


def test_versions_stand_in_status_without_numbers_of_persons() -> None:
    person = zhang(*FIRST, *SECOND)
    [one] = person["versions"]
    assert (one["form"], one["proposed"], one["chosen"], one["waits"]) == (
        "appraisal", key_of("鉴定表.docx"), "", True,
    )  # fmt: skip
    said = {difference["field"]: sorted(map(str, difference["said"].values())) for difference in one["differences"]}
    assert said == {"lessons_heard": ["17", "20"], "phone": ["138****8000", "139****9000"]}
    assert codes(person).count("versions_differ") == 1
    assert "claim_differs" not in codes(person)


def test_a_decision_stays_and_is_asked_about_only_when_a_new_version_comes() -> None:
    chosen = decided("鉴定表最终版.docx", "鉴定表最终版.docx", "鉴定表.docx")
    third = came("鉴定表3.docx"), read("鉴定表3.docx", "appraisal", ZHANG, {"lessons_heard": 12})
    for again in ((), (came("又一份.docx", again="鉴定表.docx"),), FIRST[1:]):
        person = zhang(*FIRST, *SECOND, chosen, *again)
        assert (person["versions"][0]["chosen"], person["versions"][0]["waits"]) == (key_of("鉴定表最终版.docx"), False)
    [need] = asked(note(*FIRST, *SECOND, chosen, *third), "内容不同")
    assert f"现按认定的{short_key(key_of('鉴定表最终版.docx'))}计" in need.why


def test_a_decision_that_was_taken_back_decides_nothing() -> None:
    chosen = decided("鉴定表最终版.docx", "鉴定表最终版.docx", "鉴定表.docx")
    back = replace(chosen, personal={"value": "", "why": "看错了"})
    [versions] = zhang(*FIRST, *SECOND, chosen, back)["versions"]
    assert (versions["chosen"], versions["waits"]) == ("", True)


def test_a_file_and_the_scan_of_its_paper_are_one_paper_in_two_media() -> None:
    scan = came("扫描.pdf"), read("扫描.pdf", "appraisal", ZHANG, {}, "scan", {"lessons_heard": 20})
    person = zhang(*FIRST, *scan)
    assert ("versions_differ" in codes(person), person["versions"][0]["media"]) == (False, ["electronic", "paper"])
    assert person["versions"][0]["waits"] is False
    assert [one.form for one in (SCHEME.document("appraisal"),) if one] == ["appraisal"]
    assert "appraisal" not in [one["form"] for one in person["missing"]]
    other = came("扫描.pdf"), read("扫描.pdf", "appraisal", ZHANG, {}, "scan", {"lessons_heard": 26})
    assert "versions_differ" in codes(zhang(*FIRST, *other))


def test_what_the_electronic_file_says_for_certain_is_not_asked_of_the_scan() -> None:
    doubt = Finding("low_confidence", "这一栏读得不够有把握，请对照原件核对。", "lessons_heard", "manual")
    scan = read("扫描.pdf", "appraisal", ZHANG, {}, "scan", {"lessons_heard": 20}, found=(doubt,))
    unsure = replace(doubt, severity="warn")
    quiet = read("扫描.pdf", "appraisal", ZHANG, {}, "scan", {"lessons_heard": 20}, found=(unsure,))
    assert len(asked(note(came("扫描.pdf"), quiet), "不够有把握")) == 1
    assert asked(note(*FIRST, came("扫描.pdf"), quiet), "不够有把握") == []
    assert len(asked(note(*FIRST, came("扫描.pdf"), scan), "不够有把握")) == 1


# --- the same again ---


def test_every_path_and_day_of_equal_files_is_told() -> None:
    again = came("12月7日补交/张三.docx", at="2016-12-07T01:00:00Z", again="鉴定表最终版.docx")
    found = note(*FIRST, again, again=[hash_of("鉴定表最终版.docx")])
    [line] = [one for one in found.came if "又收到" in one.what]
    assert line.note == (
        "共收到2次，只算一份：12月7日补交/张三.docx（2016-12-07收下）；"
        "2016-12-05 张村小学/鉴定表最终版.docx（写明2016-12-05）"
    )
    assert line.whose == "张村小学 张三"
    assert [one for one in note(*FIRST, again).came if "又收到" in one.what] == []


def test_equal_content_in_another_file_is_shown_as_the_paper_it_is() -> None:
    copy = came("另存.pdf"), read("另存.pdf", "appraisal", ZHANG, {"lessons_heard": 20, "phone": "13800138000"}, "pdf")
    person = zhang(*FIRST, *copy)
    same = {one["paper"]: one["same_as"] for one in person["papers"]}
    assert same == {key_of("鉴定表最终版.docx"): "", key_of("另存.pdf"): key_of("鉴定表最终版.docx")}
    assert person["versions"] == []


# --- receipt ---

MAIL = {"received": "2016-12-08", "mails": kept_mails([Mailed("", "a@example.cn", "", "", source="server")])}
SENT = {"received": "2016-12-08", "mails": kept_mails([Mailed("", "a@example.cn", "", "", source="sent")])}
EARLY_MAIL = {"received": "2016-12-07"}


def appraised(name: str, about: dict[str, object] | None = None) -> Fact:
    return read(name, "appraisal", ZHANG, {"lessons_heard": 20}, about=about)


@pytest.mark.parametrize(
    ("path", "stated", "at", "about", "received", "by", "code"),
    [
        ("2016-12-07 张村小学/a.docx", "2016-12-07", "2016-12-20T01:00:00Z", {}, "2016-12-07", "stated", ""),
        ("2016-12-08 张村小学/a.docx", "2016-12-08", "2016-12-20T01:00:00Z", {}, "2016-12-08", "stated", "late"),
        ("a.docx", None, "2016-12-20T01:00:00Z", {}, None, "", "received_unknown"),
        ("a.docx", None, "2016-12-07T15:59:59Z", {}, None, "", ""),
        ("a.docx", None, "2016-12-07T16:00:00Z", {}, None, "", "received_unknown"),
        ("a.eml", None, "2016-12-20T01:00:00Z", MAIL, "2016-12-08", "mail", "late"),
        ("2016-12-05/a.eml", "2016-12-05", "2016-12-20T01:00:00Z", MAIL, "2016-12-08", "mail", "late"),
        ("2016-12-09/a.eml", "2016-12-09", "2016-12-20T01:00:00Z", EARLY_MAIL, "2016-12-07", "mail", ""),
        ("a.eml", None, "2016-12-20T01:00:00Z", SENT, None, "", "received_unknown"),
        ("2016-12-09/a.pdf", "2016-12-09", "2016-12-20T01:00:00Z", {"handed_in": "2016-12-08"}, "2016-12-08", "stated",
         "late"),
    ],
)  # fmt: skip
def test_an_appraisal_is_late_by_a_stated_or_a_server_s_day_alone(
    path: str, stated: str | None, at: str, about: dict[str, object], received: str | None, by: str, code: str
) -> None:
    """H14: due on 7 December."""
    person = zhang(came(path, stated, at), appraised(path.rpartition("/")[2], about))
    [paper] = person["papers"]
    assert (paper["received"], paper["received_by"]) == (received, by)
    assert [one for one in codes(person) if one in ("late", "received_unknown")] == ([code] if code else [])
    if code == "late":
        [told] = [one for one in person["findings"] if one["code"] == "late"]
        assert (told["message"], told["clause"]) == ("附件2 鉴定表迟交1天（应于12月7日前）。", "B-05")


def test_a_clock_that_was_set_back_proves_nothing() -> None:
    ahead = came("a.docx", at="2016-12-01T01:00:00Z", modified="2016-12-08T00:00:00Z")
    assert "received_unknown" in codes(zhang(ahead, appraised("a.docx")))


@pytest.mark.parametrize(
    ("stated", "about", "code"),
    [
        ("2016-09-05", {}, ""),
        ("2016-09-06", {}, "late"),
        (None, {"received": "2016-09-05"}, ""),  # 23:50
        (None, {"received": "2016-09-06"}, "late"),  # 08:00
        (None, {}, "received_unknown"),
    ],
)
def test_a_sign_up_is_late_by_its_day_too(stated: str | None, about: dict[str, object], code: str) -> None:
    """H15: due on 5 September."""
    nominee = {"name": ZHANG.name, "id_number": ZHANG.id_number}
    list_of_school = read("报名表.docx", "registration", None, {"school": "张村小学"}, about=about, nominees=(nominee,))
    persons = status(came(f"{stated or '报名'}/报名表.docx", stated), list_of_school)["persons"]
    found = {one["key"]: [finding for finding in one["findings"] if finding["clause"] == "W-02"] for one in persons}
    assert [one["code"] for one in found[ZHANG.key]] == ([code] if code else [])
    assert found[LI.key] == []


@pytest.mark.parametrize(
    ("days", "code"),
    [(("2016-09-05", "2016-09-08"), ""), (("2016-09-08", None), "received_unknown"),
     (("2016-09-08", "2016-09-06"), "late"), ((None, "2016-09-05"), "")],
)  # fmt: skip
def test_who_stands_on_several_lists_was_signed_up_by_the_first(days: tuple[str | None, str | None], code: str) -> None:
    facts: list[Fact] = []
    for number, day in enumerate(days):
        nominee = {"name": ZHANG.name, "id_number": ZHANG.id_number, "phone": f"1380013800{number}"}
        facts += (
            came(f"{number}/{number}.docx", day),
            read(f"{number}.docx", "registration", None, {"school": "张村小学"}, nominees=(nominee,)),
        )
    told = [one for one in zhang(*facts)["findings"] if one["clause"] == "W-02"]
    assert [one["code"] for one in told] == ([code] if code else [])
    if code == "late":
        assert "迟交1天" in told[0]["message"]


def test_a_batch_without_a_date_is_asked_about_once() -> None:
    batch = [came(f"张村小学交来/{number}.docx") for number in range(3)]
    papers = [
        read(f"{number}.docx", "training_log", ZHANG, {"log_date": f"2016-09-0{number + 1}"}) for number in range(3)
    ]
    loose = came("李四.docx"), read("李四.docx", "appraisal", LI, {"lessons_heard": 1})
    questions = asked(note(*batch, *papers, *loose), "收到日期待确认")
    assert [(one.whose, one.field, one.file.target) for one in questions] == [
        ("收件箱", "2016-12-20收下的1份", "../archive/received/2016-12-20"),
        ("张村小学交来", "2016-12-20收下的3份", "../archive/received/2016-12-20/张村小学交来"),
    ]
    assert "附件1 研修日志3份" in questions[1].why
    assert asked(note(*batch, *papers, *loose, as_of=date(2016, 12, 7)), "收到日期待确认") == []


def test_the_same_files_in_a_dated_folder_answer_the_question() -> None:
    undated = came("张村小学/a.docx"), appraised("a.docx")
    answered = (*undated, came("2016-12-06 张村小学/a.docx", "2016-12-06", again="a.docx"))
    assert len(asked(note(*undated), "收到日期待确认")) == 1
    assert asked(note(*answered), "收到日期待确认") == []
    [paper] = zhang(*answered)["papers"]
    assert (paper["received"], paper["received_by"]) == ("2016-12-06", "stated")


def test_a_second_medium_without_a_date_asks_nothing() -> None:
    scan = came("扫描/a.pdf"), read("a.pdf", "appraisal", ZHANG, {"lessons_heard": 20}, "scan")
    assert asked(note(*FIRST, *scan), "收到日期待确认") == []


# --- the same words ---


def test_the_same_words_of_two_persons_are_shown_once_and_judge_nobody() -> None:
    """H03."""
    mine = came("张三反思.docx"), read("张三反思.docx", "reflection", ZHANG, {"topic": "一", "strengths": TEXT})
    theirs = came("李四反思.docx"), read("李四反思.docx", "reflection", LI, {"topic": "二", "strengths": TEXT})
    [need] = asked(note(*mine, *theirs), "文字完全相同")
    assert "张三反思.docx" in need.why
    assert "李四反思.docx" in need.why
    persons = {one["key"]: one for one in status(*mine, *theirs)["persons"]}
    for person in persons.values():
        [told] = [one for one in person["findings"] if one["code"] == "nearly_same_words"]
        assert (told["severity"], told["clause"]) == ("manual", "G-02")
    alone = zhang(*mine)
    assert alone["verdict"] == persons[ZHANG.key]["verdict"]
